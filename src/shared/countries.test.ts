import { countryName, isCountry } from "./countries";

describe("countries", () => {
  it("knows the codes of ISO 3166-1, and no others", () => {
    expect(["FR", "MC", "BE", "CH", "GB", "NC", "RE"].every(isCountry)).toBe(true);
    // XI is the prefix of VAT numbers in Northern Ireland, EL that of Greek ones, UK and EU are only reserved.
    expect(["XI", "EL", "UK", "EU", "be", "", "BEL"].some(isCountry)).toBe(false);
  });

  it("names them in both languages", () => {
    expect(countryName("DE")).toEqual({ FR: "Allemagne", EN: "Germany" });
    expect(countryName("CH")).toEqual({ FR: "Suisse", EN: "Switzerland" });
  });
});
