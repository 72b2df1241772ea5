import fc from "fast-check";
import {
  electronicRouteOf,
  isOutsideVat,
  territories,
  territoryOf,
  treatmentsOn,
  vatConsequences,
  vatTreatmentOf,
  vatTreatments,
} from "./vat-regimes";

const inFrance = (departement: string): string => vatTreatmentOf({ country: "FR", departement });
const abroad = (country: string): string => vatTreatmentOf({ country, departement: null });

describe("the VAT treatment", () => {
  it.each(["01", "2A", "2B", "69", "75", "95"])("is standard in metropolitan France (%s)", (departement) => {
    expect(inFrance(departement)).toBe("STANDARD");
  });

  it.each([
    ["971", "GP", "OVERSEAS"],
    ["972", "MQ", "OVERSEAS"],
    ["973", "GF", "NONE_OVERSEAS"],
    ["974", "RE", "OVERSEAS"],
    ["975", "PM", "OUTSIDE_SCOPE"],
    ["976", "YT", "NONE_OVERSEAS"],
    ["977", "BL", "OUTSIDE_SCOPE"],
    ["978", "MF", "OUTSIDE_SCOPE"],
    ["984", "TF", "OUTSIDE_SCOPE"],
    ["986", "WF", "OUTSIDE_SCOPE"],
    ["987", "PF", "OUTSIDE_SCOPE"],
    ["988", "NC", "OUTSIDE_SCOPE"],
  ])("is the same for %s and for its own country code %s", (departement, country, treatment) => {
    expect([inFrance(departement), abroad(country)]).toEqual([treatment, treatment]);
  });

  it("follows the country: Monaco like France, reverse charge in the EU, outside the scope elsewhere", () => {
    expect(["MC", "DE", "BE", "GR", "CH", "GB", "AX", "US"].map(abroad)).toEqual([
      ...["STANDARD", "REVERSE_CHARGE", "REVERSE_CHARGE", "REVERSE_CHARGE"],
      ...["OUTSIDE_SCOPE", "OUTSIDE_SCOPE", "OUTSIDE_SCOPE", "OUTSIDE_SCOPE"],
    ]);
  });

  it("has one row for each territory, and 26 for the other EU states", () => {
    expect(new Set(territories.map(({ country }) => country)).size).toBe(territories.length);
    expect(territories.filter(({ treatment }) => treatment === "REVERSE_CHARGE")).toHaveLength(26);
  });

  it("has an answer for every place", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (country, departement) => {
        expect(vatTreatments).toContain(territoryOf({ country, departement }).treatment);
      }),
    );
  });
});

describe("what follows from a treatment", () => {
  it("is a rate, or else a mention of the reason", () => {
    for (const treatment of vatTreatments) {
      const { rateBasisPoints, mention } = vatConsequences[treatment];
      expect(mention === null).toBe(rateBasisPoints > 0);
    }
    expect(vatConsequences.OVERSEAS.rateBasisPoints).toBe(850);
  });

  it("is the category AE with its code, and a declaration, for the reverse charge alone", () => {
    const declared = vatTreatments.filter((treatment) => vatConsequences[treatment].isDeclared);
    expect(declared).toEqual(["REVERSE_CHARGE"]);
    expect(vatConsequences.REVERSE_CHARGE).toMatchObject({ category: "AE", exemptionCode: "VATEX-EU-AE" });
    expect(vatTreatments.filter(isOutsideVat)).toEqual(["OUTSIDE_SCOPE", "PENALTY"]);
  });

  it("is one of three routes: e-invoiced in the French VAT territory, else e-reported, and late fees neither", () => {
    const [french, unknown] = [{ siren: "000000018" }, { siren: "" }];
    const routes = (customer: { siren: string }) =>
      vatTreatments.map((treatment) => electronicRouteOf(treatment, customer));
    const abroadToo = ["E_REPORTED", "E_REPORTED", "E_REPORTED", "NEITHER"];
    expect(routes(french)).toEqual(["E_INVOICED", "E_INVOICED", ...abroadToo]);
    expect(routes(unknown)).toEqual(["E_REPORTED", "E_REPORTED", ...abroadToo]);
    expect(treatmentsOn("E_INVOICED")).toEqual(["STANDARD", "OVERSEAS"]);
  });
});
