/** Makes from Japan: models sold in France, new or used. make.ts explains the notation. */
import { make } from "./make";

export const japanese = [
  make(
    { id: "TOYOTA", label: "Toyota", aliases: [] },
    `
    Aygo | c | P
    Aygo X | c | PH
    iQ | c | PD
    Yaris | c | PDH
    Yaris Cross | s | H
    Auris | be | PDH
    Avensis | be | PD
    Corolla | be | PDH
    Corolla Cross | s | H
    Verso : Corolla Verso | m | PD
    Prius | b | HX
    Prius+ : Prius Plus | m | H
    C-HR | s | PHX
    RAV4 : RAV 4 | s | PDHX
    Highlander | s | H
    bZ4X | s | E
    Land Cruiser | s | D
    Hilux | p | D
    Camry | b | H
    GT86 : GR86 | k | P
    Supra : GR Supra | k | P
    MR2 : MR | k | P
    Celica | k | P
    Mirai | b | F
    ProAce City | mv | PDE
    ProAce : ProAce Verso | mv | DE
    C-HR+ : C-HR Plus | s | E
    Urban Cruiser | s | PDE
    Starlet | c | P
    Previa | m | PD
    Verso-S | m | PD
  `,
  ),
  make(
    { id: "LEXUS", label: "Lexus", aliases: [] },
    `
    CT | b | H
    IS | b | PDH
    ES | b | H
    GS | b | PH
    LS | b | PH
    LC | k | PH
    RC | k | PH
    LBX | s | H
    UX | s | HE
    NX | s | HX
    RX | s | PHX
    RZ | s | E
  `,
  ),
  make(
    { id: "NISSAN", label: "Nissan", aliases: [] },
    `
    Micra | c | PDE
    Note | m | PD
    Pixo | c | P
    Almera | b | PD
    Primera | be | PD
    Pulsar | b | PD
    Leaf | bs | E
    Juke | s | PDH
    Qashqai : Qashqai+2 | s | PDH
    X-Trail | s | PDH
    Ariya | s | E
    Murano | s | PD
    Pathfinder | s | D
    Patrol | s | D
    Terrano | s | PD
    Navara | p | D
    350Z | k | P
    370Z | k | P
    GT-R | k | P
    NV200 : e-NV200, Evalia | mv | PDE
    Townstar | mv | PE
    Almera Tino | m | PD
    Cube | m | PD
    Primastar : NV300 | mv | D
    Interstar : NV400 | v | DE
  `,
  ),
  make(
    { id: "HONDA", label: "Honda", aliases: [] },
    `
    Jazz | c | PH
    Civic | be | PDH
    Accord | be | PD
    Insight | b | H
    CR-V | s | PDHX
    HR-V | s | PDH
    ZR-V | s | H
    e : Honda e | c | E
    e:Ny1 | s | E
    CR-Z | k | H
    S2000 | k | P
    FR-V | m | PD
  `,
  ),
  make(
    { id: "MAZDA", label: "Mazda", aliases: [] },
    `
    2 : Mazda2 | c | PDH
    3 : Mazda3 | b | PD
    5 : Mazda5 | m | PD
    6 : Mazda6 | be | PD
    CX-3 | s | PD
    CX-30 | s | PD
    CX-5 | s | PD
    CX-60 | s | DX
    CX-7 | s | PD
    CX-80 | s | DX
    MX-5 : Miata | k | P
    MX-30 | s | EX
    RX-8 | k | P
    6e : Mazda6e | b | E
    323 | b | PD
    626 | be | PD
    Premacy | m | PD
  `,
  ),
  make(
    { id: "SUZUKI", label: "Suzuki", aliases: [] },
    `
    Alto | c | P
    Baleno | c | P
    Celerio | c | P
    Ignis | c | PH
    Swift | c | PDH
    Splash | c | PD
    Jimny | s | PD
    Vitara : Grand Vitara | s | PDH
    S-Cross : SX4 S-Cross | s | PDH
    SX4 | s | PD
    Across | s | X
    Swace | e | H
    e Vitara | s | E
    Wagon R+ : Wagon R Plus | c | PD
  `,
  ),
  make(
    { id: "MITSUBISHI", label: "Mitsubishi", aliases: [] },
    `
    Colt | c | PDH
    Space Star | c | P
    Lancer | be | PD
    ASX | s | PDHX
    Outlander | s | PDX
    Eclipse Cross | s | PDXE
    Pajero | s | PD
    L200 | p | D
    i-MiEV | c | E
    Carisma | b | PD
    Grandis | ms | PDH
  `,
  ),
  make(
    { id: "SUBARU", label: "Subaru", aliases: [] },
    `
    Impreza | be | PD
    Legacy | be | PD
    Outback | e | PD
    Forester | s | PDH
    XV | s | PDH
    Crosstrek | s | H
    BRZ | k | P
    Solterra | s | E
    Levorg | e | P
  `,
  ),
  make(
    { id: "DAIHATSU", label: "Daihatsu", aliases: [] },
    `
    Cuore | c | P
    Sirion | c | P
    Terios | s | P
  `,
  ),
  make(
    { id: "INFINITI", label: "Infiniti", aliases: [] },
    `
    Q30 | b | PD
    Q50 | b | PDH
    QX70 : FX | s | PD
    QX30 | s | PD
  `,
  ),
  make(
    { id: "ISUZU", label: "Isuzu", aliases: [] },
    `
    D-Max | p | D
  `,
  ),
];
