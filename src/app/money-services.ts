/** Suppliers' accounts, their documents, and what finance does with them. */
import { AccountWatch } from "../finance/account-watch.service";
import { ActsService } from "../finance/acts.service";
import { FinanceService } from "../finance/finance.service";
import { InvoiceRunner } from "../finance/invoice-runner.job";
import { InvoiceRuns } from "../finance/invoice-runs.service";
import { MonthEnds } from "../finance/month-ends.service";
import { Notices } from "../finance/notices.job";
import { ProofService } from "../finance/proof.service";
import { ReportsService } from "../finance/reports.service";
import { SpendLimits } from "../finance/spend-limits.service";
import { AdjustmentsService } from "../invoicing/adjustments.service";
import { BankTransfersService } from "../invoicing/bank-transfers.service";
import { BillingFacts } from "../invoicing/billing-facts.service";
import { DocumentBook } from "../invoicing/document-book.service";
import { DocumentWriter } from "../invoicing/document-writer.service";
import { IssuingService } from "../invoicing/issuing.service";
import { LateFees } from "../invoicing/late-fees.service";
import { LostPaymentsService } from "../invoicing/lost-payments.service";
import { MoneyMoves } from "../invoicing/money-moves.service";
import { PaymentsService } from "../invoicing/payments.service";
import { PeriodsService } from "../invoicing/periods.service";
import { ProfilesService } from "../invoicing/profiles.service";
import { BankImport } from "../reconciliation/bank-import.service";
import { BookedService } from "../reconciliation/booked.service";
import { Corrections } from "../reconciliation/corrections.service";
import { KnownFacts } from "../reconciliation/known-facts.service";
import { ReconciliationService } from "../reconciliation/reconciliation.service";
import { AccountReader } from "../ledger/account-reader.service";
import { AccountsService } from "../ledger/accounts.service";
import { BillingService } from "../ledger/billing.service";
import { EntriesService } from "../ledger/entries.service";
import { OpeningsService } from "../ledger/openings.service";
import type { FeedService } from "../feed";
import type { BillingPolicy } from "../invoicing";
import type { Transact } from "../platform/database";
import type { SupplierBook } from "../suppliers";
import { itemLabel, type BillingSettings } from "./billing-settings";
import type { Foundation } from "./foundation";
import type { Identity } from "./identity-services";

/** The subledger: what each supplier may spend. */
export function accountServices(clock: () => Date) {
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
  { book, settings, clock }: { book: SupplierBook; settings: BillingSettings; clock: () => Date },
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
    readonly clock: () => Date;
    readonly opened: () => void;
    readonly book: SupplierBook;
    readonly feed: FeedService;
    readonly wake: (topics: readonly string[]) => void;
  };

export function financeServices({ config, hints, log }: Foundation, base: Base) {
  const { transact, clock, book } = base;
  const books = bookServices(base, { book, settings: config.billing, clock });
  const acts = new ActsService(base);
  const spendLimits = new SpendLimits(base.openings, clock);
  const onError = (error: unknown, supplierId: string): void => {
    log.error({ err: error, supplierId }, "the documents of a supplier could not be issued");
  };
  return {
    ...books,
    finance: new FinanceService({ ...base, ...books, acts, accounts: base.accountReader }),
    monthEnds: new MonthEnds(acts, books.periods),
    invoiceRuns: new InvoiceRuns({ ...base, ...books, hints }),
    invoiceRunner: new InvoiceRunner({ transact, ...books, hints, onError }),
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
