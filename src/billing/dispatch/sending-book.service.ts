/** Database statements for documents sent by mail: to which address, and with what result. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import {
  changed,
  returned,
  type DueRow,
  type DueStatements,
  type Claimed,
  type Lease,
} from "../../platform/due-rows/statements";
import { newId } from "../../platform/ids";
import { violationOf } from "../../platform/violations";
import { AppError } from "../../shared/errors";
import type { SendingView } from "./sending-view";

export interface WaitingSending extends DueRow {
  readonly documentId: string;
  readonly to: string;
}

const columns = `id, document_id AS "documentId", to_address AS "to", state, failure, asked_at AS "askedAt", sent_at AS "sentAt"`;
const atOnce = 100;
const lookBackMs = 60 * 86_400_000;

export class SendingBook implements DueStatements<WaitingSending, void> {
  constructor(private readonly clock: Clock) {}

  /**
   * Stores a sending for recent documents issued after their supplier set an address for documents, unless
   * they have one.
   */
  async enrol(tx: EntityManager): Promise<void> {
    const rows: { documentId: string; supplierId: string; to: string }[] = await tx.query(
      `SELECT d.id AS "documentId", d.supplier_id AS "supplierId", p.email AS "to"
       FROM supplier_profile p JOIN billing_document d ON d.supplier_id = p.supplier_id AND d.issued_at >= greatest(p.email_since, $1)
       WHERE p.email IS NOT NULL AND NOT EXISTS (SELECT FROM document_sending s WHERE s.document_id = d.id)
       ORDER BY d.issued_at LIMIT ${String(atOnce)}`,
      [new Date(this.clock.now().getTime() - lookBackMs)],
    );
    for (const row of rows) {
      await tx.query(
        `INSERT INTO document_sending
           (id, document_id, supplier_id, to_address, state, attempts, next_try_at, failure, asked_at,
            asked_by, sent_at)
         SELECT $1, $2, $3, $4, 'WAITING', 0, $5, NULL, $5, 'issued', NULL
         WHERE NOT EXISTS (SELECT FROM document_sending WHERE document_id = $2) ON CONFLICT DO NOTHING`,
        [newId(), row.documentId, row.supplierId, row.to, this.clock.now()],
      );
    }
  }

  async ask(
    tx: EntityManager,
    sending: { documentId: string; supplierId: string; to: string; askedBy: string },
  ): Promise<string> {
    const { documentId, supplierId, to, askedBy } = sending;
    const [id, at] = [newId(), this.clock.now()];
    try {
      await tx.query(
        `INSERT INTO document_sending
           (id, document_id, supplier_id, to_address, state, attempts, next_try_at, failure, asked_at,
            asked_by, sent_at)
         VALUES ($1, $2, $3, $4, 'WAITING', 0, $5, NULL, $5, $6, NULL)`,
        [id, documentId, supplierId, to, at, askedBy],
      );
    } catch (error) {
      if (violationOf(error)?.kind !== "UNIQUE") throw error;
      throw new AppError("CONFLICT", "This document is already being sent. Wait until that has ended.", {
        reason: "SENDING_IN_PROGRESS",
      });
    }
    return id;
  }

  async claim(tx: EntityManager, { now, until }: Lease): Promise<WaitingSending | null> {
    return returned(
      await tx.query(
        `UPDATE document_sending SET attempts = attempts + 1, next_try_at = $2
         WHERE id = (SELECT id FROM document_sending WHERE state = 'WAITING' AND next_try_at <= $1
           ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, document_id AS "documentId", to_address AS "to", attempts - 1 AS attempts, asked_at AS since`,
        [now, until],
      ),
    );
  }

  async done(tx: EntityManager, { id, heldUntil }: Claimed<WaitingSending>): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE document_sending SET state = 'SENT', next_try_at = NULL, failure = NULL, sent_at = $3
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, this.clock.now()],
      ),
    );
  }

  async retry(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingSending>,
    { at, failure }: { at: Date; failure: string | null },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE document_sending SET next_try_at = $3, failure = coalesce($4, failure)
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, at, failure],
      ),
    );
  }

  async giveUp(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingSending>,
    failure: string,
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE document_sending SET state = 'FAILED', next_try_at = NULL, failure = $3
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, failure],
      ),
    );
  }

  /** All sendings of these documents, newest first. */
  async of(tx: EntityManager, documentIds: readonly string[]): Promise<SendingView[]> {
    return tx.query(
      `SELECT ${columns} FROM document_sending WHERE document_id = ANY ($1) ORDER BY asked_at DESC, id DESC`,
      [documentIds],
    );
  }
}
