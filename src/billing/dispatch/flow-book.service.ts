/** The rows of what goes to the platform. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";

export interface WaitingFlow {
  readonly id: string;
  readonly documentId: string;
  readonly kind: "DOCUMENT" | "COLLECTED";
  /** VAT included; null of a document. */
  readonly amountInclVatCents: number | null;
  /** How often it was asked before. */
  readonly attempts: number;
}

const atOnce = 100;
/** A transaction is seen once it is committed, however long before it began. */
const overlapMs = 600_000;
/** Longer than all calls of one attempt may take (token, search, both again, submission): nobody else asks meanwhile. */
const leaseMs = 300_000;
const longestPauseMs = 3_600_000;

export class FlowBook {
  constructor(private readonly clock: Clock) {}

  /**
   * Writes down what is to be sent: of what was issued, paid or sent since the last look, and a little before. The
   * look is over once it found less than it may; until then the next one begins at the same instant.
   */
  async look(tx: EntityManager, since: string): Promise<void> {
    const now = this.clock.now();
    // One process looks at a time: two would say twice what was collected.
    await tx.query("INSERT INTO einvoice_progress VALUES (true, $1::date) ON CONFLICT DO NOTHING", [since]);
    const [row]: { at: Date }[] = await tx.query("SELECT looked_at AS at FROM einvoice_progress FOR UPDATE");
    const from = new Date((row?.at.getTime() ?? 0) - overlapMs);
    const found = [await this.enrol(tx, since, from), await this.noteCollected(tx, from)];
    if (found.some((count) => count >= atOnce)) return;
    await tx.query("UPDATE einvoice_progress SET looked_at = greatest(looked_at, $1)", [now]);
  }

  /** Documents that concern the platform: between French companies, and not about late fees. */
  private async enrol(tx: EntityManager, since: string, from: Date): Promise<number> {
    const rows: { id: string; supplierId: string }[] = await tx.query(
      `SELECT d.id, d.supplier_id AS "supplierId" FROM billing_document d
       WHERE d.issued_at >= $2 AND d.issued_on >= $1 AND d.content->'buyer'->>'country' = 'FR'
         AND d.treatment <> 'PENALTY'
         AND NOT EXISTS (SELECT FROM einvoice_flow f WHERE f.document_id = d.id AND f.kind = 'DOCUMENT')
       ORDER BY d.issued_at LIMIT ${String(atOnce)}`,
      [since, from],
    );
    for (const { id: documentId, supplierId } of rows)
      await this.insert(tx, { documentId, supplierId, kind: "DOCUMENT", cents: null });
    return rows.length;
  }

  /**
   * What came for a document, or was taken back, since it was said last. Only where VAT falls due with the money: a
   * deposit was paid before it was written, and an advance that goes back is a credit note that corrects no invoice.
   */
  private async noteCollected(tx: EntityManager, from: Date): Promise<number> {
    const rows: { documentId: string; supplierId: string; cents: string }[] = await tx.query(collected, [
      from,
    ]);
    for (const { documentId, supplierId, cents } of rows)
      await this.insert(tx, { documentId, supplierId, kind: "COLLECTED", cents: Number(cents) });
    return rows.length;
  }

  /** The next that is due, held for a while by this process alone. */
  async claim(tx: EntityManager): Promise<WaitingFlow | null> {
    const now = this.clock.now();
    const rows: (Omit<WaitingFlow, "amountInclVatCents"> & { cents: string | null })[] = await tx.query(
      `SELECT id, document_id AS "documentId", kind, amount_incl_vat_cents AS cents, attempts FROM einvoice_flow
       WHERE state = 'WAITING' AND next_try_at <= $1 ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    const [row] = rows;
    if (!row) return null;
    await tx.query("UPDATE einvoice_flow SET attempts = attempts + 1, next_try_at = $2 WHERE id = $1", [
      row.id,
      new Date(now.getTime() + leaseMs),
    ]);
    const { cents, ...flow } = row;
    return { ...flow, amountInclVatCents: cents === null ? null : Number(cents) };
  }

  async sent(tx: EntityManager, id: string, flowId: string): Promise<void> {
    await tx.query(
      `UPDATE einvoice_flow SET state = 'SENT', flow_id = $2, next_try_at = NULL, failure = NULL, sent_at = $3
       WHERE id = $1`,
      [id, flowId, this.clock.now()],
    );
  }

  async refused(tx: EntityManager, id: string, reason: string): Promise<void> {
    await tx.query(
      "UPDATE einvoice_flow SET state = 'REFUSED', next_try_at = NULL, failure = $2 WHERE id = $1 AND state <> 'REFUSED'",
      [id, reason],
    );
  }

  async later(tx: EntityManager, { id, attempts }: WaitingFlow, failure: string): Promise<void> {
    const pauseMs = Math.min(longestPauseMs, 60_000 * 2 ** Math.min(attempts, 10));
    await tx.query(
      "UPDATE einvoice_flow SET next_try_at = $2, failure = $3 WHERE id = $1 AND state = 'WAITING'",
      [id, new Date(this.clock.now().getTime() + pauseMs), failure],
    );
  }

  /** False if there is one already. */
  async insert(
    tx: EntityManager,
    flow: { documentId: string; supplierId: string; kind: WaitingFlow["kind"]; cents: number | null },
  ): Promise<boolean> {
    const now = this.clock.now();
    const rows: unknown[] = await tx.query(
      `INSERT INTO einvoice_flow VALUES ($1, $2, $3, $4, $5, 'WAITING', NULL, 0, $6, NULL, $6, NULL)
       ON CONFLICT DO NOTHING RETURNING true`,
      [newId(), flow.documentId, flow.supplierId, flow.kind, flow.cents, now],
    );
    return rows.length > 0;
  }
}

const collected = `
  SELECT f.document_id AS "documentId", f.supplier_id AS "supplierId", came.cents - said.cents AS cents
  FROM einvoice_flow f JOIN billing_document d ON d.id = f.document_id
  CROSS JOIN LATERAL (SELECT CASE d.kind WHEN 'DEPOSIT' THEN d.net_cents + d.vat_cents
    WHEN 'CREDIT_NOTE' THEN -d.net_cents - d.vat_cents ELSE coalesce(
    (SELECT sum(net_cents + vat_cents) FROM settlement
     WHERE document_id = d.id AND kind IN ('PAYMENT', 'PAYMENT_LOST')), 0) END AS cents) came
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount_incl_vat_cents), 0) AS cents FROM einvoice_flow
    WHERE document_id = d.id AND kind = 'COLLECTED') said
  WHERE f.kind = 'DOCUMENT' AND f.state = 'SENT' AND d.treatment IN ('STANDARD', 'OVERSEAS')
    AND f.document_id IN (SELECT document_id FROM settlement WHERE at >= $1
      UNION SELECT document_id FROM einvoice_flow WHERE sent_at >= $1)
    AND CASE d.kind WHEN 'INVOICE' THEN NOT d.on_debits WHEN 'CREDIT_NOTE' THEN d.corrects IS NULL ELSE true END
    AND came.cents <> said.cents
  ORDER BY d.issued_at LIMIT ${String(atOnce)}`;
