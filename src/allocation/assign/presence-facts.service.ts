/** Which campaigns that require a connected member have one? Read with the suppliers' accounts locked. */
import type { EntityManager } from "typeorm";
import type { CampaignPresence } from "../../offers/campaigns";
import type { Candidate } from "../matching";

export class PresenceFacts {
  constructor(private readonly campaigns: CampaignPresence) {}

  /** By campaign, only for those with `onlyWhenConnected`. Reads nothing if there is none. */
  async of(tx: EntityManager, candidates: readonly Candidate[]): Promise<ReadonlyMap<string, boolean>> {
    const asking = candidates.filter(({ terms }) => terms.onlyWhenConnected === true);
    const ids = [...new Set(asking.map(({ campaignId }) => campaignId))];
    const connected = await this.campaigns.connectedAmong(tx, ids);
    return new Map(ids.map((id) => [id, connected.has(id)]));
  }
}
