/**
 * Who may take this lead, and in what order? A verdict for every candidate, with the first reason
 * that stands against it in a fixed order of checks.
 *
 * Pure, so that a decision can be replayed when a supplier asks why a lead passed it by. Seats, caps
 * and balances are take.ts.
 */
import {
  duplicateWindowDaysOf,
  goesByTheDay,
  nextOpening,
  standingAt,
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
  /** The suppliers consented to: shown, granted and not withdrawn. */
  readonly scope: ReadonlySet<string>;
  readonly candidates: readonly Candidate[];
  /** Only of those about whom there is something to say. */
  readonly relations: readonly Relation[];
  /** The product's rule with its facts; by price, which needs none, if it is left out. */
  readonly ranking?: Ranking;
  readonly at: Date;
}

/** Rank 1 is best. Exactly one of `rank` and `refusal` is null. */
export type Verdict =
  | { readonly candidate: Candidate; readonly rank: number; readonly refusal: null }
  | { readonly candidate: Candidate; readonly rank: null; readonly refusal: Refusal };

export type Need = Pick<LeadFacts, "product" | "answers" | "textsAnswered" | "place">;

/** One verdict per candidate: the eligible best first, all campaigns of a supplier among them; then the refused. */
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

/** What stands against it whatever the hour and the age: the campaign's terms against the need, while it runs. */
export function refusalByTerms(need: Need, candidate: Candidate, at: Date): Refusal | null {
  const { terms } = candidate;
  if (terms.product !== need.product) return refuse("OTHER_PRODUCT");
  const { status, pausedUntil } = standingAt(candidate, at);
  if (status !== "ACTIVE")
    return { reason: "CAMPAIGN_NOT_ACTIVE", ...(pausedUntil && { liftsAt: pausedUntil }) };
  const byPlace = refusalByPlace(need, terms);
  if (byPlace) return refuse(byPlace);
  return refusalByCriteria(need, terms, at);
}

/** The first criterion that is not met on the day that it is by the campaign's clock. */
export function unmetOn(
  at: Date,
  { criteria, timeZone }: Pick<Candidate["terms"], "criteria" | "timeZone">,
  need: Pick<Need, "answers" | "textsAnswered">,
): Criterion | null {
  // To tell the date there costs more than all criteria together: only where one asks for it.
  const today = criteria.some(goesByTheDay) ? dateIn(timeZone, at) : "";
  return unmet(criteria, need, today);
}

/** A criterion that counts from today is another one tomorrow, so a lead that waits is asked again then. */
function refusalByCriteria(need: Need, { criteria, timeZone }: Candidate["terms"], at: Date): Refusal | null {
  const criterion = unmetOn(at, { criteria, timeZone }, need);
  if (!criterion) return null;
  const refusal = { reason: "CRITERION_NOT_MET", field: criterion.field } as const;
  return goesByTheDay(criterion) ? { ...refusal, liftsAt: windowOf("DAY", timeZone, at).end } : refusal;
}

/** A shape that leaves out, too, is answered by a position only: without one nobody knows that it does not. */
function refusalByPlace({ place }: Need, { zones, excludedZones }: Candidate["terms"]): RefusalReason | null {
  if (covers(excludedZones, place)) return "IN_EXCLUDED_ZONE";
  if (!covers(zones, place)) return asksPosition(zones, place) ? "PLACE_NOT_PRECISE" : "OUTSIDE_ZONES";
  return asksPosition(excludedZones, place) ? "PLACE_NOT_PRECISE" : null;
}

/** A campaign does not want the same person twice inside its window. */
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
