/**
 * The market: every standing campaign in an in-memory index. PostgreSQL is the truth. The index is filled
 * from it at the start and then follows the changes. After each commit a hint announces the change to all
 * processes, and no answer is older than the hints this process has received.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook, StandingCampaign } from "../../offers/campaigns";
import type { Transact } from "../../platform/database";
import type { Hints } from "../../platform/hints";
import { CampaignIndex } from "./campaign-index/campaign-index";

/** Published after commit by every change of a campaign. */
export const campaignsTopic = "campaigns";

export class Market {
  private readonly index = new CampaignIndex();
  /** The oldest transaction that may not have been fully visible at the last read. */
  private horizon = 0;
  /** The topic's version before the last read; -1 before the first one. */
  private seen = -1;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly deps: {
      readonly transact: Transact;
      readonly campaigns: CampaignBook;
      readonly hints: Hints;
    },
  ) {}

  /** Whether the whole market has been read once. */
  get isWhole(): boolean {
    return this.seen >= 0;
  }

  get size(): number {
    return this.index.size;
  }

  /** The index as it is, for callers that have awaited `now` before. Query it before awaiting anything else. */
  get current(): CampaignIndex {
    return this.index;
  }

  /** The index with every change that this process has been told of. Query it before awaiting anything else. */
  async now(): Promise<CampaignIndex> {
    while (this.seen !== this.deps.hints.version(campaignsTopic)) await this.look();
    return this.index;
  }

  /** Reads the changes since the last read. Concurrent callers share one read. */
  async look(): Promise<void> {
    this.looking ??= this.read().finally(() => {
      this.looking = null;
    });
    await this.looking;
  }

  private async read(): Promise<void> {
    // Taken before reading, so that a commit during the read is not mistaken for one already seen.
    const seen = this.deps.hints.version(campaignsTopic);
    this.horizon = await this.deps.transact({ role: "worker" }, async (tx) => {
      // One snapshot for all pages. Otherwise two campaigns that changed together could be read in different
      // states.
      await tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      const horizon = await this.deps.campaigns.horizon(tx);
      await (this.isWhole ? this.readChanges(tx, horizon) : this.readAll(tx, horizon));
      return horizon;
    });
    this.seen = seen;
  }

  /**
   * Indexes page by page, so that the whole market is never in memory twice. Nobody queries the index before
   * this is done.
   */
  private async readAll(tx: EntityManager, horizon: number): Promise<void> {
    for await (const page of this.deps.campaigns.changedSince(tx, 0)) this.file(page, horizon);
  }

  /**
   * Indexes all changes at once, so that a concurrent query sees the market before or after them, never in
   * between.
   */
  private async readChanges(tx: EntityManager, horizon: number): Promise<void> {
    const changes: StandingCampaign[] = [];
    for await (const page of this.deps.campaigns.changedSince(tx, this.horizon)) changes.push(...page);
    this.file(changes, horizon);
  }

  /** Sets the new version in the same step. The horizon alone may stay the same while campaigns change. */
  private file(campaigns: readonly StandingCampaign[], horizon: number): void {
    if (campaigns.length === 0) return;
    for (const { id, ...campaign } of campaigns) this.index.replace({ campaignId: id, ...campaign });
    this.index.version = Math.max(horizon, this.index.version + 1);
  }
}
