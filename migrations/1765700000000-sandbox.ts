/**
 * Every supplier may have a sandbox: a twin, which is a supplier of its own, so that everything built for
 * suppliers works in it, and which the database keeps apart. Whoever works on real leads (workers, staff, people)
 * sees nothing of a twin, and what they cannot see they cannot write to; what the sandbox makes is written in a
 * role of its own, which sees nothing else. These policies are restrictive: whatever another policy allows, they
 * hold.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const own = "supplier_id = (SELECT current_supplier())";
const ofSandboxLead = (table: string): string =>
  `EXISTS (SELECT FROM lead l WHERE l.month = ${table}.month AND l.id = ${table}.lead_id)`;
const realSupplier = "EXISTS (SELECT FROM supplier s WHERE s.id = supplier_id AND NOT s.sandbox)";

/** Tables that say of each row whether it is a sandbox's; the database checks it against the supplier. */
const marked = ["campaign", "delivery", "api_key"];

const tables = `
ALTER TABLE supplier
  ADD COLUMN sandbox_of uuid UNIQUE REFERENCES supplier,
  ADD COLUMN sandbox boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT supplier_sandbox CHECK (sandbox = (sandbox_of IS NOT NULL) AND sandbox_of <> id),
  ADD CONSTRAINT supplier_is_sandbox UNIQUE (id, sandbox),
  DROP CONSTRAINT supplier_siren_key;
CREATE UNIQUE INDEX supplier_siren ON supplier (siren) WHERE NOT sandbox;

ALTER TABLE supplier_account
  DROP CONSTRAINT supplier_account_mode_check,
  ADD CONSTRAINT supplier_account_mode_check CHECK (mode IN ('PREPAID', 'POSTPAID', 'SANDBOX')),
  ADD CONSTRAINT sandbox_costs_nothing CHECK (
    mode <> 'SANDBOX' OR balance_cents = 0 AND credit_limit_cents = 0 AND last_posting = 0);
CREATE TRIGGER sandbox_for_ever BEFORE UPDATE ON supplier_account FOR EACH ROW
  WHEN ((OLD.mode = 'SANDBOX') <> (NEW.mode = 'SANDBOX')) EXECUTE FUNCTION refuse_change();

ALTER TABLE lead ADD COLUMN sandbox_supplier_id uuid REFERENCES supplier;
CREATE INDEX lead_sandbox ON lead (submitted_at) WHERE sandbox_supplier_id IS NOT NULL AND erased_at IS NULL;

-- Whoever makes a campaign, a twin's is a twin's.
CREATE FUNCTION mark_sandbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sandbox := EXISTS (SELECT FROM supplier s WHERE s.id = NEW.supplier_id AND s.sandbox);
  RETURN NEW;
END $$;

ALTER TABLE feed_event
  DROP CONSTRAINT feed_event_kind_check,
  ADD CONSTRAINT feed_event_kind_check CHECK (kind IN (
    'LEAD_MATCHED', 'LEAD_UPDATED', 'LEAD_REVOKED', 'CAP_REACHED', 'RETURN_DECIDED', 'ENDPOINT_PAUSED'));

CREATE TABLE sandbox_progress (
  supplier_id uuid PRIMARY KEY REFERENCES supplier,
  match_acknowledged_at timestamptz
);
CREATE TABLE sandbox_drill (
  supplier_id uuid NOT NULL REFERENCES supplier,
  delivery_id uuid NOT NULL,
  position bigint NOT NULL,
  started_at timestamptz NOT NULL,
  served_to text[] NOT NULL,
  served_at timestamptz,
  acknowledged_at timestamptz,
  PRIMARY KEY (supplier_id, delivery_id)
);
`;

type Rule = readonly [privileges: string, rows: string];

