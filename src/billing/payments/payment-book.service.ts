/** Database statements for payments through Stripe, and for the Stripe customers of suppliers. */
import type { EntityManager } from "typeorm";
import {
  changed,
  returned,
  type DueRow,
  type DueStatements,
  type Claimed,
  type Lease,
} from "../../platform/due-rows/statements";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { Setup } from "./collector";
import type { PaymentStatus } from "./payment-state";
import type { CustomerView, PaymentPage, PaymentView, StoredPayment } from "./payment-view";

const columns = `id, supplier_id AS "supplierId", document_id AS "documentId",
  amount_incl_vat_cents AS "amountInclVatCents", status, failure, requested_at AS "requestedAt",
  intent_id AS "intentId", settled_at AS "settledAt", next_try_at AS "nextTryAt", coalesce((SELECT json_agg(json_build_object(
      'id', r.id, 'paymentId', r.payment_id, 'documentId', r.document_id, 'status', r.status, 'failure', r.failure,
      'amountInclVatCents', r.amount_incl_vat_cents, 'requestedAt', r.requested_at) ORDER BY r.requested_at, r.id)
    FROM stripe_refund r WHERE r.payment_id = stripe_payment.id), '[]') AS refunds`;

type Row = Omit<StoredPayment, "amountInclVatCents"> & { readonly amountInclVatCents: string };
const inNumbers = (row: Row): StoredPayment => ({
  ...row,
  amountInclVatCents: integerOf(row.amountInclVatCents),
  // Timestamps inside JSON arrive as text.
  refunds: row.refunds.map((refund) => ({ ...refund, requestedAt: new Date(refund.requestedAt) })),
});

export class PaymentBook implements DueStatements<DueRow, void> {
  async insert(
    tx: EntityManager,
    payment: Omit<PaymentView, "refunds"> & { requestedBy: string; nextTryAt: Date },
  ): Promise<void> {
    const { id, supplierId, documentId, amountInclVatCents, requestedAt, requestedBy, nextTryAt } = payment;
    await tx.query(
      `INSERT INTO stripe_payment
         (id, supplier_id, document_id, amount_incl_vat_cents, status, intent_id, failure, requested_at,
          requested_by, next_try_at, settled_at)
       VALUES ($1, $2, $3, $4, 'CREATED', NULL, NULL, $5, $6, $7, NULL)`,
      [id, supplierId, documentId, amountInclVatCents, requestedAt, requestedBy, nextTryAt],
    );
  }

  /** Locks the payment until the end of the transaction. */
  async lock(tx: EntityManager, by: { id: string } | { intentId: string }): Promise<StoredPayment | null> {
    const [column, value] = "id" in by ? ["id", by.id] : ["intent_id", by.intentId];
    const rows: Row[] = await tx.query(
      `SELECT ${columns} FROM stripe_payment WHERE ${column} = $1 FOR UPDATE`,
      [value],
    );
    return rows[0] ? inNumbers(rows[0]) : null;
  }

  async one(tx: EntityManager, id: string): Promise<StoredPayment> {
    const rows: Row[] = await tx.query(`SELECT ${columns} FROM stripe_payment WHERE id = $1`, [id]);
    if (!rows[0]) throw notFound("payment");
    return inNumbers(rows[0]);
  }

