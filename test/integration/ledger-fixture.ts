/**
 * The billing services on a database of their own, for tests that need suppliers and accounts but no server.
 */
import { ApiKeyEntity } from "../../src/access/identity/api-key.entity";
import { AuditService } from "../../src/access/identity/audit.service";
import { IdempotencyService } from "../../src/access/identity/idempotency.service";
import { MemberEntity, SessionEntity } from "../../src/access/identity/member.entity";
import type { Principal } from "../../src/access/identity";
import type { Uploads } from "../../src/access/uploads";
import { movePayoutToTransit } from "../../src/billing/payments/payouts.service";
import { bankServices } from "../../src/billing/bank/bank.wiring";
import { readConfig } from "../../src/app/settings/config";
import { itemLabel } from "../../src/app/item-labels";
import { ActsService } from "../../src/billing/reporting/acts.service";
import { FinanceService } from "../../src/billing/reporting/finance.service";
import { MonthEnds } from "../../src/billing/reporting/month-ends.service";
import { ProofService } from "../../src/billing/proof/proof.service";
import { ReportsService } from "../../src/billing/reporting/reports.service";
import { BankTransferEntity } from "../../src/billing/documents/bank-transfer.entity";
import type { SuppliersById } from "../../src/account/suppliers";
import type { DocumentView } from "../../src/billing/documents";
import { buildDocuments, type DocumentsServices } from "../../src/billing/documents/documents.wiring";
import { AccountReader } from "../../src/account/ledger/account-reader.service";
import { AccountsService } from "../../src/account/ledger/accounts.service";
import { BillingService } from "../../src/account/ledger/billing.service";
import { EntriesService } from "../../src/account/ledger/entries.service";
import { MonthLocks } from "../../src/account/ledger/month-locks.service";
import { OpeningsService } from "../../src/account/ledger/openings.service";
import { SupplierAccountEntity } from "../../src/account/ledger/supplier-account.entity";
import { systemClock } from "../../src/platform/clock";
import { transactOn, type Transact } from "../../src/platform/database";
import { openDatabase } from "../../src/platform/pools";
import { ringOf } from "../../src/platform/sealed/key-ring";
import { PriceFloorEntity } from "../../src/offers/campaigns/price-floor.entity";
import { PriceFloors } from "../../src/offers/campaigns/price-floors.service";
import { SiteEntity } from "../../src/account/suppliers/site.entity";
import { ProfilesService } from "../../src/account/suppliers/profiles.service";
import { SupplierBilling } from "../../src/account/suppliers/supplier-billing.service";
import { SupplierBook } from "../../src/account/suppliers/supplier-book.service";
import { SupplierEntity } from "../../src/account/suppliers/supplier.entity";
import { SuppliersService, type NewSupplier } from "../../src/account/suppliers/suppliers.service";
import { clockShowing } from "../support/clock";
import { asOwnerOf, type Owner } from "../support/rows";
import { cloneDatabase, type TestDatabase } from "../support/database";

