import { waitAfter } from "../../shared/retry";
import { endpointBackOff } from "./backoff";

const hour = 3_600_000;
const wait = (failures: number, draw: number, retryAfterMs: number | null = null): number =>
  waitAfter(endpointBackOff, { failures, ageMs: 0 }, { draw, retryAfterMs });

describe("the wait of an endpoint after a failure", () => {
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
  ])("is at most, after failure %i, %i ms", (failures, most) => {
    expect(wait(failures, 1)).toBe(most);
    expect(wait(failures, 0.5)).toBe(most / 2);
  });

  it("is drawn from its whole length, but never shorter than a second", () => {
    expect([wait(1, 0), wait(8, 0)]).toEqual([1_000, 1_000]);
  });

  it("is what the other side asked for when that is longer, and for that never longer than ten hours", () => {
    expect(wait(1, 1, 60_000)).toBe(60_000);
    expect(wait(3, 1, 60_000)).toBe(120_000);
    expect(wait(1, 0, 1_000 * hour)).toBe(10 * hour);
  });
});
