/** What the end of a month says of leads that no document says yet, and how it is taken back. */
import { headOf, inclVat, type Piece } from "./entries-of";
import { entryOf, type Entry } from "./journal";
import type { Split } from "./postings";

/** At the end of a month: what was delivered and not invoiced yet, what was given back and not noted yet. */
export const accrualEntry = (
  piece: Piece,
  { dated, charged, credited }: { dated: string; charged: Split; credited: Split },
): Entry =>
  entryOf({ ...headOf(piece, "SI", "ACCRUAL"), dated }, [
    ["4181", inclVat(charged), piece.supplierId],
    ["706", -charged.netCents],
    ["709", credited.netCents],
    ["44587", credited.vatCents - charged.vatCents],
    ["4198", -inclVat(credited), piece.supplierId],
  ]);

/** At the end of a month: what has been due for so long that it may never be paid stands apart. */
export const doubtfulEntry = (piece: Piece, { dated, cents }: { dated: string; cents: number }): Entry =>
  entryOf({ ...headOf(piece, "SI", "ACCRUAL"), dated }, [
    ["416", cents, piece.supplierId],
    ["411", -cents, piece.supplierId],
  ]);

/** The same the other way, on another day. */
export const reversed = (entry: Entry, dated: string): Entry => ({
  ...entry,
  dated,
  label: `Extourne ${entry.label}`,
  lines: entry.lines.map((line) => ({
    ...line,
    debitCents: line.creditCents,
    creditCents: line.debitCents,
  })),
});
