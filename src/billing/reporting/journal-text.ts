/**
 * A month's entries as accountants read them into their own software: CSV with semicolons and decimal commas, one line
 * an entry line, the same entries as the FEC has.
 */
import { amount, type FecLine } from "./fec";

export const journalHeader =
  "date;journal;numero;compte;libelle_compte;siren_client;piece;date_piece;libelle;debit;credit";

export const journalText = (line: FecLine): string =>
  [
    ...[line.dated, line.journal, line.number, line.account, line.accountLabel, line.supplier?.code ?? ""],
    ...[line.piece, line.pieceDate, line.label, amount(line.debitCents), amount(line.creditCents)],
  ]
    .map(quoted)
    .join(";");

/** A sign that a spreadsheet would take for a formula is made text. */
function quoted(value: string): string {
  const safe = /^[=+@\t\r]/.test(value) ? `'${value}` : value;
  return /[;"\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
