/** Entries about the part of a credit note that its supplier had paid already. */
import { advancesReturnedEntry } from "./entries-of";
import { headOf, type SupportingDocument, type Taxed } from "./entry-parts";
import { entryOf, type Entry } from "./journal";

/** A few cents of paid VAT that a credit note returns without any net: no advance, so they are income. */
export const keptRoundingEntry = (piece: SupportingDocument, vatCents: number): Entry =>
  entryOf(headOf(piece, "OD", "DOCUMENT"), [
    ["411", vatCents, piece.supplierId],
    ["758", -vatCents],
  ]);

/** Takes back the entry of an amount kept without a document, because its deposit invoice books it again. */
export const keptBeforeEntry = (piece: SupportingDocument, kept: Taxed): Entry => ({
  ...advancesReturnedEntry(piece, kept),
  journal: "OD",
});
