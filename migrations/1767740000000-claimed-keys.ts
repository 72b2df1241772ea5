/**
 * An idempotency key can be claimed for work that lasts longer than a transaction, such as a call to another
 * service. Until when is null once the answer is stored. A key is deleted when its work has failed.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class ClaimedKeys1767740000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE idempotency_key ADD COLUMN claimed_until timestamptz;
      GRANT DELETE ON idempotency_key TO caratlas_supplier, caratlas_staff`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE DELETE ON idempotency_key FROM caratlas_supplier, caratlas_staff;
      ALTER TABLE idempotency_key DROP COLUMN claimed_until`);
  }
}
