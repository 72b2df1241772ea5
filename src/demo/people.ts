/** Invented people with a name, an email address under .example and a place of residence. */
import { randomInt } from "../platform/random";
import type { Contact } from "./form-operations";
import { chance, pickOne, randomText } from "./random";

const madames = ["Zélie", "Apolline", "Faustine", "Honorine", "Maëlle", "Philomène", "Solveig", "Violaine"];
const monsieurs = ["Anatole", "Barnabé", "Cyprien", "Évariste", "Gaspard", "Loïc", "Octave", "Théodule"];
const lastNames = [
  "Beaulimaçon",
  "Clairetuile",
  "Deuxponts-Fictif",
  "Fleurdepneu",
  "Grandevoile",
  "Jolivirage",
  "Moulinvert",
  "Quatrevents",
  "Rondpoint",
  "Tournesac",
];

/** Postcodes around Lyon are more frequent, because the terminal shows the feed of a supplier there. */
const postcodes = [
  ...["69001", "69003", "69005", "69007", "69100", "69008", "38000", "42000", "63000"],
  ...["75011", "75015", "92100", "78000"],
  ...["59000", "59100", "62000"],
  ...["33000", "33700", "64100"],
  ...["20000", "20200"],
  ...["97400", "97410"],
];

export const somePostcode = (): string => pickOne(postcodes);

/** Returns a new random person on each call. */
export function somebody(place: { readonly postcode: string; readonly city: string }): Contact {
  const isMadame = chance(50);
  return {
    civility: chance(10) ? "UNSPECIFIED" : isMadame ? "MADAME" : "MONSIEUR",
    firstName: pickOne(isMadame ? madames : monsieurs),
    lastName: pickOne(lastNames),
    email: `demo.${randomText(8)}@courriel.example`,
    phone: inventedPhone(),
    ...place,
  };
}

/**
 * The number ranges reserved for fiction, one per region of France. They hold enough numbers for days of traffic
 * with few repetitions. The mobile range is left out because it is refused as invalid, so the demo never asks for SMS.
 */
const fictionRanges = ["+3319900", "+3326191", "+3335301", "+3346571", "+3353649"];
const inventedPhone = (): string => pickOne(fictionRanges) + String(randomInt(10_000)).padStart(4, "0");
