/**
 * Which commune does an address name, as people and registers write it? The town's name selects among the communes of
 * the postcode. The result is null if postcode and name do not identify exactly one.
 */
import type { Commune } from "./gazetteer";

export interface Address {
  readonly postcode: string;
  readonly city: string;
}

/** `communes`: the communes of the postcode. If there is only one, the name is not compared. */
export function communeOf(communes: readonly Commune[], city: string): Commune | null {
  const [only, ...others] = communes;
  if (only && others.length === 0) return only;
  const named = communes.filter(({ name }) => plain(name) === plain(city));
  return named.length === 1 ? (named[0] ?? null) : null;
}

const abbreviations: Readonly<Record<string, string>> = { ST: "SAINT", STE: "SAINTE" };

/** Normalises a name: "ST-ETIENNE", "Saint Étienne" and "Saint-Étienne cedex 2" give the same text. */
function plain(name: string): string {
  const words = name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[œŒ]/g, "OE")
    .toUpperCase()
    .replace(/\bCEDEX\b.*$/, "")
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
  return words.map((word) => abbreviations[word] ?? word).join(" ");
}