/** What the sandbox's own role may do. Without a supplier it only finds what is to be erased. */
const access: Record<string, Rule> = {
  supplier: ["SELECT, INSERT", "sandbox"],
  supplier_account: [
    "SELECT, INSERT, UPDATE (balance_cents, last_posting, last_position)",
    `mode = 'SANDBOX' AND ${own}`,
  ],
  campaign: ["SELECT", `sandbox AND ${own}`],
  campaign_version: ["SELECT", own],
  lead: [
    "SELECT, INSERT, UPDATE",
    `sandbox_supplier_id IS NOT NULL AND ((SELECT current_supplier()) IS NULL
       OR sandbox_supplier_id = (SELECT current_supplier()))`,
  ],
  lead_need: ["SELECT, INSERT, DELETE", ofSandboxLead("lead_need")],
  lead_secret: ["SELECT, INSERT, DELETE", ofSandboxLead("lead_secret")],
  lead_index: ["SELECT, INSERT, DELETE", ofSandboxLead("lead_index")],
  confirmation: ["SELECT, DELETE", ofSandboxLead("confirmation")],
  consent_act: ["SELECT, INSERT", ofSandboxLead("consent_act")],
  delivery: [
    "SELECT, INSERT, UPDATE (channels, revoked_at, revocation_reason, acknowledge_by, why, credited_at)",
    `sandbox AND ${own} AND ${ofSandboxLead("delivery")}`,
  ],
  feed_event: ["SELECT, INSERT", own],
  outcome: ["SELECT", own],
  // To pause a sandbox's endpoint is to write to its feed, which workers cannot.
  endpoint: [
    `SELECT, UPDATE (status, pause_reason, paused_at, position, attempts, first_tried_at, failures, failing_since,
       next_try_at, leased_until)`,
    own,
  ],
  endpoint_attempt: ["SELECT, INSERT", own],
  dead_letter: ["SELECT, INSERT, UPDATE", own],
  audit_event: ["INSERT", `supplier_id IS NULL OR ${own}`],
  sandbox_progress: ["SELECT, INSERT, UPDATE", own],
  sandbox_drill: ["SELECT, INSERT, UPDATE", own],
};

const policyOf = (table: string, [privileges, rows]: Rule): string => `
  GRANT ${privileges} ON ${table} TO caratlas_sandbox;
  CREATE POLICY sandbox_rows ON ${table} TO caratlas_sandbox USING (${rows}) WITH CHECK (${rows});`;

const realOnly = (table: string, roles: string, rows: string): string => `
  CREATE POLICY real_only ON ${table} AS RESTRICTIVE TO ${roles} USING (${rows}) WITH CHECK (${rows});`;

const realSupplierOnly = (table: string, roles: string): string => `
  CREATE POLICY real_only ON ${table} AS RESTRICTIVE FOR INSERT TO ${roles}
    WITH CHECK (supplier_id IS NULL OR ${realSupplier});`;

/**
 * Workers may see up to where a twin's feed goes, since they send it on to its endpoints and wake its followers. They
 * hold, change and make no twin's account: whoever locks a row must be let change it.
 */
const realAccounts = `
  CREATE POLICY real_only ON supplier_account AS RESTRICTIVE TO caratlas_staff
    USING (mode <> 'SANDBOX') WITH CHECK (mode <> 'SANDBOX');
  CREATE POLICY real_only_made ON supplier_account AS RESTRICTIVE FOR INSERT TO caratlas_worker
    WITH CHECK (mode <> 'SANDBOX');
  CREATE POLICY real_only_changed ON supplier_account AS RESTRICTIVE FOR UPDATE TO caratlas_worker
    USING (mode <> 'SANDBOX') WITH CHECK (mode <> 'SANDBOX');
  CREATE POLICY real_only_deleted ON supplier_account AS RESTRICTIVE FOR DELETE TO caratlas_worker
    USING (mode <> 'SANDBOX');`;

const workersAndStaff = "caratlas_worker, caratlas_staff";
const withRealOnly: Record<string, string> = {
  supplier: realOnly("supplier", workersAndStaff, "NOT sandbox"),
  supplier_account: realAccounts,
  campaign: realOnly("campaign", workersAndStaff, "NOT sandbox"),
  delivery: realOnly("delivery", `${workersAndStaff}, caratlas_person`, "NOT sandbox"),
  lead: realOnly("lead", `${workersAndStaff}, caratlas_person`, "sandbox_supplier_id IS NULL"),
  // Money, judgements, places and people: none of a twin's, whoever writes.
  posting: realSupplierOnly("posting", workersAndStaff),
  bank_transfer: realSupplierOnly("bank_transfer", workersAndStaff),
  quality_review: realSupplierOnly("quality_review", workersAndStaff),
  site: realSupplierOnly("site", workersAndStaff),
  member: realSupplierOnly("member", "caratlas_staff, caratlas_supplier"),
};

