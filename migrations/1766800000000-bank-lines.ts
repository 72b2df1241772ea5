/** Lines of the bank's statements, each once, and what they were matched with. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class BankLines1766800000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE bank_line (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE,
        booked_on date NOT NULL,
        amount_cents bigint NOT NULL CHECK (amount_cents <> 0),
        remittance text NOT NULL,
        counterparty text NOT NULL,
        imported_at timestamptz NOT NULL,
        imported_by text NOT NULL,
        matched_kind text CHECK (matched_kind IN ('TRANSFER', 'PAYOUT', 'REFUND')),
        matched_id text,
        CHECK ((matched_kind IS NULL) = (matched_id IS NULL)),
        UNIQUE (matched_kind, matched_id)
      );
      CREATE INDEX bank_line_booked ON bank_line (booked_on, id);
      CREATE TRIGGER matched_once BEFORE UPDATE ON bank_line FOR EACH ROW
        WHEN (OLD.matched_kind IS NOT NULL) EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_deleted BEFORE DELETE ON bank_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON bank_line EXECUTE FUNCTION refuse_change();
      ALTER TABLE bank_line ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (matched_kind, matched_id) ON bank_line TO caratlas_staff;
      GRANT SELECT ON bank_line TO caratlas_worker;
      CREATE POLICY staff_rows ON bank_line TO caratlas_staff USING (true) WITH CHECK (true);
      CREATE POLICY worker_rows ON bank_line TO caratlas_worker USING (true)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE bank_line");
  }
}
