import { levelOf } from "./dunning";

describe("the dunning level of an unpaid invoice", () => {
  it.each([
    [0, null],
    [1, 1],
    [14, 1],
    [15, 2],
    [29, 2],
    [30, 3],
    [400, 3],
  ])("%i days late is %p", (days, level) => {
    expect(levelOf(days)).toBe(level);
  });
});
