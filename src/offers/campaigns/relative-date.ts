/**
 * Which date does a bound such as "today+90d" mean? It is kept as it was written, so a campaign does not
 * age; only a decision, which has a day, makes a date of it. Months and years go by the calendar: a day
 * that the month lacks is its last one.
 */
import { DateTime } from "luxon";

const spelling = /^today(?:([+-])(\d{1,4})([dwmy]))?$/;
/** Of those of four digits: beyond them, text would not be ordered as dates are. */
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

/** null if it is not spelled so. */
export function offsetOf(written: string): Offset | null {
  const match = spelling.exec(written);
  if (!match) return null;
  const { days = 0, months = 0 } = units[match[3] ?? ""] ?? {};
  const count = Number(match[2] ?? 0) * (match[1] === "-" ? -1 : 1);
  return { days: count * days, months: count * months };
}

/** The bound on that day, an ISO date; what is not relative stays what it is. */
export function onDay<T>(bound: T, today: string): T | string {
  const offset = typeof bound === "string" ? offsetOf(bound) : null;
  if (!offset) return bound;
  const date = DateTime.fromISO(today, { zone: "utc" }).plus(offset);
  if (date.year < 0) return earliest;
  return date.year > 9999 ? latest : date.toFormat("yyyy-MM-dd");
}

/** Whether the first lies behind the second on every day there is. */
export const isAlwaysAfter = (first: Offset, second: Offset): boolean =>
  first.months === second.months ? first.days > second.days : fewestDays(first) > mostDays(second);

const fewestDays = ({ days, months }: Offset): number =>
  months < 0 ? -daysIn(-months, [366, 31]) : days + daysIn(months, [365, 28]);
const mostDays = ({ days, months }: Offset): number =>
  months < 0 ? -daysIn(-months, [365, 28]) : days + daysIn(months, [366, 31]);

const daysIn = (months: number, [year, month]: readonly [year: number, month: number]): number =>
  Math.floor(months / 12) * year + (months % 12) * month;
