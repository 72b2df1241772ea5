/**
 * The day on which the bank or Stripe moved the money that causes an entry. The entry is dated on it while its month is
 * open, so what was settled by a day is read by the day of the entry, and no longer by when it was recorded.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const journalLine = (more: string): string => `
  SELECT e.journal, e.year, e.number, l.line, e.dated, e.label, e.piece, e.piece_date, e.cause_kind,
    e.cause_id, e.at, l.account, l.supplier_id, l.debit_cents, l.credit_cents${more}
  FROM entry e JOIN entry_line l ON l.journal = e.journal AND l.year = e.year AND l.number = e.number`;

const vatLine = (more: string): string => `
  SELECT v.treatment, v.supplier_id, v.net_cents, v.vat_cents, e.dated, e.cause_kind, e.cause_id${more}
  FROM vat_due v JOIN entry e ON e.journal = v.journal AND e.year = v.year AND e.number = v.number`;

const openInvoices = (settledBefore: string): string => `
  CREATE OR REPLACE FUNCTION open_invoices(before timestamptz)
  RETURNS TABLE (id uuid, supplier_id uuid, name text, treatment text, on_debits boolean, issued_on date, due_on date,
    issued_at timestamptz, late_fees_of uuid, net_cents bigint, vat_cents bigint)
  LANGUAGE sql STABLE AS $$
    SELECT d.id, d.supplier_id, d.name, d.treatment, d.on_debits, d.issued_on, d.due_on, d.issued_at, d.late_fees_of,
      (d.net_cents - d.advance_net_cents - coalesce(settled.net_cents, 0))::bigint,
      (d.vat_cents - d.advance_vat_cents - coalesce(settled.vat_cents, 0))::bigint
    FROM billing_document d
    LEFT JOIN LATERAL (SELECT sum(s.net_cents) AS net_cents, sum(s.vat_cents) AS vat_cents FROM settlement s
      WHERE s.document_id = d.id AND ${settledBefore}) AS settled ON true
    WHERE d.kind = 'INVOICE' AND d.issued_at < before
  $$;`;

const redefined = (name: string, select: string): string =>
  `DROP VIEW ${name};
   CREATE VIEW ${name} WITH (security_invoker = true) AS ${select};`;

const readers = ["supplier", "person", "staff", "worker", "sandbox"]
  .map((role) => `caratlas_${role}`)
  .join(", ");

export class AccountingDay1767920000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE entry ADD COLUMN bank_day date;
      CREATE INDEX entry_late ON entry (at, journal, year, number)
        WHERE date_trunc('month', dated::timestamp) > date_trunc('month', bank_day::timestamp);
      CREATE INDEX entry_piece_date ON entry (piece_date);
      ALTER TABLE settlement ADD COLUMN booked_on date;
      ${redefined("journal_line", journalLine(", e.bank_day"))}
      ${redefined("vat_line", vatLine(", v.journal, v.year, v.number, v.line, e.piece, e.bank_day, e.at"))}
      ${openInvoices("coalesce(s.booked_on::timestamp AT TIME ZONE 'Europe/Paris', s.at) < before")}
      CREATE VIEW locked_month WITH (security_invoker = true) AS SELECT month FROM period WHERE locked;
      GRANT SELECT ON journal_line, vat_line, locked_month TO ${readers}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP VIEW locked_month;
      ${openInvoices("s.at < before")}
      ${redefined("vat_line", vatLine(""))}
      ${redefined("journal_line", journalLine(""))}
      GRANT SELECT ON journal_line, vat_line TO ${readers};
      DROP INDEX entry_late, entry_piece_date;
      ALTER TABLE settlement DROP COLUMN booked_on;
      ALTER TABLE entry DROP COLUMN bank_day`);
  }
}
