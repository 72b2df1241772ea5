/**
 * Who comes first? The higher price; between equal prices a draw that anybody can repeat from the
 * ids. The draw is first between suppliers and only then between campaigns of one, so that cutting a
 * campaign into many buys no more luck.
 */
import { type Candidate } from "./facts";

/** The published name of the rule. */
export const RANKED_BY = "PRICE_THEN_DRAW";

/** What the rule looks at. */
export interface Contender {
  readonly campaignId: string;
  readonly supplierId: string;
  readonly pricePerLeadCents: number;
}

export interface Drawn {
  readonly contender: Contender;
  readonly supplierLot: number;
  readonly campaignLot: number;
}

/** A total order: two runs over the same facts, in whatever order they arrive, cannot disagree. */
export function inRank(leadId: string, candidates: readonly Candidate[]): Candidate[] {
  const lots = lotsOf(leadId);
  const drawn = candidates.map((candidate) => ({ candidate, drawn: draw(lots, contenderOf(candidate)) }));
  drawn.sort((a, b) => byRank(a.drawn, b.drawn));
  return drawn.map(({ candidate }) => candidate);
}

const contenderOf = ({ campaignId, supplierId, terms }: Candidate): Contender => ({
  campaignId,
  supplierId,
  pricePerLeadCents: terms.pricePerLeadCents,
});

export const draw = (lots: (id: string) => number, contender: Contender): Drawn => ({
  contender,
  supplierLot: lots(contender.supplierId),
  campaignLot: lots(contender.campaignId),
});

export const byRank = (a: Drawn, b: Drawn): number =>
  b.contender.pricePerLeadCents - a.contender.pricePerLeadCents ||
  a.supplierLot - b.supplierLot ||
  compare(a.contender.supplierId, b.contender.supplierId) ||
  a.campaignLot - b.campaignLot ||
  compare(a.contender.campaignId, b.contender.campaignId);

// Not localeCompare, which calls some distinct strings equal.
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

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
