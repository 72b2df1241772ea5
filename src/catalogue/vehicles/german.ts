/** Makes of Germany: their models sold in France, new or used. How a line is written is make.ts. */
import { make } from "./make";

export const german = [
  make(
    { id: "VOLKSWAGEN", label: "Volkswagen", aliases: ["VW"] },
    `
    Lupo | c | PD
    Fox | c | PD
    Up! : e-up! | c | PE
    Polo | c | PD
    Golf : e-Golf | bek | PDXE
    Golf Plus | m | PD
    Golf Sportsvan | m | PD
    Jetta | b | PD
    Bora | be | PD
    Vento | b | PD
    Passat | be | PDX
    Passat CC : CC | b | PD
    Arteon | be | PDX
    Phaeton | b | PD
    Scirocco | k | PD
    Eos | k | PD
    Beetle : Coccinelle, New Beetle | ck | PD
    T-Cross | s | P
    T-Roc | sk | PD
    Taigo | s | P
    Tiguan | s | PDX
    Tiguan Allspace | s | PD
    Tayron | s | PDX
    Touareg | s | PDX
    Touran | m | PD
    Sharan | m | PD
    ID.3 : ID3 | b | E
    ID.4 : ID4 | s | E
    ID.5 : ID5 | s | E
    ID.7 : ID7 | be | E
    ID. Buzz : ID Buzz | mv | E
    Amarok | p | PD
    Caddy | mv | PDX
    Multivan | m | PDX
    Transporter | mv | PDE
    Crafter | v | D
  `,
  ),
  make(
    { id: "AUDI", label: "Audi", aliases: [] },
    `
    A1 | c | PD
    A2 | c | PD
    A3 | bk | PDX
    A4 | bek | PD
    A5 | bek | PD
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
    CLA | bek | PDX
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
    Citan | mv | PD
    Vito | mv | DE
    Viano | m | D
    Sprinter | v | DE
  `,
  ),
  make(
    { id: "OPEL", label: "Opel", aliases: [] },
    `
    Adam | c | P
    Agila | c | PD
    Ampera | b | X
    Antara | s | PD
    Astra | bek | PDXE
    Cascada | k | PD
    Corsa | c | PDHE
    Crossland : Crossland X | s | PD
    Frontera | s | PHE
    Grandland : Grandland X | s | PDXE
    Insignia | be | PD
    Karl | c | P
    Meriva | m | PD
    Mokka : Mokka X | s | PDHE
    Omega | be | PD
    Signum | b | PD
    Tigra | k | P
    Vectra | be | PD
    Zafira | m | PD
    Combo | mv | PDE
    Vivaro | mv | DE
    Movano | v | DE
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
  make(
    { id: "SMART", label: "Smart", aliases: [] },
    `
    Fortwo | ck | PDE
    Forfour | c | PDE
    Roadster | k | P
    #1 : Hashtag One | s | E
    #3 : Hashtag Three | s | E
  `,
  ),
];
