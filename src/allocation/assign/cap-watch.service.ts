/**
 * What is left of a campaign's caps, followed live: now, and whenever it differs. A hint says when to look
 * again, and so does the end of a window; what nobody looks at costs nothing.
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

  /** Rejects at once for a campaign that is not the supplier's. Only the newest state is given, never a backlog. */
  async watch(context: RequestContext, campaignId: string): Promise<AsyncIterableIterator<CapsNow>> {
    const scope = supplierScopeOf(context);
    await this.deps.campaigns.one(scope, campaignId);
    return stoppable((signal) => this.follow({ scope, campaignId }, signal));
  }

  private async *follow(
    { scope, campaignId }: { scope: SupplierScope; campaignId: string },
    signal: AbortSignal,
  ): AsyncGenerator<CapsNow, void, undefined> {
    const topic = feedTopic(scope.supplierId);
    let shown = "";
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      // Taken before reading: a commit between the reading and the waiting is then not slept through.
      const seen = this.deps.hints.version(topic);
      const now = await this.read(scope, campaignId);
      const text = JSON.stringify(now.caps);
      if (text !== shown && !stopped()) {
        shown = text;
        yield now;
      }
      await this.deps.hints.changed(topic, seen, { signal, backstopMs: this.untilReset(now) });
    }
  }

  private async read(scope: SupplierScope, campaignId: string): Promise<CapsNow> {
    const campaign = await this.deps.campaigns.one(scope, campaignId);
    const at = this.deps.clock.now();
    const [caps = []] = await this.deps.states.of(scope, [campaign]);
    return { caps, at };
  }

  /** A window that ends gives room again, though nothing happened. */
  private untilReset({ caps, at }: CapsNow): number {
    const ends = caps.map(({ resetsAt }) => resetsAt.getTime() - at.getTime() + 1);
    return Math.min(backstopMs, ...ends);
  }
}
