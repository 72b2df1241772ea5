/**
 * Terms that were read lately, by campaign and version. A version never changes, so what is here is never
 * out of date; it is only forgotten, the longest unused first, when there are too many.
 */
import { type CampaignTerms } from "./terms";

export interface TermsOf {
  readonly campaignId: string;
  readonly version: number;
}

export class TermsCache {
  private readonly kept = new Map<string, CampaignTerms>();

  constructor(private readonly limit: number) {}

  get(of: TermsOf): CampaignTerms | undefined {
    const key = keyOf(of);
    const terms = this.kept.get(key);
    if (terms === undefined) return undefined;
    // A map keeps the order of insertion: what is used moves to its end.
    this.kept.delete(key);
    this.kept.set(key, terms);
    return terms;
  }

  put(of: TermsOf, terms: CampaignTerms): void {
    // A polygon may have thousands of points, and many campaigns such polygons: these are read each time.
    if ([...terms.zones, ...terms.excludedZones].some(({ kind }) => kind === "polygon")) return;
    this.kept.set(keyOf(of), terms);
    for (const key of this.kept.keys()) {
      if (this.kept.size <= this.limit) return;
      this.kept.delete(key);
    }
  }
}

const keyOf = ({ campaignId, version }: TermsOf): string => `${campaignId} ${String(version)}`;
