import fc from "fast-check";
import { netOf, vatOn, vatRatesBasisPoints, vatTreatmentOf, vatTreatments } from "./vat";

const inFrance = (departement: string): string => vatTreatmentOf({ country: "FR", departement });
const abroad = (country: string): string => vatTreatmentOf({ country, departement: null });

describe("the VAT treatment", () => {
  it.each(["01", "2A", "69", "75", "95"])("is standard in metropolitan France (%s)", (departement) => {
    expect(inFrance(departement)).toBe("STANDARD");
  });
  it.each(["971", "972", "974"])("is 8.5 % in Guadeloupe, Martinique and La Réunion (%s)", (departement) => {
    expect(inFrance(departement)).toBe("OVERSEAS");
    expect(vatRatesBasisPoints.OVERSEAS).toBe(850);
  });
  it.each(["973", "976"])("is NONE_OVERSEAS in Guyane and Mayotte (%s)", (departement) => {
    expect(inFrance(departement)).toBe("NONE_OVERSEAS");
  });
  it.each(["975", "977", "978", "986", "987", "988"])(
    "is outside the scope of VAT in the overseas collectivities (%s)",
    (departement) => {
      expect(inFrance(departement)).toBe("OUTSIDE_SCOPE");
    },
  );
  it("follows the country: Monaco like France, reverse charge in the EU, outside the scope elsewhere", () => {
    expect(["MC", "DE", "BE", "CH", "GB"].map(abroad)).toEqual([
      "STANDARD",
      "REVERSE_CHARGE",
      "REVERSE_CHARGE",
      "OUTSIDE_SCOPE",
      "OUTSIDE_SCOPE",
    ]);
  });
});

describe("VAT in cents", () => {
  const treatment = fc.constantFrom(...vatTreatments);
  const cents = fc.integer({ min: 0, max: 100_000_000_000 });

  it("rounds exactly for amounts of any size, and symmetrically below zero", () => {
    fc.assert(
      fc.property(cents, treatment, (net, kind) => {
        const exact = (2n * BigInt(net) * BigInt(vatRatesBasisPoints[kind]) + 10_000n) / 20_000n;
        expect(BigInt(vatOn(net, kind))).toBe(exact);
        expect(vatOn(-net, kind) + vatOn(net, kind)).toBe(0);
      }),
    );
  });

  it("is removed exactly from an amount that includes it", () => {
    fc.assert(
      fc.property(cents, treatment, (net, kind) => {
        expect(netOf(net + vatOn(net, kind), kind)).toBe(net);
      }),
    );
  });
});
