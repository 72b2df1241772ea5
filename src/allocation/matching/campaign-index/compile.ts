/** From a campaign's terms to what the index files: one criterion for each field in rows, the rest as it is. */
import type { Criterion } from "../../../offers/campaigns";
import type { Candidate } from "../facts";
import { compileCriterion, type CompiledCriterion } from "./compiled-criterion";
import { filedZones, listOf, type Filed } from "./filed";
import type { Texts } from "./texts";

export interface Compiled {
  readonly filed: Filed;
  readonly criteria: ReadonlyMap<string, CompiledCriterion>;
}

export function compile(candidate: Candidate, texts: Texts): Compiled {
  const { terms, campaignId, supplierId, version, pausedUntil } = candidate;
  const criteria = new Map<string, CompiledCriterion>();
  const rest: Criterion[] = [];
  for (const criterion of terms.criteria) {
    const compiled = compileCriterion(criterion);
    // Rows answer for one criterion of a field: should there be another, it is asked itself.
    if (compiled.rest !== null || criteria.has(criterion.field)) rest.push(criterion);
    else criteria.set(criterion.field, compiled);
  }
  const filed: Filed = {
    campaignId,
    supplierId: texts.of(supplierId),
    version,
    pricePerLeadCents: terms.pricePerLeadCents,
    site: terms.site === null ? null : texts.of(terms.site),
    pausedUntil,
    zones: filedZones(terms.zones, texts),
    excludedZones: filedZones(terms.excludedZones, texts),
    criteria: listOf(rest),
    timeZone: texts.of(terms.timeZone),
  };
  return { filed, criteria };
}
