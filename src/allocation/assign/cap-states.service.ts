/**
 * What is left of campaigns' caps now. For display only: decisions read the usage again under the account's
 * lock.
 */
import type { CampaignView } from "../../offers/campaigns";
import type { Clock } from "../../platform/clock";
import type { Scope, Transact } from "../../platform/database";
import { candidateOf } from "./matching-input";
import { windowsOf } from "./capacities";
import { capStatesOf, type CapState } from "./cap-state";
import type { CapUsage } from "./cap-usage.service";

export class CapStates {
  constructor(
    private readonly transact: Transact,
    private readonly caps: CapUsage,
    private readonly clock: Clock,
  ) {}

  /** One list per campaign, in the given order. All windows contain the same instant. */
  async of(scope: Scope, campaigns: readonly CampaignView[]): Promise<CapState[][]> {
    const at = this.clock.now();
    const capped = campaigns.map(candidateOf);
    const windows = capped.flatMap((campaign) => windowsOf(campaign, at));
    const used = await this.transact(scope, (tx) => this.caps.read(tx, windows));
    return capped.map((campaign) => capStatesOf(campaign, at, used));
  }
}
