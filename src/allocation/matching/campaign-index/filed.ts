/**
 * A campaign as it is filed: what takes it out of the index again, and what rows cannot say about it. Its
 * terms themselves are not kept: they are many times larger.
 */
import { standingAt, type Criterion } from "../../../offers/campaigns";
import {
  circlesIn,
  covers,
  flatten,
  type CircleZone,
  type PolygonZone,
  type Zone,
} from "../../../reference/geo";
import type { Candidate } from "../facts";
import { unmetOn } from "../match";
import type { Question } from "./question";
import type { Texts } from "./texts";

export type Standing = Pick<Candidate, "status" | "pausedUntil">;

/** What is told of a campaign that matches. */
export interface Entry {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly pricePerLeadCents: number;
  /** From which it would serve the need, if it is of one. */
  readonly site: string | null;
}

export interface Filed extends Entry {
  readonly pausedUntil: Date | null;
  readonly zones: FiledZones;
  readonly excludedZones: FiledZones;
  /** What the rows do not answer. */
  readonly criteria: readonly Criterion[];
  readonly timeZone: string;
}

export interface FiledZones {
  readonly codes: readonly string[];
  /** As numbers (geo/flat-circles.ts), which are smaller. */
  readonly circles: readonly number[];
  readonly polygons: readonly PolygonZone[];
}

export function filedZones(zones: readonly Zone[], texts: Texts): FiledZones {
  if (zones.length === 0) return noZones;
  const codes: string[] = [];
  const circles: CircleZone[] = [];
  const polygons: PolygonZone[] = [];
  for (const zone of zones) {
    if (zone.kind === "polygon") polygons.push(zone);
    else if (zone.kind === "circle") circles.push(zone);
    else codes.push(texts.ofZone(zone));
  }
  return { codes: listOf(codes), circles: listOf(flatten(circles)), polygons: listOf(polygons) };
}

export const runsEver = ({ status, pausedUntil }: Standing): boolean =>
  status === "ACTIVE" || (status === "PAUSED" && pausedUntil !== null);

/** Whether something must be asked of it that no row answers, whatever the need. */
export const isSpecial = ({ pausedUntil, excludedZones, criteria }: Filed): boolean =>
  pausedUntil !== null || hasShapes(excludedZones) || criteria.length > 0;

/** Everything but the criteria that rows answer. */
export const admits = (filed: Filed, question: Question): boolean =>
  (isNamed(filed.zones, question) || holdsByShape(filed.zones, question)) &&
  !isNamed(filed.excludedZones, question) &&
  admitsSpecially(filed, question);

/** What is asked of the special: of others it is true. */
export const admitsSpecially = (filed: Filed, question: Question): boolean =>
  runs(filed, question.at) && !isLeftOut(filed, question) && meetsRest(filed, question);

/** Whether one of its shapes holds the place. */
export function holdsByShape({ circles, polygons }: FiledZones, { need }: Question): boolean {
  const zones: Zone[] = [...polygons];
  for (const circle of circlesIn(circles)) zones.push({ kind: "circle", ...circle });
  return zones.length > 0 && covers(zones, need.place);
}

const meetsRest = ({ criteria, timeZone }: Filed, { need, at }: Question): boolean =>
  criteria.length === 0 || unmetOn(at, { criteria, timeZone }, need) === null;

const runs = ({ pausedUntil }: Filed, at: Date): boolean =>
  pausedUntil === null || standingAt({ status: "PAUSED", pausedUntil }, at).status === "ACTIVE";

/** By a shape: without a position nobody knows that it does not. */
const isLeftOut = ({ excludedZones }: Filed, question: Question): boolean =>
  hasShapes(excludedZones) && (question.point === null || holdsByShape(excludedZones, question));

const isNamed = ({ codes }: FiledZones, { zoneCodes }: Question): boolean =>
  codes.some((code) => zoneCodes.includes(code));

const hasShapes = ({ circles, polygons }: FiledZones): boolean => circles.length > 0 || polygons.length > 0;

const nothing: readonly never[] = [];
const noZones: FiledZones = { codes: nothing, circles: nothing, polygons: nothing };

/** As long as it is: lists that were collected keep room for more. Most are empty, and one is enough for all. */
export const listOf = <Item>(items: readonly Item[]): readonly Item[] =>
  items.length > 0 ? items.slice() : nothing;
