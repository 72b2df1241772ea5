import { documentNumbersIn, sirensIn } from "./named-in-text";

describe("the documents named in a text", () => {
  it.each([
    ["Facture F2026-000123", ["F2026-000123"]],
    ["F 2026 000123", ["F2026-000123"]],
    ["F2026000123", ["F2026-000123"]],
    ["f2026-000123", ["F2026-000123"]],
    ["FACT F2026-\n000123", ["F2026-000123"]],
    ["FACTF2026000123", ["F2026-000123"]],
    ["VIR RECU F2026-00 0123 MERCI", ["F2026-000123"]],
    ["F2026-000123 et A2026/000004, D.2026.000005", ["F2026-000123", "A2026-000004", "D2026-000005"]],
    ["F2026-000123 F2026 000123", ["F2026-000123"]],
    ["F2026-000123 15/11/2026", ["F2026-000123"]],
  ])("are found in %j", (text, numbers) => {
    expect(documentNumbersIn(text)).toEqual(numbers);
  });

  it.each([
    "F2026-0001234",
    "XF2026-000123",
    "7F2026000123",
    "F1999-000123",
    "A 06 12 34 56 78",
    "F2026-00012",
  ])("are not seen in %j", (text) => {
    expect(documentNumbersIn(text)).toEqual([]);
  });
});

describe("the SIRENs named in a text", () => {
  it.each([
    ["SIREN 732 829 320", ["732829320"]],
    ["732829320", ["732829320"]],
    ["732.829.320.", ["732829320"]],
    ["siren:732\u00a0829\u202f320", ["732829320"]],
    ["SIREN732829320 CLIENT 4411", ["732829320"]],
    ["RCS PARIS B 732 829 320", ["732829320"]],
    ["TVA FR44732829320", ["732829320"]],
    ["FR 44 732 829 320 facture F2026-000123", ["732829320"]],
    ["SIREN 000 000 026", ["000000026"]],
    ["732829320 et 732 829 320", ["732829320"]],
  ])("are found in %j", (text, sirens) => {
    expect(sirensIn(text)).toEqual(sirens);
  });

  it.each([
    ["a wrong check digit", "732 829 321"],
    ["an IBAN", "FR7630004000031234567890143"],
    ["a longer number", "1732829320"],
    ["a longer number with spaces", "1 732 829 320"],
    ["a SIRET", "732 829 320 00074"],
    ["a SIRET in two pieces", "732829320 00074"],
    ["a VAT number with a wrong key", "FR45732829320"],
    ["an amount", "732.829.320,00"],
    ["another identifier", "INV-732829320"],
  ])("are not seen in %s", (_, text) => {
    expect(sirensIn(text)).toEqual([]);
  });
});
