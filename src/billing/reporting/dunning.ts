/**
 * What follows when an invoice is not paid: a reminder on the day after, another after two weeks, and after a month
 * the account is suspended. From the first day on the law adds 40 € and interest (C. com. L.441-10, D.441-5).
 */
export type DunningLevel = 1 | 2 | 3;

const daysOf: Readonly<Record<DunningLevel, number>> = { 1: 1, 2: 15, 3: 30 };

/** Null: it is not late. */
export function levelOf(daysLate: number): DunningLevel | null {
  if (daysLate >= daysOf[3]) return 3;
  if (daysLate >= daysOf[2]) return 2;
  return daysLate >= daysOf[1] ? 1 : null;
}
