/** By how many cents a line of the bank corrected the transfer that had been recorded by hand. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Corrections1767270000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX entry_piece ON entry (piece);
      ALTER TABLE bank_line ADD COLUMN corrected_cents bigint NOT NULL DEFAULT 0;
      GRANT UPDATE (corrected_cents) ON bank_line TO caratlas_staff`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP INDEX entry_piece; ALTER TABLE bank_line DROP COLUMN corrected_cents");
  }
}
