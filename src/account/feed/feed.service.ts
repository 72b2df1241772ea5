/**
 * Appends to suppliers' feeds and stores what consumers acknowledged. There is one feed per supplier. Positions are
 * taken from the supplier's account under its lock, so that positions follow the order of commits and no reader can
 * skip an entry that is committed later.
 */
import type { EntityManager } from "typeorm";
import type { SupplierScope } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import { preparedStatement } from "../../platform/prepared-statement";
import { monthIndexOf } from "../../shared/months";
import type { FeedEntry } from "./entry";
import { FeedPositionEntity } from "./feed-position.entity";

/** The part of a locked supplier account that counts the feed. */
export interface FeedCounter {
  readonly supplierId: string;
  lastPosition: number;
}

/** An entry to append to its supplier's feed. */
export interface NewEntry extends FeedEntry {
  readonly counter: FeedCounter;
  readonly at: Date;
}

const insert = preparedStatement(
  "feed.append",
  `INSERT INTO feed_event (supplier_id, position, month, at, kind, delivery_id, campaign_id, detail)
   SELECT supplier_id, position, month, at, kind, delivery_id, campaign_id, detail::jsonb
   FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::timestamptz[], $5::text[], $6::uuid[], $7::uuid[],
     $8::text[]) AS given (supplier_id, position, month, at, kind, delivery_id, campaign_id, detail)`,
);

export interface FeedReader {
  /** The part of the feed that the reader may see. */
  readonly scope: SupplierScope;
  readonly consumer: string;
  /** Whether the reader belongs to a sandbox. */
  readonly isSandbox?: boolean;
}

export class FeedService {
  constructor(private readonly transact: Transact) {}

  /**
   * The caller holds the lock of the counters and writes them back. They are advanced synchronously, before the
   * insert is awaited.
   */
  async append(tx: EntityManager, entries: readonly NewEntry[]): Promise<void> {
    const positions = entries.map(({ counter }) => ++counter.lastPosition);
    if (entries.length === 0) return;
    await insert(tx, [
      entries.map(({ counter }) => counter.supplierId),
      positions,
      entries.map(({ at }) => monthIndexOf(at)),
      entries.map(({ at }) => at),
      entries.map(({ kind }) => kind),
      entries.map(({ deliveryId }) => deliveryId),
      entries.map(({ campaignId }) => campaignId),
      entries.map(({ detail }) => JSON.stringify(detail)),
    ]);
  }

  /** The position this consumer has acknowledged; 0 before the first acknowledgement. */
  async acknowledged({ scope, consumer }: FeedReader): Promise<number> {
    const { supplierId } = scope;
    const row = await this.transact(scope, (tx) =>
      tx.findOne(FeedPositionEntity, { where: { supplierId, consumer } }),
    );
    return row?.position ?? 0;
  }

  /** Moves the position forward only; an earlier position changes nothing. */
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
