/**
 * The official list of communes (@etalab/decoupage-administratif) behind our words. Read on first
 * use and once a process; the eight megabytes of the file are let go, only the index stays.
 */
import { readFileSync } from "node:fs";
import { communeOf, type Address } from "./commune-of";
import { buildGazetteer, knowsZone, type Commune, type CommuneRow, type Gazetteer } from "./gazetteer";
import { type Place } from "./place";
import { placeOf, type PlaceInput } from "./place-of";
import { type ZoneName } from "./zones";

let loaded: Gazetteer | undefined;

/** The communes of a postcode by name; none if there is no such postcode. */
export function communesOf(postcode: string): readonly Commune[] {
  return gazetteer().byPostcode.get(postcode) ?? [];
}

/** The commune with this INSEE code; a former code, or that of an arrondissement, answers with its commune of today. */
export function communeByCode(inseeCode: string): Commune | undefined {
  return gazetteer().byCode.get(inseeCode);
}

/** The one place that is meant, its position not yet known; or an error that says how to say it. */
export function resolvePlace(input: PlaceInput): Place {
  return placeOf(gazetteer(), input);
}

/** The place that an address is in, as far as postcode and town tell it; its position not yet known. */
export function placeOfAddress({ postcode, city }: Address): Place | null {
  const commune = communeOf(communesOf(postcode), city);
  return commune && resolvePlace({ postcode, inseeCode: commune.inseeCode });
}

/** Every place that a need can be in, by commune and postcode; positions are not known. */
export function* everyPlace(): Generator<Place> {
  for (const [postcode, communes] of gazetteer().byPostcode) {
    for (const { inseeCode } of communes) yield resolvePlace({ postcode, inseeCode });
  }
}

/** Whether somebody can live in a zone of this code. */
export function isKnownZone(zone: ZoneName): boolean {
  return knowsZone(gazetteer(), zone);
}

/** The zone as it is today, or null if there is none: a former commune is part of another one. */
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
  // The package's own entry reads from the working directory, so its data file is named instead.
  const path = require.resolve("@etalab/decoupage-administratif/data/communes.json");
  return JSON.parse(readFileSync(path, "utf8")) as CommuneRow[];
}
