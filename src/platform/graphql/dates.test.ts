import fc from "fast-check";
import { Day, Month } from "./dates";

describe("Day", () => {
  it.each(["2026-02-30", "2026-2-3", "1899-12-31", "3000-01-01", "2026-11-22T00:00:00Z", "", 20261122, null])(
    "refuses %j",
    (value) => expect(() => Day.parseValue(value)).toThrow("Day must be a day of the calendar"),
  );

  it("accepts every day and returns it unchanged", () => {
    const days = fc.date({ min: new Date("1900-01-01"), max: new Date("2999-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(Day.serialize(Day.parseValue(day))).toBe(day);
      }),
    );
  });

  it("throws an internal error when an answer holds something else", () => {
    expect(() => Day.serialize(new Date())).toThrow(TypeError);
  });
});

describe("Month", () => {
  it("accepts a month", () => expect(Month.parseValue("2026-11")).toBe("2026-11"));

  it.each(["2026-13", "2026-00", "2026-1", "2026-11-01", "1899-12", 202611])("refuses %j", (value) =>
    expect(() => Month.parseValue(value)).toThrow("Month must be a month"),
  );
});
