/**
 * Converts a PostgreSQL bigint, which arrives as text, to a number. The same holds for counts and sums. Cents and
 * positions stay far below 2^53; a larger value throws instead of losing precision. Null, the sum of no rows, is 0.
 */
export function integerOf(value: string | number | null | undefined): number {
  const number = value === undefined || value === "" ? Number.NaN : Number(value);
  if (!Number.isSafeInteger(number))
    throw new Error("PostgreSQL sent no whole number that can be counted exactly.");
  return number;
}
