/**
 * Database statements for flows to the e-invoicing platform: documents, and reports of payments received for
 * them.
 */
import type { EntityManager } from "typeorm";
import { treatmentsOn } from "../../account/ledger";
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
import { integerOf } from "../../shared/integer";

export interface WaitingFlow extends DueRow {
  readonly documentId: string;
  readonly kind: "DOCUMENT" | "COLLECTED";
  /** Including VAT; null when the flow is a document. */
  readonly amountInclVatCents: number | null;
}

const atOnce = 100;
/**
 * A transaction that was open during the last scan commits later with earlier timestamps, so each scan
 * overlaps the previous one.
 */
const overlapMs = 600_000;

export class FlowBook implements DueStatements<WaitingFlow, string> {
  constructor(private readonly clock: Clock) {}

  /**
   * Stores the flows to send, from documents issued, paid or sent since the last scan. While a scan fills its
   * batch, the next one starts from the same time.
   */
  async look(tx: EntityManager, since: string): Promise<void> {
    const now = this.clock.now();
    // The lock allows one scan at a time; two could report the same payment twice.
    await tx.query(
      `INSERT INTO einvoice_progress (one, looked_at)
      VALUES (true, $1::date) ON CONFLICT DO NOTHING`,
      [since],
    );
    const [row]: { at: Date }[] = await tx.query("SELECT looked_at AS at FROM einvoice_progress FOR UPDATE");
    const from = new Date((row?.at.getTime() ?? 0) - overlapMs);
    const found = [await this.enrol(tx, since, from), await this.noteCollected(tx, from)];
    if (found.some((count) => count >= atOnce)) return;
    await tx.query("UPDATE einvoice_progress SET looked_at = greatest(looked_at, $1)", [now]);
  }

  /**
   * Adds the issued documents that are e-invoiced (`electronicRouteOf`): those to customers in the French VAT territory
   * whom the directory knows by their SIREN.
   */
  private async enrol(tx: EntityManager, since: string, from: Date): Promise<number> {
    const rows: { id: string; supplierId: string }[] = await tx.query(
      `SELECT d.id, d.supplier_id AS "supplierId" FROM billing_document d
       WHERE d.issued_at >= $2 AND d.issued_on >= $1 AND d.treatment = ANY ($3)
         AND d.content->'buyer'->>'siren' <> ''
         AND NOT EXISTS (SELECT FROM einvoice_flow f WHERE f.document_id = d.id AND f.kind = 'DOCUMENT')
       ORDER BY d.issued_at LIMIT ${String(atOnce)}`,
      [since, from, treatmentsOn("E_INVOICED")],
    );
    for (const { id: documentId, supplierId } of rows)
      await this.insert(tx, { documentId, supplierId, kind: "DOCUMENT", cents: null });
    return rows.length;
  }

  /**
   * Adds payments received or reversed since they were last reported, where VAT is due on payment. A deposit
   * invoice is paid before it is issued; a credit note that corrects no invoice refunds an advance. What had
   * been paid of a credited invoice is returned by its credit note and received by a deposit invoice.
   */
  private async noteCollected(tx: EntityManager, from: Date): Promise<number> {
    const rows: { documentId: string; supplierId: string; cents: string }[] = await tx.query(collected, [
      from,
    ]);
    for (const { documentId, supplierId, cents } of rows)
      await this.insert(tx, { documentId, supplierId, kind: "COLLECTED", cents: integerOf(cents) });
    return rows.length;
  }

  async claim(tx: EntityManager, { now, until }: Lease): Promise<WaitingFlow | null> {
    const row = returned<Omit<WaitingFlow, "amountInclVatCents"> & { cents: string | null }>(
      await tx.query(
        `UPDATE einvoice_flow SET attempts = attempts + 1, next_try_at = $2
         WHERE id = (SELECT id FROM einvoice_flow WHERE state = 'WAITING' AND next_try_at <= $1
           ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, document_id AS "documentId", kind, amount_incl_vat_cents AS cents, attempts - 1 AS attempts,
           created_at AS since`,
        [now, until],
      ),
    );
    if (row === null) return null;
    const { cents, ...flow } = row;
    return { ...flow, amountInclVatCents: cents === null ? null : integerOf(cents) };
  }

