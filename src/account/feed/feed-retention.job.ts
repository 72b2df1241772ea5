/**
 * Deletes, in batches, the events of months whose retention has ended (gap.ts). The floor of the feed moves in the
 * same transaction, so that readers are always told of missing events.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { integerOf } from "../../shared/integer";
import { dropUpTo, keptFrom, lastMonthToDrop, type PlacedMonth } from "./gap";

export class FeedRetention {
  /** The last month that is completely deleted. There is nothing to look for until the next month is due. */
  private finished = -Infinity;

  constructor(
    private readonly transact: Transact,
    private readonly clock: Clock,
    private readonly batchSize = 5_000,
  ) {}

  /** Returns how many events were deleted. Safe to run twice and in several processes at once. */
  async run(signal: AbortSignal): Promise<number> {
    const now = this.clock.now();
    const lastMonth = lastMonthToDrop(now);
    if (lastMonth === this.finished) return 0;
    let dropped = 0;
    for (const supplierId of await this.suppliersWith(lastMonth)) {
      let more = true;
      while (more && !signal.aborted) {
        const batch = await this.transact({ role: "worker" }, (tx) =>
          dropBatch(tx, supplierId, { lastMonth, now, batchSize: this.batchSize }),
        );
        dropped += batch;
        more = batch === this.batchSize;
      }
      if (signal.aborted) return dropped;
    }
    this.finished = lastMonth;
    return dropped;
  }

  /** Returns the suppliers whose oldest event is old enough, with one primary key lookup for each supplier. */
  private async suppliersWith(lastMonth: number): Promise<string[]> {
    const rows = await this.transact({ role: "worker" }, (tx): Promise<{ supplier_id: string }[]> =>
      tx.query(
        `SELECT a.supplier_id FROM account_state a LEFT JOIN feed_floor f USING (supplier_id)
         CROSS JOIN LATERAL (
           SELECT e.month FROM feed_event e
           WHERE e.supplier_id = a.supplier_id AND e.position > coalesce(f.position, 0)
           ORDER BY e.position LIMIT 1
         ) AS oldest
         WHERE oldest.month <= $1`,
        [lastMonth],
      ),
    );
    return rows.map(({ supplier_id }) => supplier_id);
  }
}

interface Batch {
  readonly lastMonth: number;
  readonly now: Date;
  readonly batchSize: number;
}

async function dropBatch(tx: EntityManager, supplierId: string, batch: Batch): Promise<number> {
  const { lastMonth, now, batchSize } = batch;
  const begin = await lockFloor(tx, supplierId, batch);
  const first: { position: string; month: number }[] = await tx.query(
    `SELECT position, month FROM feed_event WHERE supplier_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
    [supplierId, begin, batchSize],
  );
  const placed = first.map(({ position, month }): PlacedMonth => ({ position: integerOf(position), month }));
  const upTo = dropUpTo(placed, lastMonth);
  if (upTo === null) return 0;
  await tx.query(
    "UPDATE feed_floor SET position = $2, dropped_before = greatest(dropped_before, $3), at = $4 WHERE supplier_id = $1",
    [supplierId, upTo, keptFrom(lastMonth), now],
  );
  await tx.query("DELETE FROM feed_event WHERE supplier_id = $1 AND position > $2 AND position <= $3", [
    supplierId,
    begin,
    upTo,
  ]);
  return upTo - begin;
}

/** Serialises processes that work on the same supplier; the later one finds fewer events. */
async function lockFloor(tx: EntityManager, supplierId: string, { lastMonth, now }: Batch): Promise<number> {
  await tx.query(
    `INSERT INTO feed_floor (supplier_id, position, dropped_before, at) VALUES ($1, 0, $2, $3)
     ON CONFLICT (supplier_id) DO NOTHING`,
    [supplierId, keptFrom(lastMonth), now],
  );
  const rows: { position: string }[] = await tx.query(
    "SELECT position FROM feed_floor WHERE supplier_id = $1 FOR UPDATE",
    [supplierId],
  );
  return integerOf(rows[0]?.position ?? 0);
}
