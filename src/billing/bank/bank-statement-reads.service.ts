/** Reads imported files of bank statements and what became of their lines. */
import type { EntityManager } from "typeorm";
import { integerOf } from "../../shared/integer";
import { isId } from "../../shared/months";
import type {
  BankStatementView,
  StatementBalance,
  StatementLineResult,
  StatementLineView,
} from "./bank-statement";

type Row = Omit<BankStatementView, "bytes"> & { readonly bytes: string };

const columns = `id, format, name, bytes, sha256, gap_reason AS "gapReason", imported_at AS "importedAt",
  imported_by AS "importedBy", status, faults, read, known, skipped, matched, unmatched, ended_at AS "endedAt"`;

const viewOf = (row: Row): BankStatementView => ({ ...row, bytes: integerOf(row.bytes) });

export async function statementById(tx: EntityManager, id: string): Promise<BankStatementView | null> {
  if (!isId(id)) return null;
  const [row]: Row[] = await tx.query(`SELECT ${columns} FROM bank_statement WHERE id = $1`, [id]);
  return row ? viewOf(row) : null;
}

/** Newest first. `after` is the last statement of the page before. */
export async function pageOfStatements(
  tx: EntityManager,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<BankStatementView[]> {
  const rows: Row[] = await tx.query(
    `SELECT ${columns} FROM bank_statement
     WHERE $1::uuid IS NULL OR (imported_at, id) < (SELECT imported_at, id FROM bank_statement WHERE id = $1)
     ORDER BY imported_at DESC, id DESC LIMIT $2`,
    [after, limit],
  );
  return rows.map(viewOf);
}

/** By statement, in the order of the file. */
export async function balancesOf(
  tx: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StatementBalance[]>> {
  const rows: BalanceRow[] = await tx.query(
    `SELECT statement_id AS id, account, number, opening_cents AS "openingCents", opening_on::text AS "openingOn",
       closing_cents AS "closingCents", closing_on::text AS "closingOn", gap_cents AS "gapCents"
     FROM bank_statement_balance WHERE statement_id = ANY ($1) ORDER BY statement_id, nth`,
    [ids],
  );
  const found = new Map<string, StatementBalance[]>();
  for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), balanceOf(row)]);
  return found;
}

export interface StatementLinePage {
  readonly statementId: string;
  readonly results: readonly StatementLineResult[] | null;
  /** The number of the last line of the page before. */
  readonly after: number | null;
  readonly limit: number;
}

/** In the order of the file. */
export async function pageOfStatementLines(
  tx: EntityManager,
  { statementId, results, after, limit }: StatementLinePage,
): Promise<StatementLineView[]> {
  return tx.query(
    `SELECT number, line, detail, "lineId", skipped, result FROM (SELECT l.number, l.line, l.detail, l.line_id AS "lineId", l.skipped,
       CASE WHEN l.skipped IS NOT NULL THEN 'SKIPPED' WHEN l.known = 'SAME' THEN 'KNOWN'
         WHEN l.known = 'DIFFERS' THEN 'DIFFERS' WHEN b.booked_at IS NULL THEN 'PENDING'
         WHEN b.open_cents <> 0 THEN 'UNMATCHED' ELSE 'MATCHED' END AS result
     FROM bank_statement_line l LEFT JOIN bank_line b ON b.id = l.line_id WHERE l.statement_id = $1) line
     WHERE ($2::text[] IS NULL OR result = ANY ($2)) AND ($3::integer IS NULL OR number > $3)
     ORDER BY number LIMIT $4`,
    [statementId, results, after, limit],
  );
}

interface BalanceRow {
  readonly id: string;
  readonly account: string;
  readonly number: string | null;
  readonly openingCents: string;
  readonly openingOn: string;
  readonly closingCents: string;
  readonly closingOn: string;
  readonly gapCents: string;
}

const balanceOf = (row: BalanceRow): StatementBalance => ({
  account: row.account,
  number: row.number,
  opening: { cents: integerOf(row.openingCents), on: row.openingOn },
  closing: { cents: integerOf(row.closingCents), on: row.closingOn },
  gapCents: integerOf(row.gapCents),
});
