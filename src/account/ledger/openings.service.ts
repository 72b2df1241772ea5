import type { EntityManager } from "typeorm";

export class OpeningsService {
  /**
   * Something opened at this supplier: a campaign, money, a limit. Leads that wait for it are tried
   * again, whatever crashes in between, because the mark commits with what it is about.
   *
   * Holds the supplier's account until the end of the transaction: an allocation either sees the
   * change or is older than the mark.
   */
  async mark(tx: EntityManager, supplierId: string): Promise<void> {
    await tx.query("SELECT FROM supplier_account WHERE supplier_id = $1 FOR UPDATE", [supplierId]);
    // The clock is read once the lock is held: read before, it could be older than an allocation that saw nothing.
    await tx.query("UPDATE supplier_account SET opened_at = present() WHERE supplier_id = $1", [supplierId]);
  }
}
