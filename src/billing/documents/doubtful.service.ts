/**
 * Doubtful receivables at the month-end close. What is overdue by 30 days or more is transferred to 416 on
 * the last day of the month and back to 411 on the next, so the month's books show it while payments are
 * still booked on 411.
 */
import type { EntityManager } from "typeorm";
import { doubtfulEntry, reversed, type Entry } from "../../account/ledger";
import { spanOfMonth } from "../../shared/accounting-month";
import { dateIn } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import { daysAfter } from "./content";

interface Doubtful {
  readonly supplierId: string;
  /** Including VAT. */
  readonly cents: number;
}

/** The same delay after which an account is suspended. */
const daysOverdue = 30;

export async function doubtfulAt(tx: EntityManager, month: string): Promise<Entry[]> {
  const { end } = spanOfMonth(month);
  const rows: { supplierId: string; cents: string }[] = await tx.query(
    `SELECT supplier_id AS "supplierId", sum(net_cents + vat_cents) AS cents FROM open_invoices($1)
     WHERE late_fees_of IS NULL AND due_on <= $2::date AND net_cents + vat_cents > 0
     GROUP BY supplier_id ORDER BY supplier_id`,
    [end, daysAfter(lastDayOf(month), -daysOverdue)],
  );
  return rows.flatMap(({ supplierId, cents }) => pairOf(month, { supplierId, cents: integerOf(cents) }));
}

/** Reverses exactly what was booked as doubtful for the month. */
export async function undoDoubtful(tx: EntityManager, month: string): Promise<Entry[]> {
  const rows: { supplierId: string; cents: string }[] = await tx.query(
    `SELECT cause_id AS "supplierId", sum(debit_cents - credit_cents) AS cents FROM journal_line
     WHERE journal = 'SI' AND piece = $1 AND dated = $2 AND account = '416' GROUP BY cause_id
     HAVING sum(debit_cents - credit_cents) <> 0 ORDER BY cause_id`,
    [pieceName(month), lastDayOf(month)],
  );
  return rows.flatMap(({ supplierId, cents }) => pairOf(month, { supplierId, cents: -integerOf(cents) }));
}

const pieceName = (month: string): string => `DOU-${month}`;
const lastDayOf = (month: string): string => daysAfter(dateIn("Europe/Paris", spanOfMonth(month).end), -1);

function pairOf(month: string, { supplierId, cents }: Doubtful): Entry[] {
  const dated = lastDayOf(month);
  const label = `Créances douteuses ${month}`;
  const piece = { supplierId, label, piece: pieceName(month), pieceDate: dated, causeId: supplierId };
  const entry = doubtfulEntry(piece, { dated, cents });
  return [entry, reversed(entry, daysAfter(dated, 1))];
}
