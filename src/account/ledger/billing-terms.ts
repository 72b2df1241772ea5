/** Rules for a supplier's billing mode, credit limit and VAT treatment, and for when they may change. */
import { AppError, invalid } from "../../shared/errors";
import { checkAll, checkField, checkTogether } from "../../shared/faults";
import { updated, updatedRequired, type Sent } from "../../shared/updates";
import type { BillingMode } from "./account";
import type { VatTreatment } from "./vat-regimes";

export interface BillingTerms {
  readonly mode: BillingMode;
  readonly creditLimitCents: number;
}

/** An absent field keeps its value. The credit limit is 0 by default. */
export interface TermsUpdate {
  readonly mode?: Sent<BillingMode>;
  readonly creditLimitCents?: Sent<number>;
}

const maxCreditLimitCents = 100_000_000_000;

export const checkBillingTerms = ({ mode, creditLimitCents }: BillingTerms): BillingTerms =>
  checkAll<BillingTerms>({
    mode: () => checkMode(mode),
    creditLimitCents: () => checkCreditLimit(mode, creditLimitCents),
  });

export function checkMode(mode: BillingMode): BillingMode {
  if (mode !== "SANDBOX") return mode;
  throw invalid("mode: a sandbox is not billed. Choose PREPAID or POSTPAID.", { reason: "NOT_ALLOWED" });
}

export function checkCreditLimit(mode: BillingMode, creditLimitCents: number): number {
  if (
    !Number.isSafeInteger(creditLimitCents) ||
    creditLimitCents < 0 ||
    creditLimitCents > maxCreditLimitCents
  ) {
    throw invalid(
      `creditLimitCents must be a whole number of cents from 0 to ${String(maxCreditLimitCents)}.`,
      { reason: "OUT_OF_RANGE" },
    );
  }
  if (mode === "PREPAID" && creditLimitCents !== 0) {
    throw invalid(
      "creditLimitCents: a prepaid account has no credit. Leave it 0, or choose the mode POSTPAID.",
      { reason: "NOT_ALLOWED" },
    );
  }
  return creditLimitCents;
}

/** The terms after an update. Changing to PREPAID without a credit limit removes the credit limit. */
export function updatedTerms(current: BillingTerms, update: TermsUpdate): BillingTerms {
  const kept = (update.mode ?? current.mode) === "PREPAID" ? 0 : current.creditLimitCents;
  const limit = updated(update.creditLimitCents, { current: kept, byDefault: 0 });
  const [mode, creditLimitCents] = checkTogether(
    () => {
      const asked = updatedRequired("mode", update.mode, current.mode);
      return checkField("mode", () => checkMode(asked));
    },
    () => checkField("creditLimitCents", () => checkCreditLimit(update.mode ?? current.mode, limit)),
  );
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
    { reason: "BALANCE_NOT_ZERO" },
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
    { reason: "BALANCE_NOT_ZERO" },
  );
}
