import fc from "fast-check";
import { DateTime } from "luxon";
import { isOpenAt as opensIn, nextOpening as nextIn } from "./schedule";
import { isHoliday } from "../../shared/holidays";
import { type Opening, type Weekday } from "./terms";

const weekdays: readonly Weekday[] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
const everyDay = (from: string, to: string): Opening => ({ days: weekdays, from, to });
const at = (instant: string): Date => new Date(instant);
const isOpen = (schedule: readonly Opening[], timeZone: string, instant: Date): boolean =>
  opensIn({ schedule, timeZone }, instant);
const nextOpening = (schedule: readonly Opening[], timeZone: string, instant: Date): Date | null =>
  nextIn({ schedule, timeZone }, instant);

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const opening = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    times: fc.uniqueArray(fc.integer({ min: 0, max: 144 }), { minLength: 2, maxLength: 2 }),
  })
  .map(({ days, times }): Opening => {
    const [from = 0, to = 0] = times.sort((a, b) => a - b).map((ten) => ten * 10);
    return { days, from: timeOf(from), to: timeOf(to) };
  });
const schedule = fc.array(opening, { minLength: 1, maxLength: 3 });
const aroundAChange = fc
  .tuple(
    fc.constantFrom(
      ["Europe/Paris", "2026-03-29T01:00:00Z"] as const,
      ["Europe/Paris", "2026-10-25T01:00:00Z"] as const,
      ["America/Miquelon", "2026-11-01T04:00:00Z"] as const,
      ["America/Havana", "2026-03-08T05:00:00Z"] as const,
      ["America/Havana", "2026-11-01T05:00:00Z"] as const,
      ["Indian/Reunion", "2026-03-29T01:00:00Z"] as const,
    ),
    fc.integer({ min: -2 * 1440, max: 1440 }),
  )
  .map(([[timeZone, change], minutes]) => ({
    timeZone,
    from: new Date(Date.parse(change) + minutes * 60_000),
  }));

/** What a person would do: look at the local time, and then at the timetable. */
function looksOpen(openings: readonly Opening[], timeZone: string, instant: Date): boolean {
  const clock = DateTime.fromJSDate(instant, { zone: timeZone });
  const today = weekdays[clock.weekday - 1] as Weekday;
  const time = clock.toFormat("HH:mm");
  return openings.some(({ days, from, to }) => days.includes(today) && from <= time && time < to);
}

