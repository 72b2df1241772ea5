/** Suppliers and their money. */
import { productById } from "../catalogue";
import { AccountReader } from "../ledger/account-reader.service";
import { AccountsService } from "../ledger/accounts.service";
import { BankTransfersService } from "../ledger/bank-transfers.service";
import { BillingService } from "../ledger/billing.service";
import { OpeningsService } from "../ledger/openings.service";
import { FinanceService } from "../suppliers/finance.service";
import { PriceFloors } from "../suppliers/price-floors.service";
import { QualityReviews } from "../suppliers/quality-reviews.service";
import { SupplierBook } from "../suppliers/supplier-book.service";
import { SuppliersService } from "../suppliers/suppliers.service";
import type { Transact } from "../platform/database";
import type { Identity } from "./identity-services";

export function moneyServices(clock: () => Date) {
  const accounts = new AccountsService();
  const openings = new OpeningsService();
  return {
    accounts,
    openings,
    accountReader: new AccountReader(),
    billing: new BillingService(accounts, openings, clock),
    transfers: new BankTransfersService(accounts, openings, clock),
  };
}

type Base = Pick<Identity, "audit" | "idempotency"> & {
  readonly transact: Transact;
  readonly clock: () => Date;
  readonly opened: () => void;
} & ReturnType<typeof moneyServices>;

export function supplierServices(base: Base, identity: Identity) {
  const book = new SupplierBook();
  const isProduct = (id: string): boolean => productById(id) !== undefined;
  return {
    book,
    floors: new PriceFloors({ ...base, ...identity, isProduct }),
    reviews: new QualityReviews({ ...base, isProduct }),
    suppliersService: new SuppliersService({ ...base, book }),
    finance: new FinanceService({ ...base, book, accounts: base.accountReader }),
  };
}
