import { interestCents, levelOf } from "./dunning";

describe("an invoice that is not paid", () => {
  it.each([
    [0, null],
    [1, 1],
    [14, 1],
    [15, 2],
    [29, 2],
    [30, 3],
    [400, 3],
  ])("is %i days late: level %p", (days, level) => {
    expect(levelOf(days)).toBe(level);
  });

  it("bears interest for its days, to the cent", () => {
    const penaltyBasisPoints = 1240;
    expect(interestCents({ openCents: 120_000, daysLate: 30, penaltyBasisPoints })).toBe(1223);
    expect(interestCents({ openCents: 120_000, daysLate: 365, penaltyBasisPoints })).toBe(14_880);
    expect(interestCents({ openCents: 1, daysLate: 1, penaltyBasisPoints })).toBe(0);
    expect(interestCents({ openCents: 100_000_000_000, daysLate: 3650, penaltyBasisPoints })).toBe(
      124_000_000_000,
    );
  });
});
