/**
 * Does a recorded decision come out the same when it is made again? Returns the differences, which are empty
 * if it does. No part of the recorded outcome is trusted.
 */
import {
  candidatesOf,
  capacityOf,
  relationOf,
  type DecisionRecord,
  type TermsLookup,
} from "./decision-record";
import { decide, oldestReplayable, rulesVersion } from "./decision";
import { type OutcomeRecord } from "./outcome";
import { type Candidate, type LeadFacts, type Ranking } from "./facts";
import { isRankingRule } from "./ranking-rules";
import { areComplete } from "./rank-facts";

/** `path` says where, such as "outcome.verdicts.2.reason". A side without a value there is undefined. */
export interface DecisionDifference {
  readonly path: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/** Replays by the recorded rule, not by the product's current one, as long as that rule still exists. */
export function replay(record: DecisionRecord, facts: LeadFacts, termsOf: TermsLookup): DecisionDifference[] {
  const unfit = [
    ...(isReplayable(record) ? [] : differences("rulesVersion", record.rulesVersion, rulesVersion)),
    ...differences("leadId", record.leadId, facts.leadId),
  ];
  const { rules: rule, standings = [] } = record;
  if (!isRankingRule(rule)) return [{ path: "rules", recorded: rule, replayed: undefined }, ...unfit];
  if (unfit.length > 0) return unfit;
  const candidates = candidatesOf(record, termsOf);
  if (!candidates) return [{ path: "candidates", recorded: record.candidates, replayed: undefined }];
  // Otherwise another rule, whose facts were never recorded, might give the same order by chance.
  if (!areComplete(rule, candidates, standings))
    return [{ path: "standings", recorded: record.standings, replayed: undefined }];
  const again = decidedAgain(record, facts, { candidates, ranking: { rule, standings } });
  return differences("outcome", record.outcome, again);
}

/** Returns null if `decide` throws. It never throws for what was recorded, so the record was changed since. */
function decidedAgain(
  record: DecisionRecord,
  facts: LeadFacts,
  given: { readonly candidates: readonly Candidate[]; readonly ranking: Ranking },
): OutcomeRecord | null {
  try {
    const { outcome } = decide({
      lead: facts,
      scope: new Set(record.scope),
      ...given,
      relations: record.relations.map(relationOf),
      capacities: record.capacities.map(capacityOf),
      seats: record.seats,
      at: new Date(record.at),
    });
    return outcome;
  } catch {
    return null;
  }
}

const isReplayable = ({ rulesVersion: version }: DecisionRecord): boolean =>
  version >= oldestReplayable && version <= rulesVersion;

/** By this time, all servers used rules that can still be replayed. */
const replayableSince = Date.parse("2026-11-26T00:00:00Z");

/**
 * Whether a different outcome is expected because the rules have changed since. A later record that claims
 * old rules is not excused.
 */
export const isOfEarlierRules = (record: DecisionRecord | null): boolean =>
  record !== null &&
  record.rulesVersion >= 1 &&
  record.rulesVersion < oldestReplayable &&
  Date.parse(record.at) < replayableSince;

/** The paths at which two JSON values differ, regardless of the order of keys. */
function differences(path: string, recorded: unknown, replayed: unknown): DecisionDifference[] {
  if (Object.is(recorded, replayed)) return [];
  if (!isTree(recorded) || !isTree(replayed) || Array.isArray(recorded) !== Array.isArray(replayed)) {
    return [{ path, recorded, replayed }];
  }
  const keys = new Set([...Object.keys(recorded), ...Object.keys(replayed)]);
  return [...keys].flatMap((key) => differences(`${path}.${key}`, recorded[key], replayed[key]));
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
