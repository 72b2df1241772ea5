/** What a number of a form counts, in the language of the reader. Units are stored in French, and most are the same. */
import type { Language, Words } from "../../shared/language";

const words: Readonly<Record<string, Words>> = {
  ans: { FR: "ans", EN: "years" },
  "km/an": { FR: "km/an", EN: "km a year" },
  "EUR/mois": { FR: "EUR/mois", EN: "EUR a month" },
};

export const unitText = (unit: string, language: Language): string => words[unit]?.[language] ?? unit;
