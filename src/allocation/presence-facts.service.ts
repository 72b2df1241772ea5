/** Is somebody there, for the campaigns that want leads only then? Read with the supplier's account locked. */
import type { EntityManager } from "typeorm";
import type { Attended } from "../campaigns";
import type { Candidate, Capacity } from "../matching";

export class PresenceFacts {
  constructor(private readonly attended: Attended) {}

  /** The capacities with what was found beside them. Where no campaign asks, nothing is read. */
  async beside(
    tx: EntityManager,
    candidates: readonly Candidate[],
    capacities: readonly Capacity[],
  ): Promise<Capacity[]> {
    const asking = candidates.filter(({ terms }) => terms.onlyWhenConnected === true);
    const ids = new Set(asking.map(({ campaignId }) => campaignId));
    const attended = await this.attended.among(tx, [...ids]);
    return capacities.map((capacity) => {
      const { campaignId } = capacity;
      return ids.has(campaignId) ? { ...capacity, isConnected: attended.has(campaignId) } : capacity;
    });
  }
}
