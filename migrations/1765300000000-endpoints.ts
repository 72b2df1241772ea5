/**
 * Where suppliers want their events sent. The feed is the outbox: an endpoint is one more reader of it with a
 * position of its own, so nothing is copied here, and of a person nothing at all.
 */
import type { MigrationInterface, QueryRunner } from "typeorm";

const ofItsOwn = "supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited())";
const kinds = ["LEAD_MATCHED", "LEAD_UPDATED", "LEAD_REVOKED", "CAP_REACHED"];

const tables = `
CREATE TABLE endpoint (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES supplier,
  kind text NOT NULL CHECK (kind IN ('WEBHOOK', 'EMAIL', 'ADF_HTTP', 'ADF_MAIL')),
  label text NOT NULL,
  target_sealed bytea NOT NULL,
  options_sealed bytea NOT NULL,
  events text[],
  document text,
  limit_sites uuid[],
  limit_campaigns uuid[],
  secret_sealed bytea,
  previous_secret_sealed bytea,
  previous_secret_until timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('ACTIVE', 'PAUSED')),
  pause_reason text CHECK (pause_reason IN ('BY_SUPPLIER', 'GONE', 'FAILING', 'DOCUMENT_INVALID')),
  paused_at timestamptz,
  position bigint NOT NULL CHECK (position >= 0),
  replayed_through bigint NOT NULL DEFAULT 0,
  attempts integer NOT NULL,
  first_tried_at timestamptz,
  failures integer NOT NULL,
  failing_since timestamptz,
  next_try_at timestamptz NOT NULL,
  leased_by uuid,
  leased_until timestamptz,
  CHECK ((status = 'PAUSED') = (pause_reason IS NOT NULL) AND (status = 'PAUSED') = (paused_at IS NOT NULL)),
  CHECK ((previous_secret_sealed IS NULL) = (previous_secret_until IS NULL)),
  CHECK ((leased_by IS NULL) = (leased_until IS NULL))
);
CREATE INDEX endpoint_supplier ON endpoint (supplier_id);
CREATE INDEX endpoint_due ON endpoint (next_try_at) WHERE status = 'ACTIVE';

CREATE TABLE endpoint_attempt (
  id uuid PRIMARY KEY,
  endpoint_id uuid NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  supplier_id uuid NOT NULL,
  at timestamptz NOT NULL,
  position bigint,
  event text NOT NULL,
  number integer NOT NULL,
  delivered boolean NOT NULL,
  status integer,
  reason text,
  duration_ms integer NOT NULL,
  CHECK (delivered = (reason IS NULL))
);
CREATE INDEX endpoint_attempt_log ON endpoint_attempt (endpoint_id, at, id);
CREATE INDEX endpoint_attempt_at ON endpoint_attempt (at);

CREATE TABLE dead_letter (
  id uuid PRIMARY KEY,
  endpoint_id uuid NOT NULL REFERENCES endpoint ON DELETE CASCADE,
  supplier_id uuid NOT NULL,
  position bigint NOT NULL,
  event text NOT NULL,
  at timestamptz NOT NULL,
  attempts integer NOT NULL,
  status integer,
  reason text NOT NULL,
  UNIQUE (endpoint_id, position)
);
`;

/** What a delivery moves; the lease may be taken away by whoever sets the position back. */
const progress =
  "status, pause_reason, paused_at, position, attempts, first_tried_at, failures, failing_since";
const due = "next_try_at, leased_by, leased_until";
const written =
  "label, target_sealed, options_sealed, events, document, secret_sealed, previous_secret_sealed";

const access: Record<string, { supplier: string; worker: string }> = {
  endpoint: {
    supplier: `SELECT, INSERT, DELETE, UPDATE (${written}, previous_secret_until, replayed_through, ${progress}, ${due})`,
    worker: `SELECT, UPDATE (${progress}, ${due})`,
  },
  endpoint_attempt: { supplier: "SELECT, INSERT", worker: "SELECT, INSERT, DELETE" },
  dead_letter: { supplier: "SELECT, DELETE", worker: "SELECT, INSERT, UPDATE" },
};

const policiesOf = (table: string, { supplier, worker }: { supplier: string; worker: string }): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  GRANT ${supplier} ON ${table} TO caratlas_supplier;
  CREATE POLICY supplier_rows ON ${table} TO caratlas_supplier USING (${ofItsOwn}) WITH CHECK (${ofItsOwn});
  GRANT ${worker} ON ${table} TO caratlas_worker;
  CREATE POLICY worker_rows ON ${table} TO caratlas_worker USING (true) WITH CHECK (true);`;

const knownKinds = (names: readonly string[]): string => `
  ALTER TABLE feed_event DROP CONSTRAINT feed_event_kind_check;
  ALTER TABLE feed_event ADD CONSTRAINT feed_event_kind_check
    CHECK (kind IN (${names.map((name) => `'${name}'`).join(", ")}));`;

export class Endpoints1765300000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    for (const [table, entry] of Object.entries(access)) await db.query(policiesOf(table, entry));
    await db.query(knownKinds([...kinds, "ENDPOINT_PAUSED"]));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE dead_letter, endpoint_attempt, endpoint");
    await db.query(knownKinds(kinds));
  }
}
