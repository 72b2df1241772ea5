import { isAccountOf } from "./account";

describe("the account of a statement", () => {
  const iban = "FR7630004000031234567890143";

  it("is ours by its IBAN, however it is written", () => {
    expect(isAccountOf({ iban: "fr76 3000 4000 0312 3456 7890 143" }, iban)).toBe(true);
    expect(isAccountOf({ iban }, "FR76 3000 4000 0312 3456 7890 143")).toBe(true);
    expect(isAccountOf({ iban }, "FR7630004000031234567890144")).toBe(false);
  });

  it("is ours by bank, branch and number", () => {
    const rib = { bank: "30004", branch: "00003", number: "12345678901" };
    expect(isAccountOf(rib, iban)).toBe(true);
    expect(isAccountOf({ ...rib, branch: "00004" }, iban)).toBe(false);
    expect(isAccountOf({ ...rib, number: "12345678902" }, iban)).toBe(false);
    expect(isAccountOf(rib, "BE68539007547034")).toBe(false);
  });

  it("is nobody's when the statement names none", () => {
    expect(isAccountOf(null, iban)).toBe(false);
  });
});
