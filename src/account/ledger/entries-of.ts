/**
 * Builds the journal entry of each business event. A supplier's receivable (411) includes VAT; advances
 * (4191), sales (706) and credits (709) exclude it. VAT is held on 44574 until it becomes due and is then
 * transferred to 44571.
 *
 * Each line of 411 and 4191 names the document that it opens or settles, so that lines can be lettered.
 */
import type { AccountCode } from "./chart";
import { advance, due, headOf, inclVat, receivable } from "./entry-parts";
import type { DocumentPart, SupportingDocument, Taxed } from "./entry-parts";
import { entryOf, type Entry } from "./journal";

export * from "./money-entries";

/**
 * Account that holds the VAT of an unpaid invoice: 44571 on debits, where VAT is due on invoicing; otherwise
 * 44574, since it is due on payment.
 */
const waiting = (onDebits: boolean): AccountCode => (onDebits ? "44571" : "44574");

/**
 * An invoice, with the advances it uses up and the remainder to be paid. The VAT on advances became due when
 * they were received.
 */
export function invoiceEntry(
  piece: SupportingDocument,
  { total, advances, onDebits }: { total: Taxed; advances: readonly DocumentPart[]; onDebits: boolean },
): Entry {
  const open = {
    treatment: total.treatment,
    netCents: advances.reduce((left, { netCents }) => left - netCents, total.netCents),
    vatCents: advances.reduce((left, { vatCents }) => left - vatCents, total.vatCents),
  };
  return entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      receivable(piece, inclVat(open), piece.causeId),
      ...advances.map(({ id, netCents }) => advance(piece, netCents, id)),
      ["706", -total.netCents],
      [waiting(onDebits), -open.vatCents],
    ],
    onDebits ? [due(open)] : [],
  );
}

/** The documents that a deposit invoice is lettered with; by default both are the deposit invoice itself. */
interface Deposited {
  /** The document whose receivable it settles: the credit note whose paid part is kept. */
  readonly settles: string;
  /** The document that holds the advance; null when earlier lines of the advance name none. */
  readonly holds: string | null;
}

/** A deposit invoice: money received before the leads. Its VAT is due at once. */
export const depositEntry = (
  piece: SupportingDocument,
  deposit: Taxed,
  { settles, holds }: Deposited = { settles: piece.causeId, holds: piece.causeId },
): Entry =>
  entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      receivable(piece, inclVat(deposit), settles),
      advance(piece, -deposit.netCents, holds),
      ["44571", -deposit.vatCents],
    ],
    [due(deposit)],
  );

/**
 * A credit note for leads that had been invoiced, split into the part that was still open and the part that
 * had been paid. The open part settles the invoice `corrects`; the paid part is kept by a deposit invoice.
 */
export function creditNoteEntry(
  piece: SupportingDocument,
  { open, paid, onDebits, corrects }: { open: Taxed; paid: Taxed; onDebits: boolean; corrects: string },
): Entry {
  return entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ["709", open.netCents + paid.netCents],
      [waiting(onDebits), open.vatCents],
      ["44571", paid.vatCents],
      receivable(piece, -inclVat(open), corrects),
      receivable(piece, -inclVat(paid), piece.causeId),
    ],
    onDebits ? [due(open, -1), due(paid, -1)] : [due(paid, -1)],
  );
}

/**
 * A credit note on deposit invoices whose money was not used. `settles` is the document whose receivable it settles:
 * the credit note itself when `refundEntry` books the outgoing payment, the deposit when its payment was reversed.
 */
export const advancesReturnedEntry = (
  piece: SupportingDocument,
  back: Taxed,
  { advances, settles }: { readonly advances: readonly DocumentPart[]; readonly settles: string },
): Entry =>
  entryOf(
    headOf(piece, "VE", "DOCUMENT"),
    [
      ...advances.map(({ id, netCents }) => advance(piece, netCents, id)),
      ["44571", back.vatCents],
      receivable(piece, -inclVat(back), settles),
    ],
    [due(back, -1)],
  );

/** A write-off. The VAT had not become due, or is reclaimed where it was due on debits. */
export const writeOffEntry = (
  piece: SupportingDocument,
  { lost, onDebits }: { lost: Taxed; onDebits: boolean },
): Entry =>
  entryOf(
    headOf(piece, "OD", "WRITE_OFF"),
    [
      ["654", lost.netCents],
      [waiting(onDebits), lost.vatCents],
      receivable(piece, -inclVat(lost), piece.causeId),
    ],
    onDebits ? [due(lost, -1)] : [],
  );

/** Rounding difference between the VAT of a deposit and the VAT of the invoices that used it up. */
export const roundingEntry = (piece: SupportingDocument, { treatment, vatCents }: Taxed): Entry =>
  entryOf(
    headOf(piece, "OD", "DOCUMENT"),
    [
      ["44571", -vatCents],
      [vatCents > 0 ? "658" : "758", vatCents],
    ],
    [{ treatment, netCents: 0, vatCents }],
  );
