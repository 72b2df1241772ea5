import fc from "fast-check";
import { type AnswerValue, type FieldType } from "../../reference/catalogue";
import { goesByTheDay, meets, unmet, type AnsweredFields } from "./criteria";
import { type Criterion } from "./terms";

const facts = (answers: Record<string, AnswerValue>, textsAnswered: string[] = []): AnsweredFields => ({
  answers,
  textsAnswered,
});

/** Small sets of values, so that a lead often meets a criterion by chance. */
const today = "2026-01-31";
const options = ["A", "B", "C", "D"];
const numbers = [-2, -1, 0, 0.5, 1, 2, 10];
const dates = ["2025-12-31", "2026-01-01", "2026-02-28", "2026-09-30", "2026-10-01"];
/** Bounds as written, with the dates they mean that day, worked out by hand. */
const relativeDates: Readonly<Record<string, string>> = {
  today: "2026-01-31",
  "today+28d": "2026-02-28",
  "today+1m": "2026-02-28",
  "today-30d": "2026-01-01",
  "today-1m": "2025-12-31",
  "today+8m": "2026-09-30",
  "today+5w": "2026-03-07",
  "today-2y": "2024-01-31",
};
const worlds: Record<FieldType, readonly AnswerValue[]> = {
  CHOICE: options,
  MULTICHOICE: options,
  NUMBER: numbers,
  BOOLEAN: [true, false],
  DATE: dates,
  TEXT: [],
};

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const typeArbitrary = fc.constantFrom<FieldType>(
  "CHOICE",
  "MULTICHOICE",
  "NUMBER",
  "BOOLEAN",
  "DATE",
  "TEXT",
);
const caseArbitrary = typeArbitrary.chain((type) => {
  const world = worlds[type];
  const list =
    type === "TEXT"
      ? fc.constant(undefined)
      : optional(fc.uniqueArray(fc.constantFrom(...world), { minLength: 1 }));
  const bound: fc.Arbitrary<number | string> =
    type === "NUMBER"
      ? fc.constantFrom(...numbers)
      : fc.constantFrom(...dates, ...Object.keys(relativeDates));
  const bounds = type === "NUMBER" || type === "DATE" ? optional(bound) : fc.constant(undefined);
  const answer: fc.Arbitrary<AnswerValue> =
    type === "MULTICHOICE"
      ? fc.uniqueArray(fc.constantFrom(...options), { minLength: 1 })
      : type === "TEXT"
        ? fc.constant("words")
        : fc.constantFrom(...world);
  return fc.record({
    type: fc.constant(type),
    answer: optional(answer),
    criterion: fc.record({
      field: fc.constant("field"),
      oneOf: list,
      noneOf: list,
      min: bounds,
      max: bounds,
      isSet: optional(fc.boolean()),
    }),
  });
});

/** The position of a value in its order. */
const position = (value: AnswerValue): number =>
  typeof value === "string" ? Date.parse(relativeDates[value] ?? value) : Number(value);
const inCommon = (list: readonly AnswerValue[], answer: AnswerValue): number =>
  list.filter((value) => [answer].flat().map(String).includes(String(value))).length;

/** The contract implemented literally: for each test, whether an existing answer passes it. */
const readings: {
  [Test in "oneOf" | "noneOf" | "min" | "max"]: (asked: AnswerValue, answer: AnswerValue) => boolean;
} = {
  oneOf: (asked, answer) => inCommon([asked].flat(), answer) > 0,
  noneOf: (asked, answer) => inCommon([asked].flat(), answer) === 0,
  min: (asked, answer) => position(answer) - position(asked) >= 0,
  max: (asked, answer) => position(asked) - position(answer) >= 0,
};
function oracle(type: FieldType, criterion: Criterion, answer: AnswerValue | undefined): boolean {
  const asked = Object.entries(readings).map(([test, passes]) => ({
    value: criterion[test as keyof Criterion],
    passes,
  }));
  const results = asked
    .filter(({ value }) => value !== undefined)
    .map(
      ({ value, passes }) => answer !== undefined && type !== "TEXT" && passes(value as AnswerValue, answer),
    );
  const isSet = criterion.isSet === undefined || criterion.isSet === (answer !== undefined);
  return [isSet, ...results].every(Boolean);
}

