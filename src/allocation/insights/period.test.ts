import fc from "fast-check";
import { isPast, periodOf, periodSince } from "./period";

const dayMs = 86_400_000;
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
  .map((ms) => new Date(ms));

describe("the period of an insight", () => {
  it("ends at the last midnight UTC and is the same all day", () => {
    const period = { from: new Date("2026-10-26T00:00:00Z"), until: new Date("2026-11-25T00:00:00Z") };
    expect(periodOf(30, new Date("2026-11-25T00:00:00Z"))).toEqual(period);
    expect(periodOf(30, new Date("2026-11-25T23:59:59.999Z"))).toEqual(period);
  });

  it.each([0, 91, -1, 1.5, Number.NaN])("rejects %d days", (days) => {
    expect(() => periodOf(days, new Date(0))).toThrow("days must be a whole number from 1 to 90.");
  });

  it("starts at a midnight after the version was made, never before it and never after the end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), instant, instant, (days, at, made) => {
        const whole = periodOf(days, at);
        const { from, until } = periodSince(whole, made);
        expect(until).toEqual(whole.until);
        expect(from.getTime() % dayMs).toBe(0);
        expect(from.getTime()).toBeGreaterThanOrEqual(whole.from.getTime());
        expect(from.getTime()).toBeLessThanOrEqual(until.getTime());
        if (from < until) expect(from.getTime()).toBeGreaterThanOrEqual(made.getTime());
      }),
    );
  });

  it("can be asked about for two days after its end", () => {
    const until = new Date("2026-11-25T00:00:00Z");
    expect(isPast(until, new Date("2026-11-26T23:59:59Z"))).toBe(false);
    expect(isPast(until, new Date("2026-11-27T00:00:00Z"))).toBe(true);
  });
});
