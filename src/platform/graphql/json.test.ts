import fc from "fast-check";
import { jsonFault, maxJsonDepth, textFault } from "./json";

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe("a JSON value from a client", () => {
  it("is accepted when JSON itself can carry it and PostgreSQL can store it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }), (value) => {
        const copy = JSON.parse(JSON.stringify(value)) as unknown;
        const hasNul = JSON.stringify(value).includes("\\u0000");
        const hasProto = JSON.stringify(value).includes('"__proto__":');
        expect(jsonFault(copy) === null).toBe(!hasNul && !hasProto);
      }),
    );
  });

  it("may be nested up to the limit and no deeper", () => {
    expect(jsonFault(nested(maxJsonDepth))).toBeNull();
    expect(jsonFault(nested(maxJsonDepth + 1))).toBe("is nested deeper than 32 levels");
  });

  it("may not have a key named __proto__, at any level", () => {
    expect(jsonFault(JSON.parse('{"a":[{"__proto__":{"role":"ADMIN"}}]}'))).toContain("__proto__");
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN])("may not hold %s", (value) => {
    expect(jsonFault({ value })).toBe("contains a number that is not finite");
  });

  it("may not be something JSON has no word for", () => {
    expect(jsonFault(undefined)).toBe("is not a JSON value");
  });
});

describe("a text from a client", () => {
  it("is refused when it holds a NUL or half a character, without being repeated", () => {
    expect(textFault("Dupont\u0000")).not.toContain("Dupont");
    expect(textFault("Dupont\u0000")).toContain("NUL");
    expect(textFault("Dupont\ud800")).toContain("surrogate");
    expect(jsonFault({ "\udc00": 1 })).toContain("surrogate");
  });

  it("may use any whole character", () => {
    expect(textFault("Zoé 🚗 \u202e")).toBeNull();
  });
});
