/**
 * What is kept of a decision, so that it can be replayed? The record holds everything the decision was made
 * from, except the facts of the need and the terms, which are stored elsewhere and referenced here by id and
 * version. It is plain JSON: instants are ISO strings, sets are sorted lists.
 *
 * It contains no answer, place or contact. It does say when suppliers received the person through another
 * request, and is therefore deleted with the person. The stored form is decision-format.ts.
 */
import { type CampaignStatus, type CampaignTerms } from "../../offers/campaigns";
import { rulesVersion, type Decision, type DecisionInput } from "./decision";
import { type Candidate, type Capacity, type RankFacts, type Relation } from "./facts";
import { eligibleOf } from "./match";
import { type OutcomeRecord } from "./outcome";
import { byPrice } from "./ranking-rules";
import { type Seats } from "./take";

export interface CandidateRecord {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly version: number;
  readonly status: CampaignStatus;
  /** The end of a pause that ends by itself. */
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
  readonly isConnected?: boolean;
}

export interface DecisionRecord {
  /** The name of the ranking rule. */
  readonly rules: string;
  readonly rulesVersion: number;
  readonly at: string;
  readonly leadId: string;
  /** The version of the market whose index gave the same answer. */
  readonly market: number;
  readonly scope: readonly string[];
  readonly candidates: readonly CandidateRecord[];
  readonly relations: readonly RelationRecord[];
  readonly capacities: readonly CapacityRecord[];
  /** One entry per candidate, if the ranking rule uses facts beyond the terms. */
  readonly standings?: readonly RankFacts[];
  readonly seats: Seats;
  readonly outcome: OutcomeRecord;
}

/** Builds the record. `market` is the version of the index that was asked. */
export function recordDecision(
  input: DecisionInput,
  { verdicts, outcome }: Decision,
  market: number,
): DecisionRecord {
  const capacities = new Map(input.capacities.map((capacity) => [capacity.campaignId, capacity]));
  const { rule, standings } = input.ranking ?? byPrice;
  return {
    rules: rule,
    rulesVersion,
    at: input.at.toISOString(),
    leadId: input.lead.leadId,
    market,
    scope: [...input.scope].sort(),
    candidates: verdicts.map(({ candidate }) => candidateRecord(candidate)),
    relations: input.relations.map(({ lastReceivedAt, ...relation }) => ({
      ...relation,
      lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
    })),
    // Capacities are loaded for eligible candidates only.
    capacities: eligibleOf(verdicts).flatMap(({ campaignId }) => {
      const capacity = capacities.get(campaignId);
      return capacity ? [capacityRecord(capacity)] : [];
    }),
    ...(standings.length > 0 && { standings }),
    seats: input.seats,
    outcome,
  };
}

export type TermsLookup = (campaignId: string, version: number) => CampaignTerms | undefined;

/** The candidates as they were, or null if the terms of one no longer exist. */
export function candidatesOf(record: DecisionRecord, termsOf: TermsLookup): Candidate[] | null {
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

const candidateRecord = ({
  campaignId,
  supplierId,
  version,
  status,
  pausedUntil,
}: Candidate): CandidateRecord => ({
  campaignId,
  supplierId,
  version,
  status,
  ...(pausedUntil && { pausedUntil: pausedUntil.toISOString() }),
});

function capacityRecord(capacity: Capacity): CapacityRecord {
  const { campaignId, supplierId, version, status, availableCents, isConnected } = capacity;
  const capsUsed = capacity.capsUsed.map(({ windowStart, resetsAt, used }) => ({
    windowStart: windowStart.toISOString(),
    resetsAt: resetsAt.toISOString(),
    used,
  }));
  const connected = isConnected === undefined ? {} : { isConnected };
  return { campaignId, supplierId, version, status, availableCents, capsUsed, ...connected };
}
