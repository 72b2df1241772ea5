import fc from "fast-check";
import { jsonFault, maxJsonDepth, textFault } from "./json";

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe("jsonFault", () => {
  it("accepts every JSON value that PostgreSQL can store", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }), (value) => {
        const copy = JSON.parse(JSON.stringify(value)) as unknown;
        const hasNul = JSON.stringify(value).includes("\\u0000");
        const hasProto = JSON.stringify(value).includes('"__proto__":');
        expect(jsonFault(copy) === null).toBe(!hasNul && !hasProto);
      }),
    );
  });

  it("refuses values nested deeper than the limit", () => {
    expect(jsonFault(nested(maxJsonDepth))).toBeNull();
    expect(jsonFault(nested(maxJsonDepth + 1))).toBe("is nested deeper than 32 levels");
  });

  it("refuses a key named __proto__ at any level", () => {
    expect(jsonFault(JSON.parse('{"a":[{"__proto__":{"role":"ADMIN"}}]}'))).toContain("__proto__");
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN])("refuses %s", (value) => {
    expect(jsonFault({ value })).toBe("contains a number that is not finite");
  });

  it("refuses what is not a JSON value", () => {
    expect(jsonFault(undefined)).toBe("is not a JSON value");
  });
});

describe("textFault", () => {
  it("refuses a NUL or a lone surrogate without repeating the text", () => {
    expect(textFault("Dupont\u0000")).not.toContain("Dupont");
    expect(textFault("Dupont\u0000")).toContain("NUL");
    expect(textFault("Dupont\ud800")).toContain("surrogate");
    expect(jsonFault({ "\udc00": 1 })).toContain("surrogate");
  });

  it("accepts every complete character", () => {
    expect(textFault("Zoé 🚗 \u202e")).toBeNull();
  });
});
