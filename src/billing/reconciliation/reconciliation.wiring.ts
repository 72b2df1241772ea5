/** Builds the import of bank statements and the monthly reconciliation. */
import type { AuditService } from "../../access/identity";
import type { EntriesService } from "../../account/ledger";
import type { SupplierBook } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { BankTransfersService, LostPaymentsService, PaymentsService } from "../documents";
import { BankImport } from "./bank-import.service";
import { BookedService } from "./booked.service";
import { Corrections } from "./corrections.service";
import { KnownFacts } from "./known-facts.service";
import { ReconciliationResolver } from "./reconciliation.resolver";
import { ReconciliationService } from "./reconciliation.service";

export interface ReconciliationServices {
  readonly bankImport: BankImport;
}

export interface ReconciliationDeps {
  readonly audit: AuditService;
  readonly entries: EntriesService;
  readonly suppliers: SupplierBook;
  /** Called after the commit, when suppliers may have more to spend. */
  readonly opened: () => void;
}

export interface DocumentsForReconciliation {
  readonly transfers: BankTransfersService;
  readonly payments: PaymentsService;
  readonly lostPayments: LostPaymentsService;
}

export function buildReconciliation(
  { transact, clock }: Foundation,
  { audit, entries, suppliers, opened }: ReconciliationDeps,
  { transfers, payments, lostPayments }: DocumentsForReconciliation,
): Module<ReconciliationServices> {
  const bankImport = new BankImport({
    transact,
    facts: new KnownFacts(),
    transfers,
    entries,
    corrections: new Corrections({ payments, lost: lostPayments, entries }),
    suppliers,
    audit,
    clock,
    opened,
  });
  const reconciliation = new ReconciliationService();
  return {
    services: { bankImport },
    resolvers: [new ReconciliationResolver(transact, reconciliation, bankImport, new BookedService())],
  };
}
