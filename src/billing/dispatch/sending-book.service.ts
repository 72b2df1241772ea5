/** Which documents go to whom by mail, and what became of it. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import { violationOf } from "../../platform/violations";
import { AppError } from "../../shared/errors";

export type SendingState = "WAITING" | "SENT" | "FAILED";

export interface SendingView {
  readonly id: string;
  readonly documentId: string;
  readonly to: string;
  readonly state: SendingState;
  /** Why the mail server did not take it, the last time. */
  readonly failure: string | null;
  readonly askedAt: Date;
  readonly sentAt: Date | null;
}

export interface WaitingSending {
  readonly id: string;
  readonly documentId: string;
  readonly to: string;
  readonly attempts: number;
}

const columns = `id, document_id AS "documentId", to_address AS "to", state, failure, asked_at AS "askedAt", sent_at AS "sentAt"`;
/** Longer than a mail may take: nobody else sends it meanwhile. */
const leaseMs = 60_000;
const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;
/** Three days and a little. */
const mostAttempts = 80;
const atOnce = 100;
const lookBackMs = 60 * 86_400_000;

export class SendingBook {
  constructor(private readonly clock: Clock) {}

  /** Documents of the last weeks that were issued since their supplier has an address, and were not sent to it. */
  async enrol(tx: EntityManager): Promise<void> {
    const rows: { documentId: string; supplierId: string; to: string }[] = await tx.query(
      `SELECT d.id AS "documentId", d.supplier_id AS "supplierId", p.email AS "to"
       FROM billing_profile p JOIN billing_document d ON d.supplier_id = p.supplier_id AND d.issued_at >= greatest(p.email_since, $1)
       WHERE p.email IS NOT NULL AND NOT EXISTS (SELECT FROM document_sending s WHERE s.document_id = d.id)
       ORDER BY d.issued_at LIMIT ${String(atOnce)}`,
      [new Date(this.clock.now().getTime() - lookBackMs)],
    );
    for (const row of rows) {
      await tx.query(
        `INSERT INTO document_sending SELECT $1, $2, $3, $4, 'WAITING', 0, $5, NULL, $5, 'issued', NULL
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
        "INSERT INTO document_sending VALUES ($1, $2, $3, $4, 'WAITING', 0, $5, NULL, $5, $6, NULL)",
        [id, documentId, supplierId, to, at, askedBy],
      );
    } catch (error) {
      if (violationOf(error)?.kind !== "UNIQUE") throw error;
      throw new AppError("CONFLICT", "This document is being sent already. Wait until it is.");
    }
    return id;
  }

  async addressOf(tx: EntityManager, supplierId: string): Promise<string | null> {
    const rows: { email: string | null }[] = await tx.query(
      "SELECT email FROM billing_profile WHERE supplier_id = $1",
      [supplierId],
    );
    return rows[0]?.email ?? null;
  }

  async claim(tx: EntityManager): Promise<WaitingSending | null> {
    const now = this.clock.now();
    const rows: WaitingSending[] = await tx.query(
      `SELECT id, document_id AS "documentId", to_address AS "to", attempts FROM document_sending
       WHERE state = 'WAITING' AND next_try_at <= $1 ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    const [row] = rows;
    if (!row) return null;
    await tx.query("UPDATE document_sending SET attempts = attempts + 1, next_try_at = $2 WHERE id = $1", [
      row.id,
      new Date(now.getTime() + leaseMs),
    ]);
    return row;
  }

  async sent(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      "UPDATE document_sending SET state = 'SENT', next_try_at = NULL, failure = NULL, sent_at = $2 WHERE id = $1",
      [id, this.clock.now()],
    );
  }

  /** Later, or never more: after days of trying, or where the mail itself is refused. */
  async failed(tx: EntityManager, { id, attempts }: WaitingSending, failure: string): Promise<void> {
    const isOver = failure === "REFUSED" || attempts + 1 >= mostAttempts;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 10));
    await tx.query("UPDATE document_sending SET state = $2, next_try_at = $3, failure = $4 WHERE id = $1", [
      id,
      isOver ? "FAILED" : "WAITING",
      isOver ? null : new Date(this.clock.now().getTime() + pauseMs),
      failure,
    ]);
  }

  /** Of each document, newest first. */
  async of(tx: EntityManager, documentIds: readonly string[]): Promise<SendingView[]> {
    return tx.query(
      `SELECT ${columns} FROM document_sending WHERE document_id = ANY ($1) ORDER BY asked_at DESC, id DESC`,
      [documentIds],
    );
  }
}
