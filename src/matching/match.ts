/**
 * Who may take this lead, and in what order? A verdict for every candidate, with the first reason
 * that stands against it in a fixed order of checks.
 *
 * Pure, so that a decision can be replayed when a supplier asks why a lead passed it by. Seats, caps
 * and balances are take.ts.
 */
import { nextOpening, unmet } from "../campaigns";
import { covers } from "../geo";
import { type Candidate, type LeadFacts, type Refusal, type RefusalReason } from "./facts";
import { inRank } from "./ranking";

export interface MatchInput {
  readonly lead: LeadFacts;
  /** The suppliers consented to: shown, granted and not withdrawn. */
  readonly scope: ReadonlySet<string>;
  readonly candidates: readonly Candidate[];
  readonly at: Date;
}

/** Rank 1 is best. Exactly one of `rank` and `refusal` is null. */
export type Verdict =
  | { readonly candidate: Candidate; readonly rank: number; readonly refusal: null }
  | { readonly candidate: Candidate; readonly rank: null; readonly refusal: Refusal };

export type Need = Pick<LeadFacts, "product" | "answers" | "textsAnswered" | "place">;

/** One verdict per candidate: the eligible best first, all campaigns of a supplier among them; then the refused. */
export function match({ lead, scope, candidates, at }: MatchInput): Verdict[] {
  const judged = inRank(lead.leadId, candidates).map((candidate) => ({
    candidate,
    refusal: scope.has(candidate.supplierId) ? refusalNow(lead, candidate, at) : refuse("NOT_CONSENTED"),
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

/** What stands against it whenever it is asked: the campaign's terms against the need. */
export function refusalByTerms(need: Need, { status, terms }: Candidate): Refusal | null {
  if (terms.product !== need.product) return refuse("OTHER_PRODUCT");
  if (status !== "ACTIVE") return refuse("CAMPAIGN_NOT_ACTIVE");
  if (covers(terms.excludedZones, need.place)) return refuse("IN_EXCLUDED_ZONE");
  if (!covers(terms.zones, need.place)) return refuse("OUTSIDE_ZONES");
  const criterion = unmet(terms.criteria, need);
  return criterion && { reason: "CRITERION_NOT_MET", field: criterion.field };
}

function refusalNow(lead: LeadFacts, candidate: Candidate, at: Date): Refusal | null {
  const byTerms = refusalByTerms(lead, candidate);
  if (byTerms) return byTerms;
  const { maxAgeHours, schedule, timeZone } = candidate.terms;
  if (at.getTime() - lead.submittedAt.getTime() > maxAgeHours * 3_600_000) return refuse("TOO_OLD");
  const opensAt = nextOpening(schedule, timeZone, at);
  if (opensAt === null) return refuse("OUTSIDE_SCHEDULE");
  return opensAt > at ? { reason: "OUTSIDE_SCHEDULE", liftsAt: opensAt } : null;
}

const refuse = (reason: RefusalReason): Refusal => ({ reason });
