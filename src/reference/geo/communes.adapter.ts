/**
 * Access to the official list of communes (@etalab/decoupage-administratif). It is read once per process: by
 * a server before it listens, by other programs on first use. Only the index stays in memory, not the eight megabytes
 * of the file.
 */
import { readFileSync } from "node:fs";
import { communeOf, type Address } from "./commune-of";
import { buildGazetteer, knowsZone, type Commune, type CommuneRow, type Gazetteer } from "./gazetteer";
import { type Place } from "./place";
import { placeOf, type PlaceInput } from "./place-of";
import { type ZoneName } from "./zones";

let loaded: Gazetteer | undefined;

/** Reads the list now. It takes most of a second, during which the process can do nothing else. */
export function readCommunes(): void {
  gazetteer();
}

/** The communes of a postcode, sorted by name; empty if the postcode does not exist. */
export function communesOf(postcode: string): readonly Commune[] {
  return gazetteer().byPostcode.get(postcode) ?? [];
}

/** The commune with this INSEE code. A former code or an arrondissement's code gives the current commune. */
export function communeByCode(inseeCode: string): Commune | undefined {
  return gazetteer().byCode.get(inseeCode);
}

/** The place that the input identifies, without a position. Throws an error that explains what is missing. */
export function resolvePlace(input: PlaceInput): Place {
  return placeOf(gazetteer(), input);
}

/** The place of an address, without a position. Null if postcode and town do not identify a commune. */
export function placeOfAddress({ postcode, city }: Address): Place | null {
  const commune = communeOf(communesOf(postcode), city);
  return commune && resolvePlace({ postcode, inseeCode: commune.inseeCode });
}

/** Every combination of commune and postcode as a place, without a position. */
export function* everyPlace(): Generator<Place> {
  for (const [postcode, communes] of gazetteer().byPostcode) {
    for (const { inseeCode } of communes) yield resolvePlace({ postcode, inseeCode });
  }
}

/** Whether the zone exists and contains an inhabited commune. */
export function isKnownZone(zone: ZoneName): boolean {
  return knowsZone(gazetteer(), zone);
}

/** The current zone for a code, or null if there is none. A former commune gives the commune it was merged into. */
export function zoneOfToday(zone: ZoneName): ZoneName | null {
  if (isKnownZone(zone)) return zone;
  const today = zone.kind === "commune" ? communeByCode(zone.code) : undefined;
  return today ? { kind: "commune", code: today.inseeCode } : null;
}

function gazetteer(): Gazetteer {
  loaded ??= buildGazetteer(readRows());
  return loaded;
}

function readRows(): CommuneRow[] {
  // The package's entry point reads from the working directory, so the data file is resolved directly.
  const path = require.resolve("@etalab/decoupage-administratif/data/communes.json");
  return JSON.parse(readFileSync(path, "utf8")) as CommuneRow[];
}
