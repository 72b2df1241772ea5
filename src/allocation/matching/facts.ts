/**
 * Everything a decision is made from, as recorded. A decision uses nothing else, which is what makes it
 * replayable.
 */
import type { CampaignStatus, CampaignTerms } from "../../offers/campaigns";
import type { Answers, RankingRule } from "../../reference/catalogue";
import type { Place } from "../../reference/geo";

/** The need without the person: no contact, no free text. The exact position is used but never recorded. */
export interface LeadFacts {
  readonly leadId: string;
  readonly product: string;
  readonly formVersion: number;
  readonly submittedAt: Date;
  readonly answers: Answers;
  /** The TEXT fields that were answered. Their content is not a fact. */
  readonly textsAnswered: readonly string[];
  readonly place: Place;
}

export interface Candidate {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly status: CampaignStatus;
  /** The end of a pause that ends by itself; the campaign runs again from then on. */
  readonly pausedUntil: Date | null;
  readonly terms: CampaignTerms;
}

/** What a campaign can still take, as read under the supplier's lock. */
export interface Capacity {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly status: CampaignStatus;
  /** One entry per cap of the terms, in their order, for the window that contains the decision's instant. */
  readonly capsUsed: readonly {
    readonly windowStart: Date;
    readonly resetsAt: Date;
    readonly used: number;
  }[];
  readonly availableCents: number;
  /**
   * Whether a member of the supplier follows the campaign's leads. Set only for campaigns with
   * `onlyWhenConnected`.
   */
  readonly isConnected?: boolean;
}

/**
 * What speaks against giving this person to a supplier, whatever its campaigns ask. Known only under the
 * supplier's lock.
 */
export interface Relation {
  readonly supplierId: string;
  /** When it last received this person for this product through another request to which it still has the right. */
  readonly lastReceivedAt: Date | null;
  /** Whether the person is on the supplier's list of its own customers. Suppliers are never told this reason. */
  readonly isOwnCustomer: boolean;
}

/** The index's view of the candidates: a second evaluation that must agree with the terms. */
export interface IndexAnswer {
  /**
   * The version of the market that was asked; 0 if the index does not hold every candidate exactly as it was
   * read.
   */
  readonly market: number;
  /** Whether the terms accept the need, for each candidate that the index holds exactly as it was read. */
  readonly fits: ReadonlyMap<string, boolean>;
}

/**
 * What the product's ranking rule uses beyond the terms, for one candidate. Facts that the rule does not use
 * are absent; unknown facts are null. Plain JSON, because it is recorded.
 */
export interface RankFacts {
  readonly campaignId: string;
  /** When the supplier last received a lead of the product, whatever became of it. null: never. */
  readonly lastReceivedAt?: string | null;
  /** From the campaign's site, or the supplier's address, to the centroid of the need's commune. null: unknown. */
  readonly km?: number | null;
  /** The supplier's score for the product, from 0 to 100. null: not reviewed. */
  readonly score?: number | null;
}

/** The ranking rule and its facts, sorted by campaign. `standings` is empty if the rule uses the terms alone. */
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

/**
 * `field` and `cap` say which one, so that the reason can be explained. `liftsAt`: when the reason may cease
 * to hold.
 */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly field?: string;
  readonly cap?: number;
  readonly liftsAt?: Date;
}
