/** Entries about the part of a credit note that its supplier had paid already. */
import {
  advance,
  due,
  headOf,
  inclVat,
  receivable,
  type SupportingDocument,
  type Taxed,
} from "./entry-parts";
import { entryOf, type Entry } from "./journal";

/** A few cents of paid VAT that a credit note returns without any net: no advance, so they are income. */
export const keptRoundingEntry = (piece: SupportingDocument, vatCents: number): Entry =>
  entryOf(headOf(piece, "OD", "DOCUMENT"), [receivable(piece, vatCents, piece.causeId), ["758", -vatCents]]);

/**
 * Takes back the entry of an amount kept without a document, because its deposit invoice books it again.
 * `settles` is the credit note.
 */
export const keptBeforeEntry = (piece: SupportingDocument, kept: Taxed, settles: string): Entry =>
  entryOf(
    headOf(piece, "OD", "DOCUMENT"),
    [
      advance(piece, kept.netCents, null),
      ["44571", kept.vatCents],
      receivable(piece, -inclVat(kept), settles),
    ],
    [due(kept, -1)],
  );
