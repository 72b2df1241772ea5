/** Documents that go to their supplier by mail: the address, and each wish until the mail server took it. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Sendings1767400000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE billing_profile ADD COLUMN email text, ADD COLUMN email_since timestamptz,
        ADD CONSTRAINT billing_profile_email CHECK ((email IS NULL) = (email_since IS NULL));
      CREATE TABLE document_sending (
        id uuid PRIMARY KEY,
        document_id uuid NOT NULL REFERENCES billing_document,
        supplier_id uuid NOT NULL REFERENCES supplier,
        to_address text NOT NULL,
        state text NOT NULL CHECK (state IN ('WAITING', 'SENT', 'FAILED')),
        attempts integer NOT NULL,
        next_try_at timestamptz,
        failure text,
        asked_at timestamptz NOT NULL,
        asked_by text NOT NULL,
        sent_at timestamptz,
        CHECK ((next_try_at IS NOT NULL) = (state = 'WAITING')),
        CHECK ((sent_at IS NOT NULL) = (state = 'SENT'))
      );
      CREATE UNIQUE INDEX document_sending_waits ON document_sending (document_id) WHERE state = 'WAITING';
      CREATE INDEX document_sending_document ON document_sending (document_id, asked_at);
      CREATE INDEX document_sending_due ON document_sending (next_try_at) WHERE state = 'WAITING';
      ALTER TABLE document_sending ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (state, attempts, next_try_at, failure, sent_at) ON document_sending
        TO caratlas_worker;
      GRANT SELECT, INSERT ON document_sending TO caratlas_staff;
      GRANT SELECT ON document_sending TO caratlas_supplier;
      CREATE POLICY worker_rows ON document_sending TO caratlas_worker USING (true) WITH CHECK (true);
      CREATE POLICY staff_rows ON document_sending TO caratlas_staff USING (true) WITH CHECK (true);
      CREATE POLICY supplier_rows ON document_sending TO caratlas_supplier
        USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE document_sending;
      ALTER TABLE billing_profile DROP COLUMN email, DROP COLUMN email_since`);
  }
}
