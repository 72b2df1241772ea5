/** Database statements by which the invoice runner works through the rows of invoice runs. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import {
  changed,
  returned,
  type DueRow,
  type DueStatements,
  type Claimed,
  type Lease,
  type Renewal,
} from "../../platform/due-rows/statements";

export interface InvoiceRunRow extends DueRow {
  readonly month: string;
  readonly requestedBy: string;
  readonly failed: readonly { readonly supplierId: string }[];
}

export interface RunProgress {
  readonly documents: number;
  readonly failed: readonly { readonly supplierId: string; readonly reason: string }[];
}

export class InvoiceRunBook implements DueStatements<InvoiceRunRow, void> {
  constructor(private readonly clock: Clock) {}

  async claim(tx: EntityManager, { now, until }: Lease): Promise<InvoiceRunRow | null> {
    return returned(
      await tx.query(
        `UPDATE invoice_run SET leased_until = $2
         WHERE id = (SELECT id FROM invoice_run WHERE ended_at IS NULL AND leased_until <= $1
           ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, month, requested_by AS "requestedBy", failed, 0 AS attempts, requested_at AS since`,
        [now, until],
      ),
    );
  }

  /** Counts one more supplier as done and renews the lease. */
  async moveOn(
    tx: EntityManager,
    id: string,
    { documents, failed, heldUntil, until }: RunProgress & Renewal,
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE invoice_run SET done = done + 1, documents = documents + $3, failed = failed || $4::jsonb,
           leased_until = $5
         WHERE id = $1 AND ended_at IS NULL AND leased_until = $2`,
        [id, heldUntil, documents, JSON.stringify(failed), until],
      ),
    );
  }

  async done(tx: EntityManager, { id, heldUntil }: Claimed<InvoiceRunRow>): Promise<boolean> {
    return changed(
      await tx.query(
        "UPDATE invoice_run SET ended_at = $3 WHERE id = $1 AND ended_at IS NULL AND leased_until = $2",
        [id, heldUntil, this.clock.now()],
      ),
    );
  }

  async retry(
    tx: EntityManager,
    { id, heldUntil }: Claimed<InvoiceRunRow>,
    { at }: { at: Date },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        "UPDATE invoice_run SET leased_until = $3 WHERE id = $1 AND ended_at IS NULL AND leased_until = $2",
        [id, heldUntil, at],
      ),
    );
  }
}