  /** `flowId` is the platform's id of the flow. */
  async done(tx: EntityManager, { id, heldUntil }: Claimed<WaitingFlow>, flowId: string): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE einvoice_flow SET state = 'SENT', flow_id = $3, next_try_at = NULL, failure = NULL, sent_at = $4
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, flowId, this.clock.now()],
      ),
    );
  }

  async retry(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingFlow>,
    { at, failure }: { at: Date; failure: string | null },
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE einvoice_flow SET next_try_at = $3, failure = coalesce($4, failure)
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, at, failure],
      ),
    );
  }

  async giveUp(
    tx: EntityManager,
    { id, heldUntil }: Claimed<WaitingFlow>,
    failure: string,
  ): Promise<boolean> {
    return changed(
      await tx.query(
        `UPDATE einvoice_flow SET state = 'REFUSED', next_try_at = NULL, failure = $3
         WHERE id = $1 AND state = 'WAITING' AND next_try_at = $2`,
        [id, heldUntil, failure],
      ),
    );
  }

  /** The platform refused a flow, whether or not it is being worked on or was sent. */
  async refused(tx: EntityManager, id: string, reason: string): Promise<void> {
    await tx.query(
      "UPDATE einvoice_flow SET state = 'REFUSED', next_try_at = NULL, failure = $2 WHERE id = $1 AND state <> 'REFUSED'",
      [id, reason],
    );
  }

  /** Returns false if the document already has such a flow. */
  async insert(
    tx: EntityManager,
    flow: { documentId: string; supplierId: string; kind: WaitingFlow["kind"]; cents: number | null },
  ): Promise<boolean> {
    const now = this.clock.now();
    const rows: unknown[] = await tx.query(
      `INSERT INTO einvoice_flow
         (id, document_id, supplier_id, kind, amount_incl_vat_cents, state, flow_id, attempts, next_try_at,
          failure, created_at, sent_at)
       VALUES ($1, $2, $3, $4, $5, 'WAITING', NULL, 0, $6, NULL, $6, NULL)
       ON CONFLICT DO NOTHING RETURNING true`,
      [newId(), flow.documentId, flow.supplierId, flow.kind, flow.cents, now],
    );
    return rows.length > 0;
  }
}

const collected = `
  SELECT f.document_id AS "documentId", f.supplier_id AS "supplierId", came.cents - said.cents AS cents
  FROM einvoice_flow f JOIN billing_document d ON d.id = f.document_id
  LEFT JOIN billing_document about ON about.id = d.corrects
  LEFT JOIN LATERAL (SELECT net_cents + vat_cents AS cents FROM billing_document
    WHERE corrects = d.id AND kind = 'DEPOSIT') kept ON true
  CROSS JOIN LATERAL (SELECT CASE d.kind WHEN 'DEPOSIT' THEN d.net_cents + d.vat_cents
    WHEN 'CREDIT_NOTE' THEN -coalesce(kept.cents, d.net_cents + d.vat_cents) ELSE coalesce(
    (SELECT sum(net_cents + vat_cents) FROM settlement
     WHERE document_id = d.id AND kind IN ('PAYMENT', 'PAYMENT_LOST')), 0) END AS cents) came
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount_incl_vat_cents), 0) AS cents FROM einvoice_flow
    WHERE document_id = d.id AND kind = 'COLLECTED') said
  WHERE f.kind = 'DOCUMENT' AND f.state = 'SENT' AND d.treatment IN ('STANDARD', 'OVERSEAS')
    AND f.document_id IN (SELECT document_id FROM settlement WHERE at >= $1
      UNION SELECT document_id FROM einvoice_flow WHERE sent_at >= $1)
    AND CASE d.kind WHEN 'INVOICE' THEN NOT d.on_debits
      WHEN 'CREDIT_NOTE' THEN d.corrects IS NULL OR kept.cents IS NOT NULL AND NOT about.on_debits
      ELSE d.corrects IS NULL OR about.id IN (SELECT document_id FROM einvoice_flow WHERE state = 'SENT') END
    AND came.cents <> said.cents
  ORDER BY d.issued_at LIMIT ${String(atOnce)}`;
