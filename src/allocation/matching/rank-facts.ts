/**
 * Selects, for one ranking, the facts beyond the terms that its rule uses: exactly these for each candidate,
 * because all of them are recorded (as `standings`). rankings.service.ts loads them.
 */
import type { RankingRule } from "../../reference/catalogue";
import type { RankFacts } from "./facts";
import { needsRankFacts, rankingRules, type RankingStep } from "./ranking-rules";

/** The facts as loaded. A missing map entry means unknown. Maps that the rule does not use may be absent. */
export interface LoadedRankFacts {
  /** By supplier id. */
  readonly lastReceivedAt?: ReadonlyMap<string, Date>;
  /** By campaign id. */
  readonly km?: ReadonlyMap<string, number>;
  /** By supplier id. */
  readonly scores?: ReadonlyMap<string, number>;
}

type Placed = Pick<RankFacts, "campaignId"> & { readonly supplierId: string };
type Fact = keyof Omit<RankFacts, "campaignId">;

const factOf: Readonly<Record<RankingStep, Fact | null>> = {
  PRICE: null,
  TURN: "lastReceivedAt",
  DISTANCE: "km",
  QUALITY: "score",
};

const factsOf = (rule: RankingRule): Fact[] => rankingRules[rule].flatMap((step) => factOf[step] ?? []);

/** Sorted by campaign, so that equal facts are always recorded alike. */
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

/** Whether the facts are exactly those the rule uses: one entry per candidate, and no fact more or less. */
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
