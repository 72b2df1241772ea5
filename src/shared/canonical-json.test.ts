import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { canonicalJson } from "./canonical-json";

/** What JSON can say, without -0, which it cannot. */
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

describe("one text for one value", () => {
  it("is JSON that says the value", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it("does not depend on the order of keys, however deep", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 3 })).toBe('{"a":3,"b":[{"c":2,"d":1}]}');
  });

  it("tells different values apart", () => {
    fc.assert(
      // Small ones, so that many of the pairs nearly are, or are, the same.
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

  it("takes a key without a value as no key, and an instant as its ISO text", () => {
    expect(canonicalJson({ a: undefined, b: new Date(0) })).toBe('{"b":"1970-01-01T00:00:00.000Z"}');
  });

  it("takes what is not there as null, which is what JSON keeps of it", () => {
    expect(canonicalJson(undefined)).toBe("null");
    expect(canonicalJson([undefined])).toBe("[null]");
  });
});
