/**
 * Delivers an event twice on demand. After `start`, the next read of each consumer that would begin at or after the
 * match begins just before it, once. The client receives the same event under the same cursor again, as after a
 * broken connection.
 */
import type { FeedReader, SandboxHooks } from "../../account/feed";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { AppError } from "../../shared/errors";
import { integerOf } from "../../shared/integer";

export class Drills implements SandboxHooks {
  constructor(
    private readonly transact: Transact,
    private readonly clock: Clock,
  ) {}

  async start(supplierId: string, leadId: string): Promise<void> {
    await this.transact({ role: "sandbox", supplierId }, async (tx) => {
      const rows: unknown[] = await tx.query(
        `INSERT INTO sandbox_drill (supplier_id, delivery_id, position, started_at, served_to)
         SELECT supplier_id, delivery_id, position, $3, '{}' FROM feed_entry
         WHERE supplier_id = $1 AND delivery_id = $2 AND kind = 'LEAD_MATCHED'
         ON CONFLICT DO NOTHING RETURNING true`,
        [supplierId, leadId, this.clock.now()],
      );
      if (rows.length === 0) {
        throw new AppError(
          "CONFLICT",
          "This lead was already duplicated. Create another one with sandboxMatch.",
        );
      }
    });
  }

  async startOf({ scope: { supplierId }, consumer }: FeedReader, start: number): Promise<number> {
    return this.transact({ role: "sandbox", supplierId }, async (tx) => {
      const [rows]: [{ position: string }[], number] = await tx.query(
        `UPDATE sandbox_drill SET served_to = served_to || $2::text, served_at = coalesce(served_at, $4)
         WHERE supplier_id = $1 AND position <= $3 AND NOT $2 = ANY (served_to) RETURNING position`,
        [supplierId, consumer, start, this.clock.now()],
      );
      return Math.min(start, ...rows.map(({ position }) => integerOf(position) - 1));
    });
  }

  async acknowledged(
    { scope: { supplierId }, consumer }: FeedReader,
    position: number,
    at: Date,
  ): Promise<void> {
    await this.transact({ role: "sandbox", supplierId }, async (tx) => {
      await tx.query(
        `UPDATE sandbox_progress SET match_acknowledged_at = $3
         WHERE supplier_id = $1 AND match_acknowledged_at IS NULL AND EXISTS (SELECT FROM feed_entry f
           WHERE f.supplier_id = $1 AND f.kind = 'LEAD_MATCHED' AND f.position <= $2)`,
        [supplierId, position, at],
      );
      await tx.query(
        `UPDATE sandbox_drill SET acknowledged_at = $4
         WHERE supplier_id = $1 AND $2 = ANY (served_to) AND position <= $3 AND acknowledged_at IS NULL`,
        [supplierId, consumer, position, at],
      );
    });
  }
}
