/** An event as mails ask for it. */
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

export type FeedEventFacts = MatchedFacts | UpdatedFacts | RevokedFacts | CapFacts | PausedFacts;
