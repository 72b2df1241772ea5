/** The books on a database of their own, with suppliers to keep them for. */
import type { DataSource } from "typeorm";
import { ApiKeyEntity } from "../../src/identity/api-key.entity";
import { AuditService } from "../../src/identity/audit.service";
import { IdempotencyService } from "../../src/identity/idempotency.service";
import { MemberEntity, SessionEntity } from "../../src/identity/member.entity";
import type { Principal } from "../../src/identity";
import { AccountReader } from "../../src/ledger/account-reader.service";
import { AccountsService } from "../../src/ledger/accounts.service";
import { BankTransferEntity } from "../../src/ledger/bank-transfer.entity";
import { BankTransfersService } from "../../src/ledger/bank-transfers.service";
import { BillingService } from "../../src/ledger/billing.service";
import { OpeningsService } from "../../src/ledger/openings.service";
import { PostingEntity } from "../../src/ledger/posting.entity";
import { SupplierAccountEntity } from "../../src/ledger/supplier-account.entity";
import { openDatabase, transactOn, type Transact } from "../../src/platform/database";
import { FinanceService } from "../../src/suppliers/finance.service";
import { PriceFloorEntity } from "../../src/suppliers/price-floor.entity";
import { PriceFloors } from "../../src/suppliers/price-floors.service";
import { SiteEntity } from "../../src/suppliers/site.entity";
import { SupplierBook } from "../../src/suppliers/supplier-book.service";
import { SupplierEntity } from "../../src/suppliers/supplier.entity";
import { SuppliersService, type NewSupplier } from "../../src/suppliers/suppliers.service";
import { cloneDatabase, type TestDatabase } from "../support/database";

export const entities = [
  ApiKeyEntity,
  MemberEntity,
  SessionEntity,
  SupplierEntity,
  SiteEntity,
  PriceFloorEntity,
  SupplierAccountEntity,
  PostingEntity,
  BankTransferEntity,
];

export const staff = (role: Principal["role"]): Principal => ({
  kind: "KEY",
  id: "00000000-0000-4000-8000-000000000001",
  consumer: "key:00000000-0000-4000-8000-000000000001",
  role,
  supplierId: null,
  limits: null,
  origins: [],
});

/** The nth SIREN that can exist, and that nobody is meant by. */
export const siren = (n: number): string => withCheckDigit(String(10_000_000 + n));

export const siretOf = (ofSiren: string): string => withCheckDigit(`${ofSiren}0001`);

function withCheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

export const newSupplier = (n: number, change: Partial<NewSupplier> = {}): NewSupplier => ({
  name: `Garage ${String(n)}`,
  siren: siren(n),
  street: "1 rue des Tilleuls",
  postcode: "69003",
  city: "Lyon",
  departement: "69",
  billingMode: "PREPAID",
  creditLimitCents: 0,
  ...change,
});

export interface Books {
  readonly database: TestDatabase;
  readonly source: DataSource;
  readonly transact: Transact;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly reader: AccountReader;
  readonly book: SupplierBook;
  readonly suppliers: SuppliersService;
  readonly finance: FinanceService;
  readonly floors: PriceFloors;
  /** How often somebody was told that waiting leads may now be taken. */
  opened: number;
  close(): Promise<void>;
}

export async function openBooks(): Promise<Books> {
  const database = await cloneDatabase();
  const source = await openDatabase({ url: database.url, entities, poolSize: 10 });
  const transact = transactOn(source);
  const clock = (): Date => new Date();
  const [audit, book, accounts, openings] = [
    new AuditService(),
    new SupplierBook(),
    new AccountsService(),
    new OpeningsService(),
  ];
  const idempotency = new IdempotencyService(Buffer.alloc(32, 7));
  const billing = new BillingService(accounts, openings);
  const shared = { transact, book, billing, idempotency, audit };
  const books: Books = {
    database,
    source,
    transact,
    idempotency,
    accounts,
    reader: new AccountReader(),
    book,
    suppliers: new SuppliersService({ ...shared, clock }),
    floors: new PriceFloors({ ...shared, isProduct: (id) => id === "NEW_CAR", clock }),
    finance: new FinanceService({
      ...shared,
      accounts: new AccountReader(),
      transfers: new BankTransfersService(accounts, openings),
      opened: () => books.opened++,
    }),
    opened: 0,
    close: async () => {
      await source.destroy();
      await database.drop();
    },
  };
  return books;
}
