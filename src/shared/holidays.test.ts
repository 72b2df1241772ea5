import fc from "fast-check";
import { holidaysOf, isHoliday } from "./holidays";

const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];

describe("French public holidays", () => {
  // Easter Monday, Ascension and Whit Monday, from the calendars of those years.
  it.each([
    [2024, "04-01", "05-09", "05-20"],
    [2025, "04-21", "05-29", "06-09"],
    [2026, "04-06", "05-14", "05-25"],
    [2027, "03-29", "05-06", "05-17"],
    [2028, "04-17", "05-25", "06-05"],
    [2029, "04-02", "05-10", "05-21"],
    [2030, "04-22", "05-30", "06-10"],
  ])("of %d are the fixed ones and those that follow Easter", (year, ...movable) => {
    expect(holidaysOf(year)).toEqual([...fixed, ...movable].map((day) => `${String(year)}-${day}`).sort());
  });

  it("are ten dates in a year in which Ascension falls on the first of May", () => {
    expect(holidaysOf(2008)).toHaveLength(10);
    expect(isHoliday("2008-05-01")).toBe(true);
  });

  it("follow an Easter that is a Sunday from 22 March to 25 April, in every year", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2999 }), (year) => {
        const mondays = holidaysOf(year).filter((date) => {
          const day = date.slice(5);
          return !fixed.includes(day) && day < "04-27";
        });
        expect(mondays).toHaveLength(1);
        const [monday = ""] = mondays;
        expect(new Date(monday).getUTCDay()).toBe(1);
        expect(monday.slice(5) >= "03-23").toBe(true);
      }),
    );
  });

  it("do not include bridge days or the holidays of Alsace-Moselle", () => {
    for (const date of ["2026-04-03", "2026-04-05", "2026-12-26", "2026-05-24", "2026-07-15"]) {
      expect(isHoliday(date)).toBe(false);
    }
  });
});