export const entities = [
  ApiKeyEntity,
  MemberEntity,
  SessionEntity,
  SupplierEntity,
  SiteEntity,
  PriceFloorEntity,
  SupplierAccountEntity,
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

/** The nth valid SIREN from a range that no real company uses. */
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

/** The account of the tests' statements; no bank has its code. */
export const ownIban = "FR7699999000010000000000115";

/** These tests import no uploaded files. */
const noUploads = {} as Uploads;

export interface Books {
  readonly database: TestDatabase;
  readonly transact: Transact;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly reader: AccountReader;
  readonly book: SupplierBook;
  readonly suppliers: SuppliersService;
  readonly finance: FinanceService;
  readonly billing: SupplierBilling;
  readonly monthEnds: MonthEnds;
  readonly floors: PriceFloors;
  readonly documents: DocumentsServices["documents"];
  readonly issuing: DocumentsServices["issuing"];
  readonly payments: DocumentsServices["payments"];
  readonly lost: DocumentsServices["lostPayments"];
  readonly adjustments: DocumentsServices["adjustments"];
  readonly bank: ReturnType<typeof bankServices>;
  readonly owner: Owner;
  readonly proof: ProofService;
  readonly reports: ReportsService;
  /** The time on the clock of the billing services; null for the real time. */
  now: Date | null;
  /** How often the services reported that waiting leads may now be delivered. */
  opened: number;
  close(): Promise<void>;
}

export async function openBooks(poolSize = 10): Promise<Books> {
  const database = await cloneDatabase();
  const pools = await openDatabase({
    url: database.url,
    entities,
    poolSizes: poolSize,
    connectTimeoutMs: 60_000,
  });
  const transact = transactOn(pools);
  const clock = clockShowing(() => books.now ?? new Date());
  const [audit, book, accounts, openings] = [
    new AuditService(systemClock),
    new SupplierBook(),
    new AccountsService(systemClock),
    new OpeningsService(),
  ];
  const idempotency = new IdempotencyService(ringOf(Buffer.alloc(32, 7)), systemClock);
  const billing = new BillingService(accounts, openings, clock);
  const accountReader = new AccountReader(systemClock);
  const policy = { ...readConfig({}).billing, labelOf: itemLabel };
  const months = new MonthLocks(clock);
  const entries = new EntriesService(clock, months);
  const profiles = new ProfilesService(book);
  const suppliersById: SuppliersById = () => Promise.resolve(new Map());
  const ledger = { accounts, openings, entries, months, profiles, suppliersById, policy };
  const { services: kept } = buildDocuments({ transact, clock }, ledger);
  const shared = { transact, book, billing, idempotency, audit };
  const opened = (): void => {
    books.opened++;
  };
  const acts = new ActsService({ ...shared, opened });
  const bank = bankServices(
    {
      ...{ transact, clock, masterKey: ringOf(Buffer.alloc(32, 9)), settled: () => undefined },
      hints: { publish: () => undefined, version: () => 0, changed: () => Promise.resolve() },
      onStopped: (error: unknown) => {
        throw error;
      },
    },
    {
      ...shared,
      entries,
      suppliers: book,
      uploads: noUploads,
      bankIbans: [ownIban],
      opened,
      movePayoutToTransit,
    },
    kept,
  );
  const owner = await asOwnerOf(database);
  const books: Books = {
    owner,
    database,
    transact,
    idempotency,
    accounts,
    reader: accountReader,
    ...{ documents: kept.documents, issuing: kept.issuing, payments: kept.payments, now: null },
    ...{ lost: kept.lostPayments, adjustments: kept.adjustments },
    ...{ proof: new ProofService(transact), reports: new ReportsService() },
    book,
    suppliers: new SuppliersService({ ...shared, clock }),
    floors: new PriceFloors({ ...shared, clock }),
    bank,
    finance: new FinanceService({
      ...{ ...shared, ...kept, acts, clock, handRecords: bank.handRecords },
      accounts: accountReader,
    }),
    billing: new SupplierBilling({ ...shared, accounts, profiles, clock, opened, reader: accountReader }),
    monthEnds: new MonthEnds({ transact, acts, periods: kept.periods }),
    opened: 0,
    close: async () => {
      await owner.end();
      await pools.destroy();
      await database.drop();
    },
  };
  return books;
}

/** The documents that the transaction may see, newest first; of one supplier unless that is null. */
export async function documentsIn(
  tx: Parameters<Parameters<Transact>[1]>[0],
  { documents }: Pick<Books, "documents">,
  supplierId: string | null,
): Promise<DocumentView[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM billing_document WHERE $1::uuid IS NULL OR supplier_id = $1
     ORDER BY issued_at DESC, id DESC`,
    [supplierId],
  );
  const found = await documents.byIds(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}
