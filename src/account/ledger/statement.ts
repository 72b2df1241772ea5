/** What a supplier's account did in one accounting month, on the clock of Paris, excluding VAT. */
import type { BillingMode, Suspension } from "./account";
import type { AccountCode } from "./chart";
import type { CauseKind, PostingKind } from "./postings";
import { vatOn, type VatTreatment } from "./vat";

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
  /** How a lead that is charged now is taxed. */
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

/** What the postings of a month add up to, by kind, and the balance before it. */
export interface MonthTotals {
  readonly openingBalanceCents: number;
  /** Paid in, by transfer, card or debit. */
  readonly transfersCents: number;
  /** Refunds, payments that were lost, write-offs, late fees: what they did to the balance. */
  readonly otherCents: number;
  readonly leadCount: number;
  /** Leads charged and given back, by how they were taxed. */
  readonly taxed: readonly TaxedTotals[];
}

export interface TaxedTotals {
  readonly treatment: VatTreatment;
  readonly chargesCents: number;
  readonly creditsCents: number;
}

/** VAT is reckoned on what a month adds up to, as an invoice does. */
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
