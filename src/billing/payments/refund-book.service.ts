/** Database statements for refunds through Stripe. */
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
import type { RefundStatus } from "./refund-state";

export interface NewRefund {
  readonly id: string;
  readonly supplierId: string;
  readonly paymentId: string;
  /** The credit note. */
  readonly documentId: string;
  readonly amountInclVatCents: number;
  readonly requestedAt: Date;
}

export interface StoredRefund extends NewRefund {
  readonly status: RefundStatus;
  /** Stripe's failure code. */
  readonly failure: string | null;
  /** Stripe's id of the refund; null until it is known. */
  readonly refundId: string | null;
  readonly intentId: string;
  /** When Stripe is queried next; null once the refund has ended. */
  readonly nextTryAt: Date | null;
}

type Row = Omit<StoredRefund, "amountInclVatCents"> & { readonly amountInclVatCents: string };

const select = `
  SELECT r.id, r.supplier_id AS "supplierId", r.payment_id AS "paymentId", r.document_id AS "documentId",
    r.amount_incl_vat_cents AS "amountInclVatCents", r.requested_at AS "requestedAt", r.status, r.failure,
    r.refund_id AS "refundId", r.next_try_at AS "nextTryAt", p.intent_id AS "intentId"
  FROM stripe_refund r JOIN stripe_payment p ON p.id = r.payment_id`;

export class RefundBook implements DueStatements<DueRow, void> {
  /**
   * Locks a supplier's settled payments, so that a dispute about one of them has to wait. Maps the id under
   * which money was booked (a payment, or a refund that came back) to the payment.
   */
  async paymentsOf(tx: EntityManager, supplierId: string): Promise<ReadonlyMap<string, string>> {
    const payments: { id: string }[] = await tx.query(
      `SELECT id FROM stripe_payment WHERE supplier_id = $1 AND settled_at IS NOT NULL AND intent_id IS NOT NULL
       ORDER BY id FOR UPDATE`,
      [supplierId],
    );
    const returned: { id: string; paymentId: string }[] = await tx.query(
      `SELECT id, payment_id AS "paymentId" FROM stripe_refund WHERE supplier_id = $1 AND returned_at IS NOT NULL`,
      [supplierId],
    );
    return new Map([
      ...payments.map(({ id }) => [id, id] as const),
      ...returned.map(({ id, paymentId }) => [id, paymentId] as const),
    ]);
  }

  async insert(
    tx: EntityManager,
    refund: NewRefund & { readonly requestedBy: string; readonly nextTryAt: Date },
  ): Promise<void> {
    const { id, supplierId, paymentId, documentId, amountInclVatCents, requestedAt } = refund;
    const asked = [requestedAt, refund.requestedBy, refund.nextTryAt];
    await tx.query(
      `INSERT INTO stripe_refund
         (id, supplier_id, payment_id, document_id, amount_incl_vat_cents, status, refund_id, failure,
          requested_at, requested_by, next_try_at, returned_at)
       VALUES ($1, $2, $3, $4, $5, 'CREATED', NULL, NULL, $6, $7, $8, NULL)`,
      [id, supplierId, paymentId, documentId, amountInclVatCents, ...asked],
    );
  }

  /** Locks the refund until the end of the transaction. */
  async lock(tx: EntityManager, id: string): Promise<StoredRefund> {
    return this.only(await tx.query(`${select} WHERE r.id = $1 FOR UPDATE OF r`, [id]));
  }

  async one(tx: EntityManager, id: string): Promise<StoredRefund> {
    return this.only(await tx.query(`${select} WHERE r.id = $1`, [id]));
  }

  async move(
    tx: EntityManager,
    id: string,
    to: Pick<StoredRefund, "status" | "refundId" | "failure"> & {
      nextTryAt: Date | null;
      returnedAt: Date | null;
    },
  ): Promise<void> {
    await tx.query(
      `UPDATE stripe_refund SET status = $2, refund_id = $3, failure = $4, next_try_at = $5,
         returned_at = coalesce(returned_at, $6) WHERE id = $1`,
      [id, to.status, to.refundId, to.failure, to.nextTryAt, to.returnedAt],
    );
  }

  /** Claims a refund whose create call was not answered, or whose state is to be queried again. */
  async claim(tx: EntityManager, { now, until }: Lease): Promise<DueRow | null> {
    return returned(
      await tx.query(
        `UPDATE stripe_refund SET next_try_at = $2
         WHERE id = (SELECT id FROM stripe_refund WHERE next_try_at <= $1
           ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, 0 AS attempts, requested_at AS since`,
        [now, until],
      ),
    );
  }

  /** Nothing is left to write: `RefundsService.take` has stored Stripe's response and may be repeated. */
  done(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async retry(tx: EntityManager, { id, heldUntil }: Claimed<DueRow>, { at }: { at: Date }): Promise<boolean> {
    return changed(
      await tx.query("UPDATE stripe_refund SET next_try_at = $3 WHERE id = $1 AND next_try_at = $2", [
        id,
        heldUntil,
        at,
      ]),
    );
  }

  private only([row]: readonly Row[]): StoredRefund {
    if (!row) throw notFound("refund");
    return { ...row, amountInclVatCents: integerOf(row.amountInclVatCents) };
  }
}
