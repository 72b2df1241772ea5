import { checkReview } from "./check-review";

describe("checkReview", () => {
  it.each([0, 1, 100])("accepts the score %d", (score) => {
    expect(checkReview({ score, reason: " Rappelle le jour même. " })).toEqual({
      score,
      reason: "Rappelle le jour même.",
    });
  });

  it.each([-1, 101, 1.5, NaN])("refuses the score %d", (score) => {
    expect(() => checkReview({ score, reason: "x" })).toThrow("score must be a whole number from 0 to 100.");
  });

  it.each(["", " \n", "x".repeat(501)])("refuses a blank or overlong reason", (reason) => {
    expect(() => checkReview({ score: 50, reason })).toThrow("reason must have 1 to 500 characters.");
  });
});
