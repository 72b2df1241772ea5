/** Builds the import of bank statements and the monthly reconciliation. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { Uploads } from "../../access/uploads";
import type { EntriesService } from "../../account/ledger";
import type { SupplierBook, SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import type { Module } from "../../platform/module";
import type { BankTransfersService, LostPaymentsService, PaymentsService } from "../documents";
import { BankImport } from "./bank-import.service";
import { BankLineDecisions } from "./bank-line-decisions.service";
import { BankLineResolver } from "./bank-line.resolver";
import { BookedService } from "./booked.service";
import { Corrections } from "./corrections.service";
import { KnownFacts } from "./known-facts.service";
import { ReconciliationResolver } from "./reconciliation.resolver";
import { ReconciliationService } from "./reconciliation.service";
import {
  BankLineSupplierResolver,
  BookedLineSupplierResolver,
  BookedObjectSupplierResolver,
  BookedPostingSupplierResolver,
} from "./supplier-relations.resolver";

export interface ReconciliationServices {
  readonly bankImport: BankImport;
}

export interface ReconciliationDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly uploads: Uploads;
  readonly entries: EntriesService;
  readonly suppliers: SupplierBook;
  readonly suppliersById: SuppliersById;
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
  deps: ReconciliationDeps,
  { transfers, payments, lostPayments }: DocumentsForReconciliation,
): Module<ReconciliationServices> {
  const { entries, opened } = deps;
  const facts = new KnownFacts();
  const bankImport = new BankImport({ transact, facts, transfers, entries, clock, opened });
  const corrections = new Corrections({ payments, lost: lostPayments, entries });
  const decisions = new BankLineDecisions({ ...deps, transact, transfers, corrections });
  const { suppliersById } = deps;
  return {
    services: { bankImport },
    uploadKinds: [{ rootField: "importBankStatement" }],
    resolvers: [
      new BankLineResolver(transact, bankImport, decisions),
      new ReconciliationResolver(transact, new ReconciliationService(), new BookedService()),
      new BankLineSupplierResolver(suppliersById),
      new BookedObjectSupplierResolver(suppliersById),
      new BookedLineSupplierResolver(suppliersById),
      new BookedPostingSupplierResolver(suppliersById),
    ],
  };
}
