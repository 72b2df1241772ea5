/** What a supplier is told of its account: a low balance, an invoice that is overdue, a suspension and its end. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const kinds = (more: string): string => `
  ALTER TABLE feed_event DROP CONSTRAINT feed_event_kind_check;
  ALTER TABLE feed_event ADD CONSTRAINT feed_event_kind_check CHECK (kind IN ('LEAD_MATCHED', 'LEAD_UPDATED',
    'LEAD_REVOKED', 'CAP_REACHED', 'RETURN_DECIDED', 'ENDPOINT_PAUSED', 'RETURN_PENDING'${more}))`;

const tables = `
ALTER TABLE supplier_account ADD COLUMN suspended_at timestamptz, ADD COLUMN suspension text
    CHECK (suspension IN ('UNPAID')),
  ADD CONSTRAINT supplier_account_suspended CHECK ((suspended_at IS NULL) = (suspension IS NULL)),
  ADD COLUMN alert_below_cents bigint CHECK (alert_below_cents >= 0), ADD COLUMN alerted_at timestamptz;
GRANT UPDATE (suspended_at, suspension, alerted_at) ON supplier_account TO caratlas_worker;
GRANT UPDATE (alert_below_cents, alerted_at) ON supplier_account TO caratlas_supplier;
CREATE TABLE dunning_step (
  document_id uuid NOT NULL REFERENCES billing_document,
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
  supplier_id uuid NOT NULL REFERENCES supplier,
  at timestamptz NOT NULL,
  days_late integer NOT NULL,
  open_cents bigint NOT NULL,
  indemnity_cents bigint NOT NULL,
  interest_cents bigint NOT NULL,
  PRIMARY KEY (document_id, level)
);
CREATE INDEX dunning_step_supplier ON dunning_step (supplier_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON dunning_step FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON dunning_step EXECUTE FUNCTION refuse_change();
`;

const rights: Record<string, string> = {
  dunning_step: "SELECT, INSERT",
};

const policiesOf = (table: string, may: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  GRANT ${may} ON ${table} TO caratlas_worker;
  GRANT SELECT ON ${table} TO caratlas_staff, caratlas_supplier;
  CREATE POLICY worker_rows ON ${table} TO caratlas_worker USING (true) WITH CHECK (true);
  CREATE POLICY staff_rows ON ${table} TO caratlas_staff USING (true);
  CREATE POLICY supplier_rows ON ${table} TO caratlas_supplier
    USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`;

export class Notices1766900000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    for (const [table, may] of Object.entries(rights)) await db.query(policiesOf(table, may));
    await db.query(kinds(", 'ACCOUNT_NOTICE'"));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(kinds(""));
    await db.query(`
      DROP TABLE ${Object.keys(rights).join(", ")};
      ALTER TABLE supplier_account DROP COLUMN suspended_at, DROP COLUMN suspension, DROP COLUMN alert_below_cents,
        DROP COLUMN alerted_at`);
  }
}
