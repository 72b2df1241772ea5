/**
 * Who comes first? The higher price; between equal prices a draw that anybody can repeat from the
 * ids. The draw is first between suppliers and only then between campaigns of one, so that cutting a
 * campaign into many buys no more luck.
 */
import { type Candidate } from "./facts";

/** The published name of the rule. */
export const RANKED_BY = "PRICE_THEN_DRAW";

/** A total order: two runs over the same facts, in whatever order they arrive, cannot disagree. */
export function inRank(leadId: string, candidates: readonly Candidate[]): Candidate[] {
  const drawn = candidates.map((candidate) => ({
    candidate,
    supplierLot: lot(leadId, candidate.supplierId),
    campaignLot: lot(leadId, candidate.campaignId),
  }));
  drawn.sort(
    (a, b) =>
      b.candidate.terms.pricePerLeadCents - a.candidate.terms.pricePerLeadCents ||
      a.supplierLot - b.supplierLot ||
      compare(a.candidate.supplierId, b.candidate.supplierId) ||
      a.campaignLot - b.campaignLot ||
      compare(a.candidate.campaignId, b.candidate.campaignId),
  );
  return drawn.map(({ candidate }) => candidate);
}

// Not localeCompare, which calls some distinct strings equal.
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** 53 bits of a mixing hash (cyrb53): even and repeatable. Not a secret, and it need not be one. */
export function lot(leadId: string, id: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const character of `${leadId} ${id}`) {
    const code = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
