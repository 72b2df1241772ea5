/**
 * Splits a criterion into the parts that rows can answer: a test of choices and a range. Anything else (lists
 * of numbers or dates, bounds of mixed types, bounds relative to today) is kept as it is and evaluated by the
 * criterion's own code, so that the index never gives it a second meaning.
 */
import type { Criterion } from "../../../offers/campaigns";
import type { AnswerValue } from "../../../reference/catalogue";
import { ordinalOf } from "./ordinal";

export type RangeKind = "NUMBER" | "DATE";

export interface Range {
  readonly kind: RangeKind;
  /** As ordinals; infinite where there is no bound. */
  readonly from: number;
  readonly to: number;
}

export interface CompiledCriterion {
  /** Only `oneOf`, `noneOf` and `isSet`. */
  readonly choice: Criterion | null;
  readonly range: Range | null;
  /** To be evaluated for the campaigns that pass the rows. */
  readonly rest: Criterion | null;
}

export function compileCriterion(criterion: Criterion): CompiledCriterion {
  const range = rangeOf(criterion);
  if (range === "UNKNOWN" || !hasPlainLists(criterion)) return { choice: null, range: null, rest: criterion };
  return { choice: choiceOf(criterion), range, rest: null };
}

function choiceOf({ field, oneOf, noneOf, isSet }: Criterion): Criterion | null {
  const asks = [oneOf, noneOf, isSet].some((test) => test !== undefined);
  return asks ? { field, oneOf, noneOf, isSet } : null;
}

const hasPlainLists = ({ oneOf = [], noneOf = [] }: Criterion): boolean =>
  oneOf.every(isOption) && noneOf.every(isOption);

/** There are few options. Numbers and dates can be anything, and a row for each would fill the memory. */
const isOption = (value: AnswerValue): boolean =>
  typeof value === "boolean" || (typeof value === "string" && /^[A-Za-z]/.test(value));

function rangeOf({ min, max }: Criterion): Range | "UNKNOWN" | null {
  const bounds = [min, max].filter((bound) => bound !== undefined);
  if (bounds.length === 0) return null;
  const [from = -Infinity, to = Infinity] = [min, max].map((bound) =>
    bound === undefined ? bound : ordinalOf(bound),
  );
  const isKnown = bounds.every((bound) => ordinalOf(bound) !== undefined);
  const isOfOneKind = new Set(bounds.map((bound) => typeof bound)).size === 1;
  if (!isKnown || !isOfOneKind) return "UNKNOWN";
  return { kind: typeof bounds[0] === "number" ? "NUMBER" : "DATE", from, to };
}
