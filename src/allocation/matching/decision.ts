/** The whole decision about a lead: who may have it, and who gets it. What is kept of it is decision-record.ts. */
import { type Candidate, type Capacity, type LeadFacts, type Ranking, type Relation } from "./facts";
import { match, type Verdict } from "./match";
import { outcomeOf, type OutcomeRecord } from "./outcome";
import { take, type Seats, type Taking } from "./take";

/** Raised whenever the same input may be decided differently. */
export const rulesVersion = 6;
/** From this version on, what was recorded comes out the same by today's rules: 5 only added ways to rank, 6 who is connected. */
export const oldestReplayable = 4;

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
