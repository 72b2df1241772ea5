/**
 * Why did a supplier's campaign not receive a request, in reasons that the supplier may know? The reason from
 * the decision comes first. If there was none, or it is not the supplier's to know, the campaign's own terms
 * are evaluated, as for any person who chose others. So an existing customer, a person who withdrew consent
 * and a person whose earlier request the supplier has cannot be told apart from one who never ticked it.
 *
 * The place is evaluated by its commune, never by the person's own position.
 */
import { type Criterion } from "../../offers/campaigns";
import {
  obstaclesByTerms,
  type Candidate,
  type DecisionRecord,
  type Need,
  type Obstacle,
  type RefusalReason,
} from "../matching";

const byTerms = [
  "CAMPAIGN_NOT_ACTIVE",
  "OUTSIDE_ZONES",
  "IN_EXCLUDED_ZONE",
  "PLACE_NOT_PRECISE",
  "CRITERION_NOT_MET",
] as const;
export type TermsReason = (typeof byTerms)[number];

export const missReasons = [
  ...byTerms,
  "TOO_OLD",
  "OUTSIDE_SCHEDULE",
  "CAMPAIGN_CHANGED",
  "NOBODY_CONNECTED",
  "CAP_REACHED",
  "BALANCE_TOO_LOW",
  "OTHERS_WERE_FIRST",
  "CHOSE_OTHERS",
] as const;
export type MissReason = (typeof missReasons)[number];

/** The reason shown for each reason of a verdict. null: treated as if there had been no decision. */
export const disclosedAs: Readonly<Record<RefusalReason, Exclude<MissReason, "CHOSE_OTHERS"> | null>> = {
  NOT_CONSENTED: null,
  OWN_CUSTOMER: null,
  // Both would reveal that people whom the supplier knows by name have asked again.
  RECEIVED_RECENTLY: null,
  ALREADY_RECEIVED: null,
  // Cannot occur for a missed lead: another campaign of the supplier took it, or it is not of the campaign's
  // product.
  BETTER_CAMPAIGN_OF_SAME_SUPPLIER: null,
  OTHER_PRODUCT: null,
  CAMPAIGN_NOT_ACTIVE: "CAMPAIGN_NOT_ACTIVE",
  OUTSIDE_ZONES: "OUTSIDE_ZONES",
  IN_EXCLUDED_ZONE: "IN_EXCLUDED_ZONE",
  PLACE_NOT_PRECISE: "PLACE_NOT_PRECISE",
  CRITERION_NOT_MET: "CRITERION_NOT_MET",
  TOO_OLD: "TOO_OLD",
  OUTSIDE_SCHEDULE: "OUTSIDE_SCHEDULE",
  CAMPAIGN_CHANGED: "CAMPAIGN_CHANGED",
  NOBODY_CONNECTED: "NOBODY_CONNECTED",
  CAP_REACHED: "CAP_REACHED",
  BALANCE_TOO_LOW: "BALANCE_TOO_LOW",
  // How many seats others left, and on which terms, is the others' business.
  SEATS_TAKEN: "OTHERS_WERE_FIRST",
  WANTS_FEWER_SEATS: "OTHERS_WERE_FIRST",
};

/** One of the supplier's own terms that speaks against a request, without what would have changed it. */
export interface DisclosedObstacle {
  readonly reason: TermsReason;
  readonly criterion: Criterion | null;
}

export interface Miss {
  readonly reason: MissReason;
  /** Only for CRITERION_NOT_MET. */
  readonly criterion: Criterion | null;
  /** All obstacles. Empty if the terms were met. */
  readonly obstacles: readonly DisclosedObstacle[];
}

/** What a decision said about a campaign. */
export interface CandidateDecision {
  readonly reason: RefusalReason;
  readonly field: string | null;
  readonly at: Date;
}

/** Returns null if the decision did not consider this version or gave it the lead. */
export function decidedOf(
  record: DecisionRecord | undefined,
  { campaignId, version }: Pick<Candidate, "campaignId" | "version">,
): CandidateDecision | null {
  const isCandidate = record?.candidates.some(
    (one) => one.campaignId === campaignId && one.version === version,
  );
  const verdict = record?.outcome.verdicts.find((one) => one.campaignId === campaignId);
  if (!record || !isCandidate || !verdict?.reason) return null;
  return { reason: verdict.reason, field: verdict.field ?? null, at: new Date(record.at) };
}

export interface Missed {
  readonly need: Need;
  /** The earliest time of a decision. */
  readonly confirmedAt: Date;
}

/** The campaign is evaluated as if it had always run, because past pauses are not recorded. */
export function missOf(lead: Missed, campaign: Candidate, decided: CandidateDecision | null): Miss {
  const told = decided && disclosedAs[decided.reason];
  const running: Candidate = { ...campaign, status: "ACTIVE", pausedUntil: null };
  if (!decided || !told) {
    const obstacles = disclosedObstacles(obstaclesByTerms(lead.need, running, lead.confirmedAt), campaign);
    return { reason: "CHOSE_OTHERS", criterion: null, ...obstacles[0], obstacles };
  }
  const criterion = campaign.terms.criteria.find(({ field }) => field === decided.field) ?? null;
  // The decision came to a later check, so the terms were met by what was known of the place then.
  if (!isByTerms(told)) return { reason: told, criterion: null, obstacles: [] };
  const asked = disclosedObstacles(obstaclesByTerms(lead.need, running, decided.at), campaign);
  const first: DisclosedObstacle = {
    reason: told,
    criterion: told === "CRITERION_NOT_MET" ? criterion : null,
  };
  return { ...first, obstacles: [first, ...asked.filter((other) => mayFollow(first, other))] };
}

const isByTerms = (reason: MissReason): reason is TermsReason =>
  (byTerms as readonly MissReason[]).includes(reason);

/**
 * An obstacle of an earlier check cannot have existed: the decision knew the place more exactly than this
 * evaluation.
 */
function mayFollow(first: DisclosedObstacle, other: DisclosedObstacle): boolean {
  if (stepOf[other.reason] > stepOf[first.reason]) return true;
  return other.reason === "CRITERION_NOT_MET" && other.criterion !== first.criterion;
}

const stepOf: Readonly<Record<TermsReason, number>> = {
  CAMPAIGN_NOT_ACTIVE: 0,
  OUTSIDE_ZONES: 1,
  IN_EXCLUDED_ZONE: 1,
  PLACE_NOT_PRECISE: 1,
  CRITERION_NOT_MET: 2,
};

function disclosedObstacles(obstacles: readonly Obstacle[], { terms }: Candidate): DisclosedObstacle[] {
  return obstacles.flatMap(({ reason, criterion }) => {
    const told = disclosedAs[reason];
    if (!told || !isByTerms(told)) return [];
    return [
      { reason: told, criterion: criterion === undefined ? null : (terms.criteria[criterion] ?? null) },
    ];
  });
}
