/**
 * Dates, numbers and writes journal entries. Numbers have no gaps per journal and year, in the order in which entries
 * are written. An entry that money at the bank causes is dated on the bank's day while its month is open, so it may be
 * dated before entries with lower numbers.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import { preparedStatement } from "../../platform/prepared-statement";
import { dateIn } from "../../shared/calendar";
import { accountingDay } from "./accounting-day";
import type { Entry } from "./journal";
import type { MonthLocks } from "./month-locks.service";

export class EntriesService {
  constructor(
    private readonly clock: Clock,
    private readonly locks: MonthLocks,
  ) {}

  /** The day for which money counts that the bank or Stripe moved on `bankDay`. It holds until the transaction ends. */
  async accountingDay(tx: EntityManager, bankDay: string): Promise<string> {
    const lockedThrough = await this.locks.lockedThrough(tx);
    return accountingDay({ bankDay, lockedThrough, today: dateIn("Europe/Paris", this.clock.now()) });
  }

  /**
   * Call it last in a transaction, because any other transaction that needs a number in the same journal
   * waits for this one to end. Journals are numbered in the order of their codes so that two transactions
   * cannot deadlock.
   */
  async write(tx: EntityManager, entries: readonly Entry[]): Promise<void> {
    const some = entries.filter(({ lines }) => lines.length > 0);
    const days = new Map<Entry, string>();
    for (const entry of some) {
      if (entry.bankDay !== undefined) days.set(entry, await this.accountingDay(tx, entry.bankDay));
      else if (entry.dated !== undefined) days.set(entry, entry.dated);
    }
    const at = this.clock.now();
    const today = dateIn("Europe/Paris", at);
    const dayOf = (entry: Entry): string => days.get(entry) ?? today;
    const inOrder = some.sort((a, b) => compare(a.journal, b.journal) || compare(dayOf(a), dayOf(b)));
    for (const entry of inOrder)
      await writeOne(tx, { entry, at, dated: dayOf(entry), isFixed: days.has(entry) });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * An entry whose day is given, such as an accrual or money at the bank, keeps it. All others are dated no earlier than
 * the last entry of the journal.
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
      (journal, year, number, dated, label, piece, piece_date, cause_kind, cause_id, at, bank_day)
    VALUES ($1, extract(year FROM $3::date), $2, $3, $4, $5, $6, $7, $8, $9, $18)),
     lines AS (INSERT INTO entry_line
         (journal, year, number, line, account, supplier_id, debit_cents, credit_cents, document_id)
       SELECT $1, extract(year FROM $3::date), $2, line.nth, line.account, line.supplier_id, line.debit, line.credit,
         line.document_id
       FROM unnest($10::text[], $11::uuid[], $12::bigint[], $13::bigint[], $19::uuid[])
         WITH ORDINALITY AS line (account, supplier_id, debit, credit, document_id, nth))
   INSERT INTO vat_due (journal, year, number, line, supplier_id, treatment, net_cents, vat_cents)
   SELECT $1, extract(year FROM $3::date), $2, due.nth, $14, due.treatment, due.net, due.vat
   FROM unnest($15::text[], $16::bigint[], $17::bigint[]) WITH ORDINALITY AS due (treatment, net, vat, nth)`,
);

async function writeOne(
  tx: EntityManager,
  { entry, at, dated, isFixed }: { entry: Entry; at: Date; dated: string; isFixed: boolean },
): Promise<void> {
  const { journal, label, piece, pieceDate, causeKind, causeId, lines, vatDue } = entry;
  const [next] = await nextNumber(tx, [journal, dated, isFixed]);
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
    entry.bankDay ?? null,
    lines.map(({ documentId }) => documentId ?? null),
  ]);
}
