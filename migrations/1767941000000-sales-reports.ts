/**
 * Reports of sales to the tax authority (e-reporting, flow 10.1): which documents are to be reported for which period,
 * each report before it is sent, what it contains, and what the platform says of it.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const tables = `
CREATE TABLE sales_report (
  id uuid PRIMARY KEY,
  period_from date NOT NULL,
  period_to date NOT NULL CHECK (period_to > period_from),
  due_on date NOT NULL CHECK (due_on > period_to),
  kind text NOT NULL CHECK (kind IN ('INITIAL', 'RECTIFYING')),
  documents integer NOT NULL CHECK (documents > 0),
  state text NOT NULL CHECK (state IN ('WAITING', 'SENT', 'REFUSED')),
  flow_id text UNIQUE,
  attempts integer NOT NULL,
  next_try_at timestamptz,
  failure text,
  created_at timestamptz NOT NULL,
  sent_at timestamptz,
  CHECK ((next_try_at IS NOT NULL) = (state = 'WAITING')),
  CHECK (state <> 'SENT' OR flow_id IS NOT NULL AND sent_at IS NOT NULL)
);
CREATE UNIQUE INDEX sales_report_initial ON sales_report (period_from, period_to)
  WHERE kind = 'INITIAL' AND state <> 'REFUSED';
CREATE UNIQUE INDEX sales_report_waiting ON sales_report (period_from, period_to) WHERE state = 'WAITING';
CREATE INDEX sales_report_due ON sales_report (next_try_at) WHERE state = 'WAITING';
CREATE INDEX sales_report_period ON sales_report (period_from, period_to, created_at);
CREATE INDEX sales_report_created ON sales_report (created_at, id);
-- A document that is reported, and the newest report that contains it and was not refused.
CREATE TABLE reportable_sale (
  document_id uuid PRIMARY KEY REFERENCES billing_document,
  period_from date NOT NULL,
  period_to date NOT NULL,
  due_on date NOT NULL,
  report_id uuid REFERENCES sales_report
);
CREATE INDEX reportable_sale_period ON reportable_sale (period_from, period_to);
CREATE INDEX reportable_sale_open ON reportable_sale (period_to) WHERE report_id IS NULL;
CREATE INDEX reportable_sale_report ON reportable_sale (report_id);
CREATE TABLE sales_report_document (
  report_id uuid NOT NULL REFERENCES sales_report,
  document_id uuid NOT NULL REFERENCES billing_document,
  PRIMARY KEY (report_id, document_id)
);
CREATE INDEX sales_report_document_of ON sales_report_document (document_id);
CREATE TABLE sales_report_status (
  report_id uuid NOT NULL REFERENCES sales_report,
  code text NOT NULL,
  at timestamptz NOT NULL,
  reasons jsonb NOT NULL,
  flow_id text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (report_id, flow_id, code)
);
-- Up to when documents were looked through for what is to be reported.
CREATE TABLE sales_report_progress (
  one boolean PRIMARY KEY CHECK (one),
  looked_at timestamptz NOT NULL
);
`;
const rights: Readonly<Record<string, string>> = {
  sales_report: "SELECT, INSERT, UPDATE (state, flow_id, attempts, next_try_at, failure, sent_at)",
  reportable_sale: "SELECT, INSERT, UPDATE (report_id)",
  sales_report_document: "SELECT, INSERT",
  sales_report_status: "SELECT, INSERT",
  sales_report_progress: "SELECT, INSERT, UPDATE",
};
const appendOnly = ["sales_report_document", "sales_report_status"];

export class SalesReports1767941000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    for (const [table, may] of Object.entries(rights)) {
      await db.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        GRANT ${may} ON ${table} TO caratlas_worker;
        GRANT SELECT ON ${table} TO caratlas_staff;
        CREATE POLICY worker_rows ON ${table} TO caratlas_worker USING (true) WITH CHECK (true);
        CREATE POLICY staff_rows ON ${table} TO caratlas_staff USING (true)`);
    }
    for (const table of appendOnly) {
      await db.query(`
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE ${Object.keys(rights).reverse().join(", ")}`);
  }
}
