/** A limit of what a supplier is charged in a month of Paris, over all its campaigns. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class SpendCaps1767250000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE supplier_account ADD COLUMN spend_cap_cents bigint CHECK (spend_cap_cents >= 0),
        ADD COLUMN spend_month text, ADD COLUMN spend_left_cents bigint, ADD COLUMN spend_told text,
        ADD CONSTRAINT supplier_account_spend CHECK ((spend_cap_cents IS NULL) = (spend_month IS NULL)
          AND (spend_cap_cents IS NULL) = (spend_left_cents IS NULL));
      GRANT UPDATE (spend_month, spend_left_cents) ON supplier_account TO caratlas_worker, caratlas_sandbox;
      GRANT UPDATE (spend_told) ON supplier_account TO caratlas_worker;
      GRANT UPDATE (spend_cap_cents, spend_month, spend_left_cents, spend_told) ON supplier_account TO caratlas_supplier`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE supplier_account DROP COLUMN spend_cap_cents, DROP COLUMN spend_month, DROP COLUMN spend_left_cents,
        DROP COLUMN spend_told`);
  }
}
