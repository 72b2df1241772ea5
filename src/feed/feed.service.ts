/**
 * One feed per supplier. A position is taken from the supplier's account under its lock, so that
 * the order of numbers is the order of commits and no reader can step over a later commit.
 */
import { MoreThan, type EntityManager } from "typeorm";
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
  readonly supplierId: string;
  readonly consumer: string;
  /** Set for a sandbox. */
  readonly rehearses?: boolean;
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

  /** At most `limit` entries after the position, in order. */
  async read(supplierId: string, after: number, limit: number): Promise<PlacedEntry[]> {
    return this.transact({ role: "supplier", supplierId }, (tx) =>
      tx.find(FeedEventEntity, {
        where: { supplierId, position: MoreThan(after) },
        order: { position: "ASC" },
        take: limit,
      }),
    );
  }

  /** What this consumer has acknowledged; 0 before the first time. */
  async acknowledged({ supplierId, consumer }: FeedReader): Promise<number> {
    const row = await this.transact({ role: "supplier", supplierId }, (tx) =>
      tx.findOne(FeedPositionEntity, { where: { supplierId, consumer } }),
    );
    return row?.position ?? 0;
  }

  /** Only ever moves forward: an older cursor changes nothing. */
  async acknowledge(
    { supplierId, consumer }: FeedReader,
    position: number,
    at: Date,
  ): Promise<FeedPositionEntity> {
    return this.transact({ role: "supplier", supplierId }, async (tx) => {
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
