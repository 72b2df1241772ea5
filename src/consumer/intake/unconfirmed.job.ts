/** Requests that were never confirmed are deleted whole after 72 hours, as the policy promises. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";

const lifetimeHours = 72;
const batchSize = 500;
// In this order: rows that refer to a request go before it.
const tables = ["confirmation", "consent_act", "lead_index", "lead_secret", "lead_need"];

export class UnconfirmedCleaner {
  constructor(
    private readonly transact: Transact,
    private readonly clock: Clock,
  ) {}

  /** How many were deleted. Safe to run twice, and in several processes at once. */
  async run(): Promise<number> {
    const deleted = await this.transact({ role: "worker" }, (tx) => this.deleteBatch(tx));
    return deleted < batchSize ? deleted : deleted + (await this.run());
  }

  private async deleteBatch(tx: EntityManager): Promise<number> {
    const before = new Date(this.clock.now().getTime() - lifetimeHours * 3_600_000);
    // They count for ten minutes; kept longer, they would outlive an erasure.
    const counted = new Date(this.clock.now().getTime() - 3_600_000);
    await tx.query("DELETE FROM confirmation_try WHERE at < $1", [counted]);
    const rows: { month: number; id: string }[] = await tx.query(
      `SELECT month, id FROM lead WHERE confirmed_at IS NULL AND submitted_at < $1
       ORDER BY submitted_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [before, batchSize],
    );
    const wanted = [rows.map(({ month }) => month), rows.map(({ id }) => id)];
    for (const table of tables) {
      await tx.query(
        `DELETE FROM ${table} WHERE (month, lead_id) IN (
          SELECT month, lead_id FROM unnest($1::integer[], $2::uuid[]) AS w (month, lead_id))`,
        wanted,
      );
    }
    await tx.query(
      `DELETE FROM lead WHERE (month, id) IN (
        SELECT month, id FROM unnest($1::integer[], $2::uuid[]) AS w (month, id))`,
      wanted,
    );
    return rows.length;
  }
}
