/**
 * Builds the operations and reports of finance, and the notices that suppliers receive about their accounts.
 */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type {
  AccountReader,
  AccountsService,
  BalanceAlerts,
  SpendLimits,
  Suspensions,
} from "../../account/ledger";
import type { SupplierBook, SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import { repeated } from "../../platform/job";
import { partsOf, type Module } from "../../platform/module";
import type {
  AdjustmentsService,
  DocumentBook,
  DocumentsById,
  IssuingService,
  LateFees,
  PeriodsService,
} from "../documents";
import type { HandRecords } from "../bank";
import { AccountingMonthResolver } from "./accounting-month.resolver";
import { AccountWatch } from "./account-watch.service";
import { AccountWatchResolver } from "./account-watch.resolver";
import { ActsService } from "./acts.service";
import { BookFiles } from "./book-files.service";
import { BooksResolver } from "./books.resolver";
import { FinanceResolver } from "./finance.resolver";
import { LateVatResolver } from "./late-vat.resolver";
import { FinanceService } from "./finance.service";
import { MonthEnds } from "./month-ends.service";
import { NoticeDocumentResolver } from "./notice-document.resolver";
import { Notices } from "./notices.job";
import { AgedReceivableSupplierResolver, EuServiceSupplierResolver } from "./supplier-relations.resolver";
import { ReportsService } from "./reports.service";

export interface ReportingServices {
  readonly notices: Notices;
  readonly accountWatch: AccountWatch;
}

export interface ReportingDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly spendLimits: SpendLimits;
  readonly balanceAlerts: BalanceAlerts;
  readonly suspensions: Suspensions;
  readonly reader: AccountReader;
  readonly suppliers: SupplierBook;
  readonly suppliersById: SuppliersById;
  readonly feed: FeedService;
  readonly handRecords: HandRecords;
  /** The SIREN of CarAtlas. */
  readonly siren: string;
  /** Called after the commit, when suppliers may have more to spend. */
  readonly opened: () => void;
  readonly wake: (topics: readonly string[]) => void;
}

export interface DocumentsForReporting {
  readonly documents: DocumentBook;
  readonly documentsById: DocumentsById;
  readonly issuing: IssuingService;
  readonly adjustments: AdjustmentsService;
  readonly lateFees: LateFees;
  readonly periods: PeriodsService;
}

type Given = ReportingDeps & DocumentsForReporting;

export function buildReporting(
  foundation: Foundation,
  deps: ReportingDeps,
  books: DocumentsForReporting,
): Module<ReportingServices> {
  const given = { ...deps, ...books };
  const finance = buildFinance(foundation, given);
  const watching = buildAccountWatch(foundation, given);
  return {
    services: watching.services,
    ...partsOf([finance, watching]),
  };
}

function buildFinance(
  { transact, clock, publicUrl }: Foundation,
  given: Given,
): Module<Record<string, never>> {
  const { suppliers: book, suppliersById, reader: accounts, documents, periods, siren } = given;
  const acts = new ActsService({ ...given, transact, book });
  const finance = new FinanceService({ ...given, transact, clock, accounts, acts });
  const monthEnds = new MonthEnds({ transact, acts, periods });
  const reports = new ReportsService();
  return {
    services: {},
    resolvers: [
      new FinanceResolver(finance, transact, documents),
      new AccountingMonthResolver(monthEnds),
      new LateVatResolver({ transact, documentsById: given.documentsById, suppliersById }),
      new BooksResolver({ transact, reports, siren, publicUrl }),
      new AgedReceivableSupplierResolver(suppliersById),
      new EuServiceSupplierResolver(suppliersById),
    ],
    fileKinds: new BookFiles(transact, reports, siren).kinds(),
  };
}

type WatchServices = Pick<ReportingServices, "notices" | "accountWatch">;

function buildAccountWatch(foundation: Foundation, given: Given): Module<WatchServices> {
  const { transact, hints, clock, log } = foundation;
  const { spendLimits, balanceAlerts: alerts, reader, documents } = given;
  const notices = new Notices({ ...given, transact, clock, alerts });
  const accountWatch = new AccountWatch({ transact, accounts: reader, documents, hints });
  return {
    services: { notices, accountWatch },
    resolvers: [
      new AccountWatchResolver(transact, reader, alerts, spendLimits),
      new NoticeDocumentResolver(given.documentsById),
    ],
    jobs: [
      repeated({ name: "notices about accounts", pauseMs: 60_000, clock, log, work: () => notices.run() }),
    ],
  };
}
