/** Tells which sites and campaigns belong to a supplier, for the limits of keys and members. */
import type { Holdings } from "../../access/identity/limits.service";
import { SupplierBook } from "../../account/suppliers/supplier-book.service";
import { hasCampaigns } from "../../offers/campaigns/ownership.service";

const suppliers = new SupplierBook();

export const holdings: Holdings = {
  hasSites: (tx, supplierId, ids) => suppliers.hasSites(tx, supplierId, ids),
  hasCampaigns,
};
