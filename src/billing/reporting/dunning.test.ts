import { levelOf } from "./dunning";

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
});
