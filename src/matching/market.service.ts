/**
 * The market: every standing campaign, in memory, as an index that a need is asked of. PostgreSQL is the truth;
 * this is read from it at the start and then only what changed. A hint says that something did: no answer is
 * older than what this process has been told of, whichever process changed it.
 */
import type { EntityManager } from "typeorm";
import type { CampaignBook } from "../campaigns";
import type { Transact } from "../platform/database";
import type { Hints } from "../platform/hints";
import { CampaignIndex } from "./campaign-index/campaign-index";
import type { Candidate } from "./facts";

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
    const { horizon, changes } = await this.deps.transact({ role: "worker" }, (tx) => this.changes(tx));
    // All at once: whoever asks meanwhile sees the market before or after, never between.
    for (const change of changes) this.index.replace(change);
    this.horizon = horizon;
    this.index.version = horizon;
    this.seen = seen;
  }

  private async changes(tx: EntityManager): Promise<{ horizon: number; changes: Candidate[] }> {
    const { campaigns } = this.deps;
    const horizon = await campaigns.horizon(tx);
    const changes: Candidate[] = [];
    for await (const page of campaigns.changedSince(tx, this.horizon)) {
      changes.push(...page.map(({ id, ...campaign }) => ({ campaignId: id, ...campaign })));
    }
    return { horizon, changes };
  }
}
