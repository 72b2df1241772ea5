/**
 * A least-recently-used cache of terms by campaign and version. A version never changes, so entries never
 * become stale.
 */
import { type CampaignTerms } from "./terms";

export interface TermsKey {
  readonly campaignId: string;
  readonly version: number;
}

export class TermsCache {
  private readonly kept = new Map<string, CampaignTerms>();

  constructor(private readonly limit: number) {}

  get(of: TermsKey): CampaignTerms | undefined {
    const key = keyOf(of);
    const terms = this.kept.get(key);
    if (terms === undefined) return undefined;
    // A Map iterates in insertion order, so reinserting an entry makes it the most recent one.
    this.kept.delete(key);
    this.kept.set(key, terms);
    return terms;
  }

  put(of: TermsKey, terms: CampaignTerms): void {
    // Campaigns with polygons are not cached: a polygon may have thousands of points.
    if ([...terms.zones, ...terms.excludedZones].some(({ kind }) => kind === "polygon")) return;
    this.kept.set(keyOf(of), terms);
    for (const key of this.kept.keys()) {
      if (this.kept.size <= this.limit) return;
      this.kept.delete(key);
    }
  }
}

const keyOf = ({ campaignId, version }: TermsKey): string => `${campaignId} ${String(version)}`;
