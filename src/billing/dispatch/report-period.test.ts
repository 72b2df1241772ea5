import fc from "fast-check";
import { reportPeriodOf, vatRegimes } from "./report-period";

describe("the period for which a sale is reported", () => {
  it.each([
    ["NORMAL_MONTHLY", "2026-12-01", "2026-12-01", "2026-12-10", "2026-12-20"],
    ["NORMAL_MONTHLY", "2026-12-10", "2026-12-01", "2026-12-10", "2026-12-20"],
    ["NORMAL_MONTHLY", "2026-12-11", "2026-12-11", "2026-12-20", "2026-12-31"],
    ["NORMAL_MONTHLY", "2026-12-31", "2026-12-21", "2026-12-31", "2027-01-10"],
    ["NORMAL_MONTHLY", "2028-02-29", "2028-02-21", "2028-02-29", "2028-03-10"],
    ["NORMAL_MONTHLY", "2027-02-20", "2027-02-11", "2027-02-20", "2027-02-28"],
    ["NORMAL_QUARTERLY", "2026-12-31", "2026-12-01", "2026-12-31", "2027-01-10"],
    ["SIMPLIFIED", "2027-01-31", "2027-01-01", "2027-01-31", "2027-02-25"],
    ["FRANCHISE", "2027-01-01", "2027-01-01", "2027-02-28", "2027-03-25"],
    ["FRANCHISE", "2026-12-31", "2026-11-01", "2026-12-31", "2027-01-25"],
  ] as const)("%s: %s is in %s to %s, due on %s", (regime, day, from, to, dueOn) => {
    expect(reportPeriodOf(day, regime)).toEqual({ from, to, dueOn });
  });

  it("contains the day; the periods of a regime follow each other without gap or overlap", () => {
    const dayAfter = (day: string): string =>
      new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026) / 86_400_000, max: Date.UTC(2060) / 86_400_000 }),
        fc.constantFrom(...vatRegimes),
        (number, regime) => {
          const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
          const period = reportPeriodOf(day, regime);
          expect(period.from <= day && day <= period.to && period.to < period.dueOn).toBe(true);
          expect(reportPeriodOf(period.from, regime)).toEqual(period);
          expect(reportPeriodOf(period.to, regime)).toEqual(period);
          expect(reportPeriodOf(dayAfter(period.to), regime).from).toBe(dayAfter(period.to));
        },
      ),
    );
  });
});
