/** An invoice was late. */
import { headOf, type Piece } from "./entries-of";
import { entryOf, type Entry } from "./journal";

/** What being late costs: the compensation, and interest. VAT knows nothing of it. */
export const lateFeesEntry = (
  piece: Piece,
  { indemnityCents, interestCents }: { readonly indemnityCents: number; readonly interestCents: number },
): Entry =>
  entryOf(headOf(piece, "VE", "DOCUMENT"), [
    ["411", indemnityCents + interestCents, piece.supplierId],
    ["758", -indemnityCents],
    ["763", -interestCents],
  ]);
