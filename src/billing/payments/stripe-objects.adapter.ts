/** Maps Stripe's objects to the types of the port (collector.ts). */
import type Stripe from "stripe";
import { dateIn } from "../../shared/calendar";
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

/** What is read along with a payment: it tells on which day Stripe received the money. */
export const withCharge = ["latest_charge", "latest_charge.balance_transaction"] as const;

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
  latest_charge: charge,
}: Stripe.PaymentIntent): Intent => ({
  id,
  // An unknown status is treated as not final.
  status: statuses[status] ?? "PROCESSING",
  failure: error?.decline_code ?? error?.code ?? null,
  paymentId: metadata["payment_id"] ?? null,
  receivedOn: receivedOn(charge),
});

/**
 * A card is charged when its payment succeeds. A direct debit is only announced then: its money is there on the day on
 * which it becomes available on our balance at Stripe.
 */
function receivedOn(charge: Stripe.PaymentIntent["latest_charge"]): string | null {
  if (charge === null || typeof charge === "string") return null;
  const { balance_transaction: movement, payment_method_details: method } = charge;
  if (method?.type !== "sepa_debit") return dayOf(charge.created);
  return movement === null || typeof movement === "string" ? null : dayOf(movement.available_on);
}

const dayOf = (seconds: number): string => dateIn("Europe/Paris", new Date(seconds * 1000));

export function secretOf({ client_secret: secret }: Stripe.SetupIntent): string {
  if (secret === null) throw new Error("Stripe returned no secret for a set-up.");
  return secret;
}
