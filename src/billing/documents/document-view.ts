/** Documents as they are read: what was frozen, and what is still to be paid of it. */
import type { BillingDocument } from "./document";

export interface DocumentView {
  readonly id: string;
  readonly supplierId: string;
  readonly document: BillingDocument;
  /** VAT included; of an invoice only. */
  readonly openCents: number;
  readonly issuedAt: Date;
}

/** A lead that stands on a document. */
export interface BilledLead {
  readonly number: number;
  readonly leadId: string;
  readonly at: Date;
  readonly kind: "CHARGE" | "CREDIT";
  readonly amountCents: number;
}

export interface DocumentPage {
  /** Null: of every supplier that may be seen. */
  readonly supplierId: string | null;
  readonly after: { readonly issuedAt: string; readonly id: string } | null;
  readonly limit: number;
}

/** What would be issued to a supplier now. */
export interface Preview {
  readonly supplierId: string;
  readonly leads: number;
  readonly netCents: number;
  readonly creditedNetCents: number;
}
