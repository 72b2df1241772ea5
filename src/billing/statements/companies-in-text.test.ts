import fc from "fast-check";
import { companyNumbersIn } from "./companies-in-text";

describe("the companies that a text names", () => {
  it.each([
    ["LEASE SA BE 0428.759.497 F2026-000012", ["BE0428759497", "0428759497"]],
    ["VIREMENT DE BE0428759497 MERCI", ["BE0428759497"]],
    ["be0428759497", ["BE0428759497"]],
    ["ondernemingsnummer 0428.759.497", ["0428759497"]],
    ["USt-IdNr. DE 136 695 976 Rechnung", ["DE136695976"]],
    ["Probe Leasing GmbH HRB 12345", ["HRB12345"]],
    ["IDE CHE-123.456.788 TVA", ["CHE123456788"]],
    ["EL 094259216 ", ["EL094259216"]],
    ["NL004495445B01/F2026-000012", ["NL004495445B01"]],
    ["SIREN 732 829 320", ["732829320"]],
  ])("are found in %j", (text, numbers) => {
    expect(companyNumbersIn(text)).toEqual(expect.arrayContaining(numbers));
    expect(companyNumbersIn(text)).toHaveLength(numbers.length);
  });

  it.each([
    "DE136695977 has a wrong check digit",
    "BE 0428.759.498",
    "VIREMENT RECU LE 20261130",
    "DE89370400440532013000",
    "",
  ])("are not seen in %j", (text) => {
    expect(companyNumbersIn(text)).toEqual([]);
  });

  it("are written in capital letters and digits, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(companyNumbersIn(text).every((number) => /^[A-Z0-9]+$/.test(number))).toBe(true);
      }),
    );
  });
});
