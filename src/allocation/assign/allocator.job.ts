/**
 * When are leads tried? At once when they are submitted, and again when something opens or their time comes.
 * What is due is stored in the rows, so a killed process loses nothing: the next sweep finds it. How a lead
 * is allocated is allocation.service.ts.
 */
import { elapsedMs, type Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { repeat, type Repeated } from "../../platform/every";
import type { Hints } from "../../platform/hints";
import { presentOf } from "../../platform/present";
import { randomUUID } from "../../platform/random";
import type { AllocationService } from "./allocation.service";

/** Published after commit when a campaign, a balance or a limit opens. */
export const openingsTopic = "openings";

const dueAtOnce = 200;
const batchSize = 64;
/**
 * The number of concurrent transactions. The first lead finds one free and starts alone; leads that arrive
 * while all are busy form a batch. One transaction reads its leads while the other holds accounts. Batches
 * almost always share a supplier, so more transactions would only wait.
 */
const atOnce = 2;
const sweepMs = 1_000;
// An opening carries the time at which it was marked but becomes visible only when it commits.
const longestTransactionMs = 60_000;
const backOffMs = 5_000;

export class Allocator {
  private readonly running = new Set<Promise<void>>();
  private readonly queue: string[] = [];
  private readonly queued = new Set<string>();
  private stopped = false;
  private sweeping: Repeated | null = null;
  /**
   * When leads whose attempt failed may be tried again, so that a lead that always fails does not keep the
   * process busy.
   */
  private readonly failed = new Map<string, number>();
  /** By the database's clock: this process has seen every opening before this time. */
  private seenUntil = new Date(0);

  constructor(
    private readonly deps: {
      readonly allocation: AllocationService;
      readonly transact: Transact;
      readonly hints: Hints;
      readonly clock: Clock;
      readonly onError: (error: unknown) => void;
    },
  ) {}

  start(): void {
    const { clock, onError } = this.deps;
    this.sweeping = repeat((signal) => this.sweep(signal), { clock, pauseMs: 0, onError });
  }

  /** Finishes the running attempts. Queued leads stay due, and the next sweep of any process finds them. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.queue.length = 0;
    await this.sweeping?.stop();
    await Promise.all(this.running);
  }

  /** Tries a lead soon, in this process. */
  submit(leadId: string): void {
    if (this.stopped || this.queued.has(leadId)) return;
    if ((this.failed.get(leadId) ?? 0) > elapsedMs()) return;
    this.failed.delete(leadId);
    this.queued.add(leadId);
    this.queue.push(leadId);
    this.fill();
  }

  private fill(): void {
    while (this.running.size < atOnce && this.queue.length > 0) {
      const run = this.tryLeads(this.queue.splice(0, batchSize)).finally(() => {
        this.running.delete(run);
        this.fill();
      });
      this.running.add(run);
    }
  }

  private async tryLeads(leadIds: readonly string[]): Promise<void> {
    // Removed before the attempt, so that an opening during it queues the lead again.
    for (const leadId of leadIds) this.queued.delete(leadId);
    for (const tried of await this.deps.allocation.allocate(leadIds)) {
      if (!("error" in tried)) continue;
      this.failed.set(tried.leadId, elapsedMs() + backOffMs);
      this.deps.onError(tried.error);
    }
  }

  private async sweep(signal: AbortSignal): Promise<void> {
    const { hints } = this.deps;
    const seen = hints.version(openingsTopic);
    try {
      for (const leadId of [...this.failed.keys(), ...(await this.due())]) this.submit(leadId);
    } finally {
      // Waits also after an error, so that the sweep does not become a busy loop.
      await hints.changed(openingsTopic, seen, { signal, backstopMs: sweepMs });
    }
  }

  /** Leads whose time has come, or with a supplier at which something has opened since they were tried. */
  private async due(): Promise<string[]> {
    return this.deps.transact({ role: "worker" }, async (tx) => {
      const begun = await presentOf(tx);
      // Each time in another random order, so that neither a busy supplier nor leads that always fail can keep
      // others out for ever.
      const rows: { id: string }[] = await tx.query(
        `SELECT id FROM (
           SELECT id FROM lead_request WHERE state = 'OPEN' AND next_try_at <= $2
           UNION
           SELECT l.id FROM account_state a JOIN lead_request l ON l.waiting_for @> ARRAY[a.supplier_id]
           WHERE a.opened_at > $3 AND l.state = 'OPEN' AND (l.tried_at IS NULL OR l.tried_at < a.opened_at)
         ) AS due ORDER BY md5(id::text || $4) LIMIT $1`,
        [dueAtOnce, this.deps.clock.now(), this.seenUntil, randomUUID()],
      );
      if (rows.length < dueAtOnce) this.seenUntil = new Date(begun.getTime() - longestTransactionMs);
      return rows.map(({ id }) => id);
    });
  }
}
