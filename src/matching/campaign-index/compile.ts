/** From a campaign's terms to what the index files: one criterion for each field in rows, the rest as it is. */
import type { Criterion } from "../../campaigns";
import type { Candidate } from "../facts";
import { compileCriterion, type CompiledCriterion } from "./compiled-criterion";
import { filedZones, listOf, type Filed } from "./filed";

export interface Compiled {
  readonly filed: Filed;
  readonly criteria: ReadonlyMap<string, CompiledCriterion>;
}

/** `intern` gives one text for all that are equal: codes are repeated in thousands of campaigns. */
export function compile(candidate: Candidate, intern: (text: string) => string): Compiled {
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
    supplierId: intern(supplierId),
    version,
    pricePerLeadCents: terms.pricePerLeadCents,
    site: terms.site === null ? null : intern(terms.site),
    pausedUntil,
    zones: filedZones(terms.zones, intern),
    excludedZones: filedZones(terms.excludedZones, intern),
    criteria: listOf(rest),
    timeZone: intern(terms.timeZone),
  };
  return { filed, criteria };
}
