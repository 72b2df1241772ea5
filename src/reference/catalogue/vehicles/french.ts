/** Makes from France, and Dacia: models sold in France, new or used. make.ts explains the notation. */
import { make } from "./make";

export const french = [
  make(
    { id: "RENAULT", label: "Renault", aliases: [] },
    `
    R4 : 4L, Renault 4, 4 E-Tech | csv | PE
    R5 : 5, Super 5, Renault 5, 5 E-Tech | c | PDE
    Twingo | c | PE
    Clio | ce | PDHG
    Modus | cm | PD
    Captur | s | PDHXG
    Mégane : Mégane E-Tech | bek | PDXE
    Scénic : Scénic E-Tech | me | PDE
    Grand Scénic | m | PD
    Laguna | bek | PD
    Talisman | be | PD
    Safrane | b | PD
    Vel Satis | b | PD
    Latitude | b | PD
    Fluence | b | PDE
    Symbioz | s | H
    Kadjar | s | PD
    Koleos | s | PD
    Austral | s | PH
    Arkana | s | PH
    Rafale | s | HX
    Espace | ms | PDH
    Avantime | k | PD
    Wind | k | P
    Zoe | c | E
    Twizy | c | E
    Kangoo | mv | PDE
    Express | v | PD
    Trafic | mv | PDE
    Master | v | DE
    R19 : 19 | bk | PD
    R21 : 21 | be | PD
  `,
  ),
  make(
    { id: "PEUGEOT", label: "Peugeot", aliases: [] },
    `
    106 | c | PDE
    107 | c | P
    108 | c | P
    205 | ck | PD
    206 : 206+, 206 Plus | cek | PD
    207 | cek | PD
    208 : e-208 | c | PDHE
    306 | bek | PD
    307 | bek | PD
    308 : e-308 | bek | PDHXE
    309 | b | PD
    405 | be | PD
    406 | bek | PD
    407 | bek | PD
    408 : e-408 | b | PHXE
    508 | be | PDHX
    605 | b | PD
    607 | b | PD
    806 | m | PD
    807 | m | PD
    1007 | c | PD
    2008 : e-2008 | s | PDHE
    3008 : e-3008 | s | PDHXE
    4007 | s | D
    4008 | s | D
    5008 : e-5008 | ms | PDHXE
    RCZ | k | PD
    iOn | c | E
    Bipper | mv | PD
    Partner : Partner Tepee | mv | PDE
    Rifter : e-Rifter | m | PDE
    Traveller | m | DE
    Expert | v | DE
    Boxer | v | DE
  `,
  ),
  make(
    { id: "CITROEN", label: "Citroën", aliases: ["Citroen"] },
    `
    2CV | b | P
    AX | c | PD
    BX | be | PD
    CX | be | PD
    XM | be | PD
    ZX | be | PD
    Xsara | bek | PD
    Xsara Picasso : Picasso | m | PD
    Saxo | c | PDE
    C1 | c | P
    C2 | c | PD
    C3 : ë-C3 | c | PDHE
    C3 Aircross : ë-C3 Aircross | s | PDHE
    C3 Picasso | m | PD
    C4 : ë-C4 | bs | PDHE
    C4 X : ë-C4 X | b | PDHE
    C4 Cactus | s | PD
    C4 Picasso : C4 SpaceTourer | m | PD
    Grand C4 Picasso : Grand C4 SpaceTourer | m | PD
    C5 | be | PD
    C5 X | b | PX
    C5 Aircross : ë-C5 Aircross | s | PDHXE
    C6 | b | PD
    C8 | m | PD
    C-Crosser | s | D
    C-Zero | c | E
    C-Elysée | b | PD
    E-Méhari | k | E
    Ami | c | E
    Nemo | mv | PD
    Berlingo : ë-Berlingo | mv | PDE
    SpaceTourer : ë-SpaceTourer | m | DE
    Jumpy : ë-Jumpy | v | DE
    Jumper : ë-Jumper | v | DE
    C3 Pluriel : Pluriel | k | PD
    C4 Aircross | s | PD
    C15 | v | PD
    Evasion | m | PD
  `,
  ),
  make(
    { id: "DS", label: "DS", aliases: ["DS Automobiles"] },
    `
    DS 3 : DS3 | ck | PD
    DS 3 Crossback : DS3 Crossback | s | PDE
    DS 4 : DS4 | b | PDHX
    DS 5 : DS5 | b | PDH
    DS 7 : DS7, DS 7 Crossback | s | PDX
    DS 9 : DS9 | b | PX
    N°8 : DS N°8, DS 8 | s | E
    N°4 : DS N°4 | b | HXE
  `,
  ),
  make(
    { id: "DACIA", label: "Dacia", aliases: [] },
    `
    Logan | b | PDG
    Logan MCV | e | PDG
    Sandero : Sandero Stepway | c | PDG
    Duster | s | PDHG
    Lodgy | m | PDG
    Dokker | mv | PDG
    Jogger | m | PHG
    Spring | c | E
    Bigster | s | PHG
  `,
  ),
  make(
    { id: "ALPINE", label: "Alpine", aliases: [] },
    `
    A110 | k | P
    A290 | c | E
    A390 | s | E
    A310 | k | P
    A610 | k | P
  `,
  ),
  make(
    { id: "LIGIER", label: "Ligier", aliases: [] },
    `
    JS50 | c | DE
    Myli | c | E
    JS60 | s | DE
  `,
  ),
  make(
    { id: "AIXAM", label: "Aixam", aliases: [] },
    `
    City | c | DE
    Coupé | k | DE
    Crossline | c | D
  `,
  ),
  make(
    { id: "MICROCAR", label: "Microcar", aliases: [] },
    `
    M.Go : MGo | c | DE
    Dué : Due | c | D
  `,
  ),
];
