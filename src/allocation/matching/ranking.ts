/**
 * Which candidate comes first? The steps of the product's rule decide. Where they do not distinguish two
 * candidates, a draw does that anybody can repeat from the ids. It is drawn between suppliers first and then
 * between the campaigns of one supplier, so that splitting a campaign does not improve its chance.
 */
import { type Candidate, type RankFacts, type Ranking } from "./facts";
import { rankingRules, unreviewedScore, type RankingStep } from "./ranking-rules";

/** What every rule may use. */
export interface Contender {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly pricePerLeadCents: number;
}

/** With the facts that the rule uses. undefined means that none of them is known. */
export interface Placed {
  readonly contender: Contender;
  readonly facts: RankFacts | undefined;
}

export interface Drawn extends Placed {
  readonly supplierLot: number;
  readonly campaignLot: number;
}

/** A total order: two runs over the same facts give the same result, whatever the order of their input. */
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

/** Looks up the recorded facts by campaign. */
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

/** Negative if the first comes first; 0 if only the draw can decide. */
export function comparisonsOf({ rule }: Ranking): Compare<Placed> {
  return rankingRules[rule]
    .map((step) => comparisons[step])
    .reduce((earlier, later) => (a, b) => earlier(a, b) || later(a, b));
}

export function rankOf(ranking: Ranking): Compare<Drawn> {
  const bySteps = comparisonsOf(ranking);
  return (a, b) => bySteps(a, b) || byDraw(a, b);
}

const byDraw: Compare<Drawn> = (a, b) =>
  a.supplierLot - b.supplierLot ||
  compareTexts(a.contender.supplierId, b.contender.supplierId) ||
  a.campaignLot - b.campaignLot ||
  compareTexts(a.contender.campaignId, b.contender.campaignId);

const comparisons: Readonly<Record<RankingStep, Compare<Placed>>> = {
  PRICE: (a, b) => b.contender.pricePerLeadCents - a.contender.pricePerLeadCents,
  // Compares exact instants. By day or hour, the price would decide again and give all turns within it to the
  // same supplier. Suppliers that received one lead together have the same instant. A supplier that never
  // received one comes first.
  TURN: (a, b) => compareTexts(a.facts?.lastReceivedAt ?? "", b.facts?.lastReceivedAt ?? ""),
  DISTANCE: (a, b) => (a.facts?.km ?? nowhereKm) - (b.facts?.km ?? nowhereKm),
  QUALITY: (a, b) => (b.facts?.score ?? unreviewedScore) - (a.facts?.score ?? unreviewedScore),
};

/** Farther than any place on earth. */
const nowhereKm = 1_000_000;

// Not localeCompare, which treats some distinct strings as equal.
const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/**
 * A 53-bit mixing hash (cyrb53): evenly distributed and repeatable. It is not secret and need not be.
 * Hashes the lead's id once for all lots of the lead.
 */
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
    // A character outside the Basic Multilingual Plane takes two code units and is hashed once.
    if (code > 0xffff) index += 1;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return { high, low };
}
