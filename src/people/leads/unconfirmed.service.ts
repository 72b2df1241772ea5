/** Deletes requests that were never confirmed, with all their data. They were never allocated. */
import type { EntityManager } from "typeorm";
import type { ConsentRecord } from "../consent";

interface Found {
  readonly months: readonly number[];
  readonly ids: readonly string[];
}

export class UnconfirmedRequests {
  constructor(private readonly consents: Pick<ConsentRecord, "deleteUnconfirmed">) {}

  /** Deletes at most `limit` requests submitted before an instant, oldest first. Returns how many. */
  async deleteBefore(tx: EntityManager, before: Date, limit: number): Promise<number> {
    const rows: { month: number; id: string }[] = await tx.query(
      `SELECT month, id FROM lead WHERE confirmed_at IS NULL AND submitted_at < $1
       ORDER BY submitted_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [before, limit],
    );
    if (rows.length > 0)
      await this.delete(tx, { months: rows.map(({ month }) => month), ids: rows.map(({ id }) => id) });
    return rows.length;
  }

  /** Deletes the rows that refer to a request before the request itself. */
  private async delete(tx: EntityManager, { months, ids }: Found): Promise<void> {
    await this.consents.deleteUnconfirmed(tx, ids);
    for (const statement of deletions) await tx.query(statement, [months, ids]);
  }
}

const those = "SELECT month, id FROM unnest($1::integer[], $2::uuid[]) AS request (month, id)";

const deletions = [
  `DELETE FROM confirmation WHERE (month, lead_id) IN (${those})`,
  `DELETE FROM lead_index WHERE (month, lead_id) IN (${those})`,
  `DELETE FROM lead_secret WHERE (month, lead_id) IN (${those})`,
  `DELETE FROM lead_need WHERE (month, lead_id) IN (${those})`,
  `DELETE FROM lead WHERE (month, id) IN (${those})`,
];
