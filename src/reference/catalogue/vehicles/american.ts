/** Makes from America: models sold in France, new or used. make.ts explains the notation. */
import { make } from "./make";

export const american = [
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
    Ranger | p | PDX
    Tourneo Connect | m | PD
    Tourneo Custom | m | DXE
    Transit | v | DE
    Transit Connect | v | PD
    Transit Custom | v | DXE
    Tourneo Courier | m | PDE
    Transit Courier | v | PDE
    Escort | bek | PD
  `,
  ),
  make(
    { id: "JEEP", label: "Jeep", aliases: [] },
    `
    Avenger | s | PHE
    Renegade | s | PDHX
    Compass | s | PDHXE
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
    Kalos | c | P
    Lacetti | be | PD
    Epica | b | PD
  `,
  ),
  make(
    { id: "CHRYSLER", label: "Chrysler", aliases: [] },
    `
    300C | be | PD
    PT Cruiser | bk | PD
    Voyager : Grand Voyager | m | PD
    Crossfire | k | P
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
];
