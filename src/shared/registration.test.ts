import fc from "fast-check";
import { isSiren, isSiret, vatNumberOf } from "./registration";

/** An invented number with a valid check digit. */
const siren = "123456782";
const siret = "12345678200010";

describe("registration numbers", () => {
  it("accepts a SIREN by its nine digits and its check digit", () => {
    expect(isSiren(siren)).toBe(true);
    expect(
      ["123456781", "12345678", "1234567820", "000000000", "12345678A", "", " 23456782"].some(isSiren),
    ).toBe(false);
  });

  it("accepts a SIRET by its SIREN and its own check digit", () => {
    expect(isSiret(siret)).toBe(true);
    expect(["12345678200011", "1234567820001", "12345678100010", siren].some(isSiret)).toBe(false);
  });

  it("has exactly one valid check digit for any eight digits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        const eight = String(number).padStart(8, "0");
        const valid = Array.from("0123456789").filter((digit) => isSiren(eight + digit));
        expect(valid).toHaveLength(1);
      }),
    );
  });

  it("refuses a number with any single wrong digit", () => {
    fc.assert(
      fc.property(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const digit = (Number(siren[place]) + shift) % 10;
        expect(isSiren(siren.slice(0, place) + String(digit) + siren.slice(place + 1))).toBe(false);
      }),
    );
  });

  it("computes the VAT number of a SIREN", () => {
    expect(vatNumberOf("404833048")).toBe("FR83404833048");
    expect(vatNumberOf(siren)).toBe("FR11123456782");
  });
});
