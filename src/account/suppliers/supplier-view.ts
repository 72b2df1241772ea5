/** A supplier and its sites as they are read. */
import type { SiteDetails, SupplierDetails } from "./check-supplier";

export interface SupplierView extends SupplierDetails {
  readonly id: string;
  readonly createdAt: Date;
}

export interface SiteView extends SiteDetails {
  readonly id: string;
  readonly supplierId: string;
  readonly createdAt: Date;
}

/** What a person is told of a supplier before they consent. */
export interface SupplierCard {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly creditAgencies: readonly string[];
}

/** A page begins after this supplier, newest first. */
export interface SupplierPage {
  readonly after: { readonly createdAt: string; readonly id: string } | null;
  readonly limit: number;
}

/** How a supplier's work on a product was judged last. */
export interface QualityReview {
  readonly product: string;
  readonly score: number;
  readonly reason: string;
  readonly reviewedAt: Date;
}