describe("a criterion", () => {
  it("agrees with a literal implementation of the contract for every type of field", () => {
    fc.assert(
      fc.property(caseArbitrary, ({ type, answer, criterion }) => {
        const given =
          type === "TEXT"
            ? facts({}, answer === undefined ? [] : ["field"])
            : facts(answer === undefined ? {} : { field: answer });
        expect(meets(criterion, given, today)).toBe(oracle(type, criterion, answer));
      }),
      { numRuns: 3_000 },
    );
  });

  it("requires a common value of several choices, or forbids any", () => {
    const several = facts({ makes: ["PEUGEOT", "RENAULT"] });
    expect(meets({ field: "makes", oneOf: ["RENAULT", "DACIA"] }, several, today)).toBe(true);
    expect(meets({ field: "makes", oneOf: ["DACIA"] }, several, today)).toBe(false);
    expect(meets({ field: "makes", noneOf: ["RENAULT"] }, several, today)).toBe(false);
    expect(meets({ field: "makes", noneOf: ["DACIA"] }, several, today)).toBe(true);
  });

  it("includes both its bounds", () => {
    const range = { field: "budgetEuros", min: 10_000, max: 20_000 };
    expect(
      [9_999, 10_000, 20_000, 20_001].map((budgetEuros) => meets(range, facts({ budgetEuros }), today)),
    ).toEqual([false, true, true, false]);
  });

  it("resolves relative bounds with the given date", () => {
    const soon = { field: "endsOn", min: "today", max: "today+90d" };
    const given = facts({ endsOn: "2026-03-01" });
    const days = ["2025-11-30", "2025-12-01", "2026-03-01", "2026-03-02"];
    expect(days.map((day) => meets(soon, given, day))).toEqual([false, true, true, false]);
    expect([soon, { field: "endsOn", max: "2026-01-01" }].map(goesByTheDay)).toEqual([true, false]);
  });

  it("is not met by a missing answer, not even with noneOf", () => {
    expect(meets({ field: "energy", noneOf: ["DIESEL"] }, facts({}), today)).toBe(false);
    expect(meets({ field: "energy", isSet: false }, facts({}), today)).toBe(true);
  });

  it("knows whether a text was answered, but not its content", () => {
    expect(meets({ field: "comment", isSet: true }, facts({}, ["comment"]), today)).toBe(true);
    expect(meets({ field: "comment", isSet: false }, facts({}, ["comment"]), today)).toBe(false);
    expect(meets({ field: "comment", oneOf: ["words"] }, facts({}, ["comment"]), today)).toBe(false);
  });

  it("does not take an inherited property for an answer", () => {
    expect(meets({ field: "constructor", isSet: true }, facts({}), today)).toBe(false);
    expect(meets({ field: "__proto__", isSet: true }, facts({}), today)).toBe(false);
  });

  it("of another form version is simply not met if the types no longer fit", () => {
    expect(meets({ field: "budgetEuros", min: "2026-01-01" }, facts({ budgetEuros: 9 }), today)).toBe(false);
    expect(meets({ field: "makes", max: 3 }, facts({ makes: ["DACIA"] }), today)).toBe(false);
  });
});

describe("criteria together", () => {
  it("report the first one that is not met", () => {
    const criteria: Criterion[] = [
      { field: "a", isSet: true },
      { field: "b", min: 2 },
      { field: "c", isSet: true },
    ];
    expect(unmet(criteria, facts({ a: 1, b: 1 }), today)?.field).toBe("b");
    expect(unmet(criteria, facts({ a: 1, b: 2, c: true }), today)).toBe(null);
    expect(unmet([], facts({}), today)).toBe(null);
  });
});
