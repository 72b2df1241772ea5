/** What is collected by Stripe: our own record of each payment, an inbox of its events, disputes and payouts. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const tables = `
-- The payment that a deposit is of; null: of a credit note.
ALTER TABLE advance ADD COLUMN cause_id text;
CREATE INDEX advance_cause ON advance (cause_id);
CREATE TABLE stripe_customer (
  supplier_id uuid PRIMARY KEY REFERENCES supplier,
  customer_id text UNIQUE,
  method_id text,
  method_kind text CHECK (method_kind IN ('CARD', 'SEPA_DEBIT')),
  top_up_below_cents bigint CHECK (top_up_below_cents >= 0),
  top_up_incl_vat_cents bigint CHECK (top_up_incl_vat_cents > 0),
  CHECK ((top_up_below_cents IS NULL) = (top_up_incl_vat_cents IS NULL))
);
CREATE TABLE stripe_payment (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES supplier,
  document_id uuid REFERENCES billing_document,
  amount_incl_vat_cents bigint NOT NULL CHECK (amount_incl_vat_cents > 0),
  status text NOT NULL CHECK (status IN
    ('CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'FAILED', 'SUCCEEDED', 'CANCELED')),
  intent_id text UNIQUE,
  failure text,
  requested_at timestamptz NOT NULL,
  requested_by text NOT NULL,
  next_try_at timestamptz,
  settled_at timestamptz,
  CHECK (settled_at IS NULL OR status = 'SUCCEEDED')
);
CREATE INDEX stripe_payment_supplier ON stripe_payment (supplier_id, requested_at, id);
CREATE INDEX stripe_payment_unanswered ON stripe_payment (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE TABLE stripe_event (
  id text PRIMARY KEY,
  type text NOT NULL,
  object_id text NOT NULL,
  received_at timestamptz NOT NULL,
  next_try_at timestamptz,
  attempts integer NOT NULL,
  failure text
);
CREATE INDEX stripe_event_waiting ON stripe_event (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE TABLE stripe_dispute (
  id text PRIMARY KEY,
  payment_id uuid NOT NULL REFERENCES stripe_payment,
  amount_cents bigint NOT NULL,
  status text NOT NULL,
  lost_at timestamptz,
  unrecovered_cents bigint NOT NULL DEFAULT 0
);
CREATE TABLE stripe_payout (
  id text PRIMARY KEY,
  amount_cents bigint NOT NULL,
  arrives_on date NOT NULL,
  difference_cents bigint NOT NULL,
  booked_at timestamptz NOT NULL
);
CREATE TABLE stripe_balance_transaction (
  id text PRIMARY KEY,
  payout_id text NOT NULL REFERENCES stripe_payout,
  category text NOT NULL,
  source_id text,
  payment_id uuid REFERENCES stripe_payment,
  amount_cents bigint NOT NULL,
  fee_cents bigint NOT NULL,
  net_cents bigint NOT NULL,
  CHECK (net_cents = amount_cents - fee_cents)
);
CREATE INDEX stripe_balance_transaction_payout ON stripe_balance_transaction (payout_id);
`;

const ours: Record<string, string> = {
  stripe_customer: "SELECT, INSERT, UPDATE",
  stripe_payment: "SELECT, INSERT, UPDATE (status, intent_id, failure, next_try_at, settled_at)",
  stripe_event: "SELECT, INSERT, UPDATE (next_try_at, attempts, failure)",
  stripe_dispute: "SELECT, INSERT, UPDATE (status, lost_at, unrecovered_cents)",
  stripe_payout: "SELECT, INSERT",
  stripe_balance_transaction: "SELECT, INSERT",
};

const policiesOf = (table: string, rights: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  GRANT ${rights} ON ${table} TO caratlas_worker;
  GRANT SELECT ON ${table} TO caratlas_staff;
  CREATE POLICY worker_rows ON ${table} TO caratlas_worker USING (true) WITH CHECK (true);
  CREATE POLICY staff_rows ON ${table} TO caratlas_staff USING (true)`;

export class Stripe1766700000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
    for (const [table, rights] of Object.entries(ours)) await db.query(policiesOf(table, rights));
    await db.query(`
      GRANT SELECT ON stripe_payment TO caratlas_supplier;
      CREATE POLICY supplier_rows ON stripe_payment TO caratlas_supplier
        USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`);
  }

  async down(db: QueryRunner): Promise<void> {
    const names = Object.keys(ours).reverse().join(", ");
    await db.query(`DROP TABLE ${names} CASCADE; ALTER TABLE advance DROP COLUMN cause_id`);
  }
}
