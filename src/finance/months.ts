/** Accounting months as finance writes them. */
import { monthBounds } from "../shared/calendar";
import { invalid } from "../shared/errors";

/** "YYYY-MM" checked. */
export function checkMonth(month: string): string {
  if (/^2\d{3}-(0[1-9]|1[0-2])$/.test(month)) return month;
  throw invalid("month is written YYYY-MM, for example 2026-11.");
}

export const monthEnd = (month: string): Date => monthBounds(checkMonth(month)).end;
