/** Rules for a supplier's billing mode, credit limit and VAT treatment, and for when they may change. */
import { AppError, invalid } from "../../shared/errors";
import type { BillingMode } from "./account";
import type { VatTreatment } from "./vat";

export interface BillingTerms {
  readonly mode: BillingMode;
  readonly creditLimitCents: number;
}

const maxCreditLimitCents = 100_000_000_000;

export function checkBillingTerms({ mode, creditLimitCents }: BillingTerms): BillingTerms {
  if (
    !Number.isSafeInteger(creditLimitCents) ||
    creditLimitCents < 0 ||
    creditLimitCents > maxCreditLimitCents
  ) {
    throw invalid(
      `creditLimitCents must be a whole number of cents from 0 to ${String(maxCreditLimitCents)}.`,
    );
  }
  if (mode === "SANDBOX") throw invalid("mode: a sandbox is not billed. Choose PREPAID or POSTPAID.");
  if (mode === "PREPAID" && creditLimitCents !== 0) {
    throw invalid(
      "creditLimitCents: a prepaid account has no credit. Leave it 0, or choose the mode POSTPAID.",
    );
  }
  return { mode, creditLimitCents };
}

/**
 * Existing postings use the ledger accounts of the old mode, so the mode may change only while the balance is
 * 0.
 */
export function checkBillingChange(
  is: { readonly mode: BillingMode; readonly balanceCents: number },
  to: BillingTerms,
): void {
  if (is.mode === to.mode || is.balanceCents === 0) return;
  throw new AppError(
    "CONFLICT",
    `The billing mode changes only while the balance is 0; it is ${String(is.balanceCents)} cents. Settle it first.`,
  );
}

/** Money paid in keeps the VAT treatment it had, so the treatment may change only while the balance is 0. */
export function checkVatChange(
  is: { readonly vatTreatment: VatTreatment; readonly balanceCents: number },
  to: VatTreatment,
): void {
  if (is.vatTreatment === to || is.balanceCents === 0) return;
  throw new AppError(
    "CONFLICT",
    `How VAT is charged changes from ${is.vatTreatment} to ${to} only while the balance is 0; it is ${String(is.balanceCents)} cents. Issue what is open and settle or refund the rest first.`,
  );
}
