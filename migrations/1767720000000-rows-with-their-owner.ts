/**
 * Facts that were read out of other rows stand on their own: the day on which the bank had the money of a settlement,
 * and the bank's reference of a balance that was paid back.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

/** The owner reads these within this migration only: row-level security hides their rows from it otherwise. */
const read = [
  "settlement",
  "bank_transfer",
  "bank_line",
  "entry",
  "entry_line",
  "billing_document",
  "bank_refund",
];
const force = (how: "FORCE" | "NO FORCE"): string =>
  read.map((table) => `ALTER TABLE ${table} ${how} ROW LEVEL SECURITY`).join("; ");

export class RowsWithTheirOwner1767720000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE settlement ADD COLUMN received_on date;
      CREATE TABLE bank_refund (
        document_id uuid PRIMARY KEY REFERENCES billing_document,
        supplier_id uuid NOT NULL REFERENCES supplier,
        bank_reference text NOT NULL,
        amount_incl_vat_cents bigint NOT NULL CHECK (amount_incl_vat_cents > 0),
        paid_on date NOT NULL,
        recorded_by text NOT NULL
      );
      CREATE INDEX bank_refund_reference ON bank_refund (bank_reference);
      CREATE INDEX bank_refund_paid ON bank_refund (paid_on);
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON bank_refund
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON bank_refund EXECUTE FUNCTION refuse_change();
      ALTER TABLE bank_refund ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON bank_refund TO caratlas_staff;
      GRANT SELECT, INSERT ON bank_refund TO caratlas_worker;
      CREATE POLICY staff_rows ON bank_refund TO caratlas_staff USING (true) WITH CHECK (true);
      CREATE POLICY worker_rows ON bank_refund TO caratlas_worker USING (true) WITH CHECK (true)`);
    await db.query(force("NO FORCE"));
    await db.query(`
      ALTER TABLE settlement DISABLE TRIGGER append_only;
      UPDATE settlement SET received_on = bank.day FROM (
        SELECT id::text AS cause, received_on AS day FROM bank_transfer
        UNION ALL SELECT id::text, booked_on FROM bank_line) AS bank
      WHERE bank.cause = settlement.cause_id;
      ALTER TABLE settlement ENABLE TRIGGER append_only`);
    await db.query(`
      INSERT INTO bank_refund (document_id, supplier_id, bank_reference, amount_incl_vat_cents, paid_on, recorded_by)
      SELECT d.id, d.supplier_id, substr(e.label, length('Remboursement ' || e.piece) + 2), sum(l.credit_cents), e.dated,
        d.issued_by
      FROM entry e JOIN entry_line l USING (journal, year, number) JOIN billing_document d ON d.id::text = e.cause_id
      WHERE e.journal = 'BQ' AND e.cause_kind = 'PAYMENT' AND l.account = '512' AND l.credit_cents > 0
        AND e.label LIKE 'Remboursement %'
      GROUP BY d.id, d.supplier_id, e.label, e.piece, e.dated, d.issued_by`);
    await db.query(force("FORCE"));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE bank_refund; ALTER TABLE settlement DROP COLUMN received_on");
  }
}
