import { communesOf, placeOfAddress } from "./communes.adapter";
import { communeOf } from "./commune-of";

describe("the commune of an address", () => {
  it.each([
    ["69100", "VILLEURBANNE", "69266"],
    ["69100", "whatever it is called", "69266"],
    ["42000", "ST-ETIENNE", "42218"],
    ["01500", "Ambérieu-en-Bugey", "01004"],
    ["01500", "AMBERIEU EN BUGEY CEDEX", "01004"],
    ["97400", "SAINT DENIS", "97411"],
  ])("%s %s is %s", (postcode, city, inseeCode) => {
    expect(communeOf(communesOf(postcode), city)?.inseeCode).toBe(inseeCode);
    expect(placeOfAddress({ postcode, city })?.inseeCode).toBe(inseeCode);
  });

  it("comes with its arrondissement in Lyon", () => {
    expect(placeOfAddress({ postcode: "69003", city: "Lyon" })).toMatchObject({
      inseeCode: "69123",
      arrondissement: "69383",
    });
  });

  it("is null if postcode and town do not identify one", () => {
    expect(communesOf("01500").length).toBeGreaterThan(1);
    expect(placeOfAddress({ postcode: "01500", city: "Lyon" })).toBeNull();
    expect(placeOfAddress({ postcode: "00000", city: "Lyon" })).toBeNull();
  });
});
