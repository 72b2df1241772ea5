/**
 * The whole decision about a lead: `match` says who may have it, `take` who gets it. What is recorded of it
 * is decision-record.ts.
 */
import { type Candidate, type Capacity, type LeadFacts, type Ranking, type Relation } from "./facts";
import { match, type Verdict } from "./match";
import { outcomeOf, type OutcomeRecord } from "./outcome";
import { take, type Seats, type Taking } from "./take";

/** Raise it whenever the same input may lead to another decision. */
export const rulesVersion = 6;
/**
 * The oldest version whose records still replay with the same outcome. Version 5 only added ranking rules;
 * version 6 added who is connected.
 */
export const oldestReplayable = 4;

export interface DecisionInput {
  readonly lead: LeadFacts;
  readonly scope: ReadonlySet<string>;
  readonly candidates: readonly Candidate[];
  readonly relations: readonly Relation[];
  readonly capacities: readonly Capacity[];
  readonly seats: Seats;
  /** By price if omitted. */
  readonly ranking?: Ranking;
  readonly at: Date;
}

export interface Decision {
  readonly verdicts: readonly Verdict[];
  readonly taking: Taking;
  readonly outcome: OutcomeRecord;
}

/** Runs `match`, then `take`. The number of consented suppliers is the size of the scope. */
export function decide(input: DecisionInput): Decision {
  const { scope, capacities, seats } = input;
  const verdicts = match(input);
  const taking = take({ verdicts, capacities, seats, consentedSuppliers: scope.size });
  return { verdicts, taking, outcome: outcomeOf(verdicts, taking) };
}
