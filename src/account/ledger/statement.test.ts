import { statementOf } from "./statement";

describe("a month's statement", () => {
  it("computes the closing balance and the totals including VAT", () => {
    const totals = { openingBalanceCents: 10_000, transfersCents: 5_000, otherCents: -700, leadCount: 3 };
    const taxed = [
      { treatment: "STANDARD" as const, chargesCents: 2_000, creditsCents: 500 },
      { treatment: "OVERSEAS" as const, chargesCents: 1_000, creditsCents: 0 },
      { treatment: "REVERSE_CHARGE" as const, chargesCents: 100, creditsCents: 100 },
    ];
    expect(statementOf("2026-11", { ...totals, taxed })).toEqual({
      ...{ month: "2026-11", ...totals, chargesCents: 3_100, creditsCents: 600 },
      closingBalanceCents: 11_800,
      chargesInclVatCents: 2_400 + 1_085 + 100,
      creditsInclVatCents: 600 + 100,
    });
  });
});