describe("a schedule", () => {
  it("is always open if it is empty", () => {
    expect(isOpen([], "Europe/Paris", at("2026-01-01T03:00:00Z"))).toBe(true);
    expect(nextOpening([], "Europe/Paris", at("2026-01-01T03:00:00Z"))).toEqual(at("2026-01-01T03:00:00Z"));
  });

  it("opens by local time, exactly to the minute, and is closed at the closing minute", () => {
    const nineToSix = [everyDay("09:00", "18:00")];
    expect(isOpen(nineToSix, "Europe/Paris", at("2026-07-01T06:59:59.999Z"))).toBe(false);
    expect(isOpen(nineToSix, "Europe/Paris", at("2026-07-01T07:00:00Z"))).toBe(true);
    expect(isOpen(nineToSix, "Europe/Paris", at("2026-07-01T16:00:00Z"))).toBe(false);
    expect(isOpen(nineToSix, "Indian/Reunion", at("2026-07-01T05:00:00Z"))).toBe(true);
  });

  it("is open until the end of the day if it closes at 24:00", () => {
    expect(isOpen([everyDay("20:00", "24:00")], "Europe/Paris", at("2026-07-01T21:59:59.999Z"))).toBe(true);
  });

  it("opens at three if the clock change skips the hour of its opening", () => {
    const opens = nextOpening([everyDay("02:30", "05:00")], "Europe/Paris", at("2026-03-29T00:30:00Z"));
    expect(opens).toEqual(at("2026-03-29T01:00:00Z"));
  });

  it("waits a week if the clock change skips the whole opening", () => {
    const sundayNight: Opening = { days: ["SUN"], from: "02:15", to: "02:45" };
    const opens = nextOpening([sundayNight], "Europe/Paris", at("2026-03-28T12:00:00Z"));
    expect(opens).toEqual(at("2026-04-05T00:15:00Z"));
  });

  it("opens twice in the night in which an hour is repeated", () => {
    const night = [everyDay("02:15", "02:45")];
    expect(nextOpening(night, "Europe/Paris", at("2026-10-24T23:00:00Z"))).toEqual(
      at("2026-10-25T00:15:00Z"),
    );
    expect(nextOpening(night, "Europe/Paris", at("2026-10-25T00:45:00Z"))).toEqual(
      at("2026-10-25T01:15:00Z"),
    );
  });

  it("never opens if no opening names a day", () => {
    expect(
      nextOpening([{ days: [], from: "09:00", to: "18:00" }], "Europe/Paris", at("2026-01-01T00:00:00Z")),
    ).toBe(null);
  });

  it("is open whenever the local time is within an opening", () => {
    fc.assert(
      fc.property(schedule, aroundAChange, (openings, { timeZone, from }) => {
        expect(isOpen(openings, timeZone, from)).toBe(looksOpen(openings, timeZone, from));
      }),
      { numRuns: 300 },
    );
  });

  it("opens next at the first open minute, checked for every minute around clock changes", () => {
    fc.assert(
      fc.property(schedule, aroundAChange, (openings, { timeZone, from }) => {
        const opens = nextOpening(openings, timeZone, from);
        const threeDays = from.getTime() + 3 * 86_400_000;
        let minute = from.getTime();
        while (minute < threeDays && !looksOpen(openings, timeZone, new Date(minute))) minute += 60_000;
        if (minute < threeDays) expect(opens).toEqual(new Date(minute));
        else expect(opens?.getTime()).toBeGreaterThanOrEqual(threeDays);
        expect(opens !== null && looksOpen(openings, timeZone, opens)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a campaign closed on public holidays", () => {
  const closedOnHolidays = true;
  const paris = { timeZone: "Europe/Paris", closedOnHolidays };

  it("is closed from midnight to midnight in its own time zone, also without a schedule", () => {
    const hours = { ...paris, schedule: [] };
    expect(opensIn(hours, at("2026-07-13T21:59:59.999Z"))).toBe(true);
    expect(opensIn(hours, at("2026-07-13T22:00:00Z"))).toBe(false);
    expect(nextIn(hours, at("2026-07-13T22:00:00Z"))).toEqual(at("2026-07-14T22:00:00Z"));
    expect(opensIn({ ...hours, timeZone: "Pacific/Tahiti" }, at("2026-07-13T22:00:00Z"))).toBe(true);
  });

  it("reopens at the first opening after the long weekend", () => {
    const weekdaysOnly = { days: ["MON", "TUE", "WED", "THU", "FRI"] as const, from: "09:00", to: "18:00" };
    const hours = { ...paris, schedule: [weekdaysOnly] };
    expect(nextIn(hours, at("2026-04-03T16:00:00Z"))).toEqual(at("2026-04-07T07:00:00Z"));
    expect(nextIn({ ...hours, closedOnHolidays: false }, at("2026-04-03T16:00:00Z"))).toEqual(
      at("2026-04-06T07:00:00Z"),
    );
  });

  it("reopens after three Mondays that are all holidays, as in 2000", () => {
    const hours = { ...paris, schedule: [{ days: ["MON"] as const, from: "09:00", to: "18:00" }] };
    expect(nextIn(hours, at("2000-04-17T16:00:00Z"))).toEqual(at("2000-05-15T07:00:00Z"));
  });

  it("always reopens, and never on a holiday", () => {
    const when = fc.date({
      min: at("2024-01-01T00:00:00Z"),
      max: at("2030-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.oneof(schedule, fc.constant([])), when, (openings, from) => {
        const hours = { ...paris, schedule: openings };
        const opens = nextIn(hours, from);
        if (!opens) throw new Error("It never opens.");
        expect(opensIn(hours, opens)).toBe(true);
        expect(isHoliday(DateTime.fromJSDate(opens, { zone: paris.timeZone }).toISODate() ?? "")).toBe(false);
        expect(opens >= (nextOpening(openings, paris.timeZone, from) ?? opens)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
