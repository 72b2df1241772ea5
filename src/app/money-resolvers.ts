/** The resolvers of accounts, documents, payments and the books. */
import { PriceResolver } from "../campaigns/price.resolver";
import { TransmissionResolver } from "../einvoicing/transmission.resolver";
import { PaymentResolver } from "../stripe/payment.resolver";
import { ReconciliationResolver } from "../reconciliation/reconciliation.resolver";
import { AccountWatchResolver } from "../finance/account-watch.resolver";
import { BooksResolver } from "../finance/books.resolver";
import { FinanceResolver } from "../finance/finance.resolver";
import { InvoiceRunResolver } from "../finance/invoice-run.resolver";
import { DocumentResolver } from "../invoicing/document.resolver";
import { SendingResolver } from "../sending/sending.resolver";
import { AccountResolver } from "../suppliers/account.resolver";
import { SupplierAccountResolver } from "../suppliers/supplier-account.resolver";
import { BalanceAlerts } from "../finance/balance-alerts.service";
import { facturX } from "../invoicing/factur-x.adapter";
import type { Config } from "./config";
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
