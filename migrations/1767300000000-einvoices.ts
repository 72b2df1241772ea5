/** What goes to the e-invoicing platform, each flow written down before it is sent, and what the platform says of it. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const tables = `
CREATE TABLE einvoice_flow (
  id uuid PRIMARY KEY,
  document_id uuid NOT NULL REFERENCES billing_document,
  supplier_id uuid NOT NULL REFERENCES supplier,
  kind text NOT NULL CHECK (kind IN ('DOCUMENT', 'COLLECTED')),
  amount_incl_vat_cents bigint CHECK ((amount_incl_vat_cents IS NOT NULL) = (kind = 'COLLECTED')),
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
CREATE INDEX einvoice_flow_sent ON einvoice_flow (sent_at);
CREATE INDEX billing_document_issued ON billing_document (issued_at);
CREATE INDEX settlement_at ON settlement (at);
CREATE UNIQUE INDEX einvoice_flow_document ON einvoice_flow (document_id)
  WHERE kind = 'DOCUMENT' AND state <> 'REFUSED';
CREATE INDEX einvoice_flow_of ON einvoice_flow (document_id, created_at);
CREATE INDEX einvoice_flow_waiting ON einvoice_flow (next_try_at) WHERE state = 'WAITING';
CREATE TABLE einvoice_status (
  document_id uuid NOT NULL REFERENCES billing_document,
  supplier_id uuid NOT NULL REFERENCES supplier,
  code text NOT NULL,
  at timestamptz NOT NULL,
  reason_code text,
  reason text,
  flow_id text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (document_id, flow_id, code)
);
-- Life-cycle messages that were read: each once, and why one could not be.
CREATE TABLE einvoice_message (
  flow_id text PRIMARY KEY,
  read_at timestamptz NOT NULL,
  failure text
);
-- Up to when documents and payments were looked through for what is to be sent.
CREATE TABLE einvoice_progress (
  one boolean PRIMARY KEY CHECK (one),
  looked_at timestamptz NOT NULL
);
CREATE TABLE einvoice_cursor (
  one boolean PRIMARY KEY CHECK (one),
  updated_after timestamptz NOT NULL
);
`;
const rights: Readonly<Record<string, string>> = {
  einvoice_flow: "SELECT, INSERT, UPDATE (state, flow_id, attempts, next_try_at, failure, sent_at)",
  einvoice_status: "SELECT, INSERT",
  einvoice_message: "SELECT, INSERT",
  einvoice_cursor: "SELECT, INSERT, UPDATE",
  einvoice_progress: "SELECT, INSERT, UPDATE",
};
const ofSuppliers = ["einvoice_flow", "einvoice_status"];

export class Einvoices1767300000000 implements MigrationInterface {
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
    for (const table of ofSuppliers) {
      await db.query(`
        GRANT SELECT ON ${table} TO caratlas_supplier;
        CREATE POLICY supplier_rows ON ${table} TO caratlas_supplier
          USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`);
    }
    await db.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON einvoice_status FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON einvoice_status EXECUTE FUNCTION refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE ${Object.keys(rights).join(", ")};
      DROP INDEX billing_document_issued, settlement_at`);
  }
}
