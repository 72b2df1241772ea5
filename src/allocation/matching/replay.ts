/**
 * Does a recorded decision come out the same when it is made again? The answer is a list of
 * differences, empty if it does. It trusts no part of the recorded outcome.
 */
import { candidatesOf, capacityOf, relationOf, type DecisionRecord, type TermsOf } from "./decision-record";
import { decide, oldestReplayable, rulesVersion } from "./decision";
import { type OutcomeRecord } from "./outcome";
import { type Candidate, type LeadFacts, type Ranking } from "./facts";
import { isRankingRule } from "./ranking-rules";
import { areComplete } from "./rank-facts";

/** `path` says where, such as "outcome.verdicts.2.reason"; a side that has nothing there is undefined. */
export interface Difference {
  readonly path: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/** By the rule that was recorded, which is not the product's of today: as long as there is such a rule. */
export function replay(record: DecisionRecord, facts: LeadFacts, termsOf: TermsOf): Difference[] {
  const unfit = [
    ...(isReplayable(record) ? [] : differences("rulesVersion", record.rulesVersion, rulesVersion)),
    ...differences("leadId", record.leadId, facts.leadId),
  ];
  const { rules: rule, standings = [] } = record;
  if (!isRankingRule(rule)) return [{ path: "rules", recorded: rule, replayed: undefined }, ...unfit];
  if (unfit.length > 0) return unfit;
  const candidates = candidatesOf(record, termsOf);
  if (!candidates) return [{ path: "candidates", recorded: record.candidates, replayed: undefined }];
  // Else another rule, whose facts were never looked at, might by chance give the same order.
  if (!areComplete(rule, candidates, standings))
    return [{ path: "standings", recorded: record.standings, replayed: undefined }];
  const again = decidedAgain(record, facts, { candidates, ranking: { rule, standings } });
  return differences("outcome", record.outcome, again);
}

/** null if nothing can be decided from the record: what `decide` was given always can be, so it was changed since. */
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

/** By when all servers went by rules that are still followed. */
const replayableSince = Date.parse("2026-11-26T00:00:00Z");

/** Whether it may differ, because the rules were others then. A later one that claims so differs. */
export const isOfEarlierRules = (record: DecisionRecord | null): boolean =>
  record !== null &&
  record.rulesVersion >= 1 &&
  record.rulesVersion < oldestReplayable &&
  Date.parse(record.at) < replayableSince;

/** Where two JSON values part, whatever the order of their keys. */
function differences(path: string, recorded: unknown, replayed: unknown): Difference[] {
  if (Object.is(recorded, replayed)) return [];
  if (!isTree(recorded) || !isTree(replayed) || Array.isArray(recorded) !== Array.isArray(replayed)) {
    return [{ path, recorded, replayed }];
  }
  const keys = new Set([...Object.keys(recorded), ...Object.keys(replayed)]);
  return [...keys].flatMap((key) => differences(`${path}.${key}`, recorded[key], replayed[key]));
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
