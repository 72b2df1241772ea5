/** What can stand in a supplier's feed. Clients ignore kinds they do not know. */
export type FeedKind = "LEAD_MATCHED" | "LEAD_UPDATED" | "LEAD_REVOKED" | "CAP_REACHED" | "RETURN_DECIDED";
export type RevocationReason = "CONSENT_WITHDRAWN" | "ERASED";

export interface FeedDetail {
  /** LEAD_UPDATED: paths into Lead, for example "contact.phone". */
  readonly changed?: readonly string[];
  /** LEAD_REVOKED. */
  readonly reason?: RevocationReason;
  readonly acknowledgeBy?: string;
  /** CAP_REACHED. */
  readonly cap?: { readonly unit: string; readonly period: string; readonly limit: number };
  readonly resetsAt?: string;
  /** RETURN_DECIDED. */
  readonly accepted?: boolean;
  readonly creditedCents?: number;
  readonly explanation?: string;
}

export interface FeedEntry {
  readonly kind: FeedKind;
  readonly deliveryId: string | null;
  readonly campaignId: string | null;
  readonly detail: FeedDetail;
}

/** As stored: its place is for ever. */
export interface PlacedEntry extends FeedEntry {
  readonly supplierId: string;
  readonly position: number;
  readonly at: Date;
}
