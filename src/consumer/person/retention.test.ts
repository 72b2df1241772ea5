import fc from "fast-check";
import { keptUntil, shortestDays } from "./retention";

describe("how long a request is kept", () => {
  it.each([
    ["2026-01-15T10:00:00.000Z", "2026-07-15T09:00:00.000Z"],
    ["2026-08-31T12:00:00.000Z", "2027-02-28T13:00:00.000Z"],
    ["2027-08-31T12:00:00.000Z", "2028-02-29T13:00:00.000Z"],
    ["2026-08-30T22:30:00.000Z", "2027-02-27T23:30:00.000Z"],
  ])("from %s until %s, by the clocks of Paris", (from, until) => {
    expect(keptUntil(new Date(from)).toISOString()).toBe(until);
  });

  it("never ends sooner than looked for, and never for a younger request before an older one", () => {
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
