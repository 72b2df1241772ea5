import fc from "fast-check";
import { keptUntil, shortestDays } from "./retention";

describe("keptUntil", () => {
  it.each([
    ["2026-01-15T10:00:00.000Z", "2026-07-15T09:00:00.000Z"],
    ["2026-08-31T12:00:00.000Z", "2027-02-28T13:00:00.000Z"],
    ["2027-08-31T12:00:00.000Z", "2028-02-29T13:00:00.000Z"],
    ["2026-08-30T22:30:00.000Z", "2027-02-27T23:30:00.000Z"],
  ])("keeps a request of %s until %s, in Paris time", (from, until) => {
    expect(keptUntil(new Date(from)).toISOString()).toBe(until);
  });

  it("is never shorter than shortestDays, and never ends earlier for a later request", () => {
    const instant = fc.date({
      min: new Date("2025-01-01"),
      max: new Date("2040-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(keptUntil(a).getTime() - a.getTime()).toBeGreaterThan(shortestDays * 86_400_000);
        if (a <= b) expect(keptUntil(a) <= keptUntil(b)).toBe(true);
      }),
    );
  });
});
