/** Numbers and ISO dates as numbers that order alike, so that both are bounds of the same ranges. */

/** Undefined for what is neither. */
export function ordinalOf(value: number | string): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? Number(value.replaceAll("-", "")) : undefined;
}

/** The date that has this ordinal, as it was written. */
export function dateOf(ordinal: number): string {
  const digits = String(ordinal).padStart(8, "0");
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
