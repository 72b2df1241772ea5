/**
 * Campaigns may want leads only while one of the supplier's people follows the feed. Each process says here who
 * follows it there, and until when that holds unless it says so again. Nobody but the server's own work reads it.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Presence1765800000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE presence (
        process_id uuid NOT NULL,
        member_id uuid NOT NULL REFERENCES member,
        supplier_id uuid NOT NULL REFERENCES supplier,
        limit_sites uuid[],
        limit_campaigns uuid[],
        seen_until timestamptz NOT NULL,
        PRIMARY KEY (process_id, member_id)
      );
      CREATE INDEX presence_supplier ON presence (supplier_id);
      ALTER TABLE presence ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE, DELETE ON presence TO caratlas_worker;
      CREATE POLICY worker_rows ON presence TO caratlas_worker USING (true) WITH CHECK (true);
      -- That somebody came is an opening, and nobody asked for it in a supplier's name.
      GRANT UPDATE (opened_at) ON supplier_account TO caratlas_worker`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("REVOKE UPDATE (opened_at) ON supplier_account FROM caratlas_worker; DROP TABLE presence");
  }
}
