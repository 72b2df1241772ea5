/** Which makes and models match a few typed letters? The person chooses among the matches. */
import { american } from "./american";
import { european } from "./european";
import { french } from "./french";
import { german } from "./german";
import { germanUpmarket } from "./german-upmarket";
import { italian } from "./italian";
import { japanese } from "./japanese";
import { koreanAndChinese } from "./korean-and-chinese";
import { plain } from "./plain";
import { type Named, type VehicleMake } from "./vehicle";

const collator = new Intl.Collator("fr", { numeric: true });
const byLabel = (a: Named, b: Named): number => collator.compare(a.label, b.label);

/** All makes, sorted by name. */
export const vehicleMakes: readonly VehicleMake[] = [
  ...french,
  ...german,
  ...germanUpmarket,
  ...italian,
  ...european,
  ...japanese,
  ...koreanAndChinese,
  ...american,
]
  .map((make) => ({ ...make, models: [...make.models].sort(byLabel) }))
  .sort(byLabel);

/** Finds a make by its id, name or alias, ignoring case and accents. */
export function makeNamed(name: string): VehicleMake | undefined {
  const wanted = plain(name);
  return (
    vehicleMakes.find(({ id }) => plain(id) === wanted) ??
    vehicleMakes.find((make) => namesOf(make).includes(wanted))
  );
}

/** Exact matches first, then names that start with the text, then names that contain it. An empty text matches all. */
export function found<T extends Named>(among: readonly T[], typed: string): T[] {
  const wanted = plain(typed);
  const fits = [
    (name: string) => name === wanted,
    (name: string) => name.startsWith(wanted),
    (name: string) => name.includes(wanted),
  ];
  const ranks = fits.flatMap((fit) => among.filter((one) => namesOf(one).some(fit)));
  return [...new Set(ranks)];
}

const namesOf = ({ label, aliases }: Named): string[] => [label, ...aliases].map(plain);
