/** A supplier can read its own rule for automatic top-ups, which it could only write before. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class ReadableTopUp1767742000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      GRANT SELECT (supplier_id, top_up_below_cents, top_up_incl_vat_cents) ON stripe_customer TO caratlas_supplier;
      CREATE POLICY supplier_rows ON stripe_customer TO caratlas_supplier
        USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY supplier_rows ON stripe_customer;
      REVOKE SELECT (supplier_id, top_up_below_cents, top_up_incl_vat_cents) ON stripe_customer
        FROM caratlas_supplier`);
  }
}
