/** Stores the balance below which a supplier wants an alert, and whether that alert was raised. */
import type { EntityManager } from "typeorm";
import { invalid } from "../../shared/errors";
import type { LockedAccount } from "./account";

export class BalanceAlerts {
  /** Clears the previous alert, so a balance below the new threshold is reported again. */
  async set(tx: EntityManager, supplierId: string, belowCents: number | null): Promise<void> {
    if (belowCents !== null && belowCents < 0)
      throw invalid("belowCents must not be negative.", { reason: "OUT_OF_RANGE", field: "belowCents" });
    await tx.query(
      "UPDATE supplier_account SET alert_below_cents = $2, alerted_at = NULL WHERE supplier_id = $1",
      [supplierId, belowCents],
    );
  }

  /**
   * True when the balance fell below the threshold since the last call. It becomes true again only after the
   * balance has been above the threshold in between.
   */
  async fellBelow(
    tx: EntityManager,
    { supplierId, balanceCents }: LockedAccount,
    at: Date,
  ): Promise<boolean> {
    const rows: { below: string | null; alerted: boolean }[] = await tx.query(
      `SELECT alert_below_cents AS below, alerted_at IS NOT NULL AS alerted
       FROM supplier_account WHERE supplier_id = $1`,
      [supplierId],
    );
    const below = rows[0]?.below ?? null;
    const isLow = below !== null && balanceCents < Number(below);
    if (isLow === (rows[0]?.alerted ?? false)) return false;
    await tx.query("UPDATE supplier_account SET alerted_at = $2 WHERE supplier_id = $1", [
      supplierId,
      isLow ? at : null,
    ]);
    return isLow;
  }
}
