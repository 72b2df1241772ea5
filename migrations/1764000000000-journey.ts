import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The first schema: everything one lead's journey needs, on the keys it will keep.
 *
 * Tables that grow for ever carry the month of submission in their keys, so that they can be
 * partitioned by it. Every table with a supplier's or a person's data is under forced row-level
 * security; who may do what is the table `access` below.
 */
const roles = ["gate", "supplier", "person", "staff", "worker"] as const;
type DatabaseRole = (typeof roles)[number];

const tables = `
CREATE TABLE installation (
  id boolean PRIMARY KEY CHECK (id),
  feed_epoch uuid NOT NULL,
  key_check bytea
);
INSERT INTO installation VALUES (true, gen_random_uuid(), NULL);

CREATE TABLE form_version (
  product_id text NOT NULL,
  version integer NOT NULL,
  content jsonb NOT NULL,
  published_at timestamptz NOT NULL,
  PRIMARY KEY (product_id, version)
);
CREATE TABLE price_floor (
  product_id text NOT NULL,
  since timestamptz NOT NULL,
  floor_cents bigint NOT NULL CHECK (floor_cents > 0),
  PRIMARY KEY (product_id, since)
);

CREATE TABLE supplier (
  id uuid PRIMARY KEY,
  siren text NOT NULL UNIQUE,
  name text NOT NULL,
  group_label text,
  vat_number text,
  street text NOT NULL,
  postcode text NOT NULL,
  city text NOT NULL,
  departement text NOT NULL,
  credit_agencies text[] NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE TABLE site (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES supplier,
  siret text NOT NULL UNIQUE,
  name text NOT NULL,
  street text NOT NULL,
  postcode text NOT NULL,
  city text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX site_supplier ON site (supplier_id);

CREATE TABLE supplier_account (
  supplier_id uuid PRIMARY KEY REFERENCES supplier,
  mode text NOT NULL CHECK (mode IN ('PREPAID', 'POSTPAID')),
  balance_cents bigint NOT NULL,
  credit_limit_cents bigint NOT NULL CHECK (credit_limit_cents >= 0),
  last_posting bigint NOT NULL,
  last_position bigint NOT NULL,
  opened_at timestamptz NOT NULL,
  CHECK (mode = 'POSTPAID' OR credit_limit_cents = 0)
);

CREATE TABLE member (
  id uuid PRIMARY KEY,
  supplier_id uuid REFERENCES supplier,
  role text NOT NULL,
  identity_sealed bytea NOT NULL,
  email_digest bytea NOT NULL UNIQUE,
  password_hash text NOT NULL,
  failed_sign_ins integer NOT NULL,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL,
  CHECK ((supplier_id IS NULL) = (role NOT LIKE 'SUPPLIER%'))
);
CREATE INDEX member_supplier ON member (supplier_id);
CREATE TABLE session (
  id uuid PRIMARY KEY,
  member_id uuid NOT NULL REFERENCES member,
  supplier_id uuid,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX session_member ON session (member_id);
CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  supplier_id uuid REFERENCES supplier,
  role text NOT NULL,
  label text NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  origins text[] NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  CHECK ((supplier_id IS NULL) = (role NOT LIKE 'SUPPLIER%'))
);
CREATE INDEX api_key_supplier ON api_key (supplier_id);
CREATE TABLE audit_event (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  supplier_id uuid,
  detail jsonb NOT NULL
);
CREATE INDEX audit_event_at ON audit_event (at);
CREATE TABLE idempotency_key (
  principal text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  supplier_id uuid,
  input_digest bytea NOT NULL,
  answer jsonb,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (principal, operation, key)
);
CREATE INDEX idempotency_key_created ON idempotency_key (created_at);

CREATE TABLE campaign (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES supplier,
  product_id text NOT NULL,
  status text NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED', 'ARCHIVED')),
  version integer NOT NULL,
  zone_codes text[] NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX campaign_supplier ON campaign (supplier_id, product_id);
CREATE INDEX campaign_zones ON campaign USING gin (zone_codes) WHERE status = 'ACTIVE';
CREATE TABLE campaign_version (
  campaign_id uuid NOT NULL REFERENCES campaign,
  version integer NOT NULL,
  supplier_id uuid NOT NULL,
  terms jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (campaign_id, version)
);
CREATE TABLE cap_usage (
  campaign_id uuid NOT NULL REFERENCES campaign,
  unit text NOT NULL,
  period text NOT NULL,
  window_start timestamptz NOT NULL,
  supplier_id uuid NOT NULL,
  used bigint NOT NULL CHECK (used >= 0),
  PRIMARY KEY (campaign_id, unit, period, window_start)
);

CREATE TABLE lead (
  month integer NOT NULL,
  id uuid NOT NULL,
  reference text NOT NULL UNIQUE,
  product_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('UNCONFIRMED', 'OPEN', 'CLOSED')),
  close_reason text CHECK (close_reason IN ('SEATS_FILLED', 'WAIT_ENDED', 'WITHDRAWN', 'ERASED')),
  submitted_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  wait_until timestamptz NOT NULL,
  next_try_at timestamptz,
  tried_at timestamptz,
  waiting_for uuid[] NOT NULL,
  seats smallint CHECK (seats >= 1),
  seats_taken smallint NOT NULL,
  closed_at timestamptz,
  erased_at timestamptz,
  PRIMARY KEY (month, id),
  CHECK (seats_taken <= coalesce(seats, 0)),
  CHECK ((state = 'CLOSED') = (close_reason IS NOT NULL))
);
CREATE INDEX lead_due ON lead (next_try_at) WHERE state = 'OPEN';
CREATE INDEX lead_kept ON lead (submitted_at) WHERE confirmed_at IS NOT NULL AND erased_at IS NULL;
CREATE INDEX lead_unconfirmed ON lead (submitted_at) WHERE confirmed_at IS NULL;
CREATE INDEX lead_waiting_for ON lead USING gin (waiting_for) WHERE state = 'OPEN';

CREATE TABLE lead_need (
  month integer NOT NULL,
  lead_id uuid NOT NULL,
  product_id text NOT NULL,
  form_version integer NOT NULL,
  submitted_at timestamptz NOT NULL,
  answers jsonb NOT NULL,
  texts_answered text[] NOT NULL,
  place jsonb NOT NULL,
  PRIMARY KEY (month, lead_id),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id)
);
CREATE TABLE lead_secret (
  month integer NOT NULL,
  lead_id uuid NOT NULL,
  wrapped_key bytea NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (month, lead_id),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id)
);
CREATE TABLE lead_index (
  month integer NOT NULL,
  lead_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('EMAIL', 'PHONE')),
  digest bytea NOT NULL,
  PRIMARY KEY (month, lead_id, kind),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id)
);
CREATE INDEX lead_index_digest ON lead_index (digest);
CREATE TABLE confirmation (
  month integer NOT NULL,
  lead_id uuid NOT NULL,
  channel text NOT NULL,
  contact_digest bytea NOT NULL,
  sends integer NOT NULL,
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  checks_left integer NOT NULL,
  PRIMARY KEY (month, lead_id),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id)
);
CREATE TABLE confirmation_try (
  id uuid PRIMARY KEY,
  contact_digest bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('SEND', 'CHECK')),
  at timestamptz NOT NULL
);
CREATE INDEX confirmation_try_contact ON confirmation_try (contact_digest, at);
CREATE INDEX confirmation_try_at ON confirmation_try (at);

CREATE TABLE consent_act (
  month integer NOT NULL,
  lead_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  content jsonb NOT NULL,
  previous_hash bytea,
  hash bytea NOT NULL,
  PRIMARY KEY (month, lead_id, number),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id)
);
CREATE TABLE decision (
  month integer NOT NULL,
  lead_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamptz NOT NULL,
  content jsonb NOT NULL,
  PRIMARY KEY (month, lead_id, number),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id)
);

CREATE TABLE delivery (
  month integer NOT NULL,
  id uuid NOT NULL,
  lead_id uuid NOT NULL,
  supplier_id uuid NOT NULL REFERENCES supplier,
  campaign_id uuid NOT NULL,
  campaign_version integer NOT NULL,
  seat smallint NOT NULL,
  seats smallint NOT NULL,
  price_cents bigint NOT NULL,
  matched_at timestamptz NOT NULL,
  channels text[] NOT NULL,
  consent jsonb NOT NULL,
  why jsonb NOT NULL,
  credited_at timestamptz,
  revoked_at timestamptz,
  revocation_reason text,
  acknowledge_by timestamptz,
  acknowledged_at timestamptz,
  disposition text,
  ground_sealed bytea,
  PRIMARY KEY (month, id),
  UNIQUE (month, lead_id, supplier_id),
  UNIQUE (month, lead_id, seat),
  CHECK (seat BETWEEN 1 AND seats),
  CHECK (revoked_at IS NOT NULL OR cardinality(channels) > 0),
  FOREIGN KEY (month, lead_id) REFERENCES lead (month, id),
  FOREIGN KEY (campaign_id, campaign_version) REFERENCES campaign_version
);
CREATE INDEX delivery_supplier ON delivery (supplier_id, matched_at, id);

CREATE TABLE feed_event (
  supplier_id uuid NOT NULL REFERENCES supplier,
  position bigint NOT NULL,
  month integer NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('LEAD_MATCHED', 'LEAD_UPDATED', 'LEAD_REVOKED', 'CAP_REACHED')),
  delivery_id uuid,
  campaign_id uuid,
  detail jsonb NOT NULL,
  PRIMARY KEY (supplier_id, position, month)
);
CREATE TABLE feed_position (
  supplier_id uuid NOT NULL REFERENCES supplier,
  consumer text NOT NULL,
  position bigint NOT NULL,
  acknowledged_at timestamptz NOT NULL,
  PRIMARY KEY (supplier_id, consumer)
);

CREATE TABLE posting (
  month integer NOT NULL,
  supplier_id uuid NOT NULL REFERENCES supplier,
  number bigint NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  debit text NOT NULL,
  credit text NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  cause_kind text NOT NULL,
  cause_id text NOT NULL,
  PRIMARY KEY (supplier_id, number, month),
  UNIQUE (supplier_id, kind, cause_kind, cause_id, month),
  CHECK (debit <> credit)
);
CREATE INDEX posting_at ON posting (supplier_id, at);
CREATE TABLE bank_transfer (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES supplier,
  received_on date NOT NULL,
  amount_incl_vat_cents bigint NOT NULL CHECK (amount_incl_vat_cents > 0),
  vat_rate_basis_points integer NOT NULL,
  bank_reference text NOT NULL UNIQUE,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL
);
CREATE INDEX bank_transfer_supplier ON bank_transfer (supplier_id);

CREATE TABLE outcome (
  month integer NOT NULL,
  delivery_id uuid NOT NULL,
  number integer NOT NULL,
  supplier_id uuid NOT NULL,
  report_key text NOT NULL,
  report_digest bytea NOT NULL,
  status text NOT NULL,
  occurred_at timestamptz NOT NULL,
  sale_cents bigint CHECK (sale_cents >= 0),
  words_sealed bytea,
  reported_at timestamptz NOT NULL,
  reported_by text NOT NULL,
  PRIMARY KEY (month, delivery_id, number),
  UNIQUE (month, delivery_id, report_key),
  FOREIGN KEY (month, delivery_id) REFERENCES delivery (month, id)
);
`;

