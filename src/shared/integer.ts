/**
 * The one way from a bigint of PostgreSQL to a number. A bigint, a count and a sum of them arrive as text; cents and
 * positions stay far below 2^53, and what does not is an error instead of a number that is almost right. Null is the
 * sum of no rows: 0.
 */
export function integerOf(value: string | number | null | undefined): number {
  const number = value === undefined || value === "" ? Number.NaN : Number(value);
  if (!Number.isSafeInteger(number))
    throw new Error("PostgreSQL sent no whole number that can be counted exactly.");
  return number;
}
