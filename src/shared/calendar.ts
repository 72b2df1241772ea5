/**
 * When does a day, week or month begin and end in a time zone? Local days have 23 or 25 hours when clocks change,
 * midnight can be missing or occur twice, and a whole date can be skipped. So everything here is computed from
 * offsets, never by adding 24 hours. Spans are half-open.
 */
import { IANAZone } from "luxon";

export type CalendarPeriod = "HOUR" | "DAY" | "WEEK" | "MONTH";

export interface Span {
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
}

/** A local time, encoded as if it were UTC. Such times can be compared without their time zone. */
export type WallMs = number;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const accountingZone = "Europe/Paris";

/** The window of a cap that contains this instant. HOUR is the UTC hour; the others begin at local midnight. */
export function windowOf(period: CalendarPeriod, timeZone: string, at: Date): Span {
  if (period === "HOUR") {
    const start = Math.floor(at.getTime() / hourMs) * hourMs;
    return { start: new Date(start), end: new Date(start + hourMs) };
  }
  const key = `${period} ${timeZone}`;
  const last = lastWindows.get(key);
  if (last && last.start <= at && at < last.end) return last;
  const window = localWindow(period, timeZone, at);
  lastWindows.set(key, window);
  return window;
}

/** Cached, because computing an offset is the slowest part of a decision and successive instants share a window. */
const lastWindows = new Map<string, Span>();

function localWindow(period: Exclude<CalendarPeriod, "HOUR">, timeZone: string, at: Date): Span {
  const first = periodStart(period, wallOf(timeZone, at));
  const start = startOfDate(timeZone, first);
  const next = periodAfter(period, first);
  const end = startOfDate(timeZone, next);
  // Where clocks went back across midnight, the last minutes of the old date already count as the new one.
  return at.getTime() < end.getTime()
    ? { start, end }
    : { start: end, end: startOfDate(timeZone, periodAfter(period, next)) };
}

/** The month in which this instant is booked, "YYYY-MM", by the clock of Paris. */
export function accountingMonth(at: Date): string {
  return dateIn(accountingZone, at).slice(0, 7);
}

/** When an accounting month, "YYYY-MM", begins and ends. */
export function monthBounds(month: string): Span {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new RangeError(`A month is written YYYY-MM, not ${month}.`);
  const first = Date.parse(`${month}-01T00:00:00Z`);
  return {
    start: startOfDate(accountingZone, first),
    end: startOfDate(accountingZone, periodAfter("MONTH", first)),
  };
}

/** The local time in the zone at this instant. */
export function wallOf(timeZone: string, at: Date): WallMs {
  return at.getTime() + offsetMs(timeZone, at.getTime());
}

/** The local calendar date, as an ISO date. */
export const dateIn = (timeZone: string, at: Date): string =>
  new Date(wallOf(timeZone, at)).toISOString().slice(0, 10);

/** The spans in which local time is from `from` to before `to`: none, one, or two when clocks go back. */
export function spansBetween(timeZone: string, from: WallMs, to: WallMs): Span[] {
  const before = offsetMs(timeZone, from - dayMs);
  const after = offsetMs(timeZone, to + dayMs);
  if (before === after) return spans([[from - before, to - after]]);
  const change = changeBetween(timeZone, from - dayMs, to + dayMs);
  return spans([
    [from - before, Math.min(to - before, change)],
    [Math.max(from - after, change), to - after],
  ]);
}

/** Whether this is a zone of the IANA database, such as Europe/Paris. Fixed offsets have no clock changes: false. */
export function isTimeZone(name: string): boolean {
  return (name === "UTC" || name.includes("/")) && IANAZone.isValidZone(name);
}

const spans = (pairs: readonly (readonly [number, number])[]): Span[] =>
  pairs
    .filter(([start, end]) => start < end)
    .map(([start, end]) => ({ start: new Date(start), end: new Date(end) }));

/** The first instant of a local date. For a date that the zone skipped, that of the next date. */
function startOfDate(timeZone: string, midnight: WallMs): Date {
  const [first] = spansBetween(timeZone, midnight, midnight + dayMs);
  return first?.start ?? startOfDate(timeZone, midnight + dayMs);
}

function periodStart(period: Exclude<CalendarPeriod, "HOUR">, wall: WallMs): WallMs {
  const midnight = Math.floor(wall / dayMs) * dayMs;
  const date = new Date(midnight);
  if (period === "DAY") return midnight;
  if (period === "WEEK") return midnight - ((date.getUTCDay() + 6) % 7) * dayMs;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function periodAfter(period: Exclude<CalendarPeriod, "HOUR">, start: WallMs): WallMs {
  if (period === "DAY") return start + dayMs;
  if (period === "WEEK") return start + 7 * dayMs;
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** The instant at which the zone's offset changes. It must change exactly once between `from` and `to`. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const before = offsetMs(timeZone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function offsetMs(timeZone: string, at: number): number {
  const offsetMinutes = IANAZone.create(timeZone).offset(at);
  if (Number.isNaN(offsetMinutes))
    throw new RangeError(`${timeZone} is not a time zone, or the instant is not one.`);
  return Math.round(offsetMinutes * 60_000);
}
