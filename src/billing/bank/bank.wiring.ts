/** Builds the import of bank statements, and what finance decides about their lines. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { Uploads } from "../../access/uploads";
import type { EntriesService } from "../../account/ledger";
import type { SupplierBook, SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import { countSettled } from "../../platform/metrics";
import type { Module } from "../../platform/module";
import type { KeyRing } from "../../platform/sealed/key-ring";
import type { BankTransfersService, DocumentsById, LostPaymentsService, PaymentsService } from "../documents";
import {
  BankLineCandidateRelationsResolver,
  BankLinePartRelationsResolver,
  BankLineRelationsResolver,
} from "./bank-line-relations.resolver";
import { BankLineDecisions } from "./bank-line-decisions.service";
import { BankLineResolver } from "./bank-line.resolver";
import { BankStatementLineResolver, BankStatementResolver } from "./bank-statement.resolver";
import { BankStatements, statementsTopic, type BankStatementsDeps } from "./bank-statements.service";
import { Arrivals, type ArrivalsDeps } from "./arrivals.service";
import { Confirming } from "./confirming.service";
import { BookLines } from "./book-lines.service";
import { HandRecords } from "./hand-records.service";
import { LineBook } from "./line-book.service";
import { LineFactsReader } from "./line-facts.service";
import { LineSettling } from "./line-settling.service";
import { LineUndo } from "./line-undo.service";
import { StatementBook } from "./statement-book.service";
import { StatementContent } from "./statement-content.service";
import { StatementFiles } from "./statement-files.service";
import { StatementImports, type StatementImportsDeps } from "./statement-import.job";
import { StoredStatements } from "./stored-statements.service";
import { StoreStatement } from "./store-statement.service";

export interface BankServices {
  readonly bankStatements: BankStatements;
  readonly handRecords: HandRecords;
}

export interface BankDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly uploads: Uploads;
  readonly entries: EntriesService;
  readonly suppliers: SupplierBook;
  /** As `BankTransfersService.moveToTransit`, for payouts of Stripe. */
  readonly movePayoutToTransit: ArrivalsDeps["movePayoutToTransit"];
  /** The company's bank accounts, without spaces. */
  readonly bankIbans: readonly string[];
  /** Called after the commit, when suppliers may have more to spend. */
  readonly opened: () => void;
}

export interface DocumentsForBank {
  readonly transfers: BankTransfersService;
  readonly payments: PaymentsService;
  readonly lostPayments: LostPaymentsService;
}

type Base = Pick<Foundation, "transact" | "clock"> &
  Pick<BankStatementsDeps, "hints"> &
  Pick<StatementImportsDeps, "settled" | "onStopped"> & { readonly masterKey: KeyRing };

/** The services without the API. */
export function bankServices(
  base: Base,
  deps: BankDeps,
  { transfers, payments, lostPayments: lost }: DocumentsForBank,
) {
  const { transact, clock, hints } = base;
  const { entries } = deps;
  const [facts, book, lines] = [new LineFactsReader(), new StatementBook(clock), new LineBook(clock)];
  const { movePayoutToTransit } = deps;
  const arrivals = new Arrivals({ transfers, movePayoutToTransit });
  const money = { transfers, payments, lost, entries, lines, arrivals };
  const [settling, confirming] = [new LineSettling(money), new Confirming(money)];
  const content = new StatementContent(base.masterKey);
  const store = new StoreStatement({ stored: new StoredStatements(), lines, ibans: deps.bankIbans });
  const progressed = (): void => {
    hints.publish([statementsTopic]);
  };
  const importing = { ...base, ...deps, book, store, content };
  const booking = new BookLines({ transact, book, facts, settling, confirming, progressed });
  const imports = new StatementImports({ ...importing, progressed, lines: booking });
  return {
    ...{ content, facts, imports },
    statements: new BankStatements({ ...importing, imports }),
    decisions: new BankLineDecisions({
      ...{ ...deps, transact, facts, settling, confirming },
      undoing: new LineUndo(money),
    }),
    handRecords: new HandRecords({ ...money, settling, confirming }),
  };
}

export function buildBank(
  foundation: Foundation,
  deps: BankDeps & { readonly suppliersById: SuppliersById },
  documents: DocumentsForBank & { readonly documentsById: DocumentsById },
): Module<BankServices> {
  const { transact, keys, log, metrics, publicUrl } = foundation;
  const base = {
    ...{ ...foundation, masterKey: keys.masterKey, settled: countSettled(metrics) },
    onStopped: (error: unknown, statementId: string): void => {
      log.error({ err: error, statementId }, "the import of a bank statement stopped; it will be resumed");
    },
  };
  const bank = bankServices(base, deps, documents);
  const { statements, handRecords, imports, content, facts, decisions } = bank;
  const { suppliersById } = deps;
  const relations = { transact, facts, suppliersById, documentsById: documents.documentsById };
  return {
    services: { bankStatements: statements, handRecords },
    uploadKinds: [{ rootField: "importBankStatementFile" }],
    fileKinds: [new StatementFiles(transact, content).kind()],
    resolvers: [
      new BankLineResolver(transact, decisions),
      new BankStatementResolver(transact, statements, publicUrl),
      new BankStatementLineResolver(transact),
      new BankLineRelationsResolver(relations),
      new BankLinePartRelationsResolver(relations),
      new BankLineCandidateRelationsResolver(relations),
    ],
    jobs: jobsOf(foundation, imports, content),
  };
}

const dayMs = 86_400_000;

function jobsOf(
  { transact, hints, clock, log }: Foundation,
  imports: StatementImports,
  content: StatementContent,
): Job[] {
  const work = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(statementsTopic);
    await imports.run(signal);
    await hints.changed(statementsTopic, seen, { signal, backstopMs: 10_000 });
  };
  const deleteOld = () => transact({ role: "worker" }, (tx) => content.deleteOld(tx, clock.now()));
  return [
    repeated({ name: "imports of bank statements", pauseMs: 100, clock, log, work }),
    repeated({ name: "deleting old bank statements", pauseMs: dayMs, clock, log, work: deleteOld }),
  ];
}
