/** Size and digest of the files that were downloaded, by the id of the file. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class MadeFiles1767746000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE made_file (
        id text PRIMARY KEY,
        supplier_id uuid REFERENCES supplier,
        bytes bigint NOT NULL,
        sha256 bytea NOT NULL,
        made_at timestamptz NOT NULL
      );
      ALTER TABLE made_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (bytes, sha256, made_at) ON made_file TO caratlas_staff, caratlas_supplier;
      CREATE POLICY staff_rows ON made_file TO caratlas_staff USING (true) WITH CHECK (true);
      CREATE POLICY supplier_rows ON made_file TO caratlas_supplier
        USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))
        WITH CHECK (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE made_file");
  }
}
