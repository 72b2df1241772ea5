/**
 * Which commune is in an address as people and registers write it? The postcode leads to a few, the name of the
 * town chooses among them. What is not told apart by both is not guessed.
 */
import type { Commune } from "./gazetteer";

export interface Address {
  readonly postcode: string;
  readonly city: string;
}

/** `communes`: those of the postcode. A postcode of one commune needs no name. */
export function communeOf(communes: readonly Commune[], city: string): Commune | null {
  const [only, ...others] = communes;
  if (only && others.length === 0) return only;
  const named = communes.filter(({ name }) => plain(name) === plain(city));
  return named.length === 1 ? (named[0] ?? null) : null;
}

const abbreviations: Readonly<Record<string, string>> = { ST: "SAINT", STE: "SAINTE" };

/** "ST-ETIENNE", "Saint Étienne" and "Saint-Étienne cedex 2" alike. */
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
