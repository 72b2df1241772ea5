import fc from "fast-check";
import { longestWaits, waitAfter } from "./backoff";

const hour = 3_600_000;

describe("the wait after a failure", () => {
  it.each([
    [1, 5_000],
    [2, 30_000],
    [3, 120_000],
    [4, 600_000],
    [5, 1_800_000],
    [6, 2 * hour],
    [7, 5 * hour],
    [8, 10 * hour],
    [9, 10 * hour],
    [400, 10 * hour],
  ])("after failure %i is at most %i ms", (failures, most) => {
    expect(waitAfter(failures, 1, null)).toBe(most);
  });

  it("is random up to the limit, but at least a second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, draw) => {
        const most = longestWaits[Math.min(n, longestWaits.length) - 1] ?? 0;
        expect(waitAfter(n, draw, null)).toBe(Math.max(1_000, Math.round(draw * most)));
      }),
    );
  });

  it("honours a longer Retry-After, up to ten hours", () => {
    expect(waitAfter(1, 1, 60_000)).toBe(60_000);
    expect(waitAfter(3, 1, 60_000)).toBe(120_000);
    expect(waitAfter(1, 0, 1_000 * hour)).toBe(10 * hour);
  });
});
