/**
 * What is kept of a decision, and can it be repeated? The record holds all that was decided from but
 * the facts of the need and the terms, which are kept on their own and named here by id and version.
 * It is plain JSON: instants are ISO strings, sets are sorted lists. It holds nothing of the person.
 */
import { type CampaignStatus, type CampaignTerms } from "../campaigns";
import {
  type Candidate,
  type Capacity,
  type LeadFacts,
  type RankFacts,
  type Ranking,
  type RefusalReason,
  type Relation,
} from "./facts";
import { match, type Verdict } from "./match";
import { byPrice } from "./ranking-rules";
import { take, type Seats, type Taking } from "./take";

/** Raised whenever the same input may be decided differently. */
export const rulesVersion = 5;

export interface CandidateRecord {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly status: CampaignStatus;
  /** Of a pause that ends by itself. */
  readonly pausedUntil?: string;
}

export interface RelationRecord extends Omit<Relation, "lastReceivedAt"> {
  readonly lastReceivedAt: string | null;
}

export interface CapacityRecord extends Omit<CandidateRecord, "pausedUntil"> {
  readonly capsUsed: readonly {
    readonly windowStart: string;
    readonly resetsAt: string;
    readonly used: number;
  }[];
  readonly availableCents: number;
}

/** One per candidate, in the order of the ranking. `seat` if it took, else `reason`. */
export interface VerdictRecord {
  readonly campaignId: string;
  readonly rank: number | null;
  readonly seat?: number;
  readonly capsReached?: readonly number[];
  readonly reason?: RefusalReason;
  readonly field?: string;
  readonly cap?: number;
  readonly liftsAt?: string;
}

export interface OutcomeRecord {
  readonly verdicts: readonly VerdictRecord[];
  readonly seats: number | null;
  readonly nextTryAt: string | null;
  readonly waiting: boolean;
}

export interface DecisionRecord {
  /** The name of the ranking rule. */
  readonly rules: string;
  readonly rulesVersion: number;
  readonly at: string;
  readonly leadId: string;
  readonly scope: readonly string[];
  readonly candidates: readonly CandidateRecord[];
  readonly relations: readonly RelationRecord[];
  readonly capacities: readonly CapacityRecord[];
  /** Of each candidate, if the rule looks at more than the terms. */
  readonly standings?: readonly RankFacts[];
  readonly seats: Seats;
  readonly outcome: OutcomeRecord;
}

export interface DecisionInput {
  readonly lead: LeadFacts;
  readonly scope: ReadonlySet<string>;
  readonly candidates: readonly Candidate[];
  readonly relations: readonly Relation[];
  readonly capacities: readonly Capacity[];
  readonly seats: Seats;
  /** By price if it is left out. */
  readonly ranking?: Ranking;
  readonly at: Date;
}

export interface Decision {
  readonly verdicts: readonly Verdict[];
  readonly taking: Taking;
  readonly outcome: OutcomeRecord;
}

/** The whole decision: match, then take. The number of consented suppliers is the size of the scope. */
export function decide(input: DecisionInput): Decision {
  const { scope, capacities, seats } = input;
  const verdicts = match(input);
  const taking = take({ verdicts, capacities, seats, consentedSuppliers: scope.size });
  return { verdicts, taking, outcome: outcomeOf(verdicts, taking) };
}

/** The decision with all it was made from, ready to be stored as JSON. */
export function recordDecision(input: DecisionInput, { outcome }: Decision): DecisionRecord {
  const { rule, standings } = input.ranking ?? byPrice;
  return {
    rules: rule,
    rulesVersion,
    at: input.at.toISOString(),
    leadId: input.lead.leadId,
    scope: [...input.scope].sort(),
    candidates: input.candidates.map(({ campaignId, supplierId, version, status, pausedUntil }) => ({
      campaignId,
      supplierId,
      version,
      status,
      ...(pausedUntil && { pausedUntil: pausedUntil.toISOString() }),
    })),
    relations: input.relations.map(({ lastReceivedAt, ...relation }) => ({
      ...relation,
      lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
    })),
    capacities: input.capacities.map(capacityRecord),
    ...(standings.length > 0 && { standings }),
    seats: input.seats,
    outcome,
  };
}

export type TermsOf = (campaignId: string, version: number) => CampaignTerms | undefined;

/** The candidates as they were, or null if the terms of one are no longer there. */
export function candidatesOf(record: DecisionRecord, termsOf: TermsOf): Candidate[] | null {
  const candidates = record.candidates.flatMap((candidate) => {
    const terms = termsOf(candidate.campaignId, candidate.version);
    const pausedUntil = candidate.pausedUntil === undefined ? null : new Date(candidate.pausedUntil);
    return terms ? [{ ...candidate, pausedUntil, terms }] : [];
  });
  return candidates.length === record.candidates.length ? candidates : null;
}

export const relationOf = ({ lastReceivedAt, ...relation }: RelationRecord): Relation => ({
  ...relation,
  lastReceivedAt: lastReceivedAt === null ? null : new Date(lastReceivedAt),
});

export const capacityOf = ({ capsUsed, ...capacity }: CapacityRecord): Capacity => ({
  ...capacity,
  capsUsed: capsUsed.map(({ windowStart, resetsAt, used }) => ({
    windowStart: new Date(windowStart),
    resetsAt: new Date(resetsAt),
    used,
  })),
});

function capacityRecord(capacity: Capacity): CapacityRecord {
  const { campaignId, supplierId, version, status, availableCents } = capacity;
  const capsUsed = capacity.capsUsed.map(({ windowStart, resetsAt, used }) => ({
    windowStart: windowStart.toISOString(),
    resetsAt: resetsAt.toISOString(),
    used,
  }));
  return { campaignId, supplierId, version, status, availableCents, capsUsed };
}

function outcomeOf(verdicts: readonly Verdict[], taking: Taking): OutcomeRecord {
  const taken = new Map(taking.taken.map((one) => [one.candidate.campaignId, one]));
  const refused = new Map(taking.refused.map((one) => [one.candidate.campaignId, one.refusal]));
  return {
    verdicts: verdicts.map(({ candidate: { campaignId }, rank, refusal: byMatch }) => {
      const { seat, capsReached } = taken.get(campaignId) ?? {};
      const { liftsAt, ...refusal } = byMatch ?? refused.get(campaignId) ?? {};
      return {
        campaignId,
        rank,
        ...(seat !== undefined && { seat, capsReached }),
        ...refusal,
        ...(liftsAt && { liftsAt: liftsAt.toISOString() }),
      };
    }),
    seats: taking.seats,
    nextTryAt: taking.nextTryAt?.toISOString() ?? null,
    waiting: taking.waiting,
  };
}
