/** Accounting months as callers write them: "YYYY-MM", on the clock of Paris. */
import { monthBounds, type Span } from "./calendar";
import { invalid } from "./errors";

/** When it begins and ends, or an error that says how a month is written. */
export function spanOfMonth(month: string): Span {
  if (/^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/.test(month)) return monthBounds(month);
  throw invalid("month is written YYYY-MM, for example 2026-11.");
}
