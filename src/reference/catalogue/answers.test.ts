import fc from "fast-check";
import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { checkAnswers, type AnswerInput } from "./answers";
import { type FieldType } from "./form";
import { NEW_CAR } from "./products/new-car";

const form = NEW_CAR.form;
const required: AnswerInput[] = [
  { field: "budgetEuros", value: 25_000 },
  { field: "horizon", value: "NOW" },
];
const check = (...inputs: AnswerInput[]) => checkAnswers(form, [...required, ...inputs]);
const errorOf = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
};
const refusal = (...inputs: AnswerInput[]): string => {
  const error = errorOf(() => check(...inputs));
  expect(error.code).toBe("INVALID_INPUT");
  return error.message;
};

describe("answers to a form", () => {
  it("are returned typed, with TEXT answers separate", () => {
    const checked = check(
      { field: "makes", value: ["RENAULT", "PEUGEOT"] },
      { field: "tradeIn", value: false },
      { field: "wantedBy", value: "2028-02-29" },
      { field: "model", value: "  5 E-Tech\r\nbleue  " },
    );
    expect(checked.answers).toEqual({
      budgetEuros: 25_000,
      horizon: "NOW",
      makes: ["PEUGEOT", "RENAULT"],
      tradeIn: false,
      wantedBy: "2028-02-29",
    });
    expect(checked.texts).toEqual({ model: "5 E-Tech\nbleue" });
  });

  it.each<[string, string, unknown, string]>([
    ["a choice that is not offered", "body", "TANK", "Field body takes one of: CITY_CAR, SALOON,"],
    ["a choice of another type", "body", ["SUV"], "Field body takes one of: "],
    ["several choices as one", "makes", "RENAULT", "Field makes takes a list of at least one option"],
    ["an empty list", "makes", [], "to express no preference, leave it out"],
    [
      "an option that is not offered",
      "makes",
      ["RENAULT", "TRABANT"],
      "Field makes takes options out of: ALFA_ROMEO,",
    ],
    ["an option named twice", "makes", ["DACIA", "DACIA"], "Field makes names an option twice"],
    ["a date that is none", "wantedBy", "2026-02-29", "takes a date of the calendar, written YYYY-MM-DD"],
    ["a date in another form", "wantedBy", "01/02/2026", "written YYYY-MM-DD"],
    ["a date with a time", "wantedBy", "2026-01-01T00:00:00Z", "written YYYY-MM-DD"],
    ["a number for a date", "wantedBy", 20260101, "written YYYY-MM-DD"],
    ["a word for a boolean", "tradeIn", "true", "Field tradeIn takes true or false."],
    ["a null", "tradeIn", null, "Field tradeIn takes true or false."],
    ["a number for a text", "comment", 5, "Field comment takes text."],
    ["an empty text", "comment", " \n ", "Field comment takes 1 to 1000 characters"],
    ["a text that is too long", "comment", "é".repeat(1001), "Field comment takes 1 to 1000 characters"],
    ["a null character", "comment", "a\u0000b", "Field comment contains control characters: remove them."],
    ["an escape sequence", "comment", "\u001b[2J", "contains control characters"],
    ["half a character", "comment", "\ud83d", "contains control characters"],
  ])("refuse %s", (_what, field, value, message) => {
    expect(refusal({ field, value })).toContain(message);
  });

  it.each<[string, unknown, string]>([
    ["below the range", 4_999, "Field budgetEuros is from 5000 to 300000 EUR."],
    ["above the range", 300_001, "Field budgetEuros is from 5000 to 300000 EUR."],
    ["that is text", "25000", "Field budgetEuros takes a number."],
    ["that is infinite", Infinity, "Field budgetEuros takes a number."],
    ["that is none", NaN, "Field budgetEuros takes a number."],
  ])("refuse a number %s", (_what, value, message) => {
    expect(errorOf(() => checkAnswers(form, [{ field: "budgetEuros", value }])).message).toBe(message);
  });

  it("accept both ends of a range and a text of full length", () => {
    for (const value of [5_000, 300_000]) {
      const { answers } = checkAnswers(form, [
        { field: "budgetEuros", value },
        { field: "horizon", value: "NOW" },
      ]);
      expect(answers.budgetEuros).toBe(value);
    }
    expect(check({ field: "comment", value: "🚗".repeat(1000) }).texts.comment).toHaveLength(2000);
  });

  it("refuse an unknown field and list the known ones", () => {
    expect(refusal({ field: "colour", value: "red" })).toMatch(
      /^There is no field colour in the form of NEW_CAR: the fields are makes, model, .*comment\.$/,
    );
  });

  it.each(["__proto__", "constructor", "toString"])(
    "treat %s as an unknown field, not as an object property",
    (field) => {
      expect(refusal({ field, value: "x" })).toContain(`There is no field ${field}`);
    },
  );

  it("do not repeat personal data given as a field's name", () => {
    expect(refusal({ field: "marie.durand@example.fr", value: 1 })).toContain("There is no such field");
  });

  it("are refused if a field is answered twice", () => {
    expect(refusal({ field: "horizon", value: "LATER" })).toBe(
      "Field horizon is answered twice: answer it once.",
    );
  });

  it("are refused if a required field is missing", () => {
    expect(errorOf(() => checkAnswers(form, required.slice(0, 1))).message).toBe(
      "Field horizon is required: answer it.",
    );
  });

  it("never repeat the value in an error message", () => {
    const written = fc
      .string({ minLength: 12, maxLength: 40 })
      .filter((text) => !/^[A-Za-z0-9 .,:-]*$/.test(text));
    fc.assert(
      fc.property(fc.constantFrom("body", "wantedBy", "tradeIn", "makes"), written, (field, value) => {
        expect(refusal({ field, value })).not.toContain(value);
      }),
    );
  });

  it("are unchanged by a second check and by JSON", () => {
    const anyAnswers = fc.record(
      {
        makes: fc.uniqueArray(fc.constantFrom("AUDI", "BMW", "KIA", "MG"), { minLength: 1 }),
        energy: fc.uniqueArray(fc.constantFrom("ELECTRIC", "LPG", "PETROL"), { minLength: 1 }),
        body: fc.constantFrom("SUV", "ESTATE"),
        tradeIn: fc.boolean(),
        comment: fc.constantFrom("Bonjour", " à voir\r\nle soir "),
        wantedBy: fc.constantFrom("2026-12-31", "2027-01-01"),
        budgetEuros: fc.double({ min: 5_000, max: 300_000, noNaN: true }),
        horizon: fc.constantFrom("NOW", "LATER"),
      },
      { requiredKeys: ["budgetEuros", "horizon"] },
    );
    fc.assert(
      fc.property(anyAnswers, (given) => {
        const inputs = (of: object): AnswerInput[] =>
          Object.entries(of as Record<string, unknown>).map(([field, value]) => ({ field, value }));
        const once = checkAnswers(form, inputs(given));
        const twice = checkAnswers(form, inputs({ ...once.answers, ...once.texts }));
        expect(twice).toEqual(once);
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
      }),
    );
  });
});

