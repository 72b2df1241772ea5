/**
 * Which suppliers are named to a person before they consent? Those whose terms accept the need. Schedule,
 * caps, balance and age are not considered: they change by the hour, and showing their effect would tell one
 * supplier about another.
 *
 * This is the plain version over a list of candidates. The server uses the index (shortlist.service.ts),
 * which tests compare with this.
 */
import { type Candidate, type Ranking } from "./facts";
import { refusalByTerms, type Need } from "./match";
import { inRank } from "./ranking";
import { byPrice } from "./ranking-rules";

export interface PreviewInput {
  /** `leadId` seeds the draw. It is the preview's own id, because there is no lead yet. */
  readonly lead: Need & { readonly leadId: string };
  readonly candidates: readonly Candidate[];
  /** By price if omitted. */
  readonly ranking?: Ranking;
  readonly at: Date;
  /** The maximum number of suppliers that the product shows. */
  readonly limit: number;
}

/** The best campaign of each supplier, best supplier first, at most `limit`. */
export function previewRecipients({ lead, candidates, ranking, at, limit }: PreviewInput): Candidate[] {
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
