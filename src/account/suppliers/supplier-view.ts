/** A supplier and its sites as they are read. */
import type { Principal } from "../../access/identity";
import type { SupplierFilter } from "./supplier-filter";
import type { SiteDetails, SupplierDetails } from "./check-supplier";

export interface SupplierView extends SupplierDetails {
  readonly id: string;
  readonly createdAt: Date;
}

/** Reads those of these suppliers that the principal may see. */
export type SuppliersById = (
  by: Principal,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, SupplierView>>;

export interface SiteView extends SiteDetails {
  readonly id: string;
  readonly supplierId: string;
  readonly createdAt: Date;
}

/** What a person is shown of a supplier before they consent. */
export interface SupplierCard {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2: where the company is registered, and so which law it is under. */
  readonly country: string;
  readonly creditAgencies: readonly string[];
}

/** A page of suppliers, newest first, that begins after the supplier given. */
export interface SupplierPage {
  readonly filter?: SupplierFilter;
  readonly after: { readonly createdAt: string; readonly id: string } | null;
  readonly limit: number;
}

/** The latest judgement of a supplier's work on a product. */
export interface QualityReview {
  readonly product: string;
  readonly score: number;
  readonly reason: string;
  readonly reviewedAt: Date;
}
