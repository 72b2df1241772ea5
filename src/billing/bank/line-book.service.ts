/** Writes lines of bank statements and their parts. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";
import type { LinePart, PartKind, StoredLine, WaitsFor } from "./bank-line";

export interface NewLine extends Omit<StoredLine, "openCents"> {
  readonly account: string;
  readonly statementId: string;
  /** Distinguishes lines of the same account, reference, day and amount, from 1. */
  readonly occurrence: number;
}

export interface NewPart {
  readonly id: string;
  readonly lineId: string;
  readonly kind: PartKind;
  readonly subjectId: string;
  readonly amountCents: number;
  readonly correctedCents?: number;
  readonly supplierId: string | null;
  readonly documentId?: string | null;
  readonly madeBy: string;
}

export interface Undone {
  readonly undoId: string;
  readonly by: string;
  readonly reason: string;
}

export class LineBook {
  constructor(private readonly clock: Clock) {}

  async insert(tx: EntityManager, lines: readonly NewLine[], by: string): Promise<void> {
    await insertLines(tx, [
      lines.map(({ id }) => id),
      lines.map(({ statementId }) => statementId),
      lines.map(({ account }) => account),
      lines.map(({ reference }) => reference),
      lines.map(({ endToEndId }) => endToEndId),
      lines.map(({ transactionId }) => transactionId),
      lines.map(({ bookedOn }) => bookedOn),
      lines.map(({ amountCents }) => amountCents),
      lines.map(({ occurrence }) => occurrence),
      lines.map(({ remittance }) => remittance),
      lines.map(({ counterparty }) => counterparty),
      lines.map(({ isReversal }) => isReversal),
      lines.map(({ isCharge }) => isCharge),
      lines.map(({ waitsFor }) => waitsFor),
      this.clock.now(),
      by,
    ]);
  }

  /** Adds parts to lines, whose open amount shrinks by them. */
  async add(tx: EntityManager, parts: readonly NewPart[]): Promise<void> {
    if (parts.length === 0) return;
    await insertParts(tx, [
      parts.map(({ id }) => id),
      parts.map(({ lineId }) => lineId),
      parts.map(({ kind }) => kind),
      parts.map(({ subjectId }) => subjectId),
      parts.map(({ amountCents }) => amountCents),
      parts.map(({ correctedCents = 0 }) => correctedCents),
      parts.map(({ supplierId }) => supplierId),
      parts.map(({ documentId = null }) => documentId),
      parts.map(({ madeBy }) => madeBy),
      this.clock.now(),
    ]);
  }

  /** Marks lines as booked. `waits` says why some wait; all others wait for nothing. */
  async markBooked(
    tx: EntityManager,
    ids: readonly string[],
    waits: ReadonlyMap<string, WaitsFor>,
  ): Promise<void> {
    await bookLines(tx, [ids, ids.map((id) => waits.get(id) ?? null), this.clock.now()]);
  }

  /** Takes a part back: its amount is open again. */
  async undo(tx: EntityManager, part: LinePart, { undoId, by, reason }: Undone): Promise<void> {
    await undoPart(tx, [part.id, undoId, this.clock.now(), by, reason]);
    await tx.query(
      "UPDATE bank_line SET open_cents = open_cents + $2, waits_for = 'TAKEN_BACK' WHERE id = $1",
      [part.lineId, part.amountCents],
    );
  }

  /** Whether a line took this transfer back. */
  async isRecalled(tx: EntityManager, transferId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      "SELECT FROM bank_line_part WHERE subject_id = $1 AND kind = 'RECALL' AND undone_at IS NULL",
      [transferId],
    );
    return rows.length > 0;
  }

  /** Ids of everything that received or took back money of a transfer: itself, and the parts that concern it. */
  async historyOf(tx: EntityManager, transferId: string): Promise<string[]> {
    const rows = await historyOf(tx, [transferId]);
    return [transferId, ...rows.flatMap(({ id, undoId }) => [id, ...(undoId === null ? [] : [undoId])])];
  }
}

const insertLines = preparedStatement(
  "bank-line.insert",
  `INSERT INTO bank_line (id, statement_id, account, reference, end_to_end_id, transaction_id, booked_on, amount_cents,
     occurrence, remittance, counterparty, is_reversal, is_charge, waits_for, open_cents, imported_at, imported_by)
   SELECT id, statement_id, account, reference, end_to_end_id, transaction_id, booked_on, amount_cents, occurrence,
     remittance, counterparty, is_reversal, is_charge, waits_for, amount_cents, $15, $16
   FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bigint[],
     $9::integer[], $10::text[], $11::text[], $12::boolean[], $13::boolean[], $14::text[])
     AS line (id, statement_id, account, reference, end_to_end_id, transaction_id, booked_on, amount_cents, occurrence,
       remittance, counterparty, is_reversal, is_charge, waits_for)`,
);

const insertParts = preparedStatement(
  "bank-line.add-parts",
  `WITH part AS (SELECT id, line_id, kind, subject_id, amount_cents, corrected_cents, supplier_id, document_id, made_by
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
       $7::uuid[], $8::uuid[], $9::text[])
       AS part (id, line_id, kind, subject_id, amount_cents, corrected_cents, supplier_id, document_id, made_by)),
     added AS (INSERT INTO bank_line_part
         (id, line_id, kind, subject_id, amount_cents, corrected_cents, supplier_id, document_id, made_by, made_at)
       SELECT id, line_id, kind, subject_id, amount_cents, corrected_cents, supplier_id, document_id, made_by, $10
       FROM part)
   UPDATE bank_line b SET open_cents = b.open_cents - sum.cents,
     waits_for = CASE WHEN b.open_cents = sum.cents THEN NULL ELSE b.waits_for END
   FROM (SELECT line_id, sum(amount_cents) AS cents FROM part GROUP BY line_id) sum WHERE sum.line_id = b.id`,
);

const bookLines = preparedStatement(
  "bank-line.book",
  `UPDATE bank_line b SET booked_at = $3, waits_for = coalesce(line.waits_for, CASE WHEN b.open_cents <> 0 THEN b.waits_for END)
   FROM unnest($1::uuid[], $2::text[]) AS line (id, waits_for) WHERE b.id = line.id`,
);

const undoPart = preparedStatement(
  "bank-line.undo-part",
  `UPDATE bank_line_part SET undo_id = $2, undone_at = $3, undone_by = $4, undone_reason = $5 WHERE id = $1`,
);

const historyOf = preparedStatement<{ id: string; undoId: string | null }>(
  "bank-line.history",
  `SELECT id, undo_id AS "undoId" FROM bank_line_part WHERE subject_id = $1 AND kind IN ('TRANSFER', 'RECALL')`,
);
