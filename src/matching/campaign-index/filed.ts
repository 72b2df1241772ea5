/**
 * A campaign as it is filed: what takes it out of the index again, and what rows cannot say about it. Its
 * terms themselves are not kept: they are many times larger.
 */
import { standingAt, type Criterion } from "../../campaigns";
import { asksPosition, codeOf, covers, isShape, type Place, type ShapeZone, type Zone } from "../../geo";
import type { Candidate } from "../facts";
import { unmetOn } from "../match";
import type { Question } from "./question";

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
  readonly shapes: readonly ShapeZone[];
}

export function filedZones(zones: readonly Zone[], intern: (text: string) => string): FiledZones {
  if (zones.length === 0) return noZones;
  return {
    codes: listOf(zones.filter((zone) => !isShape(zone)).map((zone) => intern(codeOf(zone)))),
    shapes: listOf(zones.filter(isShape)),
  };
}

export const runsEver = ({ status, pausedUntil }: Standing): boolean =>
  status === "ACTIVE" || (status === "PAUSED" && pausedUntil !== null);

/** Whether something must be asked of it that no row answers, whatever the need. */
export const isSpecial = ({ pausedUntil, excludedZones, criteria }: Filed): boolean =>
  pausedUntil !== null || excludedZones.shapes.length > 0 || criteria.length > 0;

/** Everything but the criteria that rows answer. */
export const admits = (filed: Filed, question: Question): boolean =>
  runs(filed, question.at) && reaches(filed, question) && meetsRest(filed, question);

const meetsRest = ({ criteria, timeZone }: Filed, { need, at }: Question): boolean =>
  criteria.length === 0 || unmetOn(at, { criteria, timeZone }, need) === null;

const runs = ({ pausedUntil }: Filed, at: Date): boolean =>
  pausedUntil === null || standingAt({ status: "PAUSED", pausedUntil }, at).status === "ACTIVE";

function reaches({ zones, excludedZones }: Filed, question: Question): boolean {
  const { place } = question.need;
  return (
    holds(zones, question) && !holds(excludedZones, question) && !asksPosition(excludedZones.shapes, place)
  );
}

const holds = ({ codes, shapes }: FiledZones, question: Question): boolean =>
  codes.some((code) => question.zoneCodes.includes(code)) || holdsByShape(shapes, question.need.place);

const holdsByShape = (shapes: readonly ShapeZone[], place: Place): boolean =>
  shapes.length > 0 && covers(shapes, place);

const nothing: readonly never[] = [];
const noZones: FiledZones = { codes: nothing, shapes: nothing };

/** As long as it is: lists that were collected keep room for more. Most are empty, and one is enough for all. */
export const listOf = <Item>(items: readonly Item[]): readonly Item[] =>
  items.length > 0 ? items.slice() : nothing;
