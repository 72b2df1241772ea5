/** The resolvers of accounts, documents, payments and the books. */
import { PriceResolver } from "../offers/campaigns/price.resolver";
import { TransmissionResolver } from "../billing/dispatch/transmission.resolver";
import { PaymentResolver } from "../billing/payments/payment.resolver";
import { ReconciliationResolver } from "../billing/reconciliation/reconciliation.resolver";
import { AccountWatchResolver } from "../billing/reporting/account-watch.resolver";
import { BooksResolver } from "../billing/reporting/books.resolver";
import { FinanceResolver } from "../billing/reporting/finance.resolver";
import { InvoiceRunResolver } from "../billing/reporting/invoice-run.resolver";
import { DocumentResolver } from "../billing/documents/document.resolver";
import { SendingResolver } from "../billing/dispatch/sending.resolver";
import { AccountResolver } from "../account/suppliers/account.resolver";
import { SupplierAccountResolver } from "../account/suppliers/supplier-account.resolver";
import { BalanceAlerts } from "../billing/reporting/balance-alerts.service";
import { facturX } from "../billing/documents/factur-x.adapter";
import type { Config } from "./settings/config";
import type { Services } from "./services";

export function moneyResolvers(services: Services, config: Config): object[] {
  const { transact, accountReader, documents } = services;
  return [
    new AccountResolver(transact, accountReader),
    new AccountWatchResolver(transact, accountReader, new BalanceAlerts(), services.spendLimits),
    new BooksResolver({ ...services, siren: config.billing.seller.siren }),
    new DocumentResolver(transact, documents, facturX),
    new FinanceResolver(services.finance, transact, documents),
    new InvoiceRunResolver(services.invoiceRuns),
    new PaymentResolver(services.stripe),
    new PriceResolver(transact, services.floors),
    new ReconciliationResolver(transact, services.reconciliation, services.bankImport, services.booked),
    new SupplierAccountResolver(transact, accountReader),
    new SendingResolver(transact, services.sending),
    new TransmissionResolver(transact, services.einvoicing.transmissions, documents),
  ];
}
