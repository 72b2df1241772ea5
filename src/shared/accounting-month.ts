/** Reads an accounting month, "YYYY-MM" in Paris time, from an input. */
import { monthBounds, type Span } from "./calendar";
import { isMonth } from "./days";
import { invalid } from "./errors";

/** Returns when the month begins and ends. Throws INVALID_INPUT for any other text. */
export function spanOfMonth(month: string): Span {
  if (isMonth(month)) return monthBounds(month);
  throw invalid("month is written YYYY-MM, for example 2026-11.");
}
