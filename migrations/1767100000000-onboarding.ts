/** What is known of suppliers before their first campaign. Who has campaigns by now was taken on before. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const tables = `
CREATE TABLE register_check (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES supplier,
  kind text NOT NULL CHECK (kind IN ('SIREN', 'VAT', 'ORIAS')),
  number text NOT NULL,
  valid boolean NOT NULL,
  source text NOT NULL CHECK (source IN ('VIES', 'STAFF')),
  reference text NOT NULL,
  name text,
  proof jsonb NOT NULL,
  checked_at timestamptz NOT NULL,
  checked_by text NOT NULL
);
CREATE INDEX register_check_supplier ON register_check (supplier_id, checked_at);
CREATE TABLE terms_acceptance (
  supplier_id uuid NOT NULL REFERENCES supplier,
  version text NOT NULL,
  accepted_at timestamptz NOT NULL,
  accepted_by text NOT NULL,
  PRIMARY KEY (supplier_id, version)
);
CREATE TABLE onboarding_waiver (
  supplier_id uuid PRIMARY KEY REFERENCES supplier,
  reason text NOT NULL,
  waived_at timestamptz NOT NULL,
  waived_by text NOT NULL
);
INSERT INTO onboarding_waiver SELECT id, 'Taken on before there was an onboarding.', now(), 'migration'
  FROM supplier WHERE NOT sandbox AND EXISTS (SELECT FROM campaign WHERE supplier_id = supplier.id);
`;
const names = ["register_check", "terms_acceptance", "onboarding_waiver"];

const protect = (table: string): string => `
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION refuse_change();
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  GRANT SELECT ON ${table} TO caratlas_worker, caratlas_staff, caratlas_supplier;
  GRANT INSERT ON ${table} TO caratlas_${table === "terms_acceptance" ? "supplier" : "staff"};
  CREATE POLICY worker_rows ON ${table} TO caratlas_worker USING (true);
  CREATE POLICY staff_rows ON ${table} TO caratlas_staff USING (true) WITH CHECK (true);
  CREATE POLICY supplier_rows ON ${table} TO caratlas_supplier
    USING (supplier_id = (SELECT current_supplier()))
    WITH CHECK (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`;

export class Onboarding1767100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    for (const table of names) await db.query(protect(table));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE ${names.join(", ")}`);
  }
}
