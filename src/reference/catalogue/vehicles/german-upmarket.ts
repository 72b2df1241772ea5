/** Audi, BMW, Mercedes-Benz and Porsche: models sold in France, new or used. make.ts explains the notation. */
import { make } from "./make";

export const germanUpmarket = [
  make(
    { id: "AUDI", label: "Audi", aliases: [] },
    `
    A1 | c | PD
    A2 | c | PD
    A3 | bk | PDX
    A4 | bek | PD
    A5 | bek | PDX
    A6 | be | PDX
    A7 | b | PDX
    A8 | b | PDX
    A6 e-tron | be | E
    Q2 | s | PD
    Q3 | s | PDX
    Q4 e-tron | s | E
    Q5 | s | PDX
    Q6 e-tron | s | E
    Q7 | s | PDX
    Q8 | s | PDX
    Q8 e-tron : e-tron | s | E
    e-tron GT | b | E
    TT | k | PD
    R8 | k | P
    80 | be | PD
    100 | be | PD
  `,
  ),
  make(
    { id: "BMW", label: "BMW", aliases: [] },
    `
    Série 1 : 1 Series | bk | PD
    Série 2 : 2 Series | k | PD
    Série 2 Gran Coupé | b | PD
    Série 2 Active Tourer | m | PDX
    Série 2 Gran Tourer | m | PD
    Série 3 : 3 Series | bek | PDX
    Série 4 : 4 Series | bk | PD
    Série 5 : 5 Series | be | PDX
    Série 6 : 6 Series | bk | PD
    Série 7 : 7 Series | b | PDX
    Série 8 : 8 Series | bk | PD
    X1 | s | PDX
    X2 | s | PDX
    X3 | s | PDX
    X4 | s | PD
    X5 | s | PDX
    X6 | s | PD
    X7 | s | PD
    XM | s | X
    Z3 | k | P
    Z4 | k | P
    i3 | c | E
    i4 | b | E
    i5 | be | E
    i7 | b | E
    i8 | k | X
    iX | s | E
    iX1 | s | E
    iX2 | s | E
    iX3 | s | E
  `,
  ),
  make(
    { id: "MERCEDES", label: "Mercedes-Benz", aliases: ["Mercedes", "Mercedes Benz", "MB"] },
    `
    Classe A : A-Class | b | PDX
    Classe B : B-Class | m | PDXE
    Classe C : C-Class | bek | PDX
    Classe E : E-Class | bek | PDX
    Classe S : S-Class | bk | PDX
    Classe G : G-Class | s | PDE
    Classe R : R-Class | m | PD
    Classe V : V-Class | m | PD
    Classe X : X-Class | p | D
    CLA | be | PDXE
    CLK | k | PD
    CLS | be | PD
    CLE | k | PDX
    GLA | s | PDX
    GLB | s | PD
    GLC | s | PDX
    GLE | s | PDX
    GLK | s | PD
    GLS : GL | s | PD
    ML : Classe M | s | PD
    SL | k | P
    SLK : SLC | k | PD
    AMG GT | k | P
    EQA | s | E
    EQB | s | E
    EQC | s | E
    EQE | bs | E
    EQS | bs | E
    EQV | m | E
    190 | b | PD
    Citan : eCitan | mv | PDE
    Vito | mv | DE
    Viano | m | D
    Sprinter | v | DE
    Classe T : T-Class | m | PD
    EQT | m | E
    Vaneo | m | PD
  `,
  ),
  make(
    { id: "PORSCHE", label: "Porsche", aliases: [] },
    `
    911 : 911 Carrera | k | P
    Boxster : 718 Boxster | k | P
    Cayman : 718 Cayman | k | P
    Cayenne | s | PDX
    Macan | s | PDE
    Panamera | b | PDX
    Taycan | be | E
    944 | k | P
    928 | k | P
  `,
  ),
];
