import { spanOfMonth } from "./accounting-month";

describe("spanOfMonth", () => {
  it("returns a month from midnight to midnight in Paris", () => {
    expect(spanOfMonth("2026-11")).toEqual({
      start: new Date("2026-10-31T23:00:00Z"),
      end: new Date("2026-11-30T23:00:00Z"),
    });
  });

  it.each(["2026-13", "2026-1", "11/2026", "", "2026-11-01", "9999-11"])("refuses %j", (month) => {
    expect(() => spanOfMonth(month)).toThrow("month is written YYYY-MM");
  });
});
