/**
 * The port to Stripe, in the terms of this module. Amounts are euro cents; every create call has a stable
 * idempotency key.
 */
export type MethodKind = "CARD" | "SEPA_DEBIT";
export type IntentStatus = "REQUIRES_ACTION" | "PROCESSING" | "FAILED" | "SUCCEEDED" | "CANCELED";

export interface Intent {
  readonly id: string;
  readonly status: IntentStatus;
  /** Stripe's failure code, for example card_declined. */
  readonly failure: string | null;
  /** Our id of the payment; null when we did not create it. */
  readonly paymentId: string | null;
  /** Day on which Stripe received the money, "YYYY-MM-DD" in Paris; null while it is not known. */
  readonly receivedOn: string | null;
}

export interface NewIntent {
  readonly paymentId: string;
  readonly customerId: string;
  readonly methodId: string;
  readonly amountCents: number;
  /** Description shown to the supplier. */
  readonly description: string;
}

export interface StripeRefund {
  readonly id: string;
  readonly status: "PENDING" | "SUCCEEDED" | "FAILED" | "CANCELED";
  readonly failure: string | null;
  /** Our id of the refund; null when we did not create it. */
  readonly refundId: string | null;
}

export interface StripeRefundRequest {
  readonly refundId: string;
  readonly intentId: string;
  readonly amountCents: number;
}

/** A set-up that the supplier's browser has not completed yet. */
export interface NewSetup {
  readonly id: string;
  /** With it the browser sends the card or mandate directly to Stripe. It is never stored here. */
  readonly clientSecret: string;
}

export interface Setup {
  readonly customerId: string;
  readonly methodId: string;
  readonly methodKind: MethodKind;
}

export interface Dispute {
  readonly id: string;
  readonly intentId: string | null;
  readonly amountCents: number;
  readonly status: string;
}

export interface Payout {
  readonly id: string;
  readonly amountCents: number;
  readonly isPaid: boolean;
  /** "YYYY-MM-DD" */
  readonly arrivesOn: string;
}

export interface BalanceTransaction {
  readonly id: string;
  /** Stripe's reporting category: charge, refund, dispute, dispute_reversal, fee and others. */
  readonly category: string;
  readonly sourceId: string | null;
  readonly intentId: string | null;
  readonly amountCents: number;
  readonly feeCents: number;
  readonly netCents: number;
}

export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
}

/** Stripe refused the request for good. After any other error it is unknown whether the request took effect. */
export class CollectionRefused extends Error {
  constructor(
    readonly code: string,
    /** The failed payment, if one was created. */
    readonly intent: Intent | null = null,
  ) {
    super(`Stripe refused: ${code}`);
    this.name = "CollectionRefused";
  }
}

export interface Collector {
  createCustomer(supplierId: string): Promise<string>;
  /** The same `key` gives the same set-up. */
  createSetup(request: { customerId: string; kind: MethodKind; key: string }): Promise<NewSetup>;
  /** The client secret of a set-up that was created before. */
  setupSecret(id: string): Promise<string>;
  createIntent(intent: NewIntent): Promise<Intent>;
  intent(id: string): Promise<Intent>;
  /** Finds a payment whose create call was not answered; null if it was never created. */
  findIntent(customerId: string, paymentId: string): Promise<Intent | null>;
  createRefund(refund: StripeRefundRequest): Promise<StripeRefund>;
  refund(id: string): Promise<StripeRefund>;
  /** Finds a refund whose create call was not answered; null if it was never created. */
  findRefund(intentId: string, refundId: string): Promise<StripeRefund | null>;
  setup(id: string): Promise<Setup | null>;
  dispute(id: string): Promise<Dispute>;
  payout(id: string): Promise<Payout>;
  balanceTransactions(payoutId: string): Promise<BalanceTransaction[]>;
  /** Throws if the signature is invalid or older than five minutes. */
  readEvent(body: Buffer, signature: string): StripeEvent;
}
