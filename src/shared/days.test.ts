import fc from "fast-check";
import { isDay, isMonth } from "./days";

it("knows every day of the calendar, and no other", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1900-01-01"), max: new Date("2999-12-31"), noInvalidDate: true }),
      (date) => {
        expect(isDay(date.toISOString().slice(0, 10))).toBe(true);
      },
    ),
  );
  for (const text of [
    "2026-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "1899-12-31",
  ])
    expect([text, isDay(text)]).toEqual([text, false]);
  expect(isDay("2028-02-29")).toBe(true);
  for (const text of ["", "2026-2-3", "2026-11-22T00:00:00Z", " 2026-11-22", "3000-01-01"])
    expect([text, isDay(text)]).toEqual([text, false]);
});

it("knows every month", () => {
  for (const text of ["1900-01", "2026-12"]) expect([text, isMonth(text)]).toEqual([text, true]);
  for (const text of ["2026-00", "2026-13", "2026-1", "1899-12", "3000-01"])
    expect([text, isMonth(text)]).toEqual([text, false]);
});
