/** Builds the monthly reconciliation. */
import type { SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { BookedService } from "./booked.service";
import { ReconciliationResolver } from "./reconciliation.resolver";
import { ReconciliationService } from "./reconciliation.service";
import {
  BookedLineSupplierResolver,
  BookedObjectSupplierResolver,
  BookedPostingSupplierResolver,
} from "./supplier-relations.resolver";

export interface ReconciliationDeps {
  readonly suppliersById: SuppliersById;
}

export function buildReconciliation(
  { transact }: Foundation,
  { suppliersById }: ReconciliationDeps,
): Module<Record<string, never>> {
  return {
    services: {},
    resolvers: [
      new ReconciliationResolver(transact, new ReconciliationService(), new BookedService()),
      new BookedObjectSupplierResolver(suppliersById),
      new BookedLineSupplierResolver(suppliersById),
      new BookedPostingSupplierResolver(suppliersById),
    ],
  };
}
