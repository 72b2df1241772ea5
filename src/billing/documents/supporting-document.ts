/** Describes a document as the supporting document of a journal entry. */
import type { Piece } from "../../account/ledger";
import type { BillingDocument, DocumentKind } from "./document";

const words: Readonly<Record<DocumentKind, string>> = {
  INVOICE: "Facture",
  CREDIT_NOTE: "Avoir",
  DEPOSIT: "Facture d'acompte",
};

export const pieceOf = (document: BillingDocument, id: string): Piece => ({
  supplierId: document.buyer.supplierId,
  label: `${words[document.kind]} ${document.name}`,
  piece: document.name,
  pieceDate: document.issuedOn,
  causeId: id,
});
