import type { EntityManager } from "typeorm";

export class BalanceAlerts {
  /** What was said before is forgotten: a balance that is below the new threshold is said anew. */
  async set(tx: EntityManager, supplierId: string, belowCents: number | null): Promise<void> {
    await tx.query(
      "UPDATE supplier_account SET alert_below_cents = $2, alerted_at = NULL WHERE supplier_id = $1",
      [supplierId, belowCents],
    );
  }
}
