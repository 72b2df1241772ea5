/** Maps Stripe's objects to the types of the port (collector.ts). */
import type Stripe from "stripe";
import type { Intent, IntentStatus, StripeRefund } from "./collector";

const statuses: Readonly<Record<string, IntentStatus>> = {
  requires_payment_method: "FAILED",
  requires_confirmation: "REQUIRES_ACTION",
  requires_action: "REQUIRES_ACTION",
  requires_capture: "PROCESSING",
  processing: "PROCESSING",
  canceled: "CANCELED",
  succeeded: "SUCCEEDED",
};

const refundStatuses: Readonly<Record<string, StripeRefund["status"]>> = {
  succeeded: "SUCCEEDED",
  failed: "FAILED",
  canceled: "CANCELED",
};

export const stripeRefundOf = ({
  id,
  status,
  failure_reason: failure,
  metadata,
}: Stripe.Refund): StripeRefund => ({
  id,
  status: refundStatuses[status ?? ""] ?? "PENDING",
  failure: failure ?? null,
  refundId: metadata?.["refund_id"] ?? null,
});

export const stripeIdOf = (reference: string | { readonly id: string } | null | undefined): string | null =>
  typeof reference === "string" ? reference : (reference?.id ?? null);

export const intentOf = ({
  id,
  status,
  metadata,
  last_payment_error: error,
}: Stripe.PaymentIntent): Intent => ({
  id,
  // An unknown status is treated as not final.
  status: statuses[status] ?? "PROCESSING",
  failure: error?.decline_code ?? error?.code ?? null,
  paymentId: metadata["payment_id"] ?? null,
});
