/** Reads the days of statement files and checks that something can have been booked on them. */
import { dateIn } from "../../shared/calendar";
import { isTrouble, trouble, type Trouble } from "./reading";

const firstDay = "2000-01-01";

/** ISO 20022: a date, or a time with or without a zone, as the day in Paris. */
export function isoDay(text: string): string | Trouble {
  const [, day = "", time, zone] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (!isRealDay(day)) return trouble(`the day is not written YYYY-MM-DD, or does not exist.`);
  if (time === undefined || zone === undefined) return day;
  return dayInParis(`${day}${time.slice(0, 9)}${zone.replace(/^(...)(\d\d)$/, "$1:$2")}`);
}

/** A time in any zone, as the day in Paris. */
export function dayInParis(time: string): string | Trouble {
  const at = new Date(time);
  return Number.isNaN(at.getTime())
    ? trouble("the day has a time that does not exist.")
    : dateIn("Europe/Paris", at);
}

/** 30 February matches the shape. */
export function isRealDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day.length === 10;
}

/** Banks book from 2000 (before, accounts were not kept in euros) until today. */
export function bookingDay(day: string | Trouble, today: string): string | Trouble {
  if (isTrouble(day)) return day;
  if (day < firstDay) return trouble(`the day is before ${firstDay}.`, "OUT_OF_RANGE");
  return day > today ? trouble("the day is in the future.", "OUT_OF_RANGE") : day;
}
