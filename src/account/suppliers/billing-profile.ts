/** Where and in which language a supplier wants its billing documents. */
import type { SupplierView } from "./supplier-view";

export type DocumentLanguage = "FR" | "EN";

export interface BillingProfile {
  /** ISO 3166, two letters. */
  readonly country: string;
  readonly vatNumber: string | null;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly language: DocumentLanguage;
  readonly purchaseOrder: string | null;
  /** Documents are mailed here; null: they are not mailed. */
  readonly email: string | null;
}

/** The profile of a supplier that has not set one: its registered address, in French. */
export const defaultProfileOf = (supplier: SupplierView): BillingProfile => ({
  country: "FR",
  vatNumber: supplier.vatNumber,
  street: supplier.street,
  postcode: supplier.postcode,
  city: supplier.city,
  language: "FR",
  purchaseOrder: null,
  email: null,
});
