/**
 * Numbers and writes journal entries. Numbers have no gaps per journal and year, and dates never decrease
 * within a journal.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";
import { dateIn } from "../../shared/calendar";
import type { Entry } from "./journal";

export class EntriesService {
  constructor(private readonly clock: Clock) {}

  /**
   * Call it last in a transaction, because any other transaction that needs a number in the same journal
   * waits for this one to end. Journals are numbered in the order of their codes so that two transactions
   * cannot deadlock.
   */
  async write(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const at = this.clock.now();
    const today = dateIn("Europe/Paris", at);
    const inOrder = entries
      .filter(({ lines }) => lines.length > 0)
      .sort((a, b) => compare(a.journal, b.journal) || compare(a.dated ?? today, b.dated ?? today));
    for (const entry of inOrder) await writeOne(tx, { entry, at, dated: entry.dated ?? today });
  }

  /**
   * Locks all journals: entries of other transactions are numbered after this transaction ends and see its
   * changes, for example a locked month.
   */
  async holdJournals(tx: EntityManager): Promise<void> {
    await tx.query("SELECT FROM journal_counter ORDER BY journal, year FOR UPDATE");
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * An entry with an explicit date, such as an accrual, keeps it. All others are dated no earlier than the last
 * entry of the journal.
 */
const nextNumber = preparedStatement<{ number: string; dated: string }>(
  "entry.number",
  `INSERT INTO journal_counter AS counter (journal, year, last_number, last_date)
   VALUES ($1, extract(year FROM $2::date), 1, $2)
   ON CONFLICT (journal, year) DO UPDATE
     SET last_number = counter.last_number + 1, last_date = greatest(counter.last_date, excluded.last_date)
   RETURNING last_number AS number, CASE WHEN $3 THEN $2::date ELSE last_date END::text AS dated`,
);

const insertEntry = preparedStatement(
  "entry.insert",
  `WITH head AS (INSERT INTO entry
      (journal, year, number, dated, label, piece, piece_date, cause_kind, cause_id, at)
    VALUES ($1, extract(year FROM $3::date), $2, $3, $4, $5, $6, $7, $8, $9)),
     lines AS (INSERT INTO entry_line
         (journal, year, number, line, account, supplier_id, debit_cents, credit_cents)
       SELECT $1, extract(year FROM $3::date), $2, line.nth, line.account, line.supplier_id, line.debit, line.credit
       FROM unnest($10::text[], $11::uuid[], $12::bigint[], $13::bigint[])
         WITH ORDINALITY AS line (account, supplier_id, debit, credit, nth))
   INSERT INTO vat_due (journal, year, number, line, supplier_id, treatment, net_cents, vat_cents)
   SELECT $1, extract(year FROM $3::date), $2, due.nth, $14, due.treatment, due.net, due.vat
   FROM unnest($15::text[], $16::bigint[], $17::bigint[]) WITH ORDINALITY AS due (treatment, net, vat, nth)`,
);

async function writeOne(
  tx: EntityManager,
  { entry, at, dated }: { entry: Entry; at: Date; dated: string },
): Promise<void> {
  const { journal, label, piece, pieceDate, causeKind, causeId, lines, vatDue } = entry;
  const [next] = await nextNumber(tx, [journal, dated, entry.dated !== undefined]);
  if (!next) throw new Error("A journal returned no number.");
  const head = [journal, next.number, next.dated, label, piece, pieceDate, causeKind, causeId, at];
  await insertEntry(tx, [
    ...head,
    lines.map(({ account }) => account),
    lines.map(({ supplierId }) => supplierId),
    lines.map(({ debitCents }) => debitCents),
    lines.map(({ creditCents }) => creditCents),
    entry.supplierId,
    vatDue.map(({ treatment }) => treatment),
    vatDue.map(({ netCents }) => netCents),
    vatDue.map(({ vatCents }) => vatCents),
  ]);
}
