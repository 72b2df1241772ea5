/** Returns of leads: what was asked for, what the records said, and how it was decided. One for each delivery. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const kinds = (more: string): string => `
  ALTER TABLE feed_event DROP CONSTRAINT feed_event_kind_check;
  ALTER TABLE feed_event ADD CONSTRAINT feed_event_kind_check CHECK (kind IN (
    'LEAD_MATCHED', 'LEAD_UPDATED', 'LEAD_REVOKED', 'CAP_REACHED', 'RETURN_DECIDED', 'ENDPOINT_PAUSED'${more}))`;

const tables = `
      ALTER TABLE lead ADD COLUMN source text;
      CREATE TABLE lead_return (
        id uuid PRIMARY KEY,
        month integer NOT NULL,
        delivery_id uuid NOT NULL,
        supplier_id uuid NOT NULL REFERENCES supplier,
        campaign_id uuid NOT NULL,
        reason text NOT NULL,
        by_person boolean NOT NULL,
        status text NOT NULL CHECK (status IN ('PENDING', 'ACCEPTED', 'REJECTED')),
        finding text,
        attempts timestamptz[] NOT NULL,
        comment_sealed bytea,
        matched_at timestamptz NOT NULL,
        requested_at timestamptz NOT NULL,
        requested_by text NOT NULL,
        decide_by timestamptz,
        decided_at timestamptz,
        decided_by text,
        UNIQUE (month, delivery_id),
        FOREIGN KEY (month, delivery_id) REFERENCES delivery (month, id),
        CHECK ((status = 'PENDING') = (decided_at IS NULL)),
        CHECK ((decided_at IS NULL) = (finding IS NULL)),
        CHECK (status <> 'PENDING' OR by_person AND decide_by IS NOT NULL)
      );
      CREATE INDEX lead_return_supplier ON lead_return (supplier_id, matched_at);
      CREATE INDEX lead_return_pending ON lead_return (decide_by, id) WHERE status = 'PENDING';
      CREATE TRIGGER decided_once BEFORE UPDATE ON lead_return FOR EACH ROW
        WHEN (OLD.status <> 'PENDING') EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON lead_return EXECUTE FUNCTION refuse_change();
      ALTER TABLE lead_return ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT ON lead_return TO caratlas_supplier, caratlas_staff;
      GRANT SELECT, INSERT, UPDATE (status, finding, decided_at, decided_by) ON lead_return TO caratlas_worker;
      CREATE POLICY supplier_rows ON lead_return TO caratlas_supplier USING (supplier_id = (SELECT current_supplier())
        AND ((SELECT is_unlimited()) OR campaign_id = ANY ((SELECT visible_campaigns())::uuid[])));
      CREATE POLICY staff_rows ON lead_return TO caratlas_staff USING (true);
      CREATE POLICY worker_rows ON lead_return TO caratlas_worker USING (true) WITH CHECK (true);
      GRANT UPDATE (credited_at) ON delivery TO caratlas_worker`;

export class Returns1766600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    await db.query(kinds(", 'RETURN_PENDING'"));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DELETE FROM feed_event WHERE kind = 'RETURN_PENDING'").catch(() => undefined);
    await db.query(kinds(""));
    await db.query(
      "REVOKE UPDATE (credited_at) ON delivery FROM caratlas_worker; DROP TABLE lead_return; ALTER TABLE lead DROP COLUMN source",
    );
  }
}
