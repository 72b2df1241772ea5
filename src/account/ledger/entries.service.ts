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
    const groups: Group[] = [];
    for (const entry of inOrder) {
      const about = { journal: entry.journal, day: dayOf(entry), isFixed: days.has(entry) };
      const last = groups.at(-1);
      if (last && isOfGroup(last, about)) last.entries.push(entry);
      else groups.push({ ...about, entries: [entry] });
    }
    for (const group of groups) await writeGroup(tx, group, at);
  }
}

/** Entries that are numbered and inserted in one statement each. */
interface Group {
  readonly journal: Entry["journal"];
  readonly day: string;
  /** Whether the entries keep their day, also if it is before the last entry of the journal. */
  readonly isFixed: boolean;
  readonly entries: Entry[];
}

const isOfGroup = (group: Group, { journal, day, isFixed }: Omit<Group, "entries">): boolean =>
  group.journal === journal && group.day === day && group.isFixed === isFixed;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * An entry whose day is given, such as an accrual or money at the bank, keeps it. All others are dated no earlier than
 * the last entry of the journal.
 */
const takeNumbers = preparedStatement<{ first: string; dated: string }>(
  "entry.numbers",
  `INSERT INTO journal_counter AS counter (journal, year, last_number, last_date)
   VALUES ($1, extract(year FROM $2::date), $4::bigint, $2)
   ON CONFLICT (journal, year) DO UPDATE
     SET last_number = counter.last_number + excluded.last_number,
       last_date = greatest(counter.last_date, excluded.last_date)
   RETURNING last_number - $4::bigint + 1 AS first, CASE WHEN $3 THEN $2::date ELSE last_date END::text AS dated`,
);

/** `entry` is the place of an entry among those inserted, from 0. */
const insertEntries = preparedStatement(
  "entry.insert-all",
  `WITH head AS (INSERT INTO entry
      (journal, year, number, dated, label, piece, piece_date, cause_kind, cause_id, at, bank_day)
    SELECT $1, extract(year FROM $3::date), $2::bigint + head.nth - 1, $3, head.label, head.piece, head.piece_date,
      head.cause_kind, head.cause_id, $4, head.bank_day
    FROM unnest($5::text[], $6::text[], $7::date[], $8::text[], $9::text[], $10::date[])
      WITH ORDINALITY AS head (label, piece, piece_date, cause_kind, cause_id, bank_day, nth)),
     lines AS (INSERT INTO entry_line
         (journal, year, number, line, account, supplier_id, debit_cents, credit_cents, document_id)
       SELECT $1, extract(year FROM $3::date), $2::bigint + line.entry, line.nth, line.account, line.supplier_id,
         line.debit, line.credit, line.document_id
       FROM unnest($11::integer[], $12::integer[], $13::text[], $14::uuid[], $15::bigint[], $16::bigint[], $17::uuid[])
         AS line (entry, nth, account, supplier_id, debit, credit, document_id))
   INSERT INTO vat_due (journal, year, number, line, supplier_id, treatment, net_cents, vat_cents)
   SELECT $1, extract(year FROM $3::date), $2::bigint + due.entry, due.nth, due.supplier_id, due.treatment, due.net,
     due.vat
   FROM unnest($18::integer[], $19::integer[], $20::uuid[], $21::text[], $22::bigint[], $23::bigint[])
     AS due (entry, nth, supplier_id, treatment, net, vat)`,
);

async function writeGroup(
  tx: EntityManager,
  { journal, day, isFixed, entries }: Group,
  at: Date,
): Promise<void> {
  const [next] = await takeNumbers(tx, [journal, day, isFixed, entries.length]);
  if (!next) throw new Error("A journal returned no number.");
  await insertEntries(tx, [
    ...[journal, next.first, next.dated, at],
    ...headsOf(entries),
    ...linesOf(entries),
    ...duesOf(entries),
  ]);
}

const headsOf = (entries: readonly Entry[]): readonly unknown[][] => [
  entries.map(({ label }) => label),
  entries.map(({ piece }) => piece),
  entries.map(({ pieceDate }) => pieceDate),
  entries.map(({ causeKind }) => causeKind),
  entries.map(({ causeId }) => causeId),
  entries.map(({ bankDay }) => bankDay ?? null),
];

function linesOf(entries: readonly Entry[]): readonly unknown[][] {
  const all = entries.flatMap(({ lines }, entry) =>
    lines.map((line, at) => ({ ...line, entry, nth: at + 1 })),
  );
  return [
    all.map(({ entry }) => entry),
    all.map(({ nth }) => nth),
    all.map(({ account }) => account),
    all.map(({ supplierId }) => supplierId),
    all.map(({ debitCents }) => debitCents),
    all.map(({ creditCents }) => creditCents),
    all.map(({ documentId }) => documentId ?? null),
  ];
}

function duesOf(entries: readonly Entry[]): readonly unknown[][] {
  const all = entries.flatMap(({ vatDue, supplierId }, entry) =>
    vatDue.map((due, at) => ({ ...due, supplierId, entry, nth: at + 1 })),
  );
  return [
    all.map(({ entry }) => entry),
    all.map(({ nth }) => nth),
    all.map(({ supplierId }) => supplierId),
    all.map(({ treatment }) => treatment),
    all.map(({ netCents }) => netCents),
    all.map(({ vatCents }) => vatCents),
  ];
}
