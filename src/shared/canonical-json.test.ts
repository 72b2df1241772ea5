import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { canonicalJson } from "./canonical-json";

/** The value as JSON represents it. JSON has no -0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const anyJson = fc.jsonValue().map(plain);

const smallJson = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.constantFrom<unknown>(null, true, 0, 1, "", "1", "null", "a,b"),
      fc.array(tie("value"), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("a", "b", "ab"), tie("value"), { maxKeys: 2 }),
    ),
  }))
  .value.map(plain);

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, turned(item)]);
  return Object.fromEntries(entries.reverse());
};

describe("canonicalJson", () => {
  it("returns JSON that parses to the value", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it("does not depend on the order of keys at any depth", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 3 })).toBe('{"a":3,"b":[{"c":2,"d":1}]}');
  });

  it("returns different texts for different values", () => {
    fc.assert(
      // Small values, so that many pairs are equal or nearly equal.
      fc.property(smallJson, smallJson, (one, other) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });

  it.each<[unknown, unknown]>([
    [1, "1"],
    [null, "null"],
    [[], {}],
    [[1, 2], [12]],
    [["a", "b"], ["a,b"]],
    [['a","b'], ["a", "b"]],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: null }, {}],
    [{ a: { b: 1 } }, { a: {}, b: 1 }],
    [{ 'a":1,"b': 2 }, { a: 1, b: 2 }],
    [{ é: 1 }, { "e\u0301": 1 }],
  ])("tells %j from %j", (one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other));
  });

  it("leaves out keys whose value is undefined, and writes a Date as ISO text", () => {
    expect(canonicalJson({ a: undefined, b: new Date(0) })).toBe('{"b":"1970-01-01T00:00:00.000Z"}');
  });

  it("writes undefined items as null, as JSON does", () => {
    expect(canonicalJson(undefined)).toBe("null");
    expect(canonicalJson([undefined])).toBe("[null]");
  });
});
