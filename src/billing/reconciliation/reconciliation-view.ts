/** Read model of a month's reconciliation. */
import type { Words } from "../../shared/language";

export type ComparisonName =
  | "LEADS_AND_CHARGES"
  | "CHARGES_AND_DOCUMENTS"
  | "DOCUMENTS_AND_ENTRIES"
  | "PAYMENTS_AND_STRIPE"
  | "REFUNDS_AND_STRIPE"
  | "DISPUTES_AND_STRIPE"
  | "PAYOUTS_AND_ENTRIES"
  | "PAYOUTS_AND_PARTS"
  | "PAYOUTS_AND_BANK"
  | "TRANSFERS_AND_BANK"
  | "REFUNDS_AND_BANK"
  | "BANK_AND_ENTRIES";

export type DifferenceKind = "MISSING_LEFT" | "MISSING_RIGHT" | "DIFFERS";

export interface Difference {
  readonly kind: DifferenceKind;
  /** The id or reference with which to look up the cause. */
  readonly subject: string;
  readonly leftCents: number;
  readonly rightCents: number;
}

export interface Comparison {
  readonly name: ComparisonName;
  /** What stands on each side. */
  readonly words: { readonly left: Words; readonly right: Words };
  readonly matched: number;
  readonly matchedCents: number;
  readonly differing: number;
  readonly differences: readonly Difference[];
}

export interface Reconciliation {
  readonly month: string;
  readonly comparisons: readonly Comparison[];
  /** Balance of the suspense account (471) over all time. */
  readonly suspenseCents: number;
  /** Balance of what awaits the bank's statement (580) over all time. */
  readonly transitCents: number;
  readonly locked: boolean;
}
