/**
 * Formats a month's entries for import into accounting software: CSV with semicolons and decimal commas, one
 * line per entry line. The entries are the same as in the FEC. The column siren_client has the SIREN of a French
 * customer; a customer abroad stands there by its VAT number, or by its country and register number.
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

/** Prefixes values that a spreadsheet would interpret as a formula. */
function quoted(value: string): string {
  const safe = /^[=+@\t\r]/.test(value) ? `'${value}` : value;
  return /[;"\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
