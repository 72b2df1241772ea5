/** Statistics of measured times. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export const median = (values) => quantile(values, 0.5);
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** The slowest round divided by the fastest. */
export const spreadOf = (values) => Math.max(...values) / Math.min(...values);
/** Rounds to significant digits, so as not to claim more precision than was measured. */
export const rounded = (value, digits = 3) => Number(value.toPrecision(digits));
