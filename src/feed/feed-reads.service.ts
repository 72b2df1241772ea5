/**
 * Reads feeds after a position. What several followers ask in the same moment is asked in one journey to the
 * database, each feed in a transaction and in the name of its supplier, as if it were asked alone.
 */
import { idLiteral, type ReadTogether } from "../platform/database";
import { Gather } from "../platform/gather";
import type { FeedDetail, FeedKind, PlacedEntry } from "./entry";

export interface FeedQuestion {
  readonly supplierId: string;
  readonly after: number;
  readonly limit: number;
}

const together = { most: 50, atOnce: 4 };

export class FeedReads {
  private readonly gather: Gather<FeedQuestion, PlacedEntry[]>;

  constructor(readTogether: ReadTogether) {
    this.gather = new Gather(async (questions) => {
      const answers = await readTogether(questions.map(readingOf));
      return answers.map((rows) => rows.map((row) => entryOf(row as unknown as FeedRow)));
    }, together);
  }

  /** At most `limit` entries after the position, in order; fewer only when there are no more. */
  after(question: FeedQuestion): Promise<PlacedEntry[]> {
    return this.gather.ask(question);
  }
}

const readingOf = ({ supplierId, after, limit }: FeedQuestion) => ({
  scope: { role: "supplier", supplierId } as const,
  sql: `SELECT supplier_id, position, at, kind, delivery_id, campaign_id, detail FROM feed_event
    WHERE supplier_id = ${idLiteral(supplierId)} AND position > ${whole(after)} ORDER BY position LIMIT ${whole(limit)}`,
});

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error("Not a whole number: it cannot stand in a statement.");
  return String(value);
}

interface FeedRow {
  readonly supplier_id: string;
  readonly position: string;
  readonly at: Date;
  readonly kind: FeedKind;
  readonly delivery_id: string | null;
  readonly campaign_id: string | null;
  readonly detail: FeedDetail;
}

const entryOf = (row: FeedRow): PlacedEntry => ({
  supplierId: row.supplier_id,
  position: Number(row.position),
  at: row.at,
  kind: row.kind,
  deliveryId: row.delivery_id,
  campaignId: row.campaign_id,
  detail: row.detail,
});
