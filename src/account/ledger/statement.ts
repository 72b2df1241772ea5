/**
 * Monthly statement of a supplier's account (Paris time, excluding VAT), and the read models of accounts and
 * postings.
 */
import type { BillingMode, Suspension } from "./account";
import type { AccountCode } from "./chart";
import type { CauseKind, PostingKind } from "./postings";
import { vatOn } from "./vat";
import type { VatTreatment } from "./vat-regimes";

/** A posting as the API returns it. */
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
  /** VAT treatment of a lead that is charged now. */
  readonly vatTreatment: VatTreatment;
}

export interface StatementView {
  readonly month: string;
  readonly openingBalanceCents: number;
  readonly chargesCents: number;
  readonly creditsCents: number;
  readonly transfersCents: number;
  readonly otherCents: number;
  readonly closingBalanceCents: number;
  readonly leadCount: number;
  readonly chargesInclVatCents: number;
  readonly creditsInclVatCents: number;
}

/** Totals of a month's postings by kind, and the balance before the month. */
export interface MonthTotals {
  readonly openingBalanceCents: number;
  /** Payments received by bank transfer, card or direct debit. */
  readonly transfersCents: number;
  /** Net effect on the balance of refunds, reversed payments, write-offs and late fees. */
  readonly otherCents: number;
  readonly leadCount: number;
  /** Leads charged and credited, by VAT treatment. */
  readonly taxed: readonly TaxedTotals[];
}

export interface TaxedTotals {
  readonly treatment: VatTreatment;
  readonly chargesCents: number;
  readonly creditsCents: number;
}

/** VAT is computed on the month's totals, as on an invoice. */
export function statementOf(month: string, { taxed, ...totals }: MonthTotals): StatementView {
  const sum = (of: (one: TaxedTotals) => number): number => taxed.reduce((all, one) => all + of(one), 0);
  const [chargesCents, creditsCents] = [sum((one) => one.chargesCents), sum((one) => one.creditsCents)];
  return {
    ...{ month, ...totals, chargesCents, creditsCents },
    closingBalanceCents:
      totals.openingBalanceCents - chargesCents + creditsCents + totals.transfersCents + totals.otherCents,
    chargesInclVatCents: sum(({ chargesCents: net, treatment }) => net + vatOn(net, treatment)),
    creditsInclVatCents: sum(({ creditsCents: net, treatment }) => net + vatOn(net, treatment)),
  };
}
