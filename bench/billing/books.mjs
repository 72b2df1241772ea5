/** The product's billing services on a database, without the server. */
import { built } from "../matching/built.mjs";

const { itemLabel } = built("app/item-labels");
const { readConfig } = built("app/settings/config");
const { entities } = built("app/entities");
const { buildLedger } = built("account/ledger/ledger.wiring");
const { buildDocuments } = built("billing/documents/documents.wiring");
const { InvoiceRunBook } = built("billing/documents/invoice-run-book.service");
const { InvoiceRunner } = built("billing/documents/invoice-runner.job");
const { InvoiceRuns } = built("billing/documents/invoice-runs.service");
const { MonthEnds } = built("billing/reporting/month-ends.service");
const { ActsService } = built("billing/reporting/acts.service");
const { ProofService } = built("billing/proof/proof.service");
const { ReportsService } = built("billing/reporting/reports.service");
const { AuditService } = built("access/identity/audit.service");
const { IdempotencyService } = built("access/identity/idempotency.service");
const { transactOn } = built("platform/database");
const { openDatabase } = built("platform/pools");
const { ringOf } = built("platform/sealed/key-ring");
const { bankServices } = built("billing/bank/bank.wiring");
const { movePayoutToTransit } = built("billing/payments/payouts.service");
const { ReconciliationService } = built("billing/reconciliation/reconciliation.service");
const { ProfilesService } = built("account/suppliers/profiles.service");
const { SupplierBook } = built("account/suppliers/supplier-book.service");

export const finance = {
  kind: "KEY",
  id: "x",
  consumer: "bench",
  role: "FINANCE",
  supplierId: null,
  limits: null,
  origins: [],
};
export const month = "2026-10";
export const today = "2026-11-03";
const now = new Date(`${today}T09:00:00Z`);
const clock = { now: () => now };
const hints = { publish: () => undefined, version: () => 0, changed: () => Promise.resolve() };

/** Opens the services on a database. Close them before the database is copied. */
export async function openBooks(url) {
  const source = await openDatabase({ url, entities });
  return { ...booksOn(transactOn(source)), close: () => source.destroy() };
}

function booksOn(transact) {
  const ledger = buildLedger(clock);
  const book = new SupplierBook();
  const profiles = new ProfilesService(book);
  const policy = { ...readConfig({}).billing, labelOf: itemLabel };
  const { services: kept } = buildDocuments({ transact, clock }, { ...ledger, profiles, policy });
  const [audit, idempotency] = [
    new AuditService(clock),
    new IdempotencyService(ringOf(Buffer.alloc(32, 7)), clock),
  ];
  const opened = () => undefined;
  const onError = (error) => {
    throw error;
  };
  const base = { ...kept, transact, audit, idempotency, clock, hints, opened, onError, book };
  return {
    ...base,
    runs: new InvoiceRuns(base),
    runner: new InvoiceRunner({
      ...base,
      runs: new InvoiceRunBook(clock),
      onStopped: onError,
      settled: () => undefined,
    }),
    monthEnds: new MonthEnds({ transact, acts: new ActsService(base), periods: kept.periods }),
    proof: new ProofService(transact),
    reports: new ReportsService(),
    reconciliation: new ReconciliationService(),
    bank: bankServices(
      { ...base, masterKey: ringOf(Buffer.alloc(32, 9)), settled: () => undefined, onStopped: onError },
      { ...base, entries: ledger.entries, suppliers: book, uploads: {}, bankIbans: [], movePayoutToTransit },
      kept,
    ).statements,
  };
}
