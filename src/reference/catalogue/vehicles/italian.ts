/** Makes from Italy: models sold in France, new or used. make.ts explains the notation. */
import { make } from "./make";

export const italian = [
  make(
    { id: "FIAT", label: "Fiat", aliases: [] },
    `
    Panda : Grande Panda | c | PDHE
    500 : 500e, 500C | ck | PDHE
    500L | m | PD
    500X | s | PDH
    600 | s | HE
    Punto : Grande Punto, Punto Evo | c | PD
    Uno | c | PD
    Bravo | b | PD
    Brava | b | PD
    Stilo | be | PD
    Tipo | be | PDH
    Croma | be | PD
    Multipla | m | PD
    Ulysse | m | PDE
    Idea | m | PD
    Sedici | s | PD
    Freemont | s | PD
    Barchetta | k | P
    124 Spider | k | P
    Topolino | c | E
    Doblò | mv | PDE
    Scudo | v | DE
    Fiorino : Qubo | mv | PD
    Ducato | v | DE
    Cinquecento | c | P
    Seicento | c | PE
    Marea | be | PD
    Coupé | k | P
    Fullback | p | D
    Talento | mv | D
  `,
  ),
  make(
    { id: "ABARTH", label: "Abarth", aliases: [] },
    `
    595 | ck | P
    695 | ck | P
    500e | ck | E
    600e | s | E
    500 | ck | P
    124 Spider | k | P
    Punto : Grande Punto, Punto Evo | c | P
  `,
  ),
  make(
    { id: "ALFA_ROMEO", label: "Alfa Romeo", aliases: ["Alfa"] },
    `
    MiTo | c | PD
    Giulietta | b | PD
    Giulia | b | PD
    Stelvio | s | PD
    Tonale | s | PDHX
    Junior | s | HE
    147 | b | PD
    156 | be | PD
    159 | be | PD
    166 | b | PD
    Brera | k | PD
    GT | k | PD
    Spider | k | PD
    4C | k | P
    GTV | k | P
  `,
  ),
  make(
    { id: "LANCIA", label: "Lancia", aliases: [] },
    `
    Ypsilon | c | PDHE
    Delta | b | PD
    Musa | m | PD
    Thema | b | PD
    Voyager | m | PD
    Phedra | m | PD
    Lybra | be | PD
  `,
  ),
  make(
    { id: "FERRARI", label: "Ferrari", aliases: [] },
    `
    Roma | k | P
    Portofino | k | P
    California | k | P
    296 GTB | k | X
    F430 | k | P
    Purosangue | s | P
    458 | k | P
    488 | k | P
  `,
  ),
  make(
    { id: "MASERATI", label: "Maserati", aliases: [] },
    `
    Ghibli | b | PD
    Quattroporte | b | PD
    Levante | s | PD
    Grecale | s | PE
    GranTurismo | k | PE
  `,
  ),
  make(
    { id: "LAMBORGHINI", label: "Lamborghini", aliases: [] },
    `
    Gallardo | k | P
    Huracán | k | P
    Aventador | k | P
    Urus | s | PX
  `,
  ),
];
