/**
 * Reads feeds after a position. Concurrent reads share one round trip to the database, but each runs in its own
 * transaction and scope, as if it were alone. A single statement returns the entries, the last position and what was
 * dropped, so that no commit can fall in between.
 */
import type { SupplierScope } from "../../access/identity";
import { idLiteral, type ReadTogether } from "../../platform/database";
import { Batcher } from "../../platform/batcher";
import type { Reading } from "../../platform/shared-source";
import { integerOf } from "../../shared/integer";
import type { FeedDetail, FeedKind, PlacedEntry } from "./entry";
import { gapAfter } from "./gap";

export interface FeedQuery {
  readonly scope: SupplierScope;
  readonly after: number;
  readonly limit: number;
}

const batching = { maxBatch: 50, concurrency: 4 };

export class FeedReads {
  private readonly batcher: Batcher<FeedQuery, Reading<PlacedEntry>>;

  constructor(readTogether: ReadTogether) {
    this.batcher = new Batcher(async (questions) => {
      const answers = await readTogether(questions.map(readingOf));
      return questions.map((question, place) =>
        readingFrom(question, (answers[place] ?? []) as unknown as FeedRow[]),
      );
    }, batching);
  }

  /**
   * Returns, in order, at most `limit` entries after the position that are visible in the scope; fewer only when
   * there are no more. A FEED_GAP comes first when entries were dropped. `through` may lie beyond the last entry
   * returned, because a limited reader may not see the latest ones.
   */
  after(question: FeedQuery): Promise<Reading<PlacedEntry>> {
    return this.batcher.request(question);
  }
}

const readingOf = ({ scope, after, limit }: FeedQuery) => ({
  scope,
  sql: `SELECT a.last_position, f.position AS floor, f.dropped_before, f.at AS dropped_at,
      e.position, e.at, e.kind, e.delivery_id, e.campaign_id, e.detail
    FROM account_state a LEFT JOIN feed_floor f USING (supplier_id) LEFT JOIN LATERAL (
      SELECT position, at, kind, delivery_id, campaign_id, detail FROM feed_event
      WHERE supplier_id = ${idLiteral(scope.supplierId)} AND position > ${whole(after)}
      ORDER BY position LIMIT ${whole(limit)}
    ) AS e ON true
    WHERE a.supplier_id = ${idLiteral(scope.supplierId)} ORDER BY e.position`,
});

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error("Only a safe integer may be written into a statement.");
  return String(value);
}

interface FeedRow {
  readonly last_position: string;
  readonly floor: string | null;
  readonly dropped_before: Date;
  readonly dropped_at: Date;
  /** null when there is no entry after the position. */
  readonly position: string | null;
  readonly at: Date;
  readonly kind: FeedKind;
  readonly delivery_id: string | null;
  readonly campaign_id: string | null;
  readonly detail: FeedDetail;
}

function readingFrom(
  { scope: { supplierId }, after, limit }: FeedQuery,
  rows: FeedRow[],
): Reading<PlacedEntry> {
  const entries = [...gapIn(rows, after, supplierId), ...rows.flatMap((row) => entriesOf(row, supplierId))];
  const kept = entries.slice(0, limit);
  const seen = kept.at(-1)?.position ?? after;
  const last = integerOf(rows[0]?.last_position ?? 0);
  return { events: kept, through: kept.length < limit ? Math.max(seen, last) : seen };
}

function gapIn([row]: FeedRow[], after: number, supplierId: string): PlacedEntry[] {
  if (row?.floor == null) return [];
  const floor = { position: integerOf(row.floor), droppedBefore: row.dropped_before, at: row.dropped_at };
  const gap = gapAfter(after, supplierId, floor);
  return gap ? [gap] : [];
}

function entriesOf(row: FeedRow, supplierId: string): PlacedEntry[] {
  if (row.position === null) return [];
  const { at, kind, delivery_id: deliveryId, campaign_id: campaignId, detail } = row;
  return [{ supplierId, position: integerOf(row.position), at, kind, deliveryId, campaignId, detail }];
}
