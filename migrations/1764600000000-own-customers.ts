/** A supplier's own customers, as hashes under a key of that supplier's: such a person's request is not sold to it. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const ofItsOwn = "supplier_id = (SELECT current_supplier())";

export class OwnCustomers1764600000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE own_customer (
        supplier_id uuid NOT NULL REFERENCES supplier,
        hash bytea NOT NULL CHECK (length(hash) = 32),
        uploaded_at timestamptz NOT NULL,
        PRIMARY KEY (supplier_id, hash)
      );
      CREATE INDEX own_customer_uploaded ON own_customer (uploaded_at);
      ALTER TABLE own_customer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (uploaded_at), DELETE ON own_customer TO caratlas_supplier;
      CREATE POLICY supplier_rows ON own_customer TO caratlas_supplier USING (${ofItsOwn}) WITH CHECK (${ofItsOwn});
      GRANT SELECT, DELETE ON own_customer TO caratlas_worker;
      CREATE POLICY worker_rows ON own_customer TO caratlas_worker USING (true)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE own_customer");
  }
}
