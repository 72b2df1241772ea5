/**
 * By which rules may suppliers be put in order? Data: a name, and steps of which the first that tells two
 * apart decides. After the last step comes the draw of ranking.ts, whatever the rule, so every rule is total.
 * The page on ranking is made from this, so what is published is what is done.
 */
import type { RankingRule } from "../../reference/catalogue";
import type { Ranking } from "./facts";

/**
 * PRICE: the higher first. TURN: whoever received a lead of the product longest ago, or never, first.
 * DISTANCE: the nearest first, in whole kilometres. QUALITY: the higher score, set by a person, first.
 */
export type Step = "PRICE" | "TURN" | "DISTANCE" | "QUALITY";

export const rankingRules: Readonly<Record<RankingRule, readonly [Step, ...Step[]]>> = {
  PRICE_THEN_DRAW: ["PRICE"],
  TURN_THEN_PRICE: ["TURN", "PRICE"],
  NEAREST_THEN_PRICE: ["DISTANCE", "PRICE"],
  QUALITY_THEN_PRICE: ["QUALITY", "PRICE"],
};

/** What a supplier counts as that nobody has reviewed: neither good nor bad. */
export const unreviewedScore = 50;

/** The rule that needs no facts beyond the terms. */
export const byPrice: Ranking = { rule: "PRICE_THEN_DRAW", standings: [] };

export const isRankingRule = (name: string): name is RankingRule => Object.hasOwn(rankingRules, name);

/** Whether the rule looks at more than the campaigns' terms. */
export const needsRankFacts = (rule: RankingRule): boolean =>
  rankingRules[rule].some((step) => step !== "PRICE");

/**
 * The rule by which suppliers are shown before anybody consents: the product's, but not whose turn it is. Whoever
 * asks again and again would read from that when each supplier receives a lead.
 */
export const shownBy = (rule: RankingRule): RankingRule =>
  rankingRules[rule].includes("TURN") ? "PRICE_THEN_DRAW" : rule;
