/** The shape of each event as read by the subscription for mails. */
import type { FeedKind } from "../../account/feed";

interface LeadFacts {
  readonly product: { readonly label: string };
  readonly campaign: { readonly name: string };
}

export interface MatchedFacts {
  readonly __typename: "LeadMatched";
  readonly at: string;
  readonly leadId: string;
  readonly lead:
    (LeadFacts & { readonly place: { readonly commune: { readonly departement: string } } }) | null;
}
export interface UpdatedFacts {
  readonly __typename: "LeadUpdated";
  readonly at: string;
  readonly leadId: string;
  readonly changed: readonly string[];
  readonly lead: LeadFacts | null;
}
export interface RevokedFacts {
  readonly __typename: "LeadRevoked";
  readonly at: string;
  readonly leadId: string;
  readonly reason: "CONSENT_WITHDRAWN" | "ERASED";
  readonly acknowledgeBy: string;
}
export interface CapFacts {
  readonly __typename: "CapReached";
  readonly at: string;
  readonly campaign: { readonly name: string };
  readonly cap: { readonly unit: string; readonly period: string; readonly limit: number };
  readonly resetsAt: string;
}
export interface PausedFacts {
  readonly __typename: "EndpointPaused";
  readonly at: string;
  readonly endpointId: string;
  readonly pauseReason: string;
}

export interface ReturnPendingFacts {
  readonly __typename: "ReturnPending";
  readonly at: string;
  readonly leadId: string;
  readonly decideBy: string;
}

export interface ReturnFacts {
  readonly __typename: "ReturnDecided";
  readonly at: string;
  readonly leadId: string;
  readonly accepted: boolean;
  readonly creditedCents: number;
}
export interface NoticeFacts {
  readonly __typename: "AccountNotice";
  readonly at: string;
  readonly noticeKind: "LOW_BALANCE" | "SPEND_CAP_REACHED" | "INVOICE_OVERDUE" | "SUSPENDED" | "RESUMED";
  readonly text: string;
  readonly amountCents: number | null;
  readonly indemnityCents: number | null;
  readonly interestCents: number | null;
}

export interface GapFacts {
  readonly __typename: "FeedGap";
  readonly at: string;
  readonly droppedBefore: string;
}

interface FactsOf {
  readonly LEAD_MATCHED: MatchedFacts;
  readonly LEAD_UPDATED: UpdatedFacts;
  readonly LEAD_REVOKED: RevokedFacts;
  readonly CAP_REACHED: CapFacts;
  readonly ENDPOINT_PAUSED: PausedFacts;
  readonly RETURN_PENDING: ReturnPendingFacts;
  readonly RETURN_DECIDED: ReturnFacts;
  readonly ACCOUNT_NOTICE: NoticeFacts;
  readonly FEED_GAP: GapFacts;
}

/** A kind of event that is missing above does not compile. */
export type FeedEventFacts = FactsOf[FeedKind];
