/** Read models of payments and refunds through Stripe. */
import type { MethodKind } from "./collector";
import type { PaymentStatus } from "./payment-state";
import type { RefundStatus } from "./refund-state";

export interface PaymentView {
  readonly id: string;
  readonly supplierId: string;
  /** The invoice it pays; null for a top-up. */
  readonly documentId: string | null;
  readonly amountInclVatCents: number;
  readonly status: PaymentStatus;
  /** Stripe's failure code. */
  readonly failure: string | null;
  readonly requestedAt: Date;
  /** Oldest first. */
  readonly refunds: readonly RefundView[];
}

export interface PaymentPage {
  /** Null: of every supplier. */
  readonly supplierId: string | null;
  readonly status: PaymentStatus | null;
  readonly after: { readonly requestedAt: string; readonly id: string } | null;
  readonly limit: number;
}

export interface RefundView {
  readonly id: string;
  readonly paymentId: string;
  readonly documentId: string;
  readonly amountInclVatCents: number;
  readonly status: RefundStatus;
  readonly failure: string | null;
  readonly requestedAt: Date;
}

export interface StoredPayment extends PaymentView {
  readonly intentId: string | null;
  readonly settledAt: Date | null;
  /** When Stripe is queried next; null once the payment has ended. */
  readonly nextTryAt: Date | null;
}

export interface CustomerView {
  readonly supplierId: string;
  readonly customerId: string | null;
  readonly methodId: string | null;
  readonly methodKind: MethodKind | null;
}
