import { checkReview } from "./check-review";

describe("a review", () => {
  it.each([0, 1, 100])("may score %d", (score) => {
    expect(checkReview({ score, reason: " Rappelle le jour même. " })).toEqual({
      score,
      reason: "Rappelle le jour même.",
    });
  });

  it.each([-1, 101, 1.5, NaN])("may not score %d", (score) => {
    expect(() => checkReview({ score, reason: "x" })).toThrow("score must be a whole number from 0 to 100.");
  });

  it.each(["", " \n", "x".repeat(501)])("says why", (reason) => {
    expect(() => checkReview({ score: 50, reason })).toThrow("reason takes 1 to 500 characters.");
  });
});
