/**
 * Translates a campaign's terms into what the index stores: one criterion per field as rows, and everything
 * else as a check to run on the campaign itself.
 */
import type { Criterion } from "../../../offers/campaigns";
import type { Candidate } from "../facts";
import { compileCriterion, type CompiledCriterion } from "./compiled-criterion";
import { indexedZones, listOf, type IndexedCampaign } from "./indexed-campaign";
import type { StringPool } from "./string-pool";

export interface Compiled {
  readonly campaign: IndexedCampaign;
  readonly criteria: ReadonlyMap<string, CompiledCriterion>;
}

export function compile(candidate: Candidate, texts: StringPool): Compiled {
  const { terms, campaignId, supplierId, version, pausedUntil } = candidate;
  const criteria = new Map<string, CompiledCriterion>();
  const rest: Criterion[] = [];
  for (const criterion of terms.criteria) {
    const compiled = compileCriterion(criterion);
    // Rows hold one criterion per field. A second criterion for the same field is evaluated directly.
    if (compiled.rest !== null || criteria.has(criterion.field)) rest.push(criterion);
    else criteria.set(criterion.field, compiled);
  }
  const campaign: IndexedCampaign = {
    campaignId,
    supplierId: texts.intern(supplierId),
    version,
    pricePerLeadCents: terms.pricePerLeadCents,
    site: terms.site === null ? null : texts.intern(terms.site),
    pausedUntil,
    zones: indexedZones(terms.zones, texts),
    excludedZones: indexedZones(terms.excludedZones, texts),
    criteria: listOf(rest),
    timeZone: texts.intern(terms.timeZone),
  };
  return { campaign, criteria };
}
