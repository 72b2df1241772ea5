/** What finance does and reads, runs of invoices, and what suppliers are told of their accounts. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { FeedService } from "../../account/feed";
import type { AccountReader, AccountsService, BillingService, OpeningsService } from "../../account/ledger";
import type { SupplierBook } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import { countSettled } from "../../platform/metrics";
import { partsOf, type Module } from "../../platform/module";
import type {
  AdjustmentsService,
  BankTransfersService,
  DocumentBook,
  IssuingService,
  LateFees,
  PeriodsService,
  ProfilesService,
} from "../documents";
import { AccountWatch } from "./account-watch.service";
import { AccountWatchResolver } from "./account-watch.resolver";
import { ActsService } from "./acts.service";
import { BalanceAlerts } from "./balance-alerts.service";
import { BooksResolver } from "./books.resolver";
import { FinanceResolver } from "./finance.resolver";
import { FinanceService } from "./finance.service";
import { InvoiceRunBook } from "./invoice-run-book.service";
import { InvoiceRunner } from "./invoice-runner.job";
import { InvoiceRunResolver } from "./invoice-run.resolver";
import { InvoiceRuns, runsTopic } from "./invoice-runs.service";
import { MonthEnds } from "./month-ends.service";
import { Notices } from "./notices.job";
import { ProofService } from "./proof.service";
import { ReportsService } from "./reports.service";
import { SpendLimits } from "./spend-limits.service";

export interface ReportingServices {
  readonly proof: ProofService;
  readonly notices: Notices;
  readonly invoiceRuns: InvoiceRuns;
  readonly invoiceRunner: InvoiceRunner;
  readonly accountWatch: AccountWatch;
}

export interface ReportingDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly reader: AccountReader;
  readonly billing: BillingService;
  readonly suppliers: SupplierBook;
  readonly feed: FeedService;
  /** The SIREN of CarAtlas. */
  readonly siren: string;
  /** Called after commit. */
  readonly opened: () => void;
  readonly wake: (topics: readonly string[]) => void;
}

export interface DocumentsForReporting {
  readonly documents: DocumentBook;
  readonly profiles: ProfilesService;
  readonly transfers: BankTransfersService;
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
  const runs = buildInvoiceRuns(foundation, given);
  const watching = buildAccountWatch(foundation, given);
  return {
    services: { ...finance.services, ...runs.services, ...watching.services },
    ...partsOf([finance, runs, watching]),
  };
}

function buildFinance(
  { transact, clock }: Foundation,
  given: Given,
): Module<Pick<ReportingServices, "proof">> {
  const { suppliers: book, reader: accounts, documents, periods, siren } = given;
  const proof = new ProofService(transact);
  const acts = new ActsService({ ...given, transact, book });
  const finance = new FinanceService({ ...given, transact, clock, book, accounts, acts });
  const monthEnds = new MonthEnds(acts, periods);
  const reports = new ReportsService();
  return {
    services: { proof },
    resolvers: [
      new FinanceResolver(finance, transact, documents),
      new BooksResolver({ transact, monthEnds, proof, reports, siren }),
    ],
  };
}

type InvoiceRunServices = Pick<ReportingServices, "invoiceRuns" | "invoiceRunner">;

function buildInvoiceRuns(foundation: Foundation, given: Given): Module<InvoiceRunServices> {
  const { transact, hints, clock, log, metrics } = foundation;
  const { documents, issuing, audit } = given;
  const onError = (error: unknown, supplierId: string): void => {
    log.error({ err: error, supplierId }, "the documents of a supplier could not be issued");
  };
  const onStopped = (error: unknown, runId: string): void => {
    log.error({ err: error, runId }, "an invoice run stopped; it will be taken up again");
  };
  const invoiceRuns = new InvoiceRuns({ transact, documents, audit, hints, clock });
  const invoiceRunner = new InvoiceRunner({
    ...{ transact, documents, issuing, hints, clock, onError, onStopped },
    runs: new InvoiceRunBook(clock),
    settled: countSettled(metrics),
  });
  /** Whichever process comes first takes a run up where it stands. */
  const work = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(runsTopic);
    await invoiceRunner.run(signal);
    await hints.changed(runsTopic, seen, { signal, backstopMs: 10_000 });
  };
  const job: Job = repeated({ name: "invoice runs", pauseMs: 100, clock, log, work });
  return {
    services: { invoiceRuns, invoiceRunner },
    resolvers: [new InvoiceRunResolver(invoiceRuns)],
    jobs: [job],
  };
}

type WatchServices = Pick<ReportingServices, "notices" | "accountWatch">;

function buildAccountWatch(foundation: Foundation, given: Given): Module<WatchServices> {
  const { transact, hints, clock, log } = foundation;
  const { openings, reader } = given;
  const spendLimits = new SpendLimits(openings, clock);
  const notices = new Notices({ ...given, transact, clock, spendLimits });
  const accountWatch = new AccountWatch({ transact, accounts: reader, hints });
  return {
    services: { notices, accountWatch },
    resolvers: [new AccountWatchResolver(transact, reader, new BalanceAlerts(), spendLimits)],
    jobs: [
      repeated({ name: "notices about accounts", pauseMs: 60_000, clock, log, work: () => notices.run() }),
    ],
  };
}
