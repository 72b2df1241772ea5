/** The rows of refunds. */
import type { EntityManager } from "typeorm";
import { notFound } from "../../shared/errors";
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
  /** Stripe's code of why it failed. */
  readonly failure: string | null;
  /** Stripe's id of it; null: not known yet. */
  readonly refundId: string | null;
  readonly intentId: string;
}

type Row = Omit<StoredRefund, "amountInclVatCents"> & { readonly amountInclVatCents: string };

const select = `
  SELECT r.id, r.supplier_id AS "supplierId", r.payment_id AS "paymentId", r.document_id AS "documentId",
    r.amount_incl_vat_cents AS "amountInclVatCents", r.requested_at AS "requestedAt", r.status, r.failure,
    r.refund_id AS "refundId", p.intent_id AS "intentId"
  FROM stripe_refund r JOIN stripe_payment p ON p.id = r.payment_id`;

export class RefundBook {
  /**
   * What was collected of a supplier, held: a dispute of it waits. The payment by what it was received as: itself, or
   * a refund of it that came back.
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
      "INSERT INTO stripe_refund VALUES ($1, $2, $3, $4, $5, 'CREATED', NULL, NULL, $6, $7, $8, NULL)",
      [id, supplierId, paymentId, documentId, amountInclVatCents, ...asked],
    );
  }

  /** Held until the end of the transaction. */
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

  async due(tx: EntityManager, at: Date): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      "SELECT id FROM stripe_refund WHERE next_try_at <= $1 ORDER BY next_try_at LIMIT 50",
      [at],
    );
    return rows.map(({ id }) => id);
  }

  private only([row]: readonly Row[]): StoredRefund {
    if (!row) throw notFound("refund");
    return { ...row, amountInclVatCents: Number(row.amountInclVatCents) };
  }
}
