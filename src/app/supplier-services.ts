/** Suppliers, what their leads cost at least, and how their work is judged. */
import { productById } from "../reference/catalogue";
import { PriceFloors } from "../offers/campaigns/price-floors.service";
import { QualityReviews } from "../account/suppliers/quality-reviews.service";
import { SupplierBook } from "../account/suppliers/supplier-book.service";
import { SuppliersService } from "../account/suppliers/suppliers.service";
import { Onboarding } from "../account/onboarding/onboarding.service";
import { viesAt } from "../account/onboarding/vies.adapter";
import type { Clock } from "../platform/clock";
import type { Transact } from "../platform/database";
import type { Foundation } from "./foundation";
import type { Identity } from "./identity-services";
import type { AccountServices } from "./money-services";

type Base = Pick<Identity, "audit" | "idempotency"> &
  Pick<AccountServices, "billing" | "accounts"> & { readonly transact: Transact; readonly clock: Clock };

export function supplierServices({ config }: Foundation, base: Base) {
  const { terms, viesBase } = config.onboarding;
  const book = new SupplierBook();
  const isProduct = (id: string): boolean => productById(id) !== undefined;
  return {
    book,
    floors: new PriceFloors(base),
    reviews: new QualityReviews({ ...base, isProduct }),
    onboarding: new Onboarding({
      ...{ ...base, terms },
      vies: viesAt({ base: viesBase, requester: config.billing.seller.vatNumber }),
    }),
    suppliersService: new SuppliersService({ ...base, book }),
  };
}