  async byIds(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, PaymentView>> {
    const rows: Row[] = await tx.query(`SELECT ${columns} FROM stripe_payment WHERE id = ANY ($1)`, [ids]);
    return new Map(rows.map((row) => [row.id, inNumbers(row)]));
  }

  /** Newest first; of every supplier the transaction may see unless the page names one. */
  async page(tx: EntityManager, { supplierId, status, after, limit }: PaymentPage): Promise<PaymentView[]> {
    const rows: Row[] = await tx.query(
      `SELECT ${columns} FROM stripe_payment
       WHERE ($1::uuid IS NULL OR supplier_id = $1) AND ($2::text IS NULL OR status = $2)
         AND ($3::timestamptz IS NULL OR (requested_at, id) < ($3, $4::uuid))
       ORDER BY requested_at DESC, id DESC LIMIT $5`,
      [supplierId, status, after?.requestedAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(inNumbers);
  }

  async move(
    tx: EntityManager,
    id: string,
    to: { status: PaymentStatus; intentId: string | null; failure: string | null; nextTryAt: Date | null },
  ): Promise<void> {
    await tx.query(
      "UPDATE stripe_payment SET status = $2, intent_id = $3, failure = $4, next_try_at = $5 WHERE id = $1",
      [id, to.status, to.intentId, to.failure, to.nextTryAt],
    );
  }

  async settle(tx: EntityManager, id: string, at: Date): Promise<void> {
    await tx.query("UPDATE stripe_payment SET settled_at = $2 WHERE id = $1", [id, at]);
  }

  /** Claims a payment whose create call was not answered, or whose state is to be queried again. */
  async claim(tx: EntityManager, { now, until }: Lease): Promise<DueRow | null> {
    return returned(
      await tx.query(
        `UPDATE stripe_payment SET next_try_at = $2
         WHERE id = (SELECT id FROM stripe_payment WHERE next_try_at <= $1
           ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, 0 AS attempts, requested_at AS since`,
        [now, until],
      ),
    );
  }

  /** Nothing is left to write: `CollectingService.take` has stored Stripe's response and may be repeated. */
  done(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async retry(tx: EntityManager, { id, heldUntil }: Claimed<DueRow>, { at }: { at: Date }): Promise<boolean> {
    return changed(
      await tx.query("UPDATE stripe_payment SET next_try_at = $3 WHERE id = $1 AND next_try_at = $2", [
        id,
        heldUntil,
        at,
      ]),
    );
  }

  async openFor(tx: EntityManager, supplierId: string, documentId: string | null): Promise<number> {
    const [row]: { count: string }[] = await tx.query(
      `SELECT count(*) FROM stripe_payment WHERE supplier_id = $1 AND document_id IS NOT DISTINCT FROM $2
         AND status IN ('CREATED', 'REQUIRES_ACTION', 'PROCESSING')`,
      [supplierId, documentId],
    );
    return integerOf(row?.count);
  }

  async customer(tx: EntityManager, supplierId: string): Promise<CustomerView> {
    const rows: CustomerView[] = await tx.query(
      `SELECT supplier_id AS "supplierId", customer_id AS "customerId", method_id AS "methodId",
         method_kind AS "methodKind" FROM stripe_customer WHERE supplier_id = $1`,
      [supplierId],
    );
    return rows[0] ?? { supplierId, customerId: null, methodId: null, methodKind: null };
  }

  async keepCustomer(tx: EntityManager, supplierId: string, customerId: string): Promise<void> {
    await tx.query(
      `INSERT INTO stripe_customer (supplier_id, customer_id) VALUES ($1, $2)
       ON CONFLICT (supplier_id) DO UPDATE SET customer_id = excluded.customer_id`,
      [supplierId, customerId],
    );
  }

  async keepMethod(tx: EntityManager, { customerId, methodId, methodKind }: Setup): Promise<void> {
    await tx.query("UPDATE stripe_customer SET method_id = $2, method_kind = $3 WHERE customer_id = $1", [
      customerId,
      methodId,
      methodKind,
    ]);
  }

  /**
   * Suppliers whose balance is below their threshold for automatic top-ups, with the amount to top up. Leaves
   * out suppliers with a top-up in progress or one that failed since `since`.
   */
  lowBalances(tx: EntityManager, since: Date): Promise<{ supplierId: string; amountInclVatCents: string }[]> {
    return tx.query(
      `SELECT c.supplier_id AS "supplierId", c.top_up_incl_vat_cents AS "amountInclVatCents"
       FROM stripe_customer c JOIN account_state a USING (supplier_id)
       WHERE c.method_id IS NOT NULL AND a.balance_cents < c.top_up_below_cents AND NOT EXISTS (
         SELECT FROM stripe_payment p WHERE p.supplier_id = c.supplier_id AND p.document_id IS NULL
           AND (p.status IN ('CREATED', 'REQUIRES_ACTION', 'PROCESSING')
             OR p.status = 'FAILED' AND p.requested_at > $1))`,
      [since],
    );
  }
}
