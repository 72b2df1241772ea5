/**
 * Are these criteria valid for the product's form? Each must name one field, once, with tests that fit the
 * field's type and do not contradict each other. Whether a lead meets them is criteria.ts.
 */
import { readValue, unknownField, type Form, type FormField } from "../../reference/catalogue";
import { invalid } from "../../shared/errors";
import { isAlwaysAfter, offsetOf } from "./relative-date";
import { type Criterion } from "./terms";
import { type CriterionInput } from "./terms-input";

const listLimit = 500;

export function checkCriteria(inputs: readonly CriterionInput[], form: Form): Criterion[] {
  const seen = new Set<string>();
  return inputs.map((input) => {
    const field = form.fields.find((known) => known.id === input.field);
    if (!field) throw invalid(unknownField(input.field, form));
    if (seen.has(field.id)) {
      throw invalid(
        `Two criteria are about ${field.id}: merge them into one, all tests of which hold together.`,
      );
    }
    seen.add(field.id);
    return checkCriterion(field, input);
  });
}

function checkCriterion(field: FormField, input: CriterionInput): Criterion {
  checkTestsFit(field, input);
  const criterion: Criterion = {
    field: field.id,
    oneOf: readList(field, "oneOf", input.oneOf),
    noneOf: readList(field, "noneOf", input.noneOf),
    min: readBound(field, input.min),
    max: readBound(field, input.max),
    isSet: input.isSet ?? undefined,
  };
  checkConsistent(criterion);
  return onlyGiven(criterion);
}

function checkTestsFit({ id, type }: FormField, input: CriterionInput): void {
  const tests = (["oneOf", "noneOf", "min", "max"] as const).filter((test) => input[test] != null);
  if (tests.length === 0 && input.isSet == null) {
    throw invalid(`The criterion on ${id} tests nothing: give oneOf, noneOf, min, max or isSet.`);
  }
  if (tests.length === 0) return;
  if (type === "TEXT") {
    throw invalid(`Field ${id} is free text, which is never read to decide: only isSet can be asked of it.`);
  }
  if (input.isSet === false) {
    throw invalid(
      `The criterion on ${id} asks for no answer and for a value: drop isSet: false or the rest.`,
    );
  }
}

function checkConsistent({ field, oneOf, noneOf, min, max }: Criterion): void {
  if (oneOf?.some((value) => noneOf?.includes(value))) {
    throw invalid(
      `The criterion on ${field} names a value both in oneOf and in noneOf: remove it from one of them.`,
    );
  }
  if (min !== undefined && max !== undefined && isAbove(min, max)) {
    throw invalid(`The criterion on ${field} has min above max: no lead could meet it.`);
  }
}

/** A fixed date and a date relative to today cannot be compared. */
function isAbove(min: number | string, max: number | string): boolean {
  const [from, to] = [min, max].map((bound) => (typeof bound === "string" ? offsetOf(bound) : null));
  if (from && to) return isAlwaysAfter(from, to);
  return !from && !to && min > max;
}

/** Criteria are stored and compared as JSON, so tests that were not given must be absent. */
const onlyGiven = (criterion: Criterion): Criterion => ({
  field: criterion.field,
  ...Object.fromEntries(Object.entries(criterion).filter(([, test]) => test !== undefined)),
});

type Scalar = string | number | boolean;

function readList(field: FormField, test: "oneOf" | "noneOf", values: unknown): Scalar[] | undefined {
  if (values == null) return undefined;
  if (!Array.isArray(values) || values.length === 0 || values.length > listLimit) {
    throw invalid(
      `${test} on ${field.id} is a list of 1 to ${listLimit} values: to ask for nothing, leave it out.`,
    );
  }
  return [...new Set(values.map((value) => readValue(field, value)))];
}

function readBound(field: FormField, value: unknown): number | string | undefined {
  if (value == null) return undefined;
  if (field.type !== "NUMBER" && field.type !== "DATE") {
    throw invalid(
      `Field ${field.id} is ${field.type}, which has no order: min and max are for NUMBER and DATE, use oneOf or noneOf.`,
    );
  }
  if (typeof value === "string" && /^\s*today/i.test(value)) return readRelative(field, value);
  const bound = readValue(field, value);
  return typeof bound === "boolean" ? undefined : bound;
}

function readRelative({ id, type }: FormField, value: string): string {
  if (type !== "DATE") {
    throw invalid(`Field ${id} is ${type}: only a DATE is compared with today. Give a number.`);
  }
  if (offsetOf(value) !== null) return value;
  throw invalid(
    `A bound on ${id} that is relative to today is written today, today+90d or today-2y: units d, w, m and y, at most 4 digits, no spaces.`,
  );
}
