/** Reads an accounting month, "YYYY-MM" in Paris time, from an input. */
import { monthBounds, type Span } from "./calendar";
import { invalid } from "./errors";

/** Returns when the month begins and ends. Throws INVALID_INPUT for any other text. */
export function spanOfMonth(month: string): Span {
  if (/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/.test(month)) return monthBounds(month);
  throw invalid("month is written YYYY-MM, for example 2026-11.");
}
