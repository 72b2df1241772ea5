/** What we ask of Stripe, in our words. Amounts are euro cents; every create call has a key that is always the same. */
export type MethodKind = "CARD" | "SEPA_DEBIT";
export type IntentStatus = "REQUIRES_ACTION" | "PROCESSING" | "FAILED" | "SUCCEEDED" | "CANCELED";

export interface Intent {
  readonly id: string;
  readonly status: IntentStatus;
  /** Stripe's code of why it failed: card_declined and the like. */
  readonly failure: string | null;
  /** Our id of the payment; null: it is not one of ours. */
  readonly paymentId: string | null;
}

export interface NewIntent {
  readonly paymentId: string;
  readonly customerId: string;
  readonly methodId: string;
  readonly amountCents: number;
  /** What it pays, as it stands on the supplier's statement of account. */
  readonly description: string;
}

export interface Refund {
  readonly id: string;
  readonly status: "PENDING" | "SUCCEEDED" | "FAILED" | "CANCELED";
  readonly failure: string | null;
  /** Our id of the refund; null: it is not one of ours. */
  readonly refundId: string | null;
}

export interface NewRefund {
  readonly refundId: string;
  readonly intentId: string;
  readonly amountCents: number;
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
  /** charge, refund, dispute, dispute_reversal, fee and so on: Stripe's reporting category. */
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

/** Stripe refused, and will always refuse this. Anything else that is thrown says nothing of what was done. */
export class CollectionRefused extends Error {
  constructor(
    readonly code: string,
    /** The payment that failed, where there is one. */
    readonly intent: Intent | null = null,
  ) {
    super(`Stripe refused: ${code}`);
    this.name = "CollectionRefused";
  }
}

export interface Collector {
  createCustomer(supplierId: string): Promise<string>;
  /** Answers the secret with which the supplier's browser gives its card or mandate to Stripe, never to us. */
  createSetup(request: { customerId: string; kind: MethodKind; key: string }): Promise<string>;
  createIntent(intent: NewIntent): Promise<Intent>;
  intent(id: string): Promise<Intent>;
  /** A payment whose create call was never answered, if it was made after all. */
  findIntent(customerId: string, paymentId: string): Promise<Intent | null>;
  createRefund(refund: NewRefund): Promise<Refund>;
  refund(id: string): Promise<Refund>;
  /** A refund whose create call was never answered, if it was made after all. */
  findRefund(intentId: string, refundId: string): Promise<Refund | null>;
  setup(id: string): Promise<Setup | null>;
  dispute(id: string): Promise<Dispute>;
  payout(id: string): Promise<Payout>;
  balanceTransactions(payoutId: string): Promise<BalanceTransaction[]>;
  /** Throws if the signature is not Stripe's, or older than five minutes. */
  readEvent(body: Buffer, signature: string): StripeEvent;
}
