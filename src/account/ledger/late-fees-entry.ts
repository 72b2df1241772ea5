/** The journal entry of an invoice for late payment. */
import { headOf, type SupportingDocument } from "./entry-parts";
import { entryOf, type Entry } from "./journal";

/** The fixed compensation (758) and the interest (763) owed for late payment. They bear no VAT. */
export const lateFeesEntry = (
  piece: SupportingDocument,
  { indemnityCents, interestCents }: { readonly indemnityCents: number; readonly interestCents: number },
): Entry =>
  entryOf(headOf(piece, "VE", "DOCUMENT"), [
    ["411", indemnityCents + interestCents, piece.supplierId, piece.causeId],
    ["758", -indemnityCents],
    ["763", -interestCents],
  ]);