describe("the form of a new car", () => {
  it("uses every type of field and explains each field in both languages", () => {
    const types: FieldType[] = ["BOOLEAN", "CHOICE", "DATE", "MULTICHOICE", "NUMBER", "TEXT"];
    expect([...new Set(form.fields.map((field) => field.type))].sort()).toEqual(types);
    for (const { label, servesFor, options = [] } of form.fields) {
      for (const text of [label, servesFor, ...options.map((option) => option.label)]) {
        expect(text.FR.trim() && text.EN.trim()).not.toBe("");
      }
    }
  });

  it("has unique fields and options", () => {
    const ids = form.fields.map((field) => field.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { options = [] } of form.fields) {
      expect(new Set(options.map((option) => option.value)).size).toBe(options.length);
    }
  });

  it("contains the legally required statements in both languages", () => {
    expect(form.declarations.map((declaration) => declaration.language).sort()).toEqual(["EN", "FR"]);
    for (const { text, purposes } of form.declarations) {
      expect(text).toMatch(/L\.223-1/);
      expect(text).toMatch(/CNIL/);
      expect(text).toMatch(/six mois|six months/);
      expect(text).toMatch(/lien personnel|personal link/);
      expect(text).toMatch(/aucun achat|buy anything/);
      expect(text).toMatch(/trois|three/);
      expect(purposes.map(({ purpose }) => purpose)).toEqual([
        "TRANSMIT",
        "QUALIFICATION_CALL",
        "FEEDBACK_CALL",
      ]);
    }
    // The text of the declarations says "three".
    expect(NEW_CAR.seats).toBe(3);
  });
});

describe("the faults of answers", () => {
  it("are all found at once, each with its reason and its place", () => {
    const error = errorOf(() =>
      checkAnswers(form, [
        { field: "colour", value: "RED" },
        { field: "makes", value: ["RENAULT", "TRABANT", "YUGO"] },
        { field: "makes", value: ["RENAULT"] },
        { field: "budgetEuros", value: 1 },
        { field: "comment", value: "" },
      ]),
    );
    expect(error.code).toBe("INVALID_INPUT");
    expect(faultsOf(error).map(({ field, reason }) => [field, reason])).toEqual([
      ["[0].field", "UNKNOWN_VALUE"],
      ["[1].value[1]", "UNKNOWN_VALUE"],
      ["[1].value[2]", "UNKNOWN_VALUE"],
      ["[2].field", "DUPLICATE"],
      ["[3].value", "OUT_OF_RANGE"],
      ["[4].value", "EMPTY"],
      [null, "REQUIRED"],
    ]);
  });

  it("name the values to choose from, and the field that is missing", () => {
    const [colour, missing] = faultsOf(
      errorOf(() =>
        checkAnswers(form, [
          { field: "colour", value: "RED" },
          { field: "budgetEuros", value: 9_000 },
        ]),
      ),
    );
    expect(colour).toMatchObject({ values: form.fields.map(({ id }) => id) });
    expect(missing).toMatchObject({ missing: "horizon" });
  });
});
