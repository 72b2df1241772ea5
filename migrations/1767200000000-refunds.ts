/** What is paid back by Stripe: each refund of a payment, written down before it is asked for. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class Refunds1767200000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE stripe_refund (
        id uuid PRIMARY KEY,
        supplier_id uuid NOT NULL REFERENCES supplier,
        payment_id uuid NOT NULL REFERENCES stripe_payment,
        document_id uuid NOT NULL REFERENCES billing_document,
        amount_incl_vat_cents bigint NOT NULL CHECK (amount_incl_vat_cents > 0),
        status text NOT NULL CHECK (status IN ('CREATED', 'PENDING', 'SUCCEEDED', 'FAILED', 'CANCELED')),
        refund_id text UNIQUE,
        failure text,
        requested_at timestamptz NOT NULL,
        requested_by text NOT NULL,
        next_try_at timestamptz,
        returned_at timestamptz,
        CHECK ((returned_at IS NOT NULL) = (status IN ('FAILED', 'CANCELED')))
      );
      CREATE INDEX stripe_refund_payment ON stripe_refund (payment_id);
      CREATE INDEX stripe_refund_supplier ON stripe_refund (supplier_id);
      CREATE INDEX stripe_refund_document ON stripe_refund (document_id);
      CREATE INDEX stripe_refund_unanswered ON stripe_refund (next_try_at) WHERE next_try_at IS NOT NULL;
      ALTER TABLE stripe_refund ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (status, refund_id, failure, next_try_at, returned_at) ON stripe_refund
        TO caratlas_worker;
      GRANT SELECT ON stripe_refund TO caratlas_staff, caratlas_supplier;
      CREATE POLICY worker_rows ON stripe_refund TO caratlas_worker USING (true) WITH CHECK (true);
      CREATE POLICY staff_rows ON stripe_refund TO caratlas_staff USING (true);
      CREATE POLICY supplier_rows ON stripe_refund TO caratlas_supplier
        USING (supplier_id = (SELECT current_supplier()) AND (SELECT is_unlimited()))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("DROP TABLE stripe_refund");
  }
}
