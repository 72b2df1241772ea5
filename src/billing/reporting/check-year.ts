import { invalid } from "../../shared/errors";

/** Throws unless the year has four digits and begins with 2. */
export function checkYear(year: number): number {
  if (year >= 2000 && year <= 2999) return year;
  throw invalid("year is written with four digits, for example 2026.", {
    reason: "OUT_OF_RANGE",
    field: "year",
  });
}
