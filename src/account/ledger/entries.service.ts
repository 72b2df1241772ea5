/** Entries are numbered and written: gapless per journal and year, and their dates never go back. */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";
import { dateIn } from "../../shared/calendar";
import type { Entry } from "./journal";

export class EntriesService {
  constructor(private readonly clock: Clock) {}

  /**
   * Call it last in a transaction: whoever numbers the next entry waits for the transaction to end. Journals are
   * numbered in the order of their names, so two transactions never wait for each other.
   */
  async write(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const at = this.clock.now();
    const today = dateIn("Europe/Paris", at);
    const inOrder = entries
      .filter(({ lines }) => lines.length > 0)
      .sort((a, b) => compare(a.journal, b.journal) || compare(a.dated ?? today, b.dated ?? today));
    for (const entry of inOrder) await writeOne(tx, { entry, at, dated: entry.dated ?? today });
  }

  /** Entries of other transactions are numbered after this one and see what it changes, such as a locked month. */
  async holdJournals(tx: EntityManager): Promise<void> {
    await tx.query("SELECT FROM journal_counter ORDER BY journal, year FOR UPDATE");
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An entry with a date of its own (an accrual) keeps it; the others never go back behind the last one. */
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
  if (!next) throw new Error("A journal gave no number.");
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
