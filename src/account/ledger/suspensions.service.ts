/** Suspends accounts with unpaid invoices, and resumes them. No lead is allocated to a suspended account. */
import type { EntityManager } from "typeorm";
import type { OpeningsService } from "./openings.service";

export class Suspensions {
  constructor(private readonly openings: OpeningsService) {}

  async suspend(tx: EntityManager, supplierId: string, at: Date): Promise<void> {
    await tx.query(
      "UPDATE supplier_account SET suspended_at = $2, suspension = 'UNPAID' WHERE supplier_id = $1",
      [supplierId, at],
    );
  }

  /** Ends the suspension. Leads that waited for this supplier are retried. */
  async resume(tx: EntityManager, supplierId: string): Promise<void> {
    await tx.query(
      "UPDATE supplier_account SET suspended_at = NULL, suspension = NULL WHERE supplier_id = $1",
      [supplierId],
    );
    await this.openings.mark(tx, supplierId);
  }
}
