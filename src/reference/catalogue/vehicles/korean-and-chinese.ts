/** Makes from Korea and China: models sold in France, new or used. make.ts explains the notation. */
import { make } from "./make";

export const koreanAndChinese = [
  make(
    { id: "HYUNDAI", label: "Hyundai", aliases: [] },
    `
    i10 | c | P
    i20 | c | PD
    i30 | be | PD
    i40 | be | PD
    ix20 | m | PD
    ix35 | s | PD
    Atos | c | P
    Getz | c | PD
    Matrix | m | PD
    Accent | b | PD
    Bayon | s | P
    Kona | s | PDHE
    Tucson | s | PDHX
    Santa Fe | s | PDHX
    Ioniq | b | HXE
    Ioniq 5 | s | E
    Ioniq 6 | b | E
    Inster | c | E
    Nexo | s | F
    Veloster | k | P
    Ioniq 9 | s | E
    Coupé : Tiburon | k | P
    H-1 | mv | D
  `,
  ),
  make(
    { id: "KIA", label: "Kia", aliases: [] },
    `
    Picanto | c | P
    Rio | c | PD
    Ceed : Cee'd | be | PDX
    ProCeed : Pro Cee'd | e | PD
    XCeed | s | PDX
    Stonic | s | PD
    Niro : e-Niro | s | HXE
    Soul : e-Soul | s | PDE
    Sportage | s | PDHX
    Sorento | s | PDHX
    Carens | m | PD
    Venga | m | PD
    Optima | be | PDX
    Stinger | b | PD
    EV3 | s | E
    EV6 | s | E
    EV9 | s | E
    EV4 | b | E
    EV5 | s | E
    Carnival | m | PD
  `,
  ),
  make(
    { id: "SSANGYONG", label: "SsangYong", aliases: ["KGM", "KG Mobility"] },
    `
    Korando | s | PDE
    Rexton | s | PD
    Tivoli | s | PD
    Musso | p | D
  `,
  ),
  make(
    { id: "MG", label: "MG", aliases: ["MG Motor", "Morris Garages"] },
    `
    MG3 : 3 | c | PH
    MG4 : 4 | b | E
    MG5 : 5 | e | E
    ZS | s | PHE
    HS | s | PHX
    EHS | s | X
    Marvel R | s | E
    Cyberster | k | E
    TF : MGF, MG F | k | P
    MGS5 : MGS5 EV, S5 | s | E
  `,
  ),
  make(
    { id: "BYD", label: "BYD", aliases: ["Build Your Dreams"] },
    `
    Dolphin | c | E
    Atto 3 | s | E
    Seal | b | E
    Seal U | s | XE
    Han | b | E
    Tang | s | E
    Dolphin Surf | c | E
    Atto 2 | s | E
    Sealion 7 | s | E
  `,
  ),
  make(
    { id: "XPENG", label: "XPeng", aliases: [] },
    `
    G6 | s | E
    G9 | s | E
  `,
  ),
  make(
    { id: "LEAPMOTOR", label: "Leapmotor", aliases: [] },
    `
    T03 | c | E
    C10 | s | XE
    B10 | s | E
  `,
  ),
  make(
    { id: "DAEWOO", label: "Daewoo", aliases: [] },
    `
    Lanos | b | P
    Nubira | be | P
    Matiz | c | P
    Kalos | c | P
    Tacuma : Rezzo | m | P
  `,
  ),
  make(
    { id: "LYNK_CO", label: "Lynk & Co", aliases: ["Lynk and Co"] },
    `
    01 | s | X
  `,
  ),
  make(
    { id: "AIWAYS", label: "Aiways", aliases: [] },
    `
    U5 | s | E
  `,
  ),
];