const rules = `
CREATE FUNCTION current_supplier() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT NULLIF(current_setting('caratlas.supplier_id', true), '')::uuid $$;
CREATE FUNCTION current_lead() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT NULLIF(current_setting('caratlas.lead_id', true), '')::uuid $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001'; END $$;
-- An unconfirmed request is deleted whole, as promised; nothing else of the record ever is.
CREATE FUNCTION refuse_change_once_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT FROM lead WHERE month = OLD.month AND id = OLD.lead_id AND confirmed_at IS NULL
  ) THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23001';
END $$;
`;

const appendOnly = [
  "posting",
  "decision",
  "audit_event",
  "bank_transfer",
  "campaign_version",
  "feed_event",
  "outcome",
];

const all = "true";
const ownSupplier = "supplier_id = (SELECT current_supplier())";
const ownLead = "lead_id = (SELECT current_lead())";
const liveDelivery = (table: string): string =>
  `EXISTS (SELECT FROM delivery d WHERE d.month = ${table}.month AND d.lead_id = ${table}.lead_id AND d.revoked_at IS NULL)`;

type Access = Partial<Record<DatabaseRole, readonly [privileges: string, rows: string]>>;

/** Who may do what to which rows. What does not stand here is refused. */
const access: Record<string, Access> = {
  supplier: {
    gate: ["SELECT", all],
    supplier: ["SELECT", "id = (SELECT current_supplier())"],
    staff: ["SELECT, INSERT, UPDATE", all],
    worker: ["SELECT", all],
  },
  site: {
    supplier: ["SELECT", ownSupplier],
    staff: ["SELECT, INSERT, UPDATE", all],
    worker: ["SELECT", all],
  },
  supplier_account: {
    // UPDATE on one column is what it takes to lock the row.
    supplier: ["SELECT, UPDATE (opened_at)", ownSupplier],
    staff: ["SELECT, INSERT, UPDATE", all],
    worker: ["SELECT, UPDATE (balance_cents, last_posting, last_position)", all],
  },
  member: {
    gate: ["SELECT, UPDATE (failed_sign_ins, locked_until)", all],
    supplier: ["SELECT, INSERT, UPDATE (disabled_at)", ownSupplier],
    staff: ["SELECT, INSERT, UPDATE", all],
  },
  session: {
    gate: ["SELECT, INSERT, UPDATE (revoked_at)", all],
    supplier: ["SELECT, UPDATE (revoked_at)", ownSupplier],
    staff: ["SELECT, UPDATE", all],
  },
  api_key: {
    gate: ["SELECT", all],
    supplier: ["SELECT, INSERT, UPDATE (revoked_at)", ownSupplier],
    staff: ["SELECT, INSERT, UPDATE", all],
  },
  audit_event: {
    gate: ["INSERT", all],
    supplier: ["INSERT", ownSupplier],
    staff: ["SELECT, INSERT", all],
    worker: ["INSERT", all],
  },
  idempotency_key: {
    supplier: ["SELECT, INSERT, UPDATE", ownSupplier],
    staff: ["SELECT, INSERT, UPDATE", "supplier_id IS NULL"],
    worker: ["SELECT, INSERT, UPDATE, DELETE", all],
  },
  campaign: {
    supplier: ["SELECT, INSERT, UPDATE", ownSupplier],
    staff: ["SELECT", all],
    worker: ["SELECT", all],
  },
  campaign_version: {
    supplier: ["SELECT, INSERT", ownSupplier],
    staff: ["SELECT", all],
    worker: ["SELECT", all],
  },
  cap_usage: {
    supplier: ["SELECT", ownSupplier],
    staff: ["SELECT", all],
    worker: ["SELECT, INSERT, UPDATE", all],
  },
  lead: {
    person: ["SELECT", "id = (SELECT current_lead())"],
    staff: ["SELECT", all],
    worker: ["SELECT, INSERT, UPDATE, DELETE", all],
  },
  lead_need: {
    supplier: ["SELECT", liveDelivery("lead_need")],
    person: ["SELECT", ownLead],
    worker: ["SELECT, INSERT, DELETE", all],
    staff: ["SELECT", all],
  },
  lead_secret: {
    supplier: ["SELECT", liveDelivery("lead_secret")],
    person: ["SELECT", ownLead],
    worker: ["SELECT, INSERT, DELETE", all],
  },
  lead_index: { worker: ["SELECT, INSERT, DELETE", all] },
  confirmation: { worker: ["SELECT, INSERT, UPDATE, DELETE", all] },
  confirmation_try: { worker: ["SELECT, INSERT, DELETE", all] },
  consent_act: {
    person: ["SELECT", ownLead],
    staff: ["SELECT", all],
    worker: ["SELECT, INSERT, DELETE", all],
  },
  decision: { staff: ["SELECT", all], worker: ["SELECT, INSERT", all] },
  delivery: {
    supplier: ["SELECT, UPDATE (acknowledged_at, disposition, ground_sealed)", ownSupplier],
    person: ["SELECT", ownLead],
    staff: ["SELECT, UPDATE (credited_at)", all],
    worker: ["SELECT, INSERT, UPDATE (channels, revoked_at, revocation_reason, acknowledge_by, why)", all],
  },
  feed_event: { supplier: ["SELECT", ownSupplier], worker: ["SELECT, INSERT", all] },
  feed_position: { supplier: ["SELECT, INSERT, UPDATE", ownSupplier], worker: ["SELECT", all] },
  posting: {
    supplier: ["SELECT", ownSupplier],
    staff: ["SELECT, INSERT", all],
    worker: ["SELECT, INSERT", all],
  },
  bank_transfer: { supplier: ["SELECT", ownSupplier], staff: ["SELECT, INSERT", all] },
  outcome: {
    supplier: ["SELECT, INSERT", ownSupplier],
    person: ["SELECT", "false"],
    staff: ["SELECT", all],
    worker: ["SELECT", all],
  },
};

