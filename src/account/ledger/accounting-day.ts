/**
 * The day for which an entry counts that money at the bank or at Stripe causes: the day on which the money moved, while
 * its month is open, and otherwise the first open day after it.
 */
export interface MoneyMoved {
  /** Day on which the bank or Stripe moved the money. Days are "YYYY-MM-DD". */
  readonly bankDay: string;
  /** The last locked month, "YYYY-MM"; null while no month is locked. Earlier months count as locked too. */
  readonly lockedThrough: string | null;
  readonly today: string;
}

/** Never later than today, because a month is locked only once it is over. */
export function accountingDay({ bankDay, lockedThrough, today }: MoneyMoved): string {
  const firstOpen = lockedThrough === null ? bankDay : firstDayAfter(lockedThrough);
  const day = bankDay < firstOpen ? firstOpen : bankDay;
  return day < today ? day : today;
}

function firstDayAfter(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
