/** What a record by hand is compared with: lines of bank statements and earlier records. */
import type { EntityManager } from "typeorm";
import { AppError, notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type { Transfer } from "../documents";
import type { StoredLine } from "./bank-line";
import { linesById, lockLine } from "./bank-lines.service";
import { nearDays, type Expected } from "./decide-line";

export interface Alike {
  readonly id: string;
  readonly reference: string;
  readonly bookedOn: string;
  readonly openCents: number;
  readonly isSameReference: boolean;
  /** Whether it has the amount and nearly the day of the transfer. */
  readonly isEqual: boolean;
  /** Whether money of the supplier was recorded from it. */
  readonly isOfSupplier: boolean;
}

/**
 * Lines that may show the transfer: those that wait or are of the supplier and have its amount, and nearly its day or
 * its reference; and those of the supplier that have its reference and another amount.
 */
export async function linesLike(tx: EntityManager, transfer: Transfer): Promise<Alike[]> {
  const { supplierId, amountInclVatCents, receivedOn, bankReference } = transfer;
  const isEqual =
    "b.amount_cents = $2 AND b.booked_on BETWEEN $3::date - $5::integer AND $3::date + $5::integer";
  const isSameReference = "(b.reference = $4 OR b.end_to_end_id = $4)";
  const rows: (Omit<Alike, "openCents"> & { openCents: string })[] = await tx.query(
    `SELECT id, reference, "bookedOn", "openCents", "isSameReference", "isEqual", "isOfSupplier" FROM (
       SELECT b.id, b.reference, b.booked_on::text AS "bookedOn", b.open_cents AS "openCents", b.amount_cents AS cents,
         ${isEqual} AS "isEqual", coalesce(${isSameReference}, false) AS "isSameReference",
         EXISTS (SELECT FROM bank_line_part p WHERE p.line_id = b.id AND p.kind = 'TRANSFER' AND p.undone_at IS NULL
           AND p.supplier_id = $1) AS "isOfSupplier"
       FROM bank_line b WHERE b.booked_at IS NOT NULL AND (${isEqual} OR ${isSameReference})) line
     WHERE "isOfSupplier" OR ("openCents" <> 0 AND cents = $2) ORDER BY "bookedOn", id`,
    [supplierId, amountInclVatCents, receivedOn, bankReference.trim(), nearDays],
  );
  return rows.map((row) => ({ ...row, openCents: integerOf(row.openCents) }));
}

/** Lines on suspense with the amount and nearly the day of recorded money; by reference for a refund. */
export async function waitingLines(tx: EntityManager, expected: Expected): Promise<StoredLine[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM bank_line WHERE amount_cents = $1 AND open_cents = $1 AND booked_at IS NOT NULL
       AND CASE WHEN $2::text IS NULL THEN booked_on BETWEEN $3::date - $4::integer AND $3::date + $4::integer
         ELSE $2 IN (reference, end_to_end_id, transaction_id) END
     ORDER BY booked_on, id LIMIT 2`,
    [expected.amountCents, expected.kind === "PAYOUT" ? null : expected.reference, expected.on, nearDays],
  );
  for (const { id } of rows) await lockLine(tx, id);
  return linesById(
    tx,
    rows.map(({ id }) => id),
  );
}

/** The refund that was just recorded under this reference. */
export async function refundRecorded(tx: EntityManager, reference: string): Promise<Expected | null> {
  const [row]: (Omit<Expected, "amountCents" | "kind"> & { amountCents: string })[] = await tx.query(
    `SELECT min(document_id::text) AS id, bank_reference AS reference, supplier_id AS "supplierId",
       -sum(amount_incl_vat_cents) AS "amountCents", paid_on::text AS "on"
     FROM bank_refund r WHERE bank_reference = $1
     GROUP BY supplier_id, bank_reference, paid_on
     HAVING NOT EXISTS (SELECT FROM bank_line_part p WHERE p.kind = 'REFUND' AND p.undone_at IS NULL
       AND p.subject_id = min(r.document_id::text))
     ORDER BY paid_on DESC LIMIT 1`,
    [reference.trim()],
  );
  return row ? { ...row, kind: "REFUND", amountCents: integerOf(row.amountCents) } : null;
}

export async function recordedTransfer(tx: EntityManager, id: string) {
  const rows: RecordedTransfer[] = isId(id)
    ? await tx.query(
        `SELECT t.supplier_id AS "supplierId", t.amount_incl_vat_cents AS cents, t.bank_reference AS reference,
           t.received_on::text AS "receivedOn", t.cash_account AS cash, t.reversed_at IS NOT NULL AS "isReversed",
           t.line_id IS NOT NULL OR EXISTS (SELECT FROM bank_line_part p WHERE p.subject_id = t.id::text
             AND p.kind = 'TRANSFER' AND p.undone_at IS NULL) AS "isOnLine"
         FROM bank_transfer t WHERE t.id = $1`,
        [id],
      )
    : [];
  const [row] = rows;
  if (!row) throw notFound("transfer");
  if (row.isReversed) throw conflict("ALREADY_REVERSED", "This transfer was taken back already.");
  if (row.isOnLine)
    throw conflict("ALREADY_MATCHED", "A line of a bank statement shows this transfer: use undoBankLine.");
  return { ...row, amountCents: integerOf(row.cents) };
}

interface RecordedTransfer {
  readonly supplierId: string;
  readonly cents: string;
  readonly reference: string;
  readonly receivedOn: string;
  readonly cash: "512" | "580";
  readonly isReversed: boolean;
  readonly isOnLine: boolean;
}

const conflict = (reason: string, message: string, more: Readonly<Record<string, unknown>> = {}): AppError =>
  new AppError("CONFLICT", message, { reason, ...more });

export const alikeRecorded = (): AppError =>
  conflict(
    "ALREADY_RECORDED",
    "A transfer with this bankReference is recorded already. Check the reference on the bank's statement.",
    { field: "bankReference" },
  );

export const looksRecorded = (lines: readonly Alike[]): AppError =>
  conflict(
    "LOOKS_RECORDED",
    "A bank line with this reference, or with this amount and nearly this day, may be the same money. Assign that line instead, or set isAnother to record a further transfer.",
    {
      field: "isAnother",
      bankLines: lines.map(({ id, reference, bookedOn }) => ({ id, reference, bookedOn })),
    },
  );
