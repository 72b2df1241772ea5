/** Builds the suppliers feature: suppliers, their sites, billing profiles and quality reviews. */
import { scopeOf, type AuditService, type IdempotencyService } from "../../access/identity";
import type { AccountReader, AccountsService, BillingService } from "../ledger";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { KeySupplierResolver, LimitSitesResolver, MemberSupplierResolver } from "./access-supplier.resolver";
import { AccountResolver, LedgerLabelResolver } from "./account.resolver";
import { ProfilesService } from "./profiles.service";
import { QualityResolver } from "./quality.resolver";
import { QualityReviews } from "./quality-reviews.service";
import { SupplierBilling } from "./supplier-billing.service";
import { SupplierBillingResolver } from "./supplier-billing.resolver";
import { SupplierBook } from "./supplier-book.service";
import { SupplierResolver } from "./supplier.resolver";
import type { SuppliersById } from "./supplier-view";
import { SuppliersService } from "./suppliers.service";
import { ViewerResolver } from "./viewer.resolver";

export interface SuppliersServices {
  readonly book: SupplierBook;
  readonly profiles: ProfilesService;
  readonly reviews: QualityReviews;
  /** For the field `supplier` beside a `supplierId`; see `loadSupplier`. */
  readonly suppliersById: SuppliersById;
}

export interface SuppliersDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly isProduct: (id: string) => boolean;
  /** Called after commit, when suppliers may have more to spend. */
  readonly opened: () => void;
}

export interface LedgerForSuppliers {
  readonly accounts: AccountsService;
  readonly reader: AccountReader;
  readonly billing: BillingService;
}

export function buildSuppliers(
  { transact, clock }: Foundation,
  { audit, idempotency, isProduct, opened }: SuppliersDeps,
  { accounts, reader, billing }: LedgerForSuppliers,
): Module<SuppliersServices> {
  const book = new SupplierBook();
  const reviews = new QualityReviews({ transact, accounts, idempotency, audit, isProduct, clock });
  const profiles = new ProfilesService(book);
  const ledger = { transact, reader, profiles };
  const change = { ...ledger, book, accounts, billing, audit, clock, opened };
  const suppliers = new SuppliersService({ transact, book, billing, idempotency, audit, clock });
  const suppliersById: SuppliersById = (by, ids) => transact(scopeOf(by), (tx) => book.byIds(tx, ids));
  return {
    services: {
      book,
      profiles,
      reviews,
      suppliersById,
    },
    resolvers: [
      new AccountResolver(transact, reader),
      new LedgerLabelResolver(),
      new KeySupplierResolver(suppliersById),
      new LimitSitesResolver(transact, book),
      new MemberSupplierResolver(suppliersById),
      new QualityResolver(transact, reviews),
      new SupplierBillingResolver(new SupplierBilling(change), ledger),
      new SupplierResolver(transact, book, suppliers),
      new ViewerResolver(transact, book),
    ],
  };
}
