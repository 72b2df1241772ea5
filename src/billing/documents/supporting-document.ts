/** Describes a document as the supporting document of a journal entry. */
import type { SupportingDocument } from "../../account/ledger";
import type { BillingDocument, DocumentKind } from "./document";

const words: Readonly<Record<DocumentKind, string>> = {
  INVOICE: "Facture",
  CREDIT_NOTE: "Avoir",
  DEPOSIT: "Facture d'acompte",
};

export const supportingDocumentOf = (document: BillingDocument, id: string): SupportingDocument => ({
  supplierId: document.buyer.supplierId,
  label: `${words[document.kind]} ${document.name}`,
  piece: document.name,
  pieceDate: document.issuedOn,
  causeId: id,
});
