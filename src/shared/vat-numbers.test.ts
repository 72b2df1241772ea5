import fc from "fast-check";
import { isInVies, vatNumberFault, vatPrefixOf } from "./vat-numbers";

/** Numbers that are published as examples of their rule. */
const examples = [
  ...["ATU13585627", "BE0428759497", "DE136695976", "DK13585628", "EE100931558", "EL094259216", "FI20774740"],
  ...["FR40303265045", "HR33392005961", "HU12892312", "IT00743110157", "LU15027442", "MT11679112"],
  ...["NL004495445B01", "PL8567346215", "PT501964843", "RO18547290", "SE556188840401", "SI50223054"],
  "SK2022749619",
];
const countryOf = (vatNumber: string): string => (vatNumber.startsWith("EL") ? "GR" : vatNumber.slice(0, 2));

describe("a VAT number", () => {
  it.each(examples)("of the published examples can exist: %s", (vatNumber) => {
    expect(vatNumberFault(vatNumber, countryOf(vatNumber))).toBeNull();
    expect(isInVies(vatNumber)).toBe(true);
  });

  it("with one digit mistyped is found", () => {
    // Where a remainder of ten is written as 0, or two rules are in use, a few mistyped numbers can exist, too. The last
    // two digits of a Swedish number count registrations, so they are checked by nothing.
    const strict = examples.filter((example) => !/^(EL|PT|RO|SI|NL)/.test(example));
    fc.assert(
      fc.property(fc.constantFrom(...strict), fc.nat(), fc.integer({ min: 1, max: 9 }), (example, at, by) => {
        const places = Array.from(example.matchAll(/\d/g), ({ index }) => index);
        const checked = example.startsWith("SE") ? places.slice(0, -2) : places;
        const place = checked[at % checked.length] ?? 0;
        const digit = String((Number(example[place]) + by) % 10);
        const mistyped = example.slice(0, place) + digit + example.slice(place + 1);
        expect(vatNumberFault(mistyped, countryOf(example))).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it("has the prefix of its country", () => {
    expect(["GR", "MC", "BE"].map(vatPrefixOf)).toEqual(["EL", "FR", "BE"]);
    expect(vatNumberFault("DE136695976", "BE")).toBe("MALFORMED");
    expect(vatNumberFault("FR40303265045", "MC")).toBeNull();
    expect(vatNumberFault("FR41303265045", "MC")).toBe("INVALID");
  });

  it("of Northern Ireland is for goods only, so a British company gives its GB number", () => {
    expect(vatNumberFault("XI123456789", "GB")).toBe("MALFORMED");
    expect(isInVies("XI123456789")).toBe(false);
    expect(vatNumberFault("GB123456789", "GB")).toBeNull();
  });

  it("outside the EU has many shapes, and stays one word", () => {
    expect(vatNumberFault("CHE123456788", "CH")).toBeNull();
    expect(vatNumberFault("CHE-1", "CH")).toBe("MALFORMED");
    expect(isInVies("CHE123456788")).toBe(false);
  });

  it("is read without ever failing", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, country) => {
        expect([null, "MALFORMED", "INVALID"]).toContain(vatNumberFault(text, country));
      }),
    );
  });
});
