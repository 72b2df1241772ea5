/** Billing: what is invoiced, paid, sent, compared with the bank and reported. */
import { DocumentResolver } from "./documents/document.resolver";
import { PaymentResolver } from "./payments/payment.resolver";
import { SendingResolver } from "./dispatch/sending.resolver";
import { TransmissionResolver } from "./dispatch/transmission.resolver";
import { ReconciliationResolver } from "./reconciliation/reconciliation.resolver";
import { AccountWatchResolver } from "./reporting/account-watch.resolver";
import { BooksResolver } from "./reporting/books.resolver";
import { FinanceResolver } from "./reporting/finance.resolver";
import { InvoiceRunResolver } from "./reporting/invoice-run.resolver";
import { buildDispatch, type DispatchDeps, type DispatchServices } from "./dispatch/dispatch.wiring";
import { buildDocuments, type DocumentsDeps, type DocumentsServices } from "./documents/documents.wiring";
import { buildPayments, type PaymentsDeps, type StripeServices } from "./payments/payments.wiring";
import {
  buildReconciliation,
  type ReconciliationDeps,
  type ReconciliationServices,
} from "./reconciliation/reconciliation.wiring";
import { buildReporting, type ReportingDeps, type ReportingServices } from "./reporting/reporting.wiring";
import type { Foundation } from "../platform/foundation";
import { partsOf, type Module, type ModuleApi } from "../platform/module";
import { permissions } from "./permissions";

export const billingApi: ModuleApi = {
  resolvers: [
    DocumentResolver,
    PaymentResolver,
    SendingResolver,
    TransmissionResolver,
    ReconciliationResolver,
    AccountWatchResolver,
    BooksResolver,
    FinanceResolver,
    InvoiceRunResolver,
  ],
  permissions,
};

export interface BillingServices {
  readonly documents: DocumentsServices;
  /** Null: Stripe is not set up. */
  readonly payments: StripeServices;
  readonly dispatch: DispatchServices;
  readonly reconciliation: ReconciliationServices;
  readonly reporting: ReportingServices;
}

export type BillingModule = Module<BillingServices>;
export type BillingDeps = DocumentsDeps & PaymentsDeps & DispatchDeps & ReconciliationDeps & ReportingDeps;

export function buildBillingModule(foundation: Foundation, deps: BillingDeps): BillingModule {
  const documents = buildDocuments(foundation, deps);
  const payments = buildPayments(foundation, deps, documents.services);
  const dispatch = buildDispatch(foundation, deps, documents.services);
  const reconciliation = buildReconciliation(foundation, deps, documents.services);
  const reporting = buildReporting(foundation, deps, documents.services);
  return {
    services: {
      documents: documents.services,
      payments: payments.services,
      dispatch: dispatch.services,
      reconciliation: reconciliation.services,
      reporting: reporting.services,
    },
    ...partsOf([documents, payments, dispatch, reconciliation, reporting]),
  };
}
