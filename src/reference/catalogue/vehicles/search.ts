/** Which makes and models does somebody mean who typed a few letters? What they mean in the end, they choose. */
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

/** By name. */
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

/** By id, name or another name, in any case and without accents. */
export function makeNamed(name: string): VehicleMake | undefined {
  const wanted = plain(name);
  return (
    vehicleMakes.find(({ id }) => plain(id) === wanted) ??
    vehicleMakes.find((make) => namesOf(make).includes(wanted))
  );
}

/** Those whose name is what was typed, then those that begin with it, then those that hold it; all for nothing typed. */
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
