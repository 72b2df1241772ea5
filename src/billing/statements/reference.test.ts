import { Reading } from "./reading";
import { hashPrefix, isPlaceholder, referenceOf } from "./reference";

describe("the reference of a movement", () => {
  const reading = new Reading("2026-11-30", (text) => `digest of ${text}`);
  const said = {
    ...{ bookedOn: "2026-11-20", amountCents: 100, endToEndId: null },
    ...{ remittance: "F2026-000001", counterparty: "Garage Essai" },
  };

  it.each([
    "NONREF",
    "NON REF",
    "Nonref",
    "NOTPROVIDED",
    "NOT PROVIDED",
    "SANS REFERENCE",
    "0000000",
    "-",
    "N/A",
  ])("is not %s, which banks write when they have none", (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(referenceOf([text, "B1"], said, reading)).toBe("B1");
  });

  it.each(["NONREF1", "REF", "A-0", "0001", "NOTE"])("can be %s", (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it("is a hash of the movement where the bank gives none", () => {
    const hash = referenceOf(["", null, undefined], said, reading);
    expect(hash).toMatch(new RegExp(`^${hashPrefix}`));
    expect(referenceOf(["NONREF"], said, reading)).toBe(hash);
  });
});
