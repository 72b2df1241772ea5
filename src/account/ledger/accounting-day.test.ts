import fc from "fast-check";
import { accountingDay } from "./accounting-day";

const today = "2027-01-20";

describe("the accounting day of money at the bank", () => {
  it.each([
    ["no month is locked", "2026-12-31", null, "2026-12-31"],
    ["its month is open", "2026-12-31", "2026-11", "2026-12-31"],
    ["it is the first day after the last locked month", "2026-12-01", "2026-11", "2026-12-01"],
    ["its month is locked", "2026-11-30", "2026-11", "2026-12-01"],
    ["its month and the months after it are locked", "2026-03-15", "2026-11", "2026-12-01"],
    ["the last month of a year is locked", "2026-12-31", "2026-12", "2027-01-01"],
    ["only an earlier month is locked", "2026-12-31", "2025-12", "2026-12-31"],
    ["the bank's day is still to come", "2027-01-21", null, today],
  ])("when %s", (_, bankDay, lockedThrough, expected) => {
    expect(accountingDay({ bankDay, lockedThrough, today })).toBe(expected);
  });

  it("is never in a locked month, before the bank's day or after today", () => {
    const day = fc
      .date({ min: new Date("2024-01-01"), max: new Date("2028-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (bankDay, locked, now) => {
        const lockedThrough = locked.slice(0, 7);
        fc.pre(lockedThrough < now.slice(0, 7) && bankDay <= now);
        const booked = accountingDay({ bankDay, lockedThrough, today: now });
        expect(booked.slice(0, 7) > lockedThrough).toBe(true);
        expect(booked >= bankDay && booked <= now).toBe(true);
      }),
    );
  });
});
