/** The parts that journal entries have in common: their supporting document, and amounts with their VAT. */
import type { entryOf, EntryCause, EntrySide, JournalCode } from "./journal";
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

/** The part of an amount that concerns one document: what is settled on an invoice, or used of a deposit. */
export interface DocumentPart extends Split {
  readonly id: string;
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

/** A side of a supplier's receivable (411), with the document that it opens or settles. */
export const receivable = (
  { supplierId }: SupportingDocument,
  cents: number,
  documentId: string,
): EntrySide => ["411", cents, supplierId, documentId];

/** A side of a supplier's advances (4191), with the document that holds the advance. */
export const advance = (
  { supplierId }: SupportingDocument,
  cents: number,
  documentId: string | null,
): EntrySide => ["4191", cents, supplierId, documentId];

/** The VAT that becomes due with an entry, or with `sign` -1 the VAT that is taken back. */
export const due = ({ treatment, netCents, vatCents }: Taxed, sign: 1 | -1 = 1): Taxed => ({
  treatment,
  netCents: sign * netCents,
  vatCents: sign * vatCents,
});
