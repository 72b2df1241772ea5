/**
 * Whom to name to a person before they consent? Those whose terms fit the need. Never by schedule,
 * caps, balance or age: these change by the hour, and showing them would tell one supplier about another.
 */
import { type Candidate, type Ranking } from "./facts";
import { refusalByTerms, type Need } from "./match";
import { inRank } from "./ranking";
import { byPrice } from "./ranking-rules";

export interface PreviewInput {
  /** `leadId` seeds the draw: the preview's own id, as there is no lead yet. */
  readonly lead: Need & { readonly leadId: string };
  readonly candidates: readonly Candidate[];
  /** By price if it is left out. */
  readonly ranking?: Ranking;
  readonly at: Date;
  /** How many suppliers the product shows at most. */
  readonly limit: number;
}

/** The best campaign of each supplier, best supplier first, at most `limit`. */
export function recipientsOf({ lead, candidates, ranking, at, limit }: PreviewInput): Candidate[] {
  const fitting = inRank(
    lead.leadId,
    candidates.filter((candidate) => refusalByTerms(lead, candidate, at) === null),
    ranking ?? byPrice,
  );
  const bySupplier = new Map<string, Candidate>();
  for (const candidate of fitting) {
    if (!bySupplier.has(candidate.supplierId)) bySupplier.set(candidate.supplierId, candidate);
  }
  return [...bySupplier.values()].slice(0, limit);
}
