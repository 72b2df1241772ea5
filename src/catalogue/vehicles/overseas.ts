/** Makes of Korea, China and America: their models sold in France, new or used. How a line is written is make.ts. */
import { make } from "./make";

export const overseas = [
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
    TF | k | P
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
  `,
  ),
  make(
    { id: "TESLA", label: "Tesla", aliases: [] },
    `
    Model 3 | b | E
    Model S | b | E
    Model X | s | E
    Model Y | s | E
    Roadster | k | E
  `,
  ),
  make(
    { id: "FORD", label: "Ford", aliases: [] },
    `
    Ka : Ka+ | c | PD
    Fiesta | c | PD
    Focus | bek | PD
    Fusion | m | PD
    Mondeo | be | PDH
    C-Max : Grand C-Max | m | PD
    B-Max | m | PD
    S-Max | m | PDH
    Galaxy | m | PDH
    Puma | s | PHE
    EcoSport | s | PD
    Kuga | s | PDHX
    Edge | s | D
    Explorer | s | XE
    Capri | s | E
    Mustang | k | P
    Mustang Mach-E | s | E
    Ranger | p | PD
    Tourneo Connect | m | PD
    Tourneo Custom | m | DX
    Transit | v | DE
    Transit Connect | v | PD
    Transit Custom | v | DE
  `,
  ),
  make(
    { id: "JEEP", label: "Jeep", aliases: [] },
    `
    Avenger | s | PHE
    Renegade | s | PDX
    Compass | s | PDX
    Cherokee | s | PD
    Grand Cherokee | s | PDX
    Wrangler | s | PDX
    Gladiator | p | D
    Commander | s | PD
    Patriot | s | PD
  `,
  ),
  make(
    { id: "CHEVROLET", label: "Chevrolet", aliases: ["Chevy"] },
    `
    Aveo | c | PD
    Captiva | s | PD
    Cruze | be | PD
    Matiz | c | PG
    Orlando | m | PD
    Spark | c | P
    Trax | s | PD
    Volt | b | X
    Camaro | k | P
    Corvette | k | P
  `,
  ),
  make(
    { id: "CHRYSLER", label: "Chrysler", aliases: [] },
    `
    300C | be | PD
    PT Cruiser | bk | PD
    Voyager : Grand Voyager | m | PD
  `,
  ),
  make(
    { id: "DODGE", label: "Dodge", aliases: [] },
    `
    Caliber | b | PD
    Journey | m | PD
    Nitro | s | PD
  `,
  ),
  make(
    { id: "DAEWOO", label: "Daewoo", aliases: [] },
    `
    Lanos | b | P
    Nubira | be | P
    Matiz | c | P
  `,
  ),
];
