/**
 * Which date does a bound such as "today+90d" mean? It is stored as written, so that a campaign does not age,
 * and resolved with the date of each decision. Months and years follow the calendar: a day that the month
 * does not have becomes its last day.
 */
import { DateTime } from "luxon";

const spelling = /^today(?:([+-])(\d{1,4})([dwmy]))?$/;
/** Limited to years of four digits, because other dates do not sort correctly as text. */
const [earliest, latest] = ["0000-01-01", "9999-12-31"];

interface Offset {
  readonly days: number;
  readonly months: number;
}

const units: Readonly<Record<string, Partial<Offset>>> = {
  d: { days: 1 },
  w: { days: 7 },
  m: { months: 1 },
  y: { months: 12 },
};

/** Returns null if the text is not a relative date. */
export function offsetOf(written: string): Offset | null {
  const match = spelling.exec(written);
  if (!match) return null;
  const { days = 0, months = 0 } = units[match[3] ?? ""] ?? {};
  const count = Number(match[2] ?? 0) * (match[1] === "-" ? -1 : 1);
  return { days: count * days, months: count * months };
}

/** Resolves the bound with the given date, as an ISO date. Other bounds are returned unchanged. */
export function onDay<T>(bound: T, today: string): T | string {
  const offset = typeof bound === "string" ? offsetOf(bound) : null;
  if (!offset) return bound;
  const date = DateTime.fromISO(today, { zone: "utc" }).plus(offset);
  if (date.year < 0) return earliest;
  return date.year > 9999 ? latest : date.toFormat("yyyy-MM-dd");
}

/** Whether the first is later than the second on every possible day. */
export const isAlwaysAfter = (first: Offset, second: Offset): boolean =>
  first.months === second.months ? first.days > second.days : fewestDays(first) > mostDays(second);

const fewestDays = ({ days, months }: Offset): number =>
  months < 0 ? -daysIn(-months, [366, 31]) : days + daysIn(months, [365, 28]);
const mostDays = ({ days, months }: Offset): number =>
  months < 0 ? -daysIn(-months, [365, 28]) : days + daysIn(months, [366, 31]);

const daysIn = (months: number, [year, month]: readonly [year: number, month: number]): number =>
  Math.floor(months / 12) * year + (months % 12) * month;
