/** Wires the billing module: documents, payments, dispatch, reconciliation and reporting. */
import { BankReferenceResolver, OpenAmountResolver } from "./documents/account-documents.resolver";
import { DocumentFilesResolver } from "./documents/document-files.resolver";
import { buildDocumentFiles, type DocumentFilesDeps } from "./documents/document-files.wiring";
import { DocumentResolver } from "./documents/document.resolver";
import {
  AutomaticTopUpResolver,
  PaymentRelationsResolver,
  RefundRelationsResolver,
} from "./payments/payment-relations.resolver";
import { PaymentResolver } from "./payments/payment.resolver";
import { SendingResolver } from "./dispatch/sending.resolver";
import { BankLineResolver } from "./bank/bank-line.resolver";
import {
  BankLineCandidateRelationsResolver,
  BankLinePartRelationsResolver,
  BankLineRelationsResolver,
} from "./bank/bank-line-relations.resolver";
import { BankStatementLineResolver, BankStatementResolver } from "./bank/bank-statement.resolver";
import { buildBank, type BankDeps, type BankServices } from "./bank/bank.wiring";
import { lockBank } from "./bank/bank-lock.service";
import { movePayoutToTransit } from "./payments/payouts.service";
import { ReconciliationResolver } from "./reconciliation/reconciliation.resolver";
import {
  BookedLineSupplierResolver,
  BookedObjectSupplierResolver,
  BookedPostingSupplierResolver,
} from "./reconciliation/supplier-relations.resolver";
import { DocumentListResolver } from "./dispatch/document-list.resolver";
import { ReportedDocumentResolver, SalesReportResolver } from "./dispatch/sales-report.resolver";
import { TransmissionEventResolver, TransmissionResolver } from "./dispatch/transmission.resolver";
import { AccountingMonthResolver } from "./reporting/accounting-month.resolver";
import { AccountWatchResolver } from "./reporting/account-watch.resolver";
import { NoticeDocumentResolver } from "./reporting/notice-document.resolver";
import { BooksResolver } from "./reporting/books.resolver";
import { LateVatResolver } from "./reporting/late-vat.resolver";
import {
  AgedReceivableSupplierResolver,
  EuServiceSupplierResolver,
} from "./reporting/supplier-relations.resolver";
import { FinanceResolver } from "./reporting/finance.resolver";
import {
  InvoicePreviewResolver,
  InvoiceRunFailureResolver,
  InvoiceRunResolver,
} from "./documents/invoice-run.resolver";
import { buildDispatch, type DispatchDeps, type DispatchServices } from "./dispatch/dispatch.wiring";
import { buildDocuments, type DocumentsDeps, type DocumentsServices } from "./documents/documents.wiring";
import {
  buildInvoiceRuns,
  type InvoiceRunDeps,
  type InvoiceRunServices,
} from "./documents/invoice-runs.wiring";
import { buildPayments, type PaymentsDeps, type StripeServices } from "./payments/payments.wiring";
import { buildReconciliation, type ReconciliationDeps } from "./reconciliation/reconciliation.wiring";
import { ProofResolver } from "./proof/proof.resolver";
import type { ProofService } from "./proof/proof.service";
import { buildProof } from "./proof/proof.wiring";
import { buildReporting, type ReportingDeps, type ReportingServices } from "./reporting/reporting.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { billingPermissions } from "./permissions";

export const billingApi: ModuleApi = {
  resolvers: [
    BankReferenceResolver,
    DocumentResolver,
    DocumentFilesResolver,
    OpenAmountResolver,
    PaymentResolver,
    PaymentRelationsResolver,
    RefundRelationsResolver,
    AutomaticTopUpResolver,
    SendingResolver,
    TransmissionResolver,
    BankLineResolver,
    BankStatementResolver,
    BankStatementLineResolver,
    BankLineRelationsResolver,
    BankLinePartRelationsResolver,
    BankLineCandidateRelationsResolver,
    ReconciliationResolver,
    BookedLineSupplierResolver,
    BookedObjectSupplierResolver,
    BookedPostingSupplierResolver,
    TransmissionEventResolver,
    SalesReportResolver,
    ReportedDocumentResolver,
    DocumentListResolver,
    AccountingMonthResolver,
    AccountWatchResolver,
    NoticeDocumentResolver,
    BooksResolver,
    LateVatResolver,
    AgedReceivableSupplierResolver,
    EuServiceSupplierResolver,
    ProofResolver,
    FinanceResolver,
    InvoiceRunResolver,
    InvoicePreviewResolver,
    InvoiceRunFailureResolver,
  ],
  permissions: billingPermissions,
};

export interface BillingServices {
  readonly documents: DocumentsServices;
  readonly runs: InvoiceRunServices;
  /** Null when Stripe is not configured. */
  readonly payments: StripeServices;
  readonly dispatch: DispatchServices;
  readonly bank: BankServices;
  readonly proof: ProofService;
  readonly reporting: ReportingServices;
}

export type BillingModule = Module<BillingServices>;
export type BillingDeps = DocumentsDeps &
  DocumentFilesDeps &
  InvoiceRunDeps &
  Omit<BankDeps, "movePayoutToTransit"> &
  Omit<PaymentsDeps, "bank"> &
  DispatchDeps &
  ReconciliationDeps &
  Omit<ReportingDeps, "handRecords">;

export function buildBillingModule(foundation: Foundation, deps: BillingDeps): BillingModule {
  const documents = buildDocuments(foundation, deps);
  const documentFiles = buildDocumentFiles(foundation, deps, documents.services);
  const runs = buildInvoiceRuns(foundation, deps, documents.services);
  const bank = buildBank(foundation, { ...deps, movePayoutToTransit }, documents.services);
  const { handRecords } = bank.services;
  const payouts = {
    lock: lockBank,
    arrived: handRecords.payoutArrived.bind(handRecords),
  };
  const payments = buildPayments(foundation, { ...deps, bank: payouts }, documents.services);
  const dispatch = buildDispatch(foundation, deps, documents.services);
  const reconciliation = buildReconciliation(foundation, deps);
  const proof = buildProof(foundation);
  const reporting = buildReporting(foundation, { ...deps, handRecords }, documents.services);
  return {
    services: {
      documents: documents.services,
      runs: runs.services,
      payments: payments.services,
      dispatch: dispatch.services,
      bank: bank.services,
      proof: proof.services,
      reporting: reporting.services,
    },
    ...partsOf([
      ...[documents, documentFiles, runs, bank, payments, dispatch, reconciliation, reporting, proof],
    ]),
  };
}
