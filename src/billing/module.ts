/** The billing module. */
import { DocumentResolver } from "./documents/document.resolver";
import { PaymentResolver } from "./payments/payment.resolver";
import { SendingResolver } from "./dispatch/sending.resolver";
import { TransmissionResolver } from "./dispatch/transmission.resolver";
import { ReconciliationResolver } from "./reconciliation/reconciliation.resolver";
import { AccountWatchResolver } from "./reporting/account-watch.resolver";
import { BooksResolver } from "./reporting/books.resolver";
import { FinanceResolver } from "./reporting/finance.resolver";
import { InvoiceRunResolver } from "./reporting/invoice-run.resolver";
import type { ModuleApi } from "../platform/module";
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
