/**
 * By which rules may suppliers be ranked? Each rule is data: a name and a list of steps, of which the first
 * that distinguishes two candidates decides. After the last step comes the draw of ranking.ts, so every rule
 * gives a total order. The public page on ranking is generated from this data, so what is published is what
 * is done.
 */
import type { RankingRule } from "../../reference/catalogue";
import type { Ranking } from "./facts";

/**
 * PRICE: the higher price first. TURN: the supplier that received a lead of the product longest ago, or
 * never, first. DISTANCE: the nearest first, in whole kilometres. QUALITY: the higher score first, as set by
 * staff.
 */
export type RankingStep = "PRICE" | "TURN" | "DISTANCE" | "QUALITY";

export const rankingRules: Readonly<Record<RankingRule, readonly [RankingStep, ...RankingStep[]]>> = {
  PRICE_THEN_DRAW: ["PRICE"],
  TURN_THEN_PRICE: ["TURN", "PRICE"],
  NEAREST_THEN_PRICE: ["DISTANCE", "PRICE"],
  QUALITY_THEN_PRICE: ["QUALITY", "PRICE"],
};

/** The score assumed for a supplier without a review: neither good nor bad. */
export const unreviewedScore = 50;

/** The rule that needs no facts beyond the terms. */
export const byPrice: Ranking = { rule: "PRICE_THEN_DRAW", standings: [] };

export const isRankingRule = (name: string): name is RankingRule => Object.hasOwn(rankingRules, name);

/** Whether the rule uses more than the campaigns' terms. */
export const needsRankFacts = (rule: RankingRule): boolean =>
  rankingRules[rule].some((step) => step !== "PRICE");

/**
 * The rule for previews: the product's, except that turns are replaced by price. Otherwise somebody who asked
 * repeatedly could observe when each supplier receives a lead.
 */
export const shownBy = (rule: RankingRule): RankingRule =>
  rankingRules[rule].includes("TURN") ? "PRICE_THEN_DRAW" : rule;
