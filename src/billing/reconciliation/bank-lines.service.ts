/** Database statements for bank statement lines. */
import type { EntityManager } from "typeorm";
import { spanOfMonth } from "../../shared/accounting-month";
import { dateIn } from "../../shared/calendar";
import { AppError, notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import {
  matchingOf,
  type BankLineFilter,
  type BankLineView,
  type MatchKind,
  type StoredLine,
} from "./bank-line";
import type { StatementLine } from "./statement-line";

interface NewLine extends StatementLine {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
}

/** A line as PostgreSQL returns it: bigint columns arrive as text. */
type Row = Omit<StoredLine, "amountCents"> & {
  readonly amountCents: string;
  readonly matchedKind: MatchKind | "BOOKED" | null;
  readonly matchedId: string | null;
  readonly supplierId: string | null;
};

const lines = `
  SELECT b.id, b.reference, b.booked_on::text AS "bookedOn", b.amount_cents AS "amountCents", b.remittance,
    b.counterparty, b.matched_kind AS "matchedKind", b.matched_id AS "matchedId",
    CASE b.matched_kind
      WHEN 'TRANSFER' THEN (SELECT supplier_id FROM bank_transfer WHERE id = b.matched_id::uuid)
      WHEN 'REFUND' THEN (SELECT supplier_id FROM bank_refund WHERE document_id = b.matched_id::uuid)
    END AS "supplierId"
  FROM bank_line b`;

const statusIs = `CASE b.matched_kind WHEN 'BOOKED' THEN 'BOOKED' ELSE
  CASE WHEN b.matched_kind IS NULL THEN 'UNMATCHED' ELSE 'MATCHED' END END`;

export interface BankLinePage {
  readonly filter: BankLineFilter;
  /** Id of the last line of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Oldest first. */
export async function pageOfLines(
  tx: EntityManager,
  { filter: { status, month, reference }, after, limit }: BankLinePage,
): Promise<BankLineView[]> {
  const span = month === null ? null : spanOfMonth(month);
  const [from, until] = [span?.start, span?.end].map((at) => (at ? dateIn("Europe/Paris", at) : null));
  const rows: Row[] = await tx.query(
    `${lines} WHERE ($1::text IS NULL OR ${statusIs} = $1)
       AND ($2::date IS NULL OR b.booked_on >= $2 AND b.booked_on < $3::date)
       AND ($4::text IS NULL OR b.reference = $4)
       AND ($5::uuid IS NULL OR (b.booked_on, b.id) > (SELECT booked_on, id FROM bank_line WHERE id = $5))
     ORDER BY b.booked_on, b.id LIMIT $6`,
    [status, from, until, reference, after, limit],
  );
  return rows.map(viewOf);
}

export async function oneLine(tx: EntityManager, id: string): Promise<BankLineView> {
  const rows: Row[] = isId(id) ? await tx.query(`${lines} WHERE b.id = $1`, [id]) : [];
  const [row] = rows;
  if (!row) throw notFound("line of a statement");
  return viewOf(row);
}

/** Locks a line that is neither matched nor booked. */
export async function lockUnmatched(tx: EntityManager, id: string): Promise<StoredLine> {
  if (isId(id)) await tx.query("SELECT FROM bank_line WHERE id = $1 FOR UPDATE", [id]);
  const line = await oneLine(tx, id);
  if (line.status === "UNMATCHED") return line;
  throw new AppError("CONFLICT", "This line is matched already.", { reason: "ALREADY_MATCHED", field: "id" });
}

/** Returns false when a line with this reference was imported before. */
export async function insertLine(tx: EntityManager, line: NewLine): Promise<boolean> {
  const { id, reference, bookedOn, amountCents, remittance, counterparty, at, by } = line;
  const rows: unknown[] = await tx.query(
    `INSERT INTO bank_line (id, reference, booked_on, amount_cents, remittance, counterparty, imported_at, imported_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (reference) DO NOTHING RETURNING true`,
    [id, reference, bookedOn, amountCents, remittance, counterparty, at, by],
  );
  return rows.length > 0;
}

/**
 * Refuses to book a line whose transfer is recorded: only the difference is on suspense, and it has to be
 * corrected with assignBankLine.
 */
export async function refuseRecorded(tx: EntityManager, reference: string): Promise<void> {
  const rows: unknown[] = await tx.query("SELECT FROM bank_transfer WHERE bank_reference = $1", [reference]);
  if (rows.length > 0) {
    throw new AppError("CONFLICT", "A transfer with this reference is recorded: use assignBankLine.", {
      reason: "TRANSFER_RECORDED",
      field: "id",
    });
  }
}

export const markLine = (
  tx: EntityManager,
  id: string,
  [kind, matchedId]: readonly [string, string],
): Promise<unknown> =>
  tx.query("UPDATE bank_line SET matched_kind = $2, matched_id = $3 WHERE id = $1", [id, kind, matchedId]);

const viewOf = ({ matchedKind, matchedId, ...row }: Row): BankLineView => ({
  ...row,
  ...matchingOf({ matchedKind, matchedId }),
  amountCents: integerOf(row.amountCents),
});