export class Sandbox1765700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      "DO $$ BEGIN CREATE ROLE caratlas_sandbox NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
    );
    await db.query("GRANT USAGE ON SCHEMA public TO caratlas_sandbox");
    await db.query("GRANT SELECT ON installation, form_version, price_floor TO caratlas_sandbox");
    await db.query(tables);
    for (const table of marked) {
      await db.query(`
        ALTER TABLE ${table} ADD COLUMN sandbox boolean NOT NULL DEFAULT false,
          DROP CONSTRAINT ${table}_supplier_id_fkey,
          ADD CONSTRAINT ${table}_supplier_id_fkey FOREIGN KEY (supplier_id, sandbox) REFERENCES supplier (id, sandbox)`);
    }
    await db.query(`
      ALTER TABLE api_key ADD CONSTRAINT api_key_sandbox CHECK (NOT sandbox OR supplier_id IS NOT NULL);
      CREATE TRIGGER mark_sandbox BEFORE INSERT ON campaign FOR EACH ROW EXECUTE FUNCTION mark_sandbox()`);
    for (const table of ["sandbox_progress", "sandbox_drill"]) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
    for (const [table, rule] of Object.entries(access)) await db.query(policyOf(table, rule));
    for (const policy of Object.values(withRealOnly)) await db.query(policy);
    // A supplier gives out the keys of its twin, and takes them back.
    await db.query(`
      CREATE POLICY own_sandbox ON supplier FOR SELECT TO caratlas_supplier
        USING ((SELECT is_unlimited()) AND sandbox_of = (SELECT current_supplier()));
      CREATE POLICY own_sandbox ON api_key TO caratlas_supplier USING (sandbox AND supplier_id IN (
        SELECT s.id FROM supplier s WHERE s.sandbox_of = (SELECT current_supplier())));
      CREATE POLICY own_sandbox ON audit_event FOR INSERT TO caratlas_supplier WITH CHECK (supplier_id IN (
        SELECT s.id FROM supplier s WHERE s.sandbox_of = (SELECT current_supplier())));
      -- Staff decide what is given back, and the feed says so.
      GRANT INSERT ON feed_event TO caratlas_staff;
      CREATE POLICY staff_rows ON feed_event FOR INSERT TO caratlas_staff WITH CHECK (${realSupplier})`);
  }

  /** Fails while there are sandboxes (two suppliers of one SIREN): the schema before would take them for real. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY staff_rows ON feed_event; REVOKE INSERT ON feed_event FROM caratlas_staff;
      DROP POLICY own_sandbox ON audit_event; DROP POLICY own_sandbox ON api_key; DROP POLICY own_sandbox ON supplier;
      DROP TABLE sandbox_drill, sandbox_progress`);
    for (const table of Object.keys(withRealOnly)) await db.query(`DROP POLICY real_only ON ${table}`);
    for (const done of ["made", "changed", "deleted"]) {
      await db.query(`DROP POLICY real_only_${done} ON supplier_account`);
    }
    for (const table of Object.keys(access).filter((name) => !name.startsWith("sandbox"))) {
      await db.query(`DROP POLICY sandbox_rows ON ${table}`);
    }
    await db.query("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM caratlas_sandbox");
    await db.query("REVOKE USAGE ON SCHEMA public FROM caratlas_sandbox");
    for (const table of marked) {
      await db.query(`
        ALTER TABLE ${table} DROP CONSTRAINT ${table}_supplier_id_fkey, DROP COLUMN sandbox,
          ADD CONSTRAINT ${table}_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES supplier (id)`);
    }
    await db.query(`
      DROP TRIGGER sandbox_for_ever ON supplier_account;
      DROP FUNCTION mark_sandbox CASCADE;
      ALTER TABLE lead DROP COLUMN sandbox_supplier_id;
      ALTER TABLE supplier_account DROP CONSTRAINT sandbox_costs_nothing,
        DROP CONSTRAINT supplier_account_mode_check,
        ADD CONSTRAINT supplier_account_mode_check CHECK (mode IN ('PREPAID', 'POSTPAID'));
      ALTER TABLE feed_event DROP CONSTRAINT feed_event_kind_check,
        ADD CONSTRAINT feed_event_kind_check CHECK (kind IN ('LEAD_MATCHED', 'LEAD_UPDATED', 'LEAD_REVOKED', 'CAP_REACHED', 'ENDPOINT_PAUSED'));
      DROP INDEX supplier_siren;
      ALTER TABLE supplier DROP COLUMN sandbox CASCADE, DROP COLUMN sandbox_of;
      ALTER TABLE supplier ADD CONSTRAINT supplier_siren_key UNIQUE (siren)`);
  }
}
