/** Builds the runs that invoice a month, and the job that works through them. */
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { SuppliersById } from "../../account/suppliers";
import type { Foundation } from "../../platform/foundation";
import { repeated, type Job } from "../../platform/job";
import { countSettled } from "../../platform/metrics";
import type { Module } from "../../platform/module";
import type { DocumentBook } from "./document-book.service";
import { InvoiceRunBook } from "./invoice-run-book.service";
import { InvoiceRunner } from "./invoice-runner.job";
import {
  InvoicePreviewResolver,
  InvoiceRunFailureResolver,
  InvoiceRunResolver,
} from "./invoice-run.resolver";
import { InvoiceRuns, runsTopic } from "./invoice-runs.service";
import type { IssuingService } from "./issuing.service";

export interface InvoiceRunServices {
  readonly invoiceRuns: InvoiceRuns;
  readonly invoiceRunner: InvoiceRunner;
}

export interface InvoiceRunDeps {
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly suppliersById: SuppliersById;
}

export interface DocumentsForRuns {
  readonly documents: DocumentBook;
  readonly issuing: IssuingService;
}

export function buildInvoiceRuns(
  { transact, hints, clock, log, metrics }: Foundation,
  { audit, idempotency, suppliersById }: InvoiceRunDeps,
  { documents, issuing }: DocumentsForRuns,
): Module<InvoiceRunServices> {
  const onError = (error: unknown, supplierId: string): void => {
    log.error({ err: error, supplierId }, "the documents of a supplier could not be issued");
  };
  const onStopped = (error: unknown, runId: string): void => {
    log.error({ err: error, runId }, "an invoice run stopped; it will be resumed");
  };
  const invoiceRuns = new InvoiceRuns({ transact, documents, audit, idempotency, hints, clock });
  const runs = new InvoiceRunBook(clock);
  const settled = countSettled(metrics);
  const invoiceRunner = new InvoiceRunner({
    transact,
    documents,
    issuing,
    hints,
    clock,
    onError,
    onStopped,
    runs,
    settled,
  });
  /** The first process to claim a run continues it where it stopped. */
  const work = async (signal: AbortSignal): Promise<void> => {
    const seen = hints.version(runsTopic);
    await invoiceRunner.run(signal);
    await hints.changed(runsTopic, seen, { signal, backstopMs: 10_000 });
  };
  const job: Job = repeated({ name: "invoice runs", pauseMs: 100, clock, log, work });
  return {
    services: { invoiceRuns, invoiceRunner },
    resolvers: resolversOf(invoiceRuns, suppliersById),
    jobs: [job],
  };
}

const resolversOf = (invoiceRuns: InvoiceRuns, suppliersById: SuppliersById): object[] => [
  new InvoiceRunResolver(invoiceRuns),
  new InvoicePreviewResolver(suppliersById),
  new InvoiceRunFailureResolver(suppliersById),
];
