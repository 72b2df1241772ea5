import fc from "fast-check";
import { DateTime } from "luxon";
import { dateIn } from "../../shared/calendar";
import { isAlwaysAfter, offsetOf, onDay } from "./relative-date";

const written = fc
  .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 900 }), fc.constantFrom("d", "w", "m", "y"))
  .map(([sign, count, unit]) => `today${sign}${count}${unit}`);
const days = fc
  .integer({ min: 0, max: 200 * 365 })
  .map((count) => new Date(Date.UTC(1950, 0, 1 + count)).toISOString().slice(0, 10));

describe("a date relative to today", () => {
  it.each([
    ["today", "2026-11-24", "2026-11-24"],
    ["today+0d", "2026-11-24", "2026-11-24"],
    ["today+90d", "2026-11-24", "2027-02-22"],
    ["today-6w", "2026-11-24", "2026-10-13"],
    ["today+1d", "2025-12-31", "2026-01-01"],
    ["today-1d", "2026-01-01", "2025-12-31"],
    ["today-1d", "2024-03-01", "2024-02-29"],
    ["today-1d", "2100-03-01", "2100-02-28"],
    ["today+1m", "2026-01-31", "2026-02-28"],
    ["today+1m", "2024-01-31", "2024-02-29"],
    ["today-1m", "2026-03-31", "2026-02-28"],
    ["today+3m", "2026-11-30", "2027-02-28"],
    ["today+12m", "2026-12-31", "2027-12-31"],
    ["today+1y", "2024-02-29", "2025-02-28"],
    ["today-4y", "2024-02-29", "2020-02-29"],
    ["today-2y", "2026-11-24", "2024-11-24"],
    ["today+9999y", "2026-11-24", "9999-12-31"],
    ["today-9999y", "2026-11-24", "0000-01-01"],
    ["today-2025y", "2026-11-24", "0001-11-24"],
    ["2026-01-31", "2026-11-24", "2026-01-31"],
  ])("%s, on %s, is %s", (bound, today, date) => {
    expect(onDay(bound, today)).toBe(date);
  });

  it.each(["Today", "today ", "today+", "today+5", "today+d", "today+1.5d", "today+12345d", "today+1h"])(
    "is not written as %s",
    (bound) => {
      expect(offsetOf(bound)).toBeNull();
    },
  );

  it("depends on the date in the campaign's time zone, around midnight and the end of the year", () => {
    const at = (instant: string, zone: string): string => onDay("today", dateIn(zone, new Date(instant)));
    expect(at("2026-06-17T21:00:00Z", "Europe/Paris")).toBe("2026-06-17");
    expect(at("2026-06-17T21:00:00Z", "Indian/Reunion")).toBe("2026-06-18");
    expect(at("2026-06-17T22:00:00Z", "Europe/Paris")).toBe("2026-06-18");
    expect(at("2026-12-31T20:00:00Z", "Indian/Reunion")).toBe("2027-01-01");
    expect(at("2026-12-31T22:59:59Z", "Europe/Paris")).toBe("2026-12-31");
    expect(at("2027-01-01T02:00:00Z", "America/Martinique")).toBe("2026-12-31");
  });

  it("is always after another one only if it is so on every day", () => {
    fc.assert(
      fc.property(written, written, days, (first, second, today) => {
        const [from, to] = [offsetOf(first), offsetOf(second)];
        if (!from || !to) throw new Error("Spelled wrongly.");
        const isBehind =
          DateTime.fromISO(onDay(first, today)).toMillis() >
          DateTime.fromISO(onDay(second, today)).toMillis();
        expect(isAlwaysAfter(from, to) && !isBehind).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ["today+1d", "today", true],
    ["today", "today", false],
    ["today+2y", "today+23m", true],
    ["today+1m", "today+27d", true],
    // Not in February.
    ["today+1m", "today+28d", false],
    ["today-27d", "today-1m", true],
    ["today", "today-1y", true],
    ["today-1y", "today+1w", false],
  ])("%s lies behind %s on every day: %s", (first, second, expected) => {
    const [from, to] = [offsetOf(first), offsetOf(second)];
    expect(from && to && isAlwaysAfter(from, to)).toBe(expected);
  });
});
