/** Lines of entries as they are read for the FEC and for the journals of a month. */
import { chart, journals, letteringCode, type AccountCode, type JournalCode } from "../../account/ledger";
import { dateIn } from "../../shared/calendar";
import { integerOf } from "../../shared/integer";
import type { FecLine } from "./fec";

export const linesPerPage = 5_000;

export const lineColumns = `
  SELECT e.journal, e.number, e.line, e.at::text AS stamp, e.dated::text AS dated, e.account, e.debit_cents,
    e.credit_cents, s.code, s.name, e.piece, e.piece_date::text AS piece_date, e.label, e.at,
    e.supplier_id, e.document_id
  FROM journal_line e LEFT JOIN supplier_profile s ON s.supplier_id = e.supplier_id`;

export interface EntryLineRow {
  readonly journal: JournalCode;
  readonly number: string;
  readonly line: number;
  /** With microseconds, because the next page starts after it. */
  readonly stamp: string;
  readonly dated: string;
  readonly account: AccountCode;
  readonly debit_cents: string;
  readonly credit_cents: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly piece: string;
  readonly piece_date: string;
  readonly label: string;
  readonly at: Date;
  /** Number and day of the lettering; absent where it is not read, null where the line is not lettered. */
  readonly lettering?: number | null;
  readonly lettered_on?: string | null;
}

export const lineOf = (row: EntryLineRow): FecLine => ({
  journal: row.journal,
  journalLabel: journals[row.journal].FR,
  number: row.number,
  dated: row.dated,
  account: row.account,
  accountLabel: chart[row.account].FR,
  supplier: row.code === null ? null : { code: row.code, name: row.name ?? "" },
  piece: row.piece,
  pieceDate: row.piece_date,
  label: row.label,
  debitCents: integerOf(row.debit_cents),
  creditCents: integerOf(row.credit_cents),
  validated: dateIn("Europe/Paris", row.at),
  lettering: letteringOf(row.lettering, row.lettered_on),
});

export const letteringOf = (
  number: number | null | undefined,
  on: string | null | undefined,
): FecLine["lettering"] =>
  typeof number === "number" && typeof on === "string" ? { code: letteringCode(number), on } : null;
