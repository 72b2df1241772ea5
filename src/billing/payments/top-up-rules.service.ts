/** Database statements for suppliers' rules for automatic top-ups. */
import type { EntityManager } from "typeorm";
import { integerOf } from "../../shared/integer";
import type { TopUpRule } from "./check-top-up";

export class TopUpRules {
  /** The rule for automatic top-ups; null when there is none. */
  async of(tx: EntityManager, supplierId: string): Promise<TopUpRule | null> {
    const rows: { below: string | null; amount: string | null }[] = await tx.query(
      `SELECT top_up_below_cents AS below, top_up_incl_vat_cents AS amount
       FROM stripe_customer WHERE supplier_id = $1`,
      [supplierId],
    );
    const { below = null, amount = null } = rows[0] ?? {};
    return below === null || amount === null
      ? null
      : { belowCents: integerOf(below), amountInclVatCents: integerOf(amount) };
  }

  /** Makes sure that the supplier has a row, and locks it until the end of the transaction. */
  async lock(tx: EntityManager, supplierId: string): Promise<void> {
    await tx.query("INSERT INTO stripe_customer (supplier_id) VALUES ($1) ON CONFLICT DO NOTHING", [
      supplierId,
    ]);
    await tx.query("SELECT FROM stripe_customer WHERE supplier_id = $1 FOR UPDATE", [supplierId]);
  }

  async set(tx: EntityManager, supplierId: string, rule: TopUpRule | null): Promise<void> {
    await tx.query(
      "UPDATE stripe_customer SET top_up_below_cents = $2, top_up_incl_vat_cents = $3 WHERE supplier_id = $1",
      [supplierId, rule?.belowCents ?? null, rule?.amountInclVatCents ?? null],
    );
  }
}
