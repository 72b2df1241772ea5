/** Reads lines of bank statements with their parts. */
import type { EntityManager } from "typeorm";
import { spanOfMonth } from "../../shared/accounting-month";
import { dateIn } from "../../shared/calendar";
import { notFound } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import {
  statusOf,
  type BankLineFilter,
  type BankLineView,
  type LinePart,
  type StoredLine,
} from "./bank-line";

/** A row as PostgreSQL returns it: bigint columns arrive as text. */
type Row = Omit<StoredLine, "amountCents" | "openCents"> & {
  readonly amountCents: string;
  readonly openCents: string;
  readonly isBooked: boolean;
  readonly account: string;
  readonly statementId: string | null;
};
type PartRow = Omit<LinePart, "amountCents" | "correctedCents"> & {
  readonly amountCents: string;
  readonly correctedCents: string;
};

const columns = `b.id, b.reference, b.end_to_end_id AS "endToEndId", b.transaction_id AS "transactionId",
  b.booked_on::text AS "bookedOn", b.amount_cents AS "amountCents", b.remittance, b.counterparty,
  b.is_reversal AS "isReversal", b.is_charge AS "isCharge", b.waits_for AS "waitsFor", b.open_cents AS "openCents",
  b.booked_at IS NOT NULL AS "isBooked", b.account, b.statement_id AS "statementId"`;

const standingPart = "SELECT FROM bank_line_part p WHERE p.line_id = b.id AND p.undone_at IS NULL";
const statusIs = `CASE WHEN b.booked_at IS NULL THEN 'PENDING' WHEN b.open_cents <> 0 THEN 'UNMATCHED'
  WHEN EXISTS (${standingPart} AND p.kind <> 'BOOKED') THEN 'MATCHED' ELSE 'BOOKED' END`;

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
    `SELECT ${columns} FROM bank_line b WHERE ($1::text IS NULL OR ${statusIs} = $1)
       AND ($2::date IS NULL OR b.booked_on >= $2 AND b.booked_on < $3::date)
       AND ($4::text IS NULL OR b.reference = $4)
       AND ($5::uuid IS NULL OR (b.booked_on, b.id) > (SELECT booked_on, id FROM bank_line WHERE id = $5))
     ORDER BY b.booked_on, b.id LIMIT $6`,
    [status, from, until, reference, after, limit],
  );
  return withParts(tx, rows);
}

/** In any order; ids that do not exist are left out. */
export async function linesById(tx: EntityManager, ids: readonly string[]): Promise<BankLineView[]> {
  return withParts(tx, await tx.query(`SELECT ${columns} FROM bank_line b WHERE b.id = ANY ($1)`, [ids]));
}

export async function oneLine(tx: EntityManager, id: string): Promise<BankLineView> {
  const [line] = isId(id) ? await linesById(tx, [id]) : [];
  if (!line) throw notFound("line of a statement");
  return line;
}

/** Locks a line for the rest of the transaction. Take the bank's lock before. */
export async function lockLine(tx: EntityManager, id: string): Promise<BankLineView> {
  if (isId(id)) await tx.query("SELECT FROM bank_line WHERE id = $1 FOR UPDATE", [id]);
  return oneLine(tx, id);
}

/** The lines of a statement that are stored and not booked yet, in the order of the file. */
export async function pendingLines(
  tx: EntityManager,
  statementId: string,
  { except, limit }: { readonly except: readonly string[]; readonly limit: number },
): Promise<BankLineView[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM bank_line b
     JOIN bank_statement_line l ON l.statement_id = b.statement_id AND l.line_id = b.id
     WHERE b.statement_id = $1 AND b.booked_at IS NULL AND b.id <> ALL ($2) ORDER BY l.number LIMIT $3`,
    [statementId, except, limit],
  );
  return rows.map((row) => viewOf(row, []));
}

/** Ids of those lines for which their statement also has a line of the opposite amount. */
export async function withOpposite(
  tx: EntityManager,
  statementId: string,
  lines: readonly Pick<StoredLine, "id" | "amountCents">[],
): Promise<ReadonlySet<string>> {
  if (lines.length === 0) return new Set();
  const rows: { cents: string }[] = await tx.query(
    `SELECT DISTINCT -amount_cents AS cents FROM bank_line WHERE statement_id = $1 AND amount_cents = ANY ($2::bigint[])`,
    [statementId, lines.map(({ amountCents }) => -amountCents)],
  );
  const opposed = new Set(rows.map(({ cents }) => integerOf(cents)));
  return new Set(lines.filter(({ amountCents }) => opposed.has(amountCents)).map(({ id }) => id));
}

/** Those of the lines that nobody has booked meanwhile, locked for the rest of the transaction. */
export async function lockPending(tx: EntityManager, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows: { id: string }[] = await tx.query(
    "SELECT id FROM bank_line WHERE id = ANY ($1) AND booked_at IS NULL FOR UPDATE",
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

async function withParts(tx: EntityManager, rows: readonly Row[]): Promise<BankLineView[]> {
  if (rows.length === 0) return [];
  const parts: PartRow[] = await tx.query(
    `SELECT id, line_id AS "lineId", kind, subject_id AS "subjectId", amount_cents AS "amountCents",
       corrected_cents AS "correctedCents", supplier_id AS "supplierId", document_id AS "documentId",
       made_at AS "madeAt", made_by AS "madeBy", undone_at AS "undoneAt", undone_by AS "undoneBy",
       undone_reason AS "undoneReason"
     FROM bank_line_part WHERE line_id = ANY ($1) ORDER BY made_at, undone_at NULLS LAST, id`,
    [rows.map(({ id }) => id)],
  );
  const byLine = new Map<string, LinePart[]>();
  for (const part of parts.map(partOf)) byLine.set(part.lineId, [...(byLine.get(part.lineId) ?? []), part]);
  return rows.map((row) => viewOf(row, byLine.get(row.id) ?? []));
}

const partOf = (row: PartRow): LinePart => ({
  ...row,
  amountCents: integerOf(row.amountCents),
  correctedCents: integerOf(row.correctedCents),
});

function viewOf({ isBooked, ...row }: Row, parts: readonly LinePart[]): BankLineView {
  const [amountCents, openCents] = [integerOf(row.amountCents), integerOf(row.openCents)];
  return { ...row, amountCents, openCents, parts, status: statusOf({ isBooked, openCents, parts }) };
}
