/** What a supplier's account did in one accounting month, on the clock of Paris, excluding VAT. */
import type { BillingMode, Suspension } from "./account";
import type { AccountCode } from "./chart";
import type { CauseKind, PostingKind } from "./postings";

/** A posting as it is shown. */
export interface PostingView {
  readonly supplierId: string;
  readonly number: number;
  readonly at: Date;
  readonly kind: PostingKind;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountCents: number;
  readonly causeKind: CauseKind;
  readonly causeId: string;
  /** The bank's reference, if a transfer caused it. */
  readonly bankReference: string | null;
}

export interface AccountView {
  readonly supplierId: string;
  readonly mode: BillingMode;
  readonly balanceCents: number;
  readonly creditLimitCents: number;
  readonly suspension: Suspension | null;
  readonly suspendedAt: Date | null;
  readonly alertBelowCents: number | null;
  readonly spendCapCents: number | null;
  readonly spendLeftCents: number | null;
}

export interface StatementView {
  readonly month: string;
  readonly openingBalanceCents: number;
  readonly chargesCents: number;
  readonly creditsCents: number;
  readonly transfersCents: number;
  readonly closingBalanceCents: number;
  readonly leadCount: number;
}

/** What the postings of a month add up to, by kind, and the balance before it. */
export interface MonthTotals {
  readonly openingBalanceCents: number;
  readonly chargesCents: number;
  readonly creditsCents: number;
  readonly transfersCents: number;
  readonly leadCount: number;
}

export const statementOf = (month: string, totals: MonthTotals): StatementView => ({
  month,
  ...totals,
  closingBalanceCents:
    totals.openingBalanceCents - totals.chargesCents + totals.creditsCents + totals.transfersCents,
});
