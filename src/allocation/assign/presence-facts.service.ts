/** Is somebody there, for the campaigns that want leads only then? Read with the supplier's account locked. */
import type { EntityManager } from "typeorm";
import type { Attended } from "../../offers/campaigns";
import type { Candidate } from "../matching";

export class PresenceFacts {
  constructor(private readonly attended: Attended) {}

  /** By campaign, of those that ask for it. Where none asks, nothing is read. */
  async of(tx: EntityManager, candidates: readonly Candidate[]): Promise<ReadonlyMap<string, boolean>> {
    const asking = candidates.filter(({ terms }) => terms.onlyWhenConnected === true);
    const ids = [...new Set(asking.map(({ campaignId }) => campaignId))];
    const attended = await this.attended.among(tx, ids);
    return new Map(ids.map((id) => [id, attended.has(id)]));
  }
}
