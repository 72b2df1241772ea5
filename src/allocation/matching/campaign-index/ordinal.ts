/** Maps numbers and ISO dates to numbers in the same order, so that both can be bounds of a range. */

/** Returns undefined for anything else. */
export function ordinalOf(value: number | string): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? Number(value.replaceAll("-", "")) : undefined;
}

/** The ISO date that has this ordinal. */
export function dateOf(ordinal: number): string {
  const digits = String(ordinal).padStart(8, "0");
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
