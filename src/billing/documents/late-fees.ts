/**
 * What an invoice that is paid late costs, without any reminder: 40 € once, and interest for each day on what was
 * open on it (C. com. L.441-10 and D.441-5).
 */
export const indemnityCents = 4_000;
const wholeBasisPoints = 10_000;
const daysOfYear = 365;
const dayMs = 86_400_000;

/** So much was open for so many days. */
export interface OpenFor {
  readonly openCents: number;
  readonly days: number;
}

/** Half a cent is rounded up, once. */
export function interestOn(parts: readonly OpenFor[], yearlyBasisPoints: number): number {
  const cents = parts.reduce((sum, { openCents, days }) => sum + BigInt(openCents) * BigInt(days), 0n);
  const whole = BigInt(wholeBasisPoints * daysOfYear);
  return Number((2n * cents * BigInt(yearlyBasisPoints) + whole) / (2n * whole));
}

/** What settled a part of the invoice, or opened it again (below zero). Days are "YYYY-MM-DD". */
export interface Change {
  readonly day: string;
  readonly cents: number;
}

export interface LateInvoice {
  readonly dueOn: string;
  /** What was to be paid when it was issued. */
  readonly owedCents: number;
  readonly changes: readonly Change[];
}

/** What was open for how long after the due day; what settles on a day was open on it. Empty: never late. */
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

/** Days of the calendar, so whole ones in UTC. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;
