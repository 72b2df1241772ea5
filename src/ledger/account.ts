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
  /** Number of the last posting. */
  lastPosting: number;
  /** Position of the last event in the supplier's feed. */
  lastPosition: number;
}

/** What can be spent right now: balance, or credit limit less what is owed; of who is suspended nothing. */
export function availableCents(account: {
  readonly balanceCents: number;
  readonly creditLimitCents: number;
  readonly suspension: Suspension | null;
}): number {
  const cents = account.balanceCents + account.creditLimitCents;
  return account.suspension === null ? cents : Math.min(0, cents);
}
