/**
 * Reads the FEC of a year page by page: the opening balances, then the entries in the order in which they were written.
 * Lines of 411 and 4191 are lettered as on the last day of the year: what is settled in a later year is lettered in the
 * file of that year, whose opening balances list it open. So the file of a closed year never changes.
 *
 * `lettered` is materialized so that the letterings are computed once for the page, and not again for each of its lines.
 */
import type { EntityManager } from "typeorm";
import { lineColumns, lineOf, linesPerPage, type EntryLineRow } from "./entry-lines";
import { fecText } from "./fec";
import { openingPage } from "./opening-balances.service";
import type { LinesPage } from "./report-views";

type Cursor = readonly string[] | null;

export async function fecPage(tx: EntityManager, year: number, after: Cursor): Promise<LinesPage> {
  if (after !== null && after[0] !== "AN") return entriesPage(tx, year, after);
  const opening = await openingPage(tx, year, after);
  const lines = opening.lines.map(fecText);
  if (opening.after !== null) return { lines, after: opening.after };
  const entries = await entriesPage(tx, year, null);
  return { lines: [...lines, ...entries.lines], after: entries.after };
}

async function entriesPage(tx: EntityManager, year: number, after: Cursor): Promise<LinesPage> {
  const rows: EntryLineRow[] = await tx.query(
    `WITH page AS (${lineColumns}
       WHERE e.year = $1 AND ($2::timestamptz IS NULL OR (e.at, e.journal, e.number, e.line) > ($2, $3, $4, $5))
       ORDER BY e.at, e.journal, e.number, e.line LIMIT $6
     ), lettered AS MATERIALIZED (
       SELECT supplier_id, lettering, account, lettered_on(supplier_id, lettering, account, $1) AS day
       FROM (SELECT DISTINCT d.supplier_id, d.lettering, p.account
         FROM page p JOIN billing_document d ON d.id = p.document_id) settled
     )
     SELECT p.journal, p.number, p.line, p.stamp, p.dated, p.account, p.debit_cents, p.credit_cents, p.code, p.name,
       p.piece, p.piece_date, p.label, p.at, l.lettering, l.day::text AS lettered_on
     FROM page p LEFT JOIN billing_document d ON d.id = p.document_id
     LEFT JOIN lettered l ON l.supplier_id = d.supplier_id AND l.lettering = d.lettering AND l.account = p.account
     ORDER BY p.at, p.journal, p.number, p.line`,
    [year, ...(after ?? [null, null, null, null]), linesPerPage],
  );
  const last = rows.length === linesPerPage ? rows.at(-1) : undefined;
  return {
    lines: rows.map((row) => fecText(lineOf(row))),
    after: last ? [last.stamp, last.journal, last.number, String(last.line)] : null,
  };
}
