/**
 * Does a need meet a campaign's criteria? All criteria must be met, and all tests of each. A field without an
 * answer fails every test except isSet: false. This file knows nothing of the form: a lead and a campaign of
 * different form versions are compared field by field. Bounds relative to today are resolved with the given
 * date. Whether a criterion is valid is check-criteria.ts.
 */
import { type AnswerValue, type Answers } from "../../reference/catalogue";
import { offsetOf, onDay } from "./relative-date";
import { type Criterion } from "./terms";

export interface AnsweredFields {
  readonly answers: Answers;
  /** The TEXT fields that were answered. Their content is not available. */
  readonly textsAnswered: readonly string[];
}

/** `today` is an ISO date: the day of the decision in the campaign's time zone. */
export function meets(criterion: Criterion, facts: AnsweredFields, today: string): boolean {
  const { field, isSet } = criterion;
  const answer = Object.hasOwn(facts.answers, field) ? facts.answers[field] : undefined;
  const answered = answer !== undefined || facts.textsAnswered.includes(field);
  if (isSet !== undefined && isSet !== answered) return false;
  return (
    !asksForValue(criterion) ||
    (answer !== undefined && isAmong(criterion, answer) && isWithin(criterion, answer, today))
  );
}

/** The first criterion, in the campaign's order, that is not met. */
export function unmet(
  criteria: readonly Criterion[],
  facts: AnsweredFields,
  today: string,
): Criterion | null {
  return criteria.find((criterion) => !meets(criterion, facts, today)) ?? null;
}

/** Whether the result may differ on another day. */
export const goesByTheDay = ({ min, max }: Criterion): boolean =>
  [min, max].some((bound) => typeof bound === "string" && offsetOf(bound) !== null);

const asksForValue = ({ oneOf, noneOf, min, max }: Criterion): boolean =>
  [oneOf, noneOf, min, max].some((test) => test !== undefined);

function isAmong({ oneOf, noneOf }: Criterion, answer: AnswerValue): boolean {
  const values: readonly AnswerValue[] = typeof answer === "object" ? answer : [answer];
  if (oneOf && !values.some((value) => oneOf.includes(value))) return false;
  return !noneOf || !values.some((value) => noneOf.includes(value));
}

const isWithin = ({ min, max }: Criterion, answer: AnswerValue, today: string): boolean =>
  (min === undefined || notBelow(answer, onDay(min, today))) &&
  (max === undefined || notAbove(answer, onDay(max, today)));

// Numbers are compared with numbers and ISO dates with ISO dates. Other combinations have no order.
const notBelow = (answer: AnswerValue, min: number | string): boolean =>
  typeof answer === "number" && typeof min === "number"
    ? answer >= min
    : typeof answer === "string" && typeof min === "string" && answer >= min;

const notAbove = (answer: AnswerValue, max: number | string): boolean =>
  typeof answer === "number" && typeof max === "number"
    ? answer <= max
    : typeof answer === "string" && typeof max === "string" && answer <= max;
