/** Makes from Spain, Czechia, Sweden and the United Kingdom: models sold in France. make.ts explains the notation. */
import { make } from "./make";

export const european = [
  make(
    { id: "SEAT", label: "Seat", aliases: [] },
    `
    Mii | c | PE
    Ibiza | ce | PD
    Cordoba | b | PD
    Leon | be | PDX
    Toledo | b | PD
    Exeo | be | PD
    Altea | m | PD
    Alhambra | m | PD
    Arona | s | PD
    Ateca | s | PD
    Tarraco | s | PDX
    Arosa | c | PD
  `,
  ),
  make(
    { id: "CUPRA", label: "Cupra", aliases: [] },
    `
    Born | b | E
    Formentor | s | PDX
    Leon | be | PDX
    Ateca | s | P
    Tavascan | s | E
    Terramar | s | PX
  `,
  ),
  make(
    { id: "SKODA", label: "Škoda", aliases: ["Skoda"] },
    `
    Citigo | c | PE
    Fabia | ce | PD
    Rapid | b | PD
    Scala | b | PD
    Octavia | be | PDX
    Superb | be | PDX
    Roomster | m | PD
    Yeti | s | PD
    Kamiq | s | PD
    Karoq | s | PD
    Kodiaq | s | PDX
    Elroq | s | E
    Enyaq | s | E
    Felicia | ce | PD
  `,
  ),
  make(
    { id: "VOLVO", label: "Volvo", aliases: [] },
    `
    C30 | b | PD
    C40 | s | E
    C70 | k | PD
    S40 | b | PD
    S60 | b | PDX
    S80 | b | PD
    S90 | b | PDX
    V40 | be | PD
    V50 | e | PD
    V60 | e | PDX
    V70 | e | PD
    V90 | e | PDX
    XC40 : XC40 Recharge | s | PDXE
    XC60 | s | PDX
    XC70 | e | PD
    XC90 | s | PDX
    EX30 | s | E
    EX40 | s | E
    EX90 | s | E
    850 | be | PD
  `,
  ),
  make(
    { id: "SAAB", label: "Saab", aliases: [] },
    `
    9-3 | bek | PD
    9-5 | be | PD
    900 | bk | P
  `,
  ),
  make(
    { id: "POLESTAR", label: "Polestar", aliases: [] },
    `
    2 : Polestar 2 | b | E
    3 : Polestar 3 | s | E
    4 : Polestar 4 | s | E
  `,
  ),
  make(
    { id: "MINI", label: "Mini", aliases: ["Mini Cooper", "BMW Mini"] },
    `
    Cooper : Hatch, One | c | PDE
    Cabrio | k | PD
    Clubman | be | PD
    Countryman | s | PDXE
    Paceman | s | PD
    Coupé | k | PD
    Roadster | k | PD
    Aceman | s | E
  `,
  ),
  make(
    { id: "LAND_ROVER", label: "Land Rover", aliases: ["Range Rover", "Landrover"] },
    `
    Defender | s | PDX
    Discovery | s | PD
    Discovery Sport | s | PDX
    Freelander | s | PD
    Range Rover | s | PDX
    Range Rover Sport | s | PDX
    Range Rover Evoque : Evoque | sk | PDX
    Range Rover Velar : Velar | s | PDX
  `,
  ),
  make(
    { id: "JAGUAR", label: "Jaguar", aliases: [] },
    `
    E-Pace | s | PDX
    F-Pace | s | PDX
    I-Pace | s | E
    F-Type | k | P
    S-Type | b | PD
    X-Type | be | PD
    XE | b | PD
    XF | be | PD
    XJ | b | PD
    XK | k | P
  `,
  ),
  make(
    { id: "ROVER", label: "Rover", aliases: [] },
    `
    25 | c | PD
    45 | b | PD
    75 | be | PD
  `,
  ),
  make(
    { id: "ASTON_MARTIN", label: "Aston Martin", aliases: [] },
    `
    DB9 | k | P
    DB11 | k | P
    Vantage | k | P
    DBX | s | P
  `,
  ),
  make(
    { id: "BENTLEY", label: "Bentley", aliases: [] },
    `
    Continental GT | k | PX
    Flying Spur | b | PX
    Bentayga | s | PX
  `,
  ),
  make(
    { id: "LOTUS", label: "Lotus", aliases: [] },
    `
    Elise | k | P
    Exige | k | P
    Evora | k | P
    Emira | k | P
    Eletre | s | E
  `,
  ),
  make(
    { id: "INEOS", label: "Ineos", aliases: [] },
    `
    Grenadier | sp | PD
  `,
  ),
  make(
    { id: "LADA", label: "Lada", aliases: [] },
    `
    Niva : 4x4, Niva Legend | s | P
  `,
  ),
];
