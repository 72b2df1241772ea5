/**
 * Are these criteria valid for the product's form? Each must name one field, once, with tests that fit the
 * field's type and do not contradict each other. Whether a lead meets them is criteria.ts.
 */
import { readValue, unknownField, type Form, type FormField } from "../../reference/catalogue";
import { invalid, type AppError } from "../../shared/errors";
import { checkAll, checkEach, checkField, checkTogether } from "../../shared/faults";
import { isAlwaysAfter, offsetOf } from "./relative-date";
import { type Criterion } from "./terms";
import { type CriterionInput } from "./terms-input";

const listLimit = 500;

/** Throws INVALID_INPUT with all faults; their fields are paths inside the list, such as `[0].oneOf`. */
export function checkCriteria(inputs: readonly CriterionInput[], form: Form): Criterion[] {
  const seen = new Set<string>();
  return checkEach(inputs, (input) => {
    const field = checkField("field", () => fieldToTest(input.field, form, seen));
    seen.add(field.id);
    return checkCriterion(field, input);
  });
}

function fieldToTest(id: string, form: Form, seen: ReadonlySet<string>): FormField {
  const field = form.fields.find((known) => known.id === id);
  if (!field) throw unknownField(id, form);
  if (seen.has(id)) {
    throw invalid(`Two criteria are about ${id}: merge them into one, all tests of which hold together.`, {
      reason: "DUPLICATE",
    });
  }
  return field;
}

function checkCriterion(field: FormField, input: CriterionInput): Criterion {
  checkTestsFit(field, input);
  const tests = checkAll<Omit<Criterion, "field">>({
    oneOf: () => readList(field, "oneOf", input.oneOf),
    noneOf: () => readList(field, "noneOf", input.noneOf),
    min: () => readBound(field, input.min),
    max: () => readBound(field, input.max),
    isSet: () => input.isSet ?? undefined,
  });
  const criterion = { field: field.id, ...tests };
  checkTogether(
    () => {
      checkLists(criterion);
    },
    () => {
      checkBounds(criterion);
    },
  );
  return onlyGiven(criterion);
}

function checkTestsFit({ id, type }: FormField, input: CriterionInput): void {
  const [test] = (["oneOf", "noneOf", "min", "max"] as const).filter((one) => input[one] != null);
  if (test === undefined && input.isSet == null) {
    throw invalid(`The criterion on ${id} tests nothing: give oneOf, noneOf, min, max or isSet.`, {
      reason: "EMPTY",
    });
  }
  if (test === undefined) return;
  if (type === "TEXT") {
    throw notAllowed(
      test,
      `Field ${id} is free text, which is never read to decide: only isSet can be asked of it.`,
    );
  }
  if (input.isSet === false) {
    throw notAllowed(
      "isSet",
      `The criterion on ${id} asks for no answer and for a value: drop isSet: false or the rest.`,
    );
  }
}

const notAllowed = (field: string | null, message: string): AppError =>
  invalid(message, { reason: "NOT_ALLOWED", field });

function checkLists({ field, oneOf, noneOf }: Criterion): void {
  if (!oneOf?.some((value) => noneOf?.includes(value))) return;
  throw notAllowed(
    "noneOf",
    `The criterion on ${field} names a value both in oneOf and in noneOf: remove it from one of them.`,
  );
}

function checkBounds({ field, min, max }: Criterion): void {
  if (min === undefined || max === undefined || !isAbove(min, max)) return;
  throw invalid(`The criterion on ${field} has min above max: no lead could meet it.`, {
    reason: "OUT_OF_RANGE",
    field: "min",
  });
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
      { reason: listReason(values) },
    );
  }
  return [...new Set(checkEach(values, (value) => readValue(field, value)))];
}

function listReason(values: unknown): string {
  if (!Array.isArray(values)) return "MALFORMED";
  return values.length === 0 ? "EMPTY" : "TOO_MANY";
}

function readBound(field: FormField, value: unknown): number | string | undefined {
  if (value == null) return undefined;
  if (field.type !== "NUMBER" && field.type !== "DATE") {
    throw notAllowed(
      null,
      `Field ${field.id} is ${field.type}, which has no order: min and max are for NUMBER and DATE, use oneOf or noneOf.`,
    );
  }
  if (typeof value === "string" && /^\s*today/i.test(value)) return readRelative(field, value);
  const bound = readValue(field, value);
  return typeof bound === "boolean" ? undefined : bound;
}

function readRelative({ id, type }: FormField, value: string): string {
  if (type !== "DATE") {
    throw notAllowed(null, `Field ${id} is ${type}: only a DATE is compared with today. Give a number.`);
  }
  if (offsetOf(value) !== null) return value;
  throw invalid(
    `A bound on ${id} that is relative to today is written today, today+90d or today-2y: units d, w, m and y, at most 4 digits, no spaces.`,
    { reason: "MALFORMED" },
  );
}
