/**
 * A supplier's account: its mode, balance, limits and what it can still spend. The balance always equals the
 * sum of the effects of its postings.
 */

import type { VatTreatment } from "./vat-regimes";

/**
 * PREPAID spends money paid in advance, POSTPAID spends up to a credit limit and is invoiced, SANDBOX is
 * never charged.
 */
export type BillingMode = "PREPAID" | "POSTPAID" | "SANDBOX";

/** UNPAID: an invoice is overdue by a month. */
export type Suspension = "UNPAID";

/**
 * A supplier's account as read under its row lock. Balance, limits and counters are updated in memory while
 * the lock is held.
 */
export interface LockedAccount {
  readonly supplierId: string;
  readonly mode: BillingMode;
  readonly creditLimitCents: number;
  /** VAT treatment of a lead that is charged now. */
  readonly vatTreatment: VatTreatment;
  /** Why no lead is sold to this supplier; null when the account is not suspended. */
  readonly suspension: Suspension | null;
  balanceCents: number;
  /** What may still be spent this month (Paris time); null when the supplier set no monthly limit. */
  spendLeftCents: number | null;
  /** Number of the last posting. */
  lastPosting: number;
  /** Position of the last event in the supplier's feed. */
  lastPosition: number;
}

/**
 * What can be spent right now: the balance plus the credit limit, capped by what is left of the monthly
 * limit. Never positive while the account is suspended.
 */
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

/** A supplier's limit on what it is charged per month (Paris time), as stored. */
export interface SpendLimit {
  readonly monthlyCents: number;
  /** "YYYY-MM": the month to which `leftCents` applies. */
  readonly month: string;
  readonly leftCents: number;
}

/**
 * What is left of the limit in `month`: the full limit if the stored remainder belongs to an earlier month.
 * Credits do not restore it.
 */
export const spendLeftOf = (limit: SpendLimit | null, month: string): number | null =>
  limit === null ? null : limit.month >= month ? limit.leftCents : limit.monthlyCents;
