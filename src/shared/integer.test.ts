import fc from "fast-check";
import { integerOf } from "./integer";

it("reads every safe integer", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      expect(integerOf(String(number))).toBe(number);
      expect(integerOf(number)).toBe(number);
    }),
  );
});

it("reads null, the sum of no rows, as 0", () => {
  expect(integerOf(null)).toBe(0);
});

it.each(["9007199254740992", "-9007199254740992", "1.5", "12 cents", "", undefined, "Infinity"])(
  "refuses %p",
  (value) => {
    expect(() => integerOf(value)).toThrow("PostgreSQL sent no whole number");
  },
);
