/** The other makes from Germany: models sold in France, new or used. make.ts explains the notation. */
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
    Transporter | mv | PDXE
    Crafter | v | DE
    California | m | PDX
    Caravelle | m | PD
    Corrado | k | P
  `,
  ),
  make(
    { id: "OPEL", label: "Opel", aliases: [] },
    `
    Adam | c | P
    Agila | c | PD
    Ampera | b | X
    Antara | s | PD
    Astra | bek | PDHXE
    Cascada | k | PD
    Corsa | c | PDHE
    Crossland : Crossland X | s | PD
    Frontera | s | PDHE
    Grandland : Grandland X | s | PDHXE
    Insignia | be | PD
    Karl | c | P
    Meriva | m | PD
    Mokka : Mokka X | s | PDHE
    Omega | be | PD
    Signum | b | PD
    Tigra | k | P
    Vectra | be | PD
    Zafira : Zafira Tourer, Zafira Life | m | PDE
    Combo | mv | PDE
    Vivaro | mv | DE
    Movano | v | DE
    Rocks-e : Rocks Electric | c | E
    Calibra | k | P
    GT | k | P
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
    #5 : Hashtag Five | s | E
  `,
  ),
];
