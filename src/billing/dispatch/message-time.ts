/**
 * Times in messages of the French reform. Without an offset they are local times of Paris, as in format 204
 * (YYYYMMDDHHMMSS); an ISO 8601 time with an offset means what it says.
 */
import { DateTime } from "luxon";

const zone = "Europe/Paris";
const digits: Readonly<Record<number, string>> = { 8: "yyyyMMdd", 12: "yyyyMMddHHmm", 14: "yyyyMMddHHmmss" };

/** In format 204. */
export const localStamp = (at: Date): string => DateTime.fromJSDate(at, { zone }).toFormat("yyyyMMddHHmmss");

/**
 * Null for a text that is no time. In October an hour occurs twice and is read as winter time; in March an hour
 * is missing and is read as the hour after it.
 */
export function instantOf(text: string): Date | null {
  const format = digits[text.length] ?? "";
  const read = /^\d+$/.test(text)
    ? DateTime.fromFormat(text, format, { zone })
    : DateTime.fromISO(text, { zone });
  return read.isValid ? read.toJSDate() : null;
}
