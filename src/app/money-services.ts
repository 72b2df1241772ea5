/** Suppliers' accounts, their documents, and what finance does with them. */
import { AccountWatch } from "../billing/reporting/account-watch.service";
import { ActsService } from "../billing/reporting/acts.service";
import { FinanceService } from "../billing/reporting/finance.service";
import { InvoiceRunBook } from "../billing/reporting/invoice-run-book.service";
import { InvoiceRunner } from "../billing/reporting/invoice-runner.job";
import { InvoiceRuns } from "../billing/reporting/invoice-runs.service";
import { MonthEnds } from "../billing/reporting/month-ends.service";
import { Notices } from "../billing/reporting/notices.job";
import { ProofService } from "../billing/reporting/proof.service";
import { ReportsService } from "../billing/reporting/reports.service";
import { SpendLimits } from "../billing/reporting/spend-limits.service";
import { AdjustmentsService } from "../billing/documents/adjustments.service";
import { BankTransfersService } from "../billing/documents/bank-transfers.service";
import { BillingFacts } from "../billing/documents/billing-facts.service";
import { DocumentBook } from "../billing/documents/document-book.service";
import { DocumentWriter } from "../billing/documents/document-writer.service";
import { IssuingService } from "../billing/documents/issuing.service";
import { LateFees } from "../billing/documents/late-fees.service";
import { LostPaymentsService } from "../billing/documents/lost-payments.service";
import { MoneyMoves } from "../billing/documents/money-moves.service";
import { PaymentsService } from "../billing/documents/payments.service";
import { PeriodsService } from "../billing/documents/periods.service";
import { ProfilesService } from "../billing/documents/profiles.service";
import { BankImport } from "../billing/reconciliation/bank-import.service";
import { BookedService } from "../billing/reconciliation/booked.service";
import { Corrections } from "../billing/reconciliation/corrections.service";
import { KnownFacts } from "../billing/reconciliation/known-facts.service";
import { ReconciliationService } from "../billing/reconciliation/reconciliation.service";
import { AccountReader } from "../account/ledger/account-reader.service";
import { AccountsService } from "../account/ledger/accounts.service";
import { BillingService } from "../account/ledger/billing.service";
import { EntriesService } from "../account/ledger/entries.service";
import { OpeningsService } from "../account/ledger/openings.service";
import type { FeedService } from "../account/feed";
import type { BillingPolicy } from "../billing/documents";
import type { Clock } from "../platform/clock";
import type { Transact } from "../platform/database";
import { countSettled } from "../platform/metrics";
import type { SupplierBook } from "../account/suppliers";
import { itemLabel } from "./item-labels";
import type { BillingSettings } from "./settings/company";
import type { Foundation } from "./foundation";
import type { Identity } from "./identity-services";

/** The subledger: what each supplier may spend. */
export function accountServices(clock: Clock) {
  const accounts = new AccountsService(clock);
  const openings = new OpeningsService();
  return {
    accounts,
    openings,
    accountReader: new AccountReader(clock),
    billing: new BillingService(accounts, openings, clock),
  };
}

export type AccountServices = ReturnType<typeof accountServices>;

/** Documents, payments and the general ledger. Its own function, so that tests keep books without a server. */
export function bookServices(
  { accounts, openings }: AccountServices,
  { book, settings, clock }: { book: SupplierBook; settings: BillingSettings; clock: Clock },
) {
  const policy: BillingPolicy = { ...settings, labelOf: itemLabel };
  const entries = new EntriesService(clock);
  const profiles = new ProfilesService(book);
  const facts = new BillingFacts();
  const moves = new MoneyMoves(clock);
  const writer = new DocumentWriter(profiles, policy, clock);
  const parts = { accounts, openings, facts, writer, moves, entries, clock };
  const payments = new PaymentsService(parts);
  return {
    ...{ profiles, payments, bookParts: parts, documents: new DocumentBook() },
    transfers: new BankTransfersService(payments, clock),
    issuing: new IssuingService(parts),
    adjustments: new AdjustmentsService(parts),
    lateFees: new LateFees(parts),
    periods: new PeriodsService(entries, clock),
  };
}

type Base = Pick<Identity, "audit" | "idempotency"> &
  AccountServices & {
    readonly transact: Transact;
    readonly clock: Clock;
    readonly opened: () => void;
    readonly book: SupplierBook;
    readonly feed: FeedService;
    readonly wake: (topics: readonly string[]) => void;
  };

export function financeServices({ config, hints, log, metrics }: Foundation, base: Base) {
  const { transact, clock, book } = base;
  const books = bookServices(base, { book, settings: config.billing, clock });
  const acts = new ActsService(base);
  const spendLimits = new SpendLimits(base.openings, clock);
  const onError = (error: unknown, supplierId: string): void => {
    log.error({ err: error, supplierId }, "the documents of a supplier could not be issued");
  };
  const onStopped = (error: unknown, runId: string): void => {
    log.error({ err: error, runId }, "an invoice run stopped; it will be taken up again");
  };
  return {
    ...books,
    finance: new FinanceService({ ...base, ...books, acts, accounts: base.accountReader }),
    monthEnds: new MonthEnds(acts, books.periods),
    invoiceRuns: new InvoiceRuns({ ...base, ...books, hints }),
    invoiceRunner: new InvoiceRunner({
      ...{ transact, ...books, hints, clock, onError, onStopped },
      runs: new InvoiceRunBook(clock),
      settled: countSettled(metrics),
    }),
    proof: new ProofService(transact),
    bankImport: new BankImport({
      ...{ ...base, ...books, facts: new KnownFacts(), suppliers: book },
      corrections: new Corrections({
        ...books,
        ...books.bookParts,
        lost: new LostPaymentsService(books.bookParts),
      }),
      entries: books.bookParts.entries,
    }),
    ...{ reconciliation: new ReconciliationService(), booked: new BookedService() },
    accountWatch: new AccountWatch({ transact, accounts: base.accountReader, hints }),
    ...{ spendLimits, notices: new Notices({ ...base, spendLimits }) },
    reports: new ReportsService(),
  };
}
