/**
 * Follows what is left of a campaign's caps: now, and whenever it changes. It looks again after a hint and at
 * the end of a window. A campaign that nobody watches costs nothing.
 */
import type { CampaignsService } from "../../offers/campaigns";
import { feedTopic } from "../../account/feed";
import { supplierScopeOf, type RequestContext, type SupplierScope } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Hints } from "../../platform/hints";
import { stoppable } from "../../platform/stoppable";
import type { CapState } from "./cap-state";
import type { CapStates } from "./cap-states.service";

export interface CapsNow {
  readonly caps: readonly CapState[];
  readonly at: Date;
}

const backstopMs = 30_000;

export class CapWatch {
  constructor(
    private readonly deps: {
      readonly campaigns: Pick<CampaignsService, "one">;
      readonly states: CapStates;
      readonly hints: Hints;
      readonly clock: Clock;
    },
  ) {}

  /** Rejects at once for a campaign of another supplier. Only the newest state is delivered, never a backlog. */
  async watch(context: RequestContext, campaignId: string): Promise<AsyncIterableIterator<CapsNow>> {
    const scope = supplierScopeOf(context);
    await this.deps.campaigns.one(scope, campaignId);
    return stoppable((signal) => this.follow({ scope, campaignId }, signal));
  }

  private async *follow(
    { scope, campaignId }: { scope: SupplierScope; campaignId: string },
    signal: AbortSignal,
  ): AsyncGenerator<CapsNow, void, undefined> {
    const { hints, clock } = this.deps;
    const topic = feedTopic(scope.supplierId);
    let shown = "";
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      // Taken before reading, so that a commit between reading and waiting is not missed.
      const seen = hints.version(topic);
      const now = await this.read(scope, campaignId);
      const text = JSON.stringify(now.caps);
      if (text !== shown && !stopped()) {
        shown = text;
        yield now;
      }
      await hints.changed(topic, seen, { signal, clock, backstopMs: this.untilReset(now) });
    }
  }

  private async read(scope: SupplierScope, campaignId: string): Promise<CapsNow> {
    const campaign = await this.deps.campaigns.one(scope, campaignId);
    const at = this.deps.clock.now();
    const [caps = []] = await this.deps.states.of(scope, [campaign]);
    return { caps, at };
  }

  /** The end of a window frees room without any event. */
  private untilReset({ caps, at }: CapsNow): number {
    const ends = caps.map(({ resetsAt }) => resetsAt.getTime() - at.getTime() + 1);
    return Math.min(backstopMs, ...ends);
  }
}
