/** Suppliers, what their leads cost at least, and how their work is judged. */
import { productById } from "../catalogue";
import { PriceFloors } from "../campaigns/price-floors.service";
import { QualityReviews } from "../suppliers/quality-reviews.service";
import { SupplierBook } from "../suppliers/supplier-book.service";
import { SuppliersService } from "../suppliers/suppliers.service";
import type { Transact } from "../platform/database";
import type { Identity } from "./identity-services";
import type { AccountServices } from "./money-services";

type Base = Pick<Identity, "audit" | "idempotency"> &
  Pick<AccountServices, "billing" | "accounts"> & { readonly transact: Transact; readonly clock: () => Date };

export function supplierServices(base: Base) {
  const book = new SupplierBook();
  const isProduct = (id: string): boolean => productById(id) !== undefined;
  return {
    book,
    floors: new PriceFloors(base),
    reviews: new QualityReviews({ ...base, isProduct }),
    suppliersService: new SuppliersService({ ...base, book }),
  };
}
