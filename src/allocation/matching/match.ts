/**
 * Who may take this lead, and in which order? Gives a verdict for every candidate, with the first reason
 * against it in a fixed order of checks.
 *
 * Pure, so that a decision can be replayed when a supplier asks why it did not get a lead. Seats, caps and
 * balances are take.ts.
 */
import {
  duplicateWindowDaysOf,
  goesByTheDay,
  nextOpening,
  statusAt,
  unmet,
  type Criterion,
} from "../../offers/campaigns";
import { asksPosition, covers } from "../../reference/geo";
import { dateIn, windowOf } from "../../shared/calendar";
import {
  type Candidate,
  type LeadFacts,
  type Ranking,
  type Refusal,
  type RefusalReason,
  type Relation,
} from "./facts";
import { inRank } from "./ranking";
import { byPrice } from "./ranking-rules";

const dayMs = 86_400_000;

export interface MatchInput {
  readonly lead: LeadFacts;
  /** The suppliers with consent: shown, granted and not withdrawn. */
  readonly scope: ReadonlySet<string>;
  readonly candidates: readonly Candidate[];
  /** Only for suppliers about which something is known. */
  readonly relations: readonly Relation[];
  /** The product's rule with its facts. Omitted: by price, which needs no facts. */
  readonly ranking?: Ranking;
  readonly at: Date;
}

/** Rank 1 is best. Exactly one of `rank` and `refusal` is null. */
export type Verdict =
  | { readonly candidate: Candidate; readonly rank: number; readonly refusal: null }
  | { readonly candidate: Candidate; readonly rank: null; readonly refusal: Refusal };

export type Need = Pick<LeadFacts, "product" | "answers" | "textsAnswered" | "place">;

/**
 * One verdict per candidate: first the eligible ones, best first and with all campaigns of a supplier, then
 * the refused.
 */
export function match({ lead, scope, candidates, relations, ranking, at }: MatchInput): Verdict[] {
  const relationOf = new Map(relations.map((relation) => [relation.supplierId, relation]));
  const judged = inRank(lead.leadId, candidates, ranking ?? byPrice).map((candidate) => ({
    candidate,
    refusal: scope.has(candidate.supplierId)
      ? (refusalByTerms(lead, candidate, at) ??
        refusalByRelation(candidate, relationOf.get(candidate.supplierId), at) ??
        refusalNow(lead, candidate, at))
      : refuse("NOT_CONSENTED"),
  }));
  const eligible = judged.filter(({ refusal }) => refusal === null);
  return [
    ...eligible.map(({ candidate }, index) => ({ candidate, rank: index + 1, refusal: null })),
    ...judged.flatMap(({ candidate, refusal }) => (refusal ? [{ candidate, rank: null, refusal }] : [])),
  ];
}

/** The eligible candidates, best first. */
export const eligibleOf = (verdicts: readonly Verdict[]): Candidate[] =>
  verdicts.filter((verdict) => verdict.rank !== null).map(({ candidate }) => candidate);

/** What in the campaign's status and terms speaks against the need. Schedule and age are not checked here. */
export function refusalByTerms(need: Need, candidate: Candidate, at: Date): Refusal | null {
  const { terms } = candidate;
  if (terms.product !== need.product) return refuse("OTHER_PRODUCT");
  const { status, pausedUntil } = statusAt(candidate, at);
  if (status !== "ACTIVE")
    return { reason: "CAMPAIGN_NOT_ACTIVE", ...(pausedUntil && { liftsAt: pausedUntil }) };
  const byPlace = refusalByPlace(need, terms);
  if (byPlace) return refuse(byPlace);
  return refusalByCriteria(need, terms, at);
}

/** The first criterion that is not met, with today's date in the campaign's time zone. */
export function unmetOn(
  at: Date,
  { criteria, timeZone }: Pick<Candidate["terms"], "criteria" | "timeZone">,
  need: Pick<Need, "answers" | "textsAnswered">,
): Criterion | null {
  // Computing the date costs more than evaluating all criteria, so it is done only if a criterion needs it.
  const today = criteria.some(goesByTheDay) ? dateIn(timeZone, at) : "";
  return unmet(criteria, need, today);
}

/** A criterion relative to today changes at midnight, so a waiting lead is tried again then. */
function refusalByCriteria(need: Need, { criteria, timeZone }: Candidate["terms"], at: Date): Refusal | null {
  const criterion = unmetOn(at, { criteria, timeZone }, need);
  if (!criterion) return null;
  const refusal = { reason: "CRITERION_NOT_MET", field: criterion.field } as const;
  return goesByTheDay(criterion) ? { ...refusal, liftsAt: windowOf("DAY", timeZone, at).end } : refusal;
}

/** Excluded shapes need a position too: without one, nobody knows that the place is outside of them. */
function refusalByPlace({ place }: Need, { zones, excludedZones }: Candidate["terms"]): RefusalReason | null {
  if (covers(excludedZones, place)) return "IN_EXCLUDED_ZONE";
  if (!covers(zones, place)) return asksPosition(zones, place) ? "PLACE_NOT_PRECISE" : "OUTSIDE_ZONES";
  return asksPosition(excludedZones, place) ? "PLACE_NOT_PRECISE" : null;
}

/** The supplier's own customers, and people it received within the campaign's duplicate window. */
function refusalByRelation({ terms }: Candidate, relation: Relation | undefined, at: Date): Refusal | null {
  if (!relation) return null;
  if (relation.isOwnCustomer) return refuse("OWN_CUSTOMER");
  if (!relation.lastReceivedAt) return null;
  const liftsAt = new Date(relation.lastReceivedAt.getTime() + duplicateWindowDaysOf(terms) * dayMs);
  return at < liftsAt ? { reason: "RECEIVED_RECENTLY", liftsAt } : null;
}

function refusalNow(lead: LeadFacts, candidate: Candidate, at: Date): Refusal | null {
  if (at.getTime() - lead.submittedAt.getTime() > candidate.terms.maxAgeHours * 3_600_000) {
    return refuse("TOO_OLD");
  }
  const opensAt = nextOpening(candidate.terms, at);
  if (opensAt === null) return refuse("OUTSIDE_SCHEDULE");
  return opensAt > at ? { reason: "OUTSIDE_SCHEDULE", liftsAt: opensAt } : null;
}

const refuse = (reason: RefusalReason): Refusal => ({ reason });
