/**
 * Which campaigns may cover a place? Campaigns whose zones name the country, région or département come from
 * one cached row per territory. Campaigns that name the commune, the postcode or a cell of the place are few
 * and are added one by one. A campaign found only by a cell is marked for a recheck of its shapes.
 *
 * Excluded shapes are not indexed here: campaigns that have some are checked individually
 * (indexed-campaign.ts).
 */
import { cellsAround, circlesIn, codesToFind } from "../../../reference/geo";
import { type Words } from "./bits";
import type { IndexedZones } from "./indexed-campaign";
import { HandleSet } from "./handle-set";
import { RowCache, Row } from "./row-cache";
import { NearCircles, type Side } from "./near-circles";
import type { IndexQuery } from "./index-query";

/** Overwritten by each query. */
export interface Found {
  readonly inside: Words;
  /** The campaigns in `inside` that must be checked individually. */
  readonly recheck: Words;
}

interface Territory {
  readonly key: string;
  readonly codes: readonly string[];
  readonly row: Row;
}

export interface PlacedZones {
  readonly zones: IndexedZones;
  readonly excludedZones: IndexedZones;
}

export class ZoneDimension {
  private readonly named = new Map<string, HandleSet>();
  private readonly excluded = new Map<string, HandleSet>();
  private readonly circles = new NearCircles();
  private readonly territories = new RowCache<string, Territory>(256);

  add(handle: number, { zones, excludedZones }: PlacedZones): void {
    for (const code of codesIn(zones)) setIn(this.named, code).add(handle);
    this.circles.add(handle, zones);
    for (const code of excludedZones.codes) setIn(this.excluded, code).add(handle);
    for (const { row, codes } of this.territories.all()) {
      row.put(
        handle,
        codes.some((code) => zones.codes.includes(code)),
      );
    }
  }

  remove(handle: number, { zones, excludedZones }: PlacedZones): void {
    for (const code of codesIn(zones)) takeOut(this.named, code, handle);
    this.circles.remove(handle);
    for (const code of excludedZones.codes) takeOut(this.excluded, code, handle);
    for (const { row } of this.territories.all()) row.put(handle, false);
  }

  find({ codes, zoneCodes }: IndexQuery, { inside, recheck }: Found): void {
    inside.set(this.territory(codes.wide, inside.length).words);
    recheck.fill(0);
    for (const code of codes.narrow) this.named.get(code)?.addTo(inside);
    for (const code of codes.cells) this.named.get(code)?.addUnknownTo(inside, recheck);
    for (const code of zoneCodes) this.excluded.get(code)?.removeFrom(inside);
  }

  /**
   * Compares the place with the campaign's shapes, for campaigns marked for a recheck. A place without a
   * position is in no shape.
   */
  sideOf(handle: number, { point }: IndexQuery): Side {
    return point === null ? "OUTSIDE" : this.circles.sideOf(handle, point);
  }

  forgetRows(): void {
    this.territories.clear();
  }

  private territory(codes: readonly string[], length: number): Row {
    const key = codes.join();
    const kept = this.territories.get(key);
    if (kept) return kept.row;
    const words = new Int32Array(length);
    for (const code of codes) this.named.get(code)?.addTo(words);
    return this.territories.keep({ key, codes, row: new Row(words) }).row;
  }
}

function codesIn({ codes, circles, polygons }: IndexedZones): readonly string[] {
  if (circles.length === 0 && polygons.length === 0) return codes;
  const all = [...codes, ...codesToFind(polygons)];
  for (const circle of circlesIn(circles)) for (const code of cellsAround(circle)) all.push(code);
  return all;
}

function setIn(sets: Map<string, HandleSet>, code: string): HandleSet {
  const found = sets.get(code);
  if (found) return found;
  const made = new HandleSet();
  sets.set(code, made);
  return made;
}

function takeOut(sets: Map<string, HandleSet>, code: string, handle: number): void {
  const set = sets.get(code);
  set?.delete(handle);
  if (set?.size === 0) sets.delete(code);
}
