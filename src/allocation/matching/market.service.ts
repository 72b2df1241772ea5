/**
 * The market: every standing campaign, in memory, as an index that a need is asked of. PostgreSQL is the truth;
 * this is read from it at the start and then only what changed. A hint says that something did: no answer is
 * older than what this process has been told of, whichever process changed it.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook, StandingCampaign } from "../../offers/campaigns";
import type { Transact } from "../../platform/database";
import type { Hints } from "../../platform/hints";
import { CampaignIndex } from "./campaign-index/campaign-index";

/** Published after commit by whoever changes a campaign. */
export const campaignsTopic = "campaigns";

export class Market {
  private readonly index = new CampaignIndex();
  /** The oldest transaction that may not have been seen whole. */
  private horizon = 0;
  /** How often the topic had been heard of before the last look. */
  private seen = -1;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly campaigns: CampaignBook;
      readonly hints: Hints;
    },
  ) {}

  /** Whether it was ever read whole. */
  get isWhole(): boolean {
    return this.seen >= 0;
  }

  get size(): number {
    return this.index.size;
  }

  /** The index as it is: for whoever has waited for `now` before. It must be asked before anything is awaited. */
  get current(): CampaignIndex {
    return this.index;
  }

  /** The index, with everything that this process has been told of. It must be asked before anything is awaited. */
  async now(): Promise<CampaignIndex> {
    while (this.seen !== this.deps.hints.version(campaignsTopic)) await this.look();
    return this.index;
  }

  /** Reads what changed since the last time. Whoever comes meanwhile waits for the same look. */
  async look(): Promise<void> {
    this.looking ??= this.read().finally(() => {
      this.looking = null;
    });
    await this.looking;
  }

  private async read(): Promise<void> {
    // Taken before reading: a commit between the reading and the end of it is then not taken for seen.
    const seen = this.deps.hints.version(campaignsTopic);
    this.horizon = await this.deps.transact({ role: "worker" }, async (tx) => {
      // One state of the database for all pages: else two campaigns changed together could be read one by one.
      await tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      const horizon = await this.deps.campaigns.horizon(tx);
      await (this.isWhole ? this.readChanges(tx, horizon) : this.readAll(tx, horizon));
      return horizon;
    });
    this.seen = seen;
  }

  /** Page by page, so that the whole market is never held twice: nobody asks before it is there. */
  private async readAll(tx: EntityManager, horizon: number): Promise<void> {
    for await (const page of this.deps.campaigns.changedSince(tx, 0)) this.file(page, horizon);
  }

  /** All at once: whoever asks meanwhile sees the market before or after, never between. */
  private async readChanges(tx: EntityManager, horizon: number): Promise<void> {
    const changes: StandingCampaign[] = [];
    for await (const page of this.deps.campaigns.changedSince(tx, this.horizon)) changes.push(...page);
    this.file(changes, horizon);
  }

  /** With the version that it makes, in one step. The horizon alone may stand still while something changes. */
  private file(campaigns: readonly StandingCampaign[], horizon: number): void {
    if (campaigns.length === 0) return;
    for (const { id, ...campaign } of campaigns) this.index.replace({ campaignId: id, ...campaign });
    this.index.version = Math.max(horizon, this.index.version + 1);
  }
}
