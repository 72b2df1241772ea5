/** Where a supplier stands. The balance is the sum of the postings' effects, never anything else. */

import type { VatTreatment } from "./vat";

/** PREPAID spends what was paid in; POSTPAID spends up to a credit limit and is invoiced; SANDBOX spends nothing. */
export type BillingMode = "PREPAID" | "POSTPAID" | "SANDBOX";

/** UNPAID: an invoice is overdue by a month. */
export type Suspension = "UNPAID";

/** A supplier's account as read under its lock; the counters move while the lock is held. */
export interface LockedAccount {
  readonly supplierId: string;
  readonly mode: BillingMode;
  readonly creditLimitCents: number;
  /** How a lead that is charged now is taxed. */
  readonly vatTreatment: VatTreatment;
  /** Why nothing is sold to it; null: it is not suspended. */
  readonly suspension: Suspension | null;
  balanceCents: number;
  /** What may still be spent this month, on the clock of Paris; null: the supplier set no limit. */
  spendLeftCents: number | null;
  /** Number of the last posting. */
  lastPosting: number;
  /** Position of the last event in the supplier's feed. */
  lastPosition: number;
}

/** What can be spent right now: balance, or credit limit less what is owed, within the month's limit; of who is suspended nothing. */
export function availableCents(account: {
  readonly balanceCents: number;
  readonly creditLimitCents: number;
  readonly suspension: Suspension | null;
  readonly spendLeftCents: number | null;
}): number {
  const { balanceCents, creditLimitCents, suspension, spendLeftCents } = account;
  const cents = Math.min(balanceCents + creditLimitCents, spendLeftCents ?? Infinity);
  return suspension === null ? cents : Math.min(0, cents);
}

/** A limit of what is spent in a month of Paris, as it is kept. */
export interface SpendLimit {
  readonly monthlyCents: number;
  /** "YYYY-MM": the month that `leftCents` is of. */
  readonly month: string;
  readonly leftCents: number;
}

/** In a later month all of it is left. What was given back does not come back to it. */
export const spendLeftOf = (limit: SpendLimit | null, month: string): number | null =>
  limit === null ? null : limit.month >= month ? limit.leftCents : limit.monthlyCents;
