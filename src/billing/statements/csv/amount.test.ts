import fc from "fast-check";
import { writtenCents } from "./amount";

describe("an amount in a French file", () => {
  it.each([
    ["1 234,56", 123_456],
    ["1\u00a0234,56", 123_456],
    ["1\u202f234,56 €", 123_456],
    ["1.234,56", 123_456],
    ["1,234.56", 123_456],
    ["1.234.567", 123_456_700],
    ["12,50-", -1_250],
    ["-12,5", -1_250],
    ["+12,50 EUR", 1_250],
    ["−7", -700],
    ["0,00", 0],
    [",5", 50],
    ["12,3000", 1_230],
  ])("%j is %i cents", (text, cents) => {
    expect(writtenCents(text)).toBe(cents);
  });

  it.each([
    "",
    "-",
    "1.234",
    "12.345",
    "12,3456",
    "1.23.456",
    "-12-",
    "1,2,3",
    "1e5",
    "12 USD",
    "٣",
    "1.2345,67",
  ])("%j is none", (text) => {
    expect(writtenCents(text)).toMatchObject({ reason: "MALFORMED" });
  });

  it("is read back as it was written, with any separators", () => {
    const separators = fc.constantFrom(" ", "\u00a0", "\u202f", ".", "");
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), separators, (cents, separator) => {
        const [whole = "", decimals] = (Math.abs(cents) / 100).toFixed(2).split(".");
        const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, separator);
        expect(writtenCents(`${cents < 0 ? "-" : ""}${grouped},${decimals ?? ""}`)).toBe(cents);
      }),
    );
  });
});
