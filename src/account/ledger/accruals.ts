/**
 * Journal entries of the month-end close: accruals for leads that are not yet invoiced or credited, doubtful
 * receivables, and their reversal.
 */
import { headOf, inclVat, type SupportingDocument } from "./entry-parts";
import { entryOf, type Entry } from "./journal";
import type { Split } from "./postings";

/** Accrues leads delivered but not yet invoiced (4181) and credits not yet noted (4198). */
export const accrualEntry = (
  piece: SupportingDocument,
  { dated, charged, credited }: { dated: string; charged: Split; credited: Split },
): Entry =>
  entryOf({ ...headOf(piece, "SI", "ACCRUAL"), dated }, [
    ["4181", inclVat(charged), piece.supplierId],
    ["706", -charged.netCents],
    ["709", credited.netCents],
    ["44587", credited.vatCents - charged.vatCents],
    ["4198", -inclVat(credited), piece.supplierId],
  ]);

/** Transfers long overdue receivables from 411 to doubtful receivables (416). */
export const doubtfulEntry = (
  piece: SupportingDocument,
  { dated, cents }: { dated: string; cents: number },
): Entry =>
  entryOf({ ...headOf(piece, "SI", "ACCRUAL"), dated }, [
    ["416", cents, piece.supplierId],
    ["411", -cents, piece.supplierId],
  ]);

/** The reversing entry (extourne), dated `dated`. */
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
