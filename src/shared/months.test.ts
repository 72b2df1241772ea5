import fc from "fast-check";
import { idFrom, isId, monthIndexOf, monthOfId, startOfMonth } from "./months";

const instants = fc.date({
  min: new Date("2000-01-01T00:00:00Z"),
  max: new Date("2999-12-31T23:59:59Z"),
  noInvalidDate: true,
});
const sixteenBytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe("the month of a row", () => {
  it("begins at startOfMonth, and the instant before belongs to the previous month", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11_000 }), (month) => {
        const start = startOfMonth(month);
        expect(monthIndexOf(start)).toBe(month);
        expect(monthIndexOf(new Date(start.getTime() - 1))).toBe(month - 1);
      }),
    );
  });

  it.each([
    ["2000-01-01T00:00:00Z", 0],
    ["2000-12-31T23:59:59.999Z", 11],
    ["2001-01-01T00:00:00Z", 12],
    // In UTC. In Paris it is already December.
    ["2026-11-30T23:59:59Z", 322],
    ["2026-12-01T00:00:00Z", 323],
  ])("of %s is %d", (at, month) => {
    expect(monthIndexOf(new Date(at))).toBe(month);
  });

  it("never decreases as time advances", () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(monthIndexOf(earlier)).toBeLessThanOrEqual(monthIndexOf(later));
      }),
    );
  });
});

describe("an id", () => {
  it("contains its month, and is a UUID of version 8", () => {
    fc.assert(
      fc.property(instants, sixteenBytes, (at, random) => {
        const id = idFrom(at, random);
        expect(monthOfId(id)).toBe(monthIndexOf(at));
        expect(isId(id)).toBe(true);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it("reveals only the month of its instant", () => {
    const random = new Uint8Array(16).fill(7);
    const [first, last] = ["2026-11-01T00:00:00.000Z", "2026-11-30T23:59:59.999Z"].map((at) =>
      idFrom(new Date(at), random),
    );
    expect(first).toBe(last);
  });

  it("has 106 random bits", () => {
    const at = new Date("2026-11-22T09:00:00Z");
    const bitsOf = (random: Uint8Array) => idFrom(at, random).replaceAll("-", "");
    const none = BigInt(`0x${bitsOf(new Uint8Array(16))}`);
    const all = BigInt(`0x${bitsOf(new Uint8Array(16).fill(0xff))}`);
    const differing = (none ^ all).toString(2).replaceAll("0", "").length;
    expect(differing).toBe(128 - 16 - 4 - 2);
  });

  it("does not change the random bytes that are passed in", () => {
    const random = new Uint8Array(16).fill(7);
    idFrom(new Date("2026-11-22T09:00:00Z"), random);
    expect(random).toEqual(new Uint8Array(16).fill(7));
  });

  it.each([
    "",
    "1",
    "0142b2c3-0000-8000-8000-00000000000",
    "0142b2c3-0000-8000-8000-0000000000011",
    "0142B2C3-0000-8000-8000-00000000000D",
    "0142b2c3000080008000000000000001",
    "0142b2c3-0000-8000-8000-00000000000g",
    "0142b2c3-0000-8000-8000-000000000001\n",
    "' OR true; --",
  ])("cannot be %j", (text) => {
    expect(isId(text)).toBe(false);
  });
});
