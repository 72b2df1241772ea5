/** The parts that journal entries have in common: their supporting document, and amounts with their VAT. */
import type { entryOf, EntryCause, JournalCode } from "./journal";
import type { Split } from "./postings";
import type { VatTreatment } from "./vat-regimes";

/** The supporting document (pièce justificative) of an entry, with the label and the supplier of the entry. */
export interface SupportingDocument {
  readonly supplierId: string;
  readonly label: string;
  readonly piece: string;
  /** "YYYY-MM-DD" */
  readonly pieceDate: string;
  readonly causeId: string;
  /** Day on which the bank or Stripe moved the money, "YYYY-MM-DD". */
  readonly bankDay?: string;
}

export interface Taxed extends Split {
  readonly treatment: VatTreatment;
}

export const inclVat = ({ netCents, vatCents }: Split): number => netCents + vatCents;

export const headOf = (
  piece: SupportingDocument,
  journal: JournalCode,
  causeKind: EntryCause,
): Parameters<typeof entryOf>[0] => ({
  journal,
  causeKind,
  label: piece.label,
  piece: piece.piece,
  pieceDate: piece.pieceDate,
  causeId: piece.causeId,
  supplierId: piece.supplierId,
  bankDay: piece.bankDay,
});

/** The VAT that becomes due with an entry, or with `sign` -1 the VAT that is taken back. */
export const due = ({ treatment, netCents, vatCents }: Taxed, sign: 1 | -1 = 1): Taxed => ({
  treatment,
  netCents: sign * netCents,
  vatCents: sign * vatCents,
});
