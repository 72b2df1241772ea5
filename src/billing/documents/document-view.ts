/** Read models of billing documents: the frozen content and what is still outstanding. */
import type { Principal } from "../../access/identity";
import type { BillingDocument } from "./document";

export interface DocumentView {
  readonly id: string;
  readonly supplierId: string;
  readonly document: BillingDocument;
  /** Outstanding amount including VAT; 0 for anything but an invoice. */
  readonly openCents: number;
  readonly issuedAt: Date;
}

/** Reads those of these documents that the principal may see. */
export type DocumentsById = (
  by: Principal,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, DocumentView>>;

/** A charge or credit of a lead on a document. */
export interface BilledLead {
  readonly number: number;
  readonly leadId: string;
  readonly at: Date;
  readonly kind: "CHARGE" | "CREDIT";
  readonly amountCents: number;
}

/** What would be invoiced and credited to a supplier now. */
export interface InvoicePreview {
  readonly supplierId: string;
  readonly leads: number;
  readonly netCents: number;
  readonly creditedNetCents: number;
}
