/**
 * The entries of a supplier's feed. Clients ignore kinds they do not know. FEED_GAP is computed when a feed is read
 * and never stored.
 */
export const feedKinds = [
  "LEAD_MATCHED",
  "LEAD_UPDATED",
  "LEAD_REVOKED",
  "CAP_REACHED",
  "ENDPOINT_PAUSED",
  "RETURN_PENDING",
  "RETURN_DECIDED",
  "ACCOUNT_NOTICE",
  "FEED_GAP",
] as const;
export type FeedKind = (typeof feedKinds)[number];
/** Why we stopped sending to an endpoint. */
export type EndpointPauseReason = "GONE" | "FAILING" | "DOCUMENT_INVALID";
export type RevocationReason = "CONSENT_WITHDRAWN" | "ERASED";

export type NoticeKind = "LOW_BALANCE" | "SPEND_CAP_REACHED" | "INVOICE_OVERDUE" | "SUSPENDED" | "RESUMED";

/** Amounts are cents. */
export interface AccountNotice {
  readonly kind: NoticeKind;
  /** The French sentence of a notice from before its facts were stored. */
  readonly text?: string;
  readonly documentId?: string;
  readonly documentName?: string;
  readonly daysLate?: number;
  readonly amountCents?: number;
  readonly indemnityCents?: number;
  readonly interestCents?: number;
}

export interface FeedDetail {
  /** LEAD_UPDATED: paths into Lead, for example "contact.phone". */
  readonly changed?: readonly string[];
  /** LEAD_REVOKED. */
  readonly reason?: RevocationReason;
  readonly acknowledgeBy?: string;
  /** CAP_REACHED. */
  readonly cap?: { readonly unit: string; readonly period: string; readonly limit: number };
  readonly resetsAt?: string;
  /** FEED_GAP. */
  readonly droppedBefore?: string;
  /** ENDPOINT_PAUSED. */
  readonly endpointId?: string;
  readonly pauseReason?: EndpointPauseReason;
  /** ACCOUNT_NOTICE. */
  readonly notice?: AccountNotice;
  /** RETURN_PENDING. */
  readonly returnReason?: string;
  readonly decideBy?: string;
  /** RETURN_DECIDED. */
  readonly accepted?: boolean;
  readonly creditedCents?: number;
  /** RETURN_DECIDED: the ground of the decision. It is put into words when it is read. */
  readonly finding?: string;
  /** RETURN_DECIDED: the sentence that was stored instead of `finding` at first, in French. */
  readonly explanation?: string;
}

export interface FeedEntry {
  readonly kind: FeedKind;
  readonly deliveryId: string | null;
  readonly campaignId: string | null;
  readonly detail: FeedDetail;
}

/** An entry as stored. Its position never changes. */
export interface PlacedEntry extends FeedEntry {
  readonly supplierId: string;
  readonly position: number;
  readonly at: Date;
}
