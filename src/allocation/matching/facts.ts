/**
 * Everything a decision is made from, as recorded. A decision never looks at anything else: that is
 * what lets it be replayed.
 */
import type { CampaignStatus, CampaignTerms } from "../../offers/campaigns";
import type { Answers, RankingRule } from "../../reference/catalogue";
import type { Place } from "../../reference/geo";

/** The need, without the person: no contact, no free text. Its exact position is looked at and never recorded. */
export interface LeadFacts {
  readonly leadId: string;
  readonly product: string;
  readonly formVersion: number;
  readonly submittedAt: Date;
  readonly answers: Answers;
  /** TEXT fields that were answered; what they say is not a fact. */
  readonly textsAnswered: readonly string[];
  readonly place: Place;
}

export interface Candidate {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly status: CampaignStatus;
  /** Of a pause that ends by itself: from then on the campaign runs. */
  readonly pausedUntil: Date | null;
  readonly terms: CampaignTerms;
}

/** What is left, as read under the supplier's lock. */
export interface Capacity {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly status: CampaignStatus;
  /** One entry per cap of the terms, in their order; the window is the one that holds the decision's instant. */
  readonly capsUsed: readonly {
    readonly windowStart: Date;
    readonly resetsAt: Date;
    readonly used: number;
  }[];
  readonly availableCents: number;
  /** Whether somebody of the supplier followed the campaign's leads: only of those that want leads only then. */
  readonly isConnected?: boolean;
}

/** What stands between this person and a supplier, whatever its campaigns ask: known only under the supplier's lock. */
export interface Relation {
  readonly supplierId: string;
  /** When it last received this person for this product by another request, and still has the right to it. */
  readonly lastReceivedAt: Date | null;
  /** On the supplier's list of its own customers. No supplier is ever told this one. */
  readonly isOwnCustomer: boolean;
}

/** What the index says of candidates: a second evaluator, which must agree with the terms themselves. */
export interface IndexAnswer {
  /** Which market was asked; 0 if it does not know every candidate exactly as it was read. */
  readonly market: number;
  /** Whether the terms let the need through, of each candidate that is filed exactly as it was read. */
  readonly fits: ReadonlyMap<string, boolean>;
}

/**
 * What the product's rule looks at beyond the terms, of one candidate. A fact that the rule does not look at is
 * not there; one that nobody knows is null. Plain JSON, as it is recorded.
 */
export interface RankFacts {
  readonly campaignId: string;
  /** When the supplier last received a lead of the product, whatever became of it; null: never. */
  readonly lastReceivedAt?: string | null;
  /** From the campaign's site, or the supplier's address, to the middle of the commune of the need; null: not known. */
  readonly km?: number | null;
  /** 0 to 100, of the supplier for the product; null: nobody has reviewed it. */
  readonly score?: number | null;
}

/** By which rule, and what it looks at: of each candidate, sorted; empty if the rule goes by the terms alone. */
export interface Ranking {
  readonly rule: RankingRule;
  readonly standings: readonly RankFacts[];
}

export type RefusalReason =
  | "NOT_CONSENTED"
  | "OTHER_PRODUCT"
  | "CAMPAIGN_NOT_ACTIVE"
  | "OUTSIDE_ZONES"
  | "IN_EXCLUDED_ZONE"
  | "PLACE_NOT_PRECISE"
  | "CRITERION_NOT_MET"
  | "OWN_CUSTOMER"
  | "RECEIVED_RECENTLY"
  | "TOO_OLD"
  | "OUTSIDE_SCHEDULE"
  | "BETTER_CAMPAIGN_OF_SAME_SUPPLIER"
  | "CAMPAIGN_CHANGED"
  | "NOBODY_CONNECTED"
  | "CAP_REACHED"
  | "BALANCE_TOO_LOW"
  | "SEATS_TAKEN"
  | "WANTS_FEWER_SEATS"
  | "ALREADY_RECEIVED";

/** `field`, `cap`: which one, so that the reason can be explained. `liftsAt`: when it may no longer hold. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly field?: string;
  readonly cap?: number;
  readonly liftsAt?: Date;
}
