/**
 * The cost of late payment, owed without a reminder: a compensation of 40 € and interest for each day on the
 * outstanding amount (C. com. L.441-10 and D.441-5).
 */
export const indemnityCents = 4_000;
const wholeBasisPoints = 10_000;
const daysOfYear = 365;
const dayMs = 86_400_000;

/** An amount that was outstanding for a number of days. */
export interface OpenFor {
  readonly openCents: number;
  readonly days: number;
}

/** Total interest; rounded half up once, on the total. */
export function interestOn(parts: readonly OpenFor[], yearlyBasisPoints: number): number {
  const cents = parts.reduce((sum, { openCents, days }) => sum + BigInt(openCents) * BigInt(days), 0n);
  const whole = BigInt(wholeBasisPoints * daysOfYear);
  return Number((2n * cents * BigInt(yearlyBasisPoints) + whole) / (2n * whole));
}

/** A settlement of part of the invoice, or its reversal (negative). Days are "YYYY-MM-DD". */
export interface Change {
  readonly day: string;
  readonly cents: number;
}

export interface LateInvoice {
  readonly dueOn: string;
  /** The amount to pay when the invoice was issued. */
  readonly owedCents: number;
  readonly changes: readonly Change[];
}

/**
 * Splits the time after the due date into periods with a constant outstanding amount. A settlement counts
 * from the day after it. Empty if the invoice was never late.
 */
export function lateParts({ dueOn, owedCents, changes }: LateInvoice, today: string): OpenFor[] {
  const inOrder = [...changes].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const parts: OpenFor[] = [];
  let [openCents, from] = [owedCents, dueOn];
  for (const { day, cents } of [...inOrder, { day: today, cents: 0 }]) {
    const until = day < today ? day : today;
    const days = daysBetween(from, until);
    if (days > 0) {
      if (openCents > 0) parts.push({ openCents, days });
      from = until;
    }
    openCents -= cents;
  }
  return parts;
}

/** Computed in UTC, where every day has 24 hours. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;
