/**
 * Who comes first? By the steps of the product's rule; where they tell no difference, by a draw that anybody
 * can repeat from the ids. The draw is first between suppliers and only then between campaigns of one, so that
 * cutting a campaign into many buys no more luck.
 */
import { type Candidate, type RankFacts, type Ranking } from "./facts";
import { rankingRules, unreviewedScore, type Step } from "./ranking-rules";

/** What every rule looks at. */
export interface Contender {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly pricePerLeadCents: number;
}

/** With what the rule looks at besides; undefined is all unknown. */
export interface Placed {
  readonly contender: Contender;
  readonly facts: RankFacts | undefined;
}

export interface Drawn extends Placed {
  readonly supplierLot: number;
  readonly campaignLot: number;
}

/** A total order: two runs over the same facts, in whatever order they arrive, cannot disagree. */
export function inRank(leadId: string, candidates: readonly Candidate[], ranking: Ranking): Candidate[] {
  const lots = lotsOf(leadId);
  const factsOf = factsIn(ranking);
  const byRank = rankOf(ranking);
  const drawn = candidates.map((candidate) => {
    const contender = contenderOf(candidate);
    return { candidate, drawn: draw(lots, { contender, facts: factsOf(contender) }) };
  });
  drawn.sort((a, b) => byRank(a.drawn, b.drawn));
  return drawn.map(({ candidate }) => candidate);
}

const contenderOf = ({ campaignId, supplierId, terms }: Candidate): Contender => ({
  campaignId,
  supplierId,
  pricePerLeadCents: terms.pricePerLeadCents,
});

/** The recorded facts, found by campaign. */
export function factsIn({ standings }: Ranking): (of: Contender) => RankFacts | undefined {
  if (standings.length === 0) return () => undefined;
  const facts = new Map(standings.map((one) => [one.campaignId, one]));
  return ({ campaignId }) => facts.get(campaignId);
}

export const draw = (lots: (id: string) => number, { contender, facts }: Placed): Drawn => ({
  contender,
  facts,
  supplierLot: lots(contender.supplierId),
  campaignLot: lots(contender.campaignId),
});

type Compare<One> = (a: One, b: One) => number;

/** Below 0: the first comes first. 0: only the draw can tell. */
export function stepsOf({ rule }: Ranking): Compare<Placed> {
  return rankingRules[rule]
    .map((step) => comparisons[step])
    .reduce((earlier, later) => (a, b) => earlier(a, b) || later(a, b));
}

export function rankOf(ranking: Ranking): Compare<Drawn> {
  const bySteps = stepsOf(ranking);
  return (a, b) => bySteps(a, b) || byDraw(a, b);
}

const byDraw: Compare<Drawn> = (a, b) =>
  a.supplierLot - b.supplierLot ||
  compareTexts(a.contender.supplierId, b.contender.supplierId) ||
  a.campaignLot - b.campaignLot ||
  compareTexts(a.contender.campaignId, b.contender.campaignId);

const comparisons: Readonly<Record<Step, Compare<Placed>>> = {
  PRICE: (a, b) => b.contender.pricePerLeadCents - a.contender.pricePerLeadCents,
  // By the very instant: by the day, or the hour, the price would decide again who has all turns of it. Those
  // that received one lead together received it at one instant. No instant is before every other.
  TURN: (a, b) => compareTexts(a.facts?.lastReceivedAt ?? "", b.facts?.lastReceivedAt ?? ""),
  DISTANCE: (a, b) => (a.facts?.km ?? nowhereKm) - (b.facts?.km ?? nowhereKm),
  QUALITY: (a, b) => (b.facts?.score ?? unreviewedScore) - (a.facts?.score ?? unreviewedScore),
};

/** Farther than anything on the ground. */
const nowhereKm = 1_000_000;

// Not localeCompare, which calls some distinct strings equal.
const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** 53 bits of a mixing hash (cyrb53): even and repeatable. Not a secret, and it need not be one. */
export const lot = (leadId: string, id: string): number => lotsOf(leadId)(id);

/** What the lots of one lead begin with is mixed once for all of them. */
export function lotsOf(leadId: string): (id: string) => number {
  const start = mixed({ high: 0xdeadbeef, low: 0x41c6ce57 }, `${leadId} `);
  return (id) => {
    let { high, low } = mixed(start, id);
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return 4294967296 * (2097151 & low) + (high >>> 0);
  };
}

interface Mix {
  readonly high: number;
  readonly low: number;
}

function mixed(from: Mix, text: string): Mix {
  let { high, low } = from;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    // A character beyond 16 bits stands in two places and is mixed once.
    if (code > 0xffff) index += 1;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return { high, low };
}
