import { statementOf } from "./statement";

describe("a statement", () => {
  it("closes at what it opened with, less charges, plus credits and transfers", () => {
    const totals = {
      openingBalanceCents: 1000,
      chargesCents: 700,
      creditsCents: 200,
      transfersCents: 5000,
      leadCount: 3,
    };
    expect(statementOf("2026-11", totals)).toEqual({
      month: "2026-11",
      ...totals,
      closingBalanceCents: 5500,
    });
  });
});
