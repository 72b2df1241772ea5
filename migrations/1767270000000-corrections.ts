/**
 * By how many cents a line of the bank corrected the transfer that had been recorded by hand; and lines that are no
 * supplier's, booked as what they are.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Corrections1767270000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX entry_piece ON entry (piece);
      ALTER TABLE bank_line ADD COLUMN corrected_cents bigint NOT NULL DEFAULT 0;
      ALTER TABLE bank_line DROP CONSTRAINT bank_line_matched_kind_check, DROP CONSTRAINT bank_line_matched_kind_matched_id_key,
        ADD CONSTRAINT bank_line_matched_kind_check CHECK (matched_kind IN ('TRANSFER', 'PAYOUT', 'REFUND', 'BOOKED'));
      CREATE UNIQUE INDEX bank_line_matched ON bank_line (matched_kind, matched_id) WHERE matched_kind <> 'BOOKED';
      GRANT UPDATE (corrected_cents) ON bank_line TO caratlas_staff`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX entry_piece, bank_line_matched;
      ALTER TABLE bank_line DROP COLUMN corrected_cents, DROP CONSTRAINT bank_line_matched_kind_check,
        ADD CONSTRAINT bank_line_matched_kind_check CHECK (matched_kind IN ('TRANSFER', 'PAYOUT', 'REFUND')),
        ADD UNIQUE (matched_kind, matched_id)`);
  }
}
