/**
 * What a rule looks at beyond the terms, laid out for one ranking: of each contender what the rule's steps
 * ask for, and nothing else, because all of it is recorded.
 */
import type { RankingRule } from "../../reference/catalogue";
import type { RankFacts } from "./facts";
import { needsRankFacts, rankingRules, type Step } from "./ranking-rules";

/** What was read; what is missing in a map is not known. Only what the rule asks for need be there. */
export interface LoadedRankFacts {
  /** By supplier. */
  readonly lastReceivedAt?: ReadonlyMap<string, Date>;
  /** By campaign. */
  readonly km?: ReadonlyMap<string, number>;
  /** By supplier. */
  readonly scores?: ReadonlyMap<string, number>;
}

type Placed = Pick<RankFacts, "campaignId"> & { readonly supplierId: string };
type Fact = keyof Omit<RankFacts, "campaignId">;

const factOf: Readonly<Record<Step, Fact | null>> = {
  PRICE: null,
  TURN: "lastReceivedAt",
  DISTANCE: "km",
  QUALITY: "score",
};

const factsOf = (rule: RankingRule): Fact[] => rankingRules[rule].flatMap((step) => factOf[step] ?? []);

/** Sorted by campaign, so that the same facts are always recorded the same. */
export function rankFactsOf(
  rule: RankingRule,
  placed: readonly Placed[],
  loaded: LoadedRankFacts,
): RankFacts[] {
  const facts = factsOf(rule);
  if (facts.length === 0) return [];
  return placed
    .map((one) => ({
      campaignId: one.campaignId,
      ...Object.fromEntries(facts.map((fact) => [fact, readers[fact](one, loaded)])),
    }))
    .sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
}

const readers: { readonly [F in Fact]: (one: Placed, loaded: LoadedRankFacts) => RankFacts[F] } = {
  lastReceivedAt: ({ supplierId }, { lastReceivedAt }) =>
    lastReceivedAt?.get(supplierId)?.toISOString() ?? null,
  km: ({ campaignId }, { km }) => km?.get(campaignId) ?? null,
  score: ({ supplierId }, { scores }) => scores?.get(supplierId) ?? null,
};

/** Whether these are what the rule asks for: of each candidate once, and no fact more or less. */
export function areComplete(
  rule: RankingRule,
  candidates: readonly Pick<RankFacts, "campaignId">[],
  standings: readonly RankFacts[],
): boolean {
  if (!needsRankFacts(rule)) return standings.length === 0;
  const wanted = ["campaignId", ...factsOf(rule)].sort().join();
  const known = new Set(standings.map(({ campaignId }) => campaignId));
  return (
    standings.length === candidates.length &&
    candidates.every(({ campaignId }) => known.has(campaignId)) &&
    standings.every((one) => Object.keys(one).sort().join() === wanted)
  );
}
