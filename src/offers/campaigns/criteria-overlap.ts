/**
 * How do two criteria on the same field relate? If it cannot be decided, the answer is the cautious one: some
 * answer may meet both, and neither implies the other. A bound relative to today may be any date.
 */
import { type AnswerValue } from "../../reference/catalogue";
import { offsetOf } from "./relative-date";
import { type Criterion } from "./terms";

type Values = readonly AnswerValue[];

/** Whether some answer can meet both. `isList`: an answer may be several values at once. */
export function canMeetBoth(a: Criterion, b: Criterion, isList: boolean): boolean {
  if (a.isSet === false) return allowsNone(b);
  if (b.isSet === false) return allowsNone(a);
  const excluded = [...(a.noneOf ?? []), ...(b.noneOf ?? [])];
  const wanted = [a.oneOf, b.oneOf].filter((list) => list !== undefined);
  const free = (list: Values): Values => list.filter((value) => !excluded.includes(value));
  if (isList) return wanted.every((list) => free(list).length > 0);
  const bounds = [boundsOf(a), boundsOf(b)];
  const [first, second] = wanted;
  if (!first) return bounds.every((one) => bounds.every((other) => one.min <= other.max));
  const common = free(first).filter((value) => !second || second.includes(value));
  return common.some((value) => bounds.every((one) => isWithin(value, one)));
}

/** Whether every answer that meets `a` also meets `b`. */
export function entails(a: Criterion, b: Criterion, isList: boolean): boolean {
  if (b.isSet === false) return a.isSet === false;
  if (a.isSet === false || (b.isSet === true && allowsNone(a))) return false;
  return entailsLists(a, b, isList) && entailsBounds(a, b);
}

function entailsLists(a: Criterion, b: Criterion, isList: boolean): boolean {
  const { oneOf, noneOf } = b;
  if (oneOf && !a.oneOf?.every((value) => oneOf.includes(value))) return false;
  if (!noneOf || noneOf.every((value) => a.noneOf?.includes(value))) return true;
  return !isList && a.oneOf?.some((value) => noneOf.includes(value)) === false;
}

const entailsBounds = (a: Criterion, b: Criterion): boolean =>
  (b.min === undefined || b.min === a.min || boundsOf(a).min >= boundsOf(b, Infinity).min) &&
  (b.max === undefined || b.max === a.max || boundsOf(a).max <= boundsOf(b, Infinity).max);

const allowsNone = ({ oneOf, noneOf, min, max, isSet }: Criterion): boolean =>
  isSet !== true && [oneOf, noneOf, min, max].every((test) => test === undefined);

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** The bounds as numbers. A bound that is relative to today becomes `unknown`. */
const boundsOf = ({ min, max }: Criterion, unknown = -Infinity): Bounds => ({
  min: min === undefined ? -Infinity : (numberOf(min) ?? unknown),
  max: max === undefined ? Infinity : (numberOf(max) ?? -unknown),
});

const isWithin = (value: AnswerValue, { min, max }: Bounds): boolean => {
  if (min === -Infinity && max === Infinity) return true;
  const number = typeof value === "number" || typeof value === "string" ? numberOf(value) : null;
  return number !== null && number >= min && number <= max;
};

/** The time value of a date; null for a bound relative to today. */
function numberOf(bound: number | string): number | null {
  if (typeof bound === "number") return bound;
  return offsetOf(bound) === null ? Date.parse(bound) : null;
}
