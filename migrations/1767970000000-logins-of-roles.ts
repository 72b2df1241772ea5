/**
 * Since a server has a login for each role, the roles can be told apart more strictly (decision 50). Requests of
 * consumers get a role of their own with the part of the worker's rights that they need, and only the gate reads the
 * hashes of passwords and tokens.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const intake = {
  lead: "SELECT, INSERT, UPDATE",
  lead_need: "SELECT, INSERT",
  lead_secret: "SELECT, INSERT",
  lead_index: "SELECT, INSERT, UPDATE (proven)",
  confirmation: "SELECT, INSERT, UPDATE, DELETE",
  confirmation_try: "SELECT, INSERT, DELETE",
  consent_act: "SELECT, INSERT",
  idempotency_key: "SELECT, INSERT, UPDATE, DELETE",
  audit_event: "INSERT",
  campaign: "SELECT",
  campaign_version: "SELECT",
  supplier: "SELECT",
  site: "SELECT",
  quality_review: "SELECT",
  delivery: "SELECT, UPDATE (channels, revoked_at, revocation_reason, acknowledge_by, why)",
  feed_event: "SELECT, INSERT",
  supplier_account: "SELECT, UPDATE (last_position)",
  commune_centroid: "SELECT",
  form_version: "SELECT",
  installation: "SELECT",
  price_floor: "SELECT",
};

/** The columns that only the gate reads. */
const hashes = { member: "password_hash", api_key: "token_hash", session: "token_hash" };

interface Policy {
  readonly tablename: string;
  readonly policyname: string;
  readonly permissive: string;
  readonly cmd: string;
  readonly qual: string | null;
  readonly with_check: string | null;
}

export class LoginsOfRoles1767970000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      "DO $$ BEGIN CREATE ROLE caratlas_intake NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
    );
    await db.query(
      "GRANT USAGE ON SCHEMA public TO caratlas_intake; GRANT SELECT ON migration TO caratlas_worker",
    );
    for (const [table, privileges] of Object.entries(intake)) {
      await db.query(`GRANT ${privileges} ON ${table} TO caratlas_intake`);
    }
    for (const policy of await policiesOfWorker(db)) await db.query(forIntake(policy));
    for (const [table, hash] of Object.entries(hashes)) await hide(db, table, hash);
    await db.query("REVOKE UPDATE (id) ON member, api_key, session FROM caratlas_staff");
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      GRANT SELECT ON member, api_key, session TO caratlas_supplier;
      GRANT SELECT, UPDATE ON member, api_key, session TO caratlas_staff;
      REVOKE SELECT ON migration FROM caratlas_worker`);
    for (const { tablename, policyname } of await policiesOf(db, "caratlas_intake")) {
      await db.query(`DROP POLICY ${policyname} ON ${tablename}`);
    }
    await db.query("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM caratlas_intake");
    await db.query("REVOKE USAGE ON SCHEMA public FROM caratlas_intake");
  }
}

const policiesOf = (db: QueryRunner, role: string): Promise<Policy[]> =>
  db.query("SELECT * FROM pg_policies WHERE $1 = ANY (roles) ORDER BY tablename, policyname", [
    role,
  ]) as Promise<Policy[]>;

/** Rows that a worker may not see, such as those of sandboxes, are hidden from intake by the same rules. */
const policiesOfWorker = async (db: QueryRunner): Promise<Policy[]> =>
  (await policiesOf(db, "caratlas_worker")).filter(({ tablename }) => tablename in intake);

const forIntake = ({ tablename, policyname, permissive, cmd, qual, with_check: check }: Policy): string =>
  [
    `CREATE POLICY intake_${policyname} ON ${tablename} AS ${permissive} FOR ${cmd} TO caratlas_intake`,
    ...(qual === null ? [] : [`USING (${qual})`]),
    ...(check === null ? [] : [`WITH CHECK (${check})`]),
  ].join(" ");

async function hide(db: QueryRunner, table: string, hash: string): Promise<void> {
  const [{ names }] = (await db.query(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS names FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> $2`,
    [table, hash],
  )) as [{ names: string }];
  await db.query(`
    REVOKE SELECT ON ${table} FROM caratlas_supplier; REVOKE SELECT, UPDATE ON ${table} FROM caratlas_staff;
    GRANT SELECT (${names}) ON ${table} TO caratlas_supplier;
    GRANT SELECT (${names}), UPDATE (${names}) ON ${table} TO caratlas_staff`);
}
