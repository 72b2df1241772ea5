/**
 * Does a need meet what a campaign asks? All criteria hold together, and so do all tests of one.
 * A field not answered fails every test but isSet: false. Nothing here knows the form: a lead and a
 * campaign of different versions are compared field by field. Whether a criterion makes sense at all
 * is check-criteria.ts.
 */
import { type AnswerValue, type Answers } from "../catalogue";
import { type Criterion } from "./terms";

export interface AnsweredFields {
  readonly answers: Answers;
  /** TEXT fields that were answered: known to be set, and nothing more. */
  readonly textsAnswered: readonly string[];
}

export function meets(criterion: Criterion, facts: AnsweredFields): boolean {
  const { field, isSet } = criterion;
  const answer = Object.hasOwn(facts.answers, field) ? facts.answers[field] : undefined;
  const answered = answer !== undefined || facts.textsAnswered.includes(field);
  if (isSet !== undefined && isSet !== answered) return false;
  return (
    !asksForValue(criterion) ||
    (answer !== undefined && isAmong(criterion, answer) && isWithin(criterion, answer))
  );
}

/** The first criterion, in the campaign's order, that is not met. */
export function unmet(criteria: readonly Criterion[], facts: AnsweredFields): Criterion | null {
  return criteria.find((criterion) => !meets(criterion, facts)) ?? null;
}

const asksForValue = ({ oneOf, noneOf, min, max }: Criterion): boolean =>
  [oneOf, noneOf, min, max].some((test) => test !== undefined);

function isAmong({ oneOf, noneOf }: Criterion, answer: AnswerValue): boolean {
  const values: readonly AnswerValue[] = typeof answer === "object" ? answer : [answer];
  if (oneOf && !values.some((value) => oneOf.includes(value))) return false;
  return !noneOf || !values.some((value) => noneOf.includes(value));
}

const isWithin = ({ min, max }: Criterion, answer: AnswerValue): boolean =>
  (min === undefined || notBelow(answer, min)) && (max === undefined || notAbove(answer, max));

// Numbers compare with numbers and ISO dates with ISO dates; anything else has no order.
const notBelow = (answer: AnswerValue, min: number | string): boolean =>
  typeof answer === "number" && typeof min === "number"
    ? answer >= min
    : typeof answer === "string" && typeof min === "string" && answer >= min;

const notAbove = (answer: AnswerValue, max: number | string): boolean =>
  typeof answer === "number" && typeof max === "number"
    ? answer <= max
    : typeof answer === "string" && typeof max === "string" && answer <= max;
