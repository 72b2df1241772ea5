import fc from "fast-check";
import { sameCode } from "./same-code";

const code = fc.stringMatching(/^\d{6}$/);

describe("sameCode", () => {
  it("is true exactly when the digits are the same", () => {
    fc.assert(
      fc.property(code, code, (given, right) => {
        expect(sameCode(given, right)).toBe(given === right);
        expect(sameCode(right, right)).toBe(true);
      }),
    );
  });

  it("ignores white space", () => {
    for (const given of ["123 456", " 123456\n", "1 2 3 4 5 6", "123\u00a0456"]) {
      expect(sameCode(given, "123456")).toBe(true);
    }
  });

  it("is false when any single digit differs", () => {
    fc.assert(
      fc.property(code, fc.nat(5), fc.integer({ min: 1, max: 9 }), (right, place, by) => {
        const digits = [...right].map(Number);
        digits[place] = ((digits[place] ?? 0) + by) % 10;
        expect(sameCode(digits.join(""), right)).toBe(false);
      }),
    );
  });

  it.each(["", " ", "12345", "1234567", "123456123456", "12345６", "123456\u0000", "-123456"])(
    "is false for %j",
    (given) => {
      expect(sameCode(given, "123456")).toBe(false);
    },
  );
});
