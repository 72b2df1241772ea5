/**
 * The official list of communes (@etalab/decoupage-administratif) behind our words. Read on first
 * use and once a process; the eight megabytes of the file are let go, only the index stays.
 */
import { readFileSync } from "node:fs";
import {
  buildGazetteer,
  knowsZone,
  placeOf,
  type Commune,
  type CommuneRow,
  type Gazetteer,
  type PlaceInput,
} from "./gazetteer";
import { type Place } from "./place";
import { type ZoneName } from "./zones";

let loaded: Gazetteer | undefined;

/** The communes of a postcode by name; none if there is no such postcode. */
export function communesOf(postcode: string): readonly Commune[] {
  return gazetteer().byPostcode.get(postcode) ?? [];
}

/** The commune with this INSEE code; an arrondissement of Paris, Lyon or Marseille answers with its city. */
export function communeByCode(inseeCode: string): Commune | undefined {
  return gazetteer().byCode.get(inseeCode);
}

/** The one place that is meant, or an error that says how to say it. */
export function resolvePlace(input: PlaceInput): Place {
  return placeOf(gazetteer(), input);
}

/** Whether somebody can live in a zone of this code. */
export function isKnownZone(zone: ZoneName): boolean {
  return knowsZone(gazetteer(), zone);
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
