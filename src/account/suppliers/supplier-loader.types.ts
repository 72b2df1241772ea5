/** Loads the suppliers that the objects of one answer belong to, all with one query and in the caller's role. */
import DataLoader from "dataloader";
import { principalOf, remembered, type RequestContext } from "../../access/identity";
import { notFound } from "../../shared/errors";
import type { SuppliersById, SupplierView } from "./supplier-view";
import { toSupplier, type Supplier } from "./supplier.types";

const loaderKey = Symbol("suppliers by id");

/** For the field `supplier` beside a `supplierId`. */
export async function loadSupplier(
  context: RequestContext,
  suppliersById: SuppliersById,
  id: string,
): Promise<Supplier> {
  const supplier = await findSupplier(context, suppliersById, id);
  if (!supplier) throw notFound("supplier");
  return supplier;
}

/** Like `loadSupplier`; null when the caller may not see the supplier, such as the one of a sandbox. */
export async function findSupplier(
  context: RequestContext,
  suppliersById: SuppliersById,
  id: string,
): Promise<Supplier | null> {
  const supplier = await remembered(context, loaderKey, () => loaderOf(context, suppliersById)).load(id);
  return supplier && toSupplier(supplier);
}

function loaderOf(
  context: RequestContext,
  suppliersById: SuppliersById,
): DataLoader<string, SupplierView | null> {
  const by = principalOf(context);
  return new DataLoader(async (ids) => {
    const found = await suppliersById(by, ids);
    return ids.map((id) => found.get(id) ?? null);
  });
}
