import fc from "fast-check";
import { netOf, vatOn, vatRatesBasisPoints } from "./vat";
import { vatTreatments } from "./vat-regimes";

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
