/**
 * Dunning levels of an unpaid invoice: a reminder on the day after the due date, another after two weeks, and
 * suspension of the account after a month. From the first day the law adds 40 € and interest (C. com.
 * L.441-10, D.441-5).
 */
export type DunningLevel = 1 | 2 | 3;

const daysOf: Readonly<Record<DunningLevel, number>> = { 1: 1, 2: 15, 3: 30 };

/** Null when the invoice is not late. */
export function levelOf(daysLate: number): DunningLevel | null {
  if (daysLate >= daysOf[3]) return 3;
  if (daysLate >= daysOf[2]) return 2;
  return daysLate >= daysOf[1] ? 1 : null;
}
