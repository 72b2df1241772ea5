/**
 * Reads feeds for those who follow them. What several ask in the same moment is asked in one journey to the
 * database, each in a transaction of its own and in the name of its supplier, as if it were asked alone.
 */
import { idLiteral, type ReadTogether, type Scope } from "../platform/database";
import { Gather } from "../platform/gather";
import type { Reading } from "../platform/shared-source";
import type { FeedDetail, FeedKind, PlacedEntry } from "./entry";
import type { FeedService } from "./feed.service";

export interface FeedQuestion {
  /** In whose name it is read: it decides which entries there are. */
  readonly scope: Extract<Scope, { role: "supplier" }>;
  readonly after: number;
  readonly limit: number;
}

const together = { most: 50, atOnce: 4 };

export class FeedReads {
  private readonly gather: Gather<FeedQuestion, PlacedEntry[]>;

  constructor(
    readTogether: ReadTogether,
    private readonly feed: Pick<FeedService, "read">,
  ) {
    this.gather = new Gather(async (questions) => {
      const answers = await readTogether(questions.map(readingOf));
      return answers.map((rows) => rows.map((row) => entryOf(row as unknown as FeedRow)));
    }, together);
  }

  /** At most `limit` entries after the position, in order; fewer only when there are no more. */
  async after(question: FeedQuestion): Promise<Reading<PlacedEntry>> {
    const { scope, after, limit } = question;
    const quick = await this.gather.ask(question);
    // What goes on without a hole is all there is to say. Whatever else there may be, the feed itself knows.
    const whole = quick[0]?.position === after + 1 && quick.at(-1)?.position === after + quick.length;
    const events = whole ? quick : await this.feed.read(scope.supplierId, after, limit);
    return { events, through: events.at(-1)?.position ?? after };
  }
}

const readingOf = ({ scope, after, limit }: FeedQuestion) => ({
  scope,
  sql: `SELECT supplier_id, position, at, kind, delivery_id, campaign_id, detail FROM feed_event
    WHERE supplier_id = ${idLiteral(scope.supplierId)} AND position > ${whole(after)} ORDER BY position LIMIT ${whole(limit)}`,
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
