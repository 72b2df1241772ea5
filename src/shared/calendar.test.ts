import fc from "fast-check";
import { DateTime } from "luxon";
import {
  accountingMonth,
  isTimeZone,
  monthBounds,
  spansBetween,
  windowOf,
  type CalendarPeriod,
} from "./calendar";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const periods: readonly CalendarPeriod[] = ["HOUR", "DAY", "WEEK", "MONTH"];

/** Zones, each with an instant at or near a clock change. */
const changes: readonly (readonly [string, string])[] = [
  ["Europe/Paris", "2026-03-29T01:00:00Z"],
  ["Europe/Paris", "2026-10-25T01:00:00Z"],
  ["America/Miquelon", "2026-03-08T05:00:00Z"],
  ["America/Miquelon", "2026-11-01T04:00:00Z"],
  ["Indian/Reunion", "2026-03-29T01:00:00Z"],
  ["America/Guadeloupe", "2026-12-31T23:00:00Z"],
  ["Pacific/Noumea", "2026-12-31T13:00:00Z"],
  ["Pacific/Tahiti", "2027-01-01T10:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
  ["Asia/Kathmandu", "2026-05-31T18:15:00Z"],
  // Midnight is skipped in spring and occurs twice in autumn.
  ["America/Havana", "2026-03-08T05:00:00Z"],
  ["America/Havana", "2026-11-01T05:00:00Z"],
  ["Asia/Beirut", "2026-03-28T22:00:00Z"],
  // Clocks went back from 00:00 to 23:00, so the previous date began again.
  ["America/Asuncion", "2024-03-24T03:00:00Z"],
];
/** Zones where a date lasted one minute before the previous date returned, or was skipped altogether. */
const oddities: readonly (readonly [string, string])[] = [
  ["America/St_Johns", "2010-11-07T02:31:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z"],
];

const near = (places: readonly (readonly [string, string])[], reachMs: number) =>
  fc
    .tuple(fc.constantFrom(...places), fc.integer({ min: -reachMs, max: reachMs }))
    .map(([[timeZone, change], distanceMs]) => ({ timeZone, at: new Date(Date.parse(change) + distanceMs) }));

const local = (timeZone: string, at: Date | number): DateTime =>
  DateTime.fromMillis(Number(at), { zone: timeZone });

describe("windowOf", () => {
  it("returns the same window whatever is cached", () => {
    const inside = fc.record({
      place: near([...changes, ...oddities], 40 * dayMs),
      period: fc.constantFrom(...periods),
      share: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    fc.assert(
      fc.property(inside, ({ place: { timeZone, at }, period, share }) => {
        const window = windowOf(period, timeZone, at);
        const other = new Date(
          window.start.getTime() + share * (window.end.getTime() - window.start.getTime()),
        );
        // An instant a year earlier replaces the cached window.
        windowOf(period, timeZone, new Date(at.getTime() - 365 * dayMs));
        expect(windowOf(period, timeZone, other)).toEqual(window);
      }),
    );
  });

  it.each([
    [
      "the short day in spring",
      "Europe/Paris",
      "2026-03-29T10:00Z",
      "2026-03-28T23:00Z",
      "2026-03-29T22:00Z",
    ],
    ["the long day in autumn", "Europe/Paris", "2026-10-25T10:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z"],
    ["a day at sea", "Indian/Reunion", "2026-03-29T19:59Z", "2026-03-28T20:00Z", "2026-03-29T20:00Z"],
    [
      "a day whose midnight is missing",
      "America/Havana",
      "2026-03-08T12:00Z",
      "2026-03-08T05:00Z",
      "2026-03-09T04:00Z",
    ],
    [
      "a day whose midnight comes twice",
      "America/Havana",
      "2026-11-01T12:00Z",
      "2026-11-01T04:00Z",
      "2026-11-02T05:00Z",
    ],
    [
      "the day before a skipped one",
      "Pacific/Apia",
      "2011-12-30T09:00Z",
      "2011-12-29T10:00Z",
      "2011-12-30T10:00Z",
    ],
  ])("returns %s", (_what, timeZone, at, start, end) => {
    expect(windowOf("DAY", timeZone, new Date(at))).toEqual({ start: new Date(start), end: new Date(end) });
  });

  it("returns UTC hours, also in a zone with a half-hour offset", () => {
    expect(windowOf("HOUR", "Asia/Kolkata", new Date("2026-01-01T10:40:00Z"))).toEqual({
      start: new Date("2026-01-01T10:00:00Z"),
      end: new Date("2026-01-01T11:00:00Z"),
    });
  });

  it("returns windows that contain their instant and follow one another without a gap or an overlap", () => {
    fc.assert(
      fc.property(
        fc.oneof(near([...changes, ...oddities], 40 * dayMs), near([...changes, ...oddities], 2 * hourMs)),
        fc.constantFrom(...periods),
        ({ timeZone, at }, period) => {
          const { start, end } = windowOf(period, timeZone, at);
          expect(start <= at && at < end).toBe(true);
          expect(windowOf(period, timeZone, start)).toEqual({ start, end });
          expect(windowOf(period, timeZone, new Date(end.getTime() - 1))).toEqual({ start, end });
          expect(windowOf(period, timeZone, end).start).toEqual(end);
          expect(windowOf(period, timeZone, new Date(start.getTime() - 1)).end).toEqual(start);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("returns exactly the instants of one local date, around every clock change", () => {
    fc.assert(
      fc.property(
        near(changes, 2 * dayMs),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ timeZone, at }, share) => {
          const { start, end } = windowOf("DAY", timeZone, at);
          const date = local(timeZone, at).toISODate();
          const within = start.getTime() + Math.floor(share * (end.getTime() - start.getTime()));
          expect(local(timeZone, within).toISODate()).toBe(date);
          expect(local(timeZone, start.getTime() - 1).toISODate()).not.toBe(date);
          expect(local(timeZone, end).toISODate()).not.toBe(date);
          expect([23, 23.5, 24, 24.5, 25]).toContain((end.getTime() - start.getTime()) / hourMs);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("starts weeks on Monday and months on the first, at the first instant of that date", () => {
    fc.assert(
      fc.property(near(changes, 40 * dayMs), ({ timeZone, at }) => {
        const week = windowOf("WEEK", timeZone, at);
        const month = windowOf("MONTH", timeZone, at);
        expect(local(timeZone, week.start).weekday).toBe(1);
        expect(windowOf("DAY", timeZone, week.start).start).toEqual(week.start);
        expect(local(timeZone, month.start).day).toBe(1);
        expect(windowOf("DAY", timeZone, month.start).start).toEqual(month.start);
        expect(local(timeZone, at).toFormat("yyyy-MM")).toBe(
          local(timeZone, month.start).toFormat("yyyy-MM"),
        );
        expect(local(timeZone, at).toFormat("kkkk-WW")).toBe(local(timeZone, week.start).toFormat("kkkk-WW"));
      }),
      { numRuns: 300 },
    );
  });
});

describe("spansBetween", () => {
  const night = (date: string, from: string, to: string) =>
    spansBetween("Europe/Paris", Date.parse(`${date}T${from}Z`), Date.parse(`${date}T${to}Z`)).map(
      ({ start, end }) => [start.toISOString().slice(0, 16), end.toISOString().slice(0, 16)],
    );

  it("returns no span for an hour that clocks skip", () => {
    expect(night("2026-03-29", "02:00", "03:00")).toEqual([]);
  });

  it("returns two spans for a half hour that occurs twice", () => {
    expect(night("2026-10-25", "02:15", "02:45")).toEqual([
      ["2026-10-25T00:15", "2026-10-25T00:45"],
      ["2026-10-25T01:15", "2026-10-25T01:45"],
    ]);
  });
});

describe("accounting months", () => {
  it("follow the clock of Paris, not UTC", () => {
    expect(accountingMonth(new Date("2026-06-30T21:59:59.999Z"))).toBe("2026-06");
    expect(accountingMonth(new Date("2026-06-30T22:00:00Z"))).toBe("2026-07");
    expect(accountingMonth(new Date("2026-12-31T23:00:00Z"))).toBe("2027-01");
  });

  it("have bounds that hold exactly their instants", () => {
    expect(monthBounds("2026-10")).toEqual({
      start: new Date("2026-09-30T22:00:00Z"),
      end: new Date("2026-10-31T23:00:00Z"),
    });
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        (at) => {
          const { start, end } = monthBounds(accountingMonth(at));
          expect(start <= at && at < end).toBe(true);
          expect(accountingMonth(end)).not.toBe(accountingMonth(at));
        },
      ),
    );
  });

  it.each(["2026-13", "2026-00", "2026-1", "", "2026-01-01"])("refuse %j as a month", (month) => {
    expect(() => monthBounds(month)).toThrow(RangeError);
  });
});

describe("isTimeZone", () => {
  it.each(["Europe/Paris", "America/St_Barthelemy", "Indian/Reunion", "UTC"])("accepts %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(["", "Paris", "Europe/Lyon", "+02:00", "CEST", "../etc"])("refuses %j", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });

  it("makes windowOf throw for an unknown zone", () => {
    expect(() => windowOf("DAY", "Europe/Lyon", new Date("2026-01-01T00:00:00Z"))).toThrow(RangeError);
  });
});
