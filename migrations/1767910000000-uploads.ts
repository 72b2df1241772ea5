/** Files that callers send with POST /uploads: sealed pieces that are kept until a mutation has used them. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Uploads1767910000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Sealed bytes cannot be compressed, so PostgreSQL does not try to.
    await db.query(`
      CREATE TABLE upload (
        id uuid PRIMARY KEY,
        consumer text NOT NULL,
        idempotency_key text,
        key_id smallint NOT NULL,
        sealed_name bytea NOT NULL,
        started_at timestamptz NOT NULL,
        bytes integer CHECK (bytes > 0),
        sha256 bytea CHECK (octet_length(sha256) = 32),
        completed_at timestamptz,
        used_at timestamptz CHECK (used_at IS NULL OR completed_at IS NOT NULL),
        kept_until timestamptz NOT NULL,
        CHECK ((completed_at IS NULL) = (bytes IS NULL) AND (completed_at IS NULL) = (sha256 IS NULL))
      );
      CREATE UNIQUE INDEX upload_idempotency_key ON upload (consumer, idempotency_key)
        WHERE idempotency_key IS NOT NULL;
      CREATE INDEX upload_consumer ON upload (consumer, kept_until);
      CREATE INDEX upload_kept_until ON upload (kept_until);
      CREATE TABLE upload_part (
        upload_id uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
        number integer NOT NULL CHECK (number >= 0),
        key_id smallint NOT NULL,
        sealed bytea NOT NULL,
        PRIMARY KEY (upload_id, number)
      );
      ALTER TABLE upload_part ALTER COLUMN sealed SET STORAGE EXTERNAL;
      ALTER TABLE upload ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE upload_part ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, DELETE, UPDATE (idempotency_key, bytes, sha256, completed_at, used_at, kept_until)
        ON upload TO caratlas_staff, caratlas_worker;
      GRANT SELECT, INSERT, DELETE ON upload_part TO caratlas_staff, caratlas_worker;
      CREATE POLICY staff_rows ON upload TO caratlas_staff, caratlas_worker USING (true) WITH CHECK (true);
      CREATE POLICY staff_rows ON upload_part TO caratlas_staff, caratlas_worker USING (true) WITH CHECK (true)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE upload_part; DROP TABLE upload");
  }
}