/** No supplier's and no person's data: read by everybody, under no row policy. */
const open: Record<string, readonly [readers: string, writers: string]> = {
  installation: ["SELECT", "UPDATE"],
  form_version: ["SELECT", "INSERT"],
  price_floor: ["SELECT", "INSERT"],
};

const roleName = (role: DatabaseRole): string => `caratlas_${role}`;
const everyRole = roles.map(roleName).join(", ");

function policiesOf(table: string, entry: Access): string {
  const lines = [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`];
  for (const role of roles) {
    const rule = entry[role];
    if (!rule) continue;
    const [privileges, rows] = rule;
    lines.push(`GRANT ${privileges} ON ${table} TO ${roleName(role)};`);
    lines.push(
      `CREATE POLICY ${role}_rows ON ${table} TO ${roleName(role)} USING (${rows}) WITH CHECK (${rows});`,
    );
  }
  return lines.join("\n");
}

export class Journey1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const role of roles) {
      // Roles belong to the whole cluster: another database of it may have made them already.
      await db.query(
        `DO $$ BEGIN CREATE ROLE ${roleName(role)} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
      );
    }
    await db.query(`GRANT USAGE ON SCHEMA public TO ${everyRole}`);
    await db.query(tables);
    await db.query(rules);
    for (const table of appendOnly) {
      await db.query(`
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table} EXECUTE FUNCTION refuse_change()`);
    }
    await db.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent_act
        FOR EACH ROW EXECUTE FUNCTION refuse_change_once_confirmed();
      CREATE TRIGGER never_emptied BEFORE TRUNCATE ON consent_act EXECUTE FUNCTION refuse_change();
      -- What was confirmed once may not be made deletable again.
      CREATE TRIGGER confirmed_once BEFORE UPDATE ON lead FOR EACH ROW
        WHEN (OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at)
        EXECUTE FUNCTION refuse_change()`);
    for (const [table, entry] of Object.entries(access)) await db.query(policiesOf(table, entry));
    for (const [table, [read, write]] of Object.entries(open)) {
      await db.query(
        `GRANT ${read} ON ${table} TO ${everyRole}; GRANT ${write} ON ${table} TO caratlas_staff, caratlas_worker`,
      );
    }
  }

  /** Roles stay: other databases of the cluster may use them, and without grants they can do nothing. */
  async down(db: QueryRunner): Promise<void> {
    for (const table of [...Object.keys(access), ...Object.keys(open)].reverse()) {
      await db.query(`DROP TABLE ${table} CASCADE`);
    }
    await db.query(
      "DROP FUNCTION refuse_change, refuse_change_once_confirmed, current_supplier, current_lead CASCADE",
    );
    await db.query(`REVOKE USAGE ON SCHEMA public FROM ${everyRole}`);
  }
}
