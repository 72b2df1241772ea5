import fc from "fast-check";
import { parseValue } from "graphql";
import { Cents, Cursor, DateTime, Json, parseInstant } from "./scalars";

describe("DateTime", () => {
  it("parses every instant that it serialized", () => {
    const years = { min: new Date("1900-01-01T00:00:00Z"), max: new Date("2999-12-31T23:59:59.999Z") };
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (instant) => {
        expect(parseInstant(DateTime.serialize(instant))).toEqual(instant);
      }),
    );
  });

  it("accepts any zone and serializes in UTC with milliseconds", () => {
    const instant = DateTime.parseValue("2026-11-22T10:30:00+01:00");
    expect(DateTime.serialize(instant)).toBe("2026-11-22T09:30:00.000Z");
  });

  it.each([
    "2026-11-22T10:30:00",
    "2026-11-22",
    "2026-02-30T10:00:00Z",
    "2026-11-22 10:30:00Z",
    "2026-11-22T25:00:00Z",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "tomorrow",
    "",
    1763803800000,
    null,
  ])("refuses %j", (value) => {
    expect(() => DateTime.parseValue(value)).toThrow("ISO 8601 time with its zone");
  });

  it("applies the same rule to literals", () => {
    expect(DateTime.parseLiteral(parseValue('"2026-11-22T10:30:00Z"'))).toEqual(new Date(1795343400000));
    expect(() => DateTime.parseLiteral(parseValue("2026"))).toThrow("ISO 8601");
  });
});

describe("Cents", () => {
  it("accepts exactly the safe integers", () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.double()), (value) => {
        if (Number.isSafeInteger(value)) expect(Cents.serialize(Cents.parseValue(value))).toEqual(value + 0);
        else expect(() => Cents.parseValue(value)).toThrow("whole number of euro cents");
      }),
    );
  });

  it("accepts numbers beyond 32 bits", () => {
    expect(Cents.parseLiteral(parseValue("3000000000"))).toBe(3_000_000_000);
  });

  it.each(['"12"', "12.5", "1e3", "9007199254740993", "true", "null"])(
    "refuses the literal %s",
    (literal) => {
      expect(() => Cents.parseLiteral(parseValue(literal))).toThrow("whole number of euro cents");
    },
  );

  it("throws a TypeError when a result cannot be serialized", () => {
    expect(() => Cents.serialize("1200")).toThrow(TypeError);
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow(TypeError);
  });
});

describe("JSON", () => {
  it("parses a literal with variables into ordinary objects", () => {
    const read = Json.parseLiteral(parseValue("{ a: [1, $b, ENUM], c: { d: null } }"), { b: "two" });
    expect(read).toStrictEqual({ a: [1, "two", "ENUM"], c: { d: null } });
  });

  it("refuses __proto__ in values and in literals", () => {
    expect(() => Json.parseValue(JSON.parse('{"__proto__":{"role":"ADMIN"}}'))).toThrow("__proto__");
    expect(() => Json.parseLiteral(parseValue('{ __proto__: { role: "ADMIN" } }'))).toThrow("__proto__");
  });

  it("refuses a number that overflows", () => {
    expect(() => Json.parseLiteral(parseValue("[1e999]"))).toThrow("not finite");
  });
});

describe("Cursor", () => {
  it("returns the text unchanged", () => {
    expect(Cursor.parseValue("v1.AbC_-=")).toBe("v1.AbC_-=");
  });

  it.each(["", "a b", "é", "x".repeat(513), 12, null])("refuses %j without repeating it", (value) => {
    expect(() => Cursor.parseValue(value)).toThrow(
      "A cursor must be passed back exactly as it was received.",
    );
  });
});
