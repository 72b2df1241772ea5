/** Records that a supplier may be able to receive leads again, so that waiting leads are retried. */
import type { EntityManager } from "typeorm";

export class OpeningsService {
  /**
   * Marks that something was opened for this supplier: a campaign, money or a limit. Leads waiting for it are
   * retried even after a crash, because the mark commits together with the change.
   *
   * Locks the supplier's account until the end of the transaction: an allocation either sees the change or is
   * older than the mark.
   */
  async mark(tx: EntityManager, supplierId: string): Promise<void> {
    await tx.query("SELECT FROM supplier_account WHERE supplier_id = $1 FOR UPDATE", [supplierId]);
    // The clock is read after the lock is taken. Read before, it could be older than an allocation that did
    // not see the change.
    await tx.query("UPDATE supplier_account SET opened_at = present() WHERE supplier_id = $1", [supplierId]);
  }
}
