/**
 * Builds the services of billing documents (invoices, credit notes, deposit invoices) and of the payments
 * that settle them.
 */
import { scopeOf } from "../../access/identity";
import type { AccountsService, EntriesService, MonthLocks, OpeningsService } from "../../account/ledger";
import type { ProfilesService, SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import { BankReferenceResolver, OpenAmountResolver } from "./account-documents.resolver";
import { AdjustmentsService } from "./adjustments.service";
import { BankTransfersService } from "./bank-transfers.service";
import { BillingFacts } from "./billing-facts.service";
import type { BillingPolicy } from "./content";
import { DocumentBook } from "./document-book.service";
import type { DocumentsById } from "./document-view";
import { DocumentResolver } from "./document.resolver";
import { DocumentWriter } from "./document-writer.service";
import { facturX } from "./factur-x.adapter";
import { IssuingService } from "./issuing.service";
import { KeptAdvances } from "./kept-advances.service";
import { LateFees } from "./late-fees.service";
import { LostPaymentsService } from "./lost-payments.service";
import { SettlementBook } from "./settlement-book.service";
import { PaymentsService, type DocumentParts } from "./payments.service";
import { PeriodsService } from "./periods.service";

export interface DocumentsServices {
  readonly documents: DocumentBook;
  /** For the field `document` beside a `documentId`; see `loadDocument`. */
  readonly documentsById: DocumentsById;
  readonly payments: PaymentsService;
  readonly lostPayments: LostPaymentsService;
  readonly transfers: BankTransfersService;
  readonly issuing: IssuingService;
  readonly adjustments: AdjustmentsService;
  readonly lateFees: LateFees;
  readonly periods: PeriodsService;
  readonly facturX: typeof facturX;
}

export interface DocumentsDeps {
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly entries: EntriesService;
  readonly months: MonthLocks;
  readonly profiles: ProfilesService;
  readonly suppliersById: SuppliersById;
  readonly policy: BillingPolicy;
}

export function buildDocuments(
  { transact, clock }: Pick<Foundation, "transact" | "clock">,
  { accounts, openings, entries, months, profiles, suppliersById, policy }: DocumentsDeps,
): Module<DocumentsServices> {
  const documents = new DocumentBook();
  const parts: DocumentParts = {
    accounts,
    openings,
    facts: new BillingFacts(),
    writer: new DocumentWriter(profiles, policy, clock),
    settlements: new SettlementBook(clock),
    entries,
    clock,
  };
  const payments = new PaymentsService(parts);
  const transfers = new BankTransfersService(payments, clock);
  return {
    services: {
      documents,
      documentsById: (by, ids) => transact(scopeOf(by), (tx) => documents.byIds(tx, ids)),
      payments,
      lostPayments: new LostPaymentsService(parts),
      transfers,
      issuing: new IssuingService({ ...parts, kept: new KeptAdvances(parts) }),
      adjustments: new AdjustmentsService(parts),
      lateFees: new LateFees(parts),
      periods: new PeriodsService(entries, months, clock),
      facturX,
    },
    resolvers: [
      new DocumentResolver({ transact, documents, suppliersById }),
      new OpenAmountResolver(transact, documents),
      new BankReferenceResolver(transact, transfers),
    ],
  };
}
