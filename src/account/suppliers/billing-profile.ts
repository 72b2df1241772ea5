/** The address, VAT number and language of a supplier's billing documents, and where they are mailed. */
import type { SupplierView } from "./supplier-view";

export type DocumentLanguage = "FR" | "EN";

export interface BillingProfile {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly vatNumber: string | null;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly language: DocumentLanguage;
  readonly purchaseOrder: string | null;
  /** The address that documents are mailed to; null when they are not mailed. */
  readonly email: string | null;
}

/** A profile that was set. `version` counts its changes from 1. */
export interface StoredProfile extends BillingProfile {
  readonly version: number;
}

/** The profile of a supplier that has not set one: its registered address and documents in French. */
export const defaultProfileOf = (supplier: SupplierView): BillingProfile => ({
  country: supplier.country,
  vatNumber: supplier.vatNumber,
  street: supplier.street,
  postcode: supplier.postcode,
  city: supplier.city,
  language: "FR",
  purchaseOrder: null,
  email: null,
});
