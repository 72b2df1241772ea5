/**
 * One feed per supplier. A position is taken from the supplier's account under its lock, so that
 * the order of numbers is the order of commits and no reader can step over a later commit.
 */
import { MoreThan, type EntityManager } from "typeorm";
import type { SupplierScope } from "../identity";
import type { Transact } from "../platform/database";
import { failpoint } from "../platform/failpoint";
import { monthIndexOf } from "../shared/months";
import type { FeedEntry, PlacedEntry } from "./entry";
import { FeedEventEntity, FeedPositionEntity } from "./feed-event.entity";

/** The part of a locked supplier account that counts the feed. */
export interface FeedCounter {
  readonly supplierId: string;
  lastPosition: number;
}

export interface FeedReader {
  /** What of the feed it may see. */
  readonly scope: SupplierScope;
  readonly consumer: string;
}

export interface FeedReading {
  readonly entries: readonly PlacedEntry[];
  /** Up to here there is nothing more for this reader: the last entry's position, or past what it may not see. */
  readonly through: number;
}

export class FeedService {
  constructor(private readonly transact: Transact) {}

  /** `counter` is locked by the caller, who also writes it back. */
  async append(
    tx: EntityManager,
    counter: FeedCounter,
    { entries, at }: { entries: readonly FeedEntry[]; at: Date },
  ): Promise<void> {
    if (entries.length === 0) return;
    const { supplierId } = counter;
    const month = monthIndexOf(at);
    const rows = entries.map((entry) => ({
      ...entry,
      supplierId,
      month,
      at,
      position: ++counter.lastPosition,
    }));
    await tx.insert(FeedEventEntity, rows);
  }

  /** At most `limit` entries after the position, in order: those that the scope lets see. */
  async read(scope: SupplierScope, after: number, limit: number): Promise<FeedReading> {
    const { supplierId } = scope;
    return this.transact(scope, async (tx) => {
      // Read first: what is committed between the two statements is left for the next reading.
      const last = scope.limits === null ? 0 : await lastPosition(tx, supplierId);
      const entries = await tx.find(FeedEventEntity, {
        where: { supplierId, position: MoreThan(after) },
        order: { position: "ASC" },
        take: limit,
      });
      const seen = entries.at(-1)?.position ?? after;
      return { entries, through: entries.length < limit ? Math.max(seen, last) : seen };
    });
  }

  /** What this consumer has acknowledged; 0 before the first time. */
  async acknowledged({ scope, consumer }: FeedReader): Promise<number> {
    const { supplierId } = scope;
    const row = await this.transact(scope, (tx) =>
      tx.findOne(FeedPositionEntity, { where: { supplierId, consumer } }),
    );
    return row?.position ?? 0;
  }

  /** Only ever moves forward: an older cursor changes nothing. */
  async acknowledge(
    { scope, consumer }: FeedReader,
    position: number,
    at: Date,
  ): Promise<FeedPositionEntity> {
    const { supplierId } = scope;
    return this.transact(scope, async (tx) => {
      await tx.query(
        `INSERT INTO feed_position (supplier_id, consumer, position, acknowledged_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (supplier_id, consumer) DO UPDATE
         SET position = excluded.position, acknowledged_at = excluded.acknowledged_at
         WHERE feed_position.position < excluded.position`,
        [supplierId, consumer, position, at],
      );
      failpoint("acknowledge.before-commit");
      return tx.findOneOrFail(FeedPositionEntity, { where: { supplierId, consumer } });
    });
  }
}

async function lastPosition(tx: EntityManager, supplierId: string): Promise<number> {
  const rows: { last_position: string }[] = await tx.query(
    "SELECT last_position FROM supplier_account WHERE supplier_id = $1",
    [supplierId],
  );
  return Number(rows[0]?.last_position ?? 0);
}
