/**
 * The notation of the vehicle catalogue. A model is a line "name : other names | bodies | energies", with the letters
 * below for bodies and energies. They tell roughly how a model has been sold in France. They help to fill in forms and
 * are never used in a decision. A malformed line stops the start.
 */
import { type VehicleBody, type VehicleEnergy, type VehicleMake, type VehicleModel } from "./vehicle";
import { plain } from "./plain";

const bodies: Readonly<Record<string, VehicleBody>> = {
  c: "CITY_CAR",
  b: "SALOON",
  e: "ESTATE",
  s: "SUV",
  m: "PEOPLE_CARRIER",
  k: "COUPE_CONVERTIBLE",
  p: "PICK_UP",
  v: "VAN",
};
const energies: Readonly<Record<string, VehicleEnergy>> = {
  P: "PETROL",
  D: "DIESEL",
  H: "HYBRID",
  X: "PLUG_IN_HYBRID",
  E: "ELECTRIC",
  G: "LPG",
  F: "HYDROGEN",
};

const shape = /^([^:|]+?|[^|]+?:[^ |]+?)(?: : ([^|]+?))? \| ([cbesmkpv]+) \| ([PDHXEGF]+)$/;

export function make(of: Pick<VehicleMake, "id" | "label" | "aliases">, lines: string): VehicleMake {
  const written = lines.split("\n").map((line) => line.trim());
  return { ...of, models: written.filter((line) => line !== "").map((line) => modelOf(of.id, line)) };
}

function modelOf(makeId: string, line: string): VehicleModel {
  const [, label, others, bodyLetters, energyLetters] = shape.exec(line) ?? [];
  if (!label || !bodyLetters || !energyLetters) throw new Error(`Not a line of the catalogue: ${line}`);
  return {
    id: `${makeId}:${plain(label).toUpperCase()}`,
    label,
    aliases: others?.split(",").map((name) => name.trim()) ?? [],
    bodies: [...bodyLetters].flatMap((letter) => bodies[letter] ?? []),
    energies: [...energyLetters].flatMap((letter) => energies[letter] ?? []),
  };
}
