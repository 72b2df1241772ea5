import { isIban, plainIban } from "./iban";

it("accepts an IBAN with its check digits, however it is written", () => {
  for (const iban of [
    "FR7699999000010000000000115",
    "fr76 9999 9000 0100 0000 0000 115",
    "DE89370400440532013000",
  ])
    expect(isIban(iban)).toBe(true);
  expect(plainIban(" fr76 9999 ")).toBe("FR769999");
});

it("refuses a wrong digit, a wrong length and what is no IBAN", () => {
  for (const text of [
    "FR7699999000010000000000116",
    "FR76",
    "",
    "7699999000010000000000115",
    "FR76!!990000100000000",
  ])
    expect(isIban(text)).toBe(false);
});
