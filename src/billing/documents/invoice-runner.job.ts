/**
 * Works through requested invoice runs, one supplier at a time, each in one transaction together with the
 * run's progress. When a process dies, another one takes over the run after its lease expires and continues
 * where it stopped, so no document is issued twice.
 *
 * The lease covers one supplier and is renewed with each. If another process has taken over meanwhile,
 * updating the progress fails, the transaction is rolled back and the late process leaves the run alone.
 */
import type { Clock } from "../../platform/clock";
import type { DocumentBook } from "./document-book.service";
import type { IssuingService } from "./issuing.service";
import type { Transact } from "../../platform/database";
import { DueRows, type DuePolicy, type Hold, type SettledRow } from "../../platform/due-rows/due-rows";
import { LeaseLost } from "../../platform/due-rows/statements";
import { spanOfMonth } from "../../shared/accounting-month";
import type { Hints } from "../../platform/hints";
import { AppError } from "../../shared/errors";
import { noLimits, type Attempted } from "../../shared/retry";
import type { InvoiceRunBook, InvoiceRunRow } from "./invoice-run-book.service";
import { runsTopic } from "./invoice-runs.service";

export interface InvoiceRunnerDeps {
  readonly transact: Transact;
  readonly runs: InvoiceRunBook;
  readonly documents: DocumentBook;
  readonly issuing: IssuingService;
  readonly hints: Hints;
  readonly clock: Clock;
  /** Called when a supplier could not be invoiced because of an internal error. */
  readonly onError: (error: unknown, supplierId: string) => void;
  /** Called when a run stopped early; it is resumed later. */
  readonly onStopped: (error: unknown, runId: string) => void;
  readonly settled: SettledRow;
}

/** Issuing the documents of one supplier takes a few seconds at most. */
export const invoiceRunPolicy: DuePolicy = {
  name: "invoice_run",
  leaseMs: 60_000,
  rule: { backOff: { by: "FAILURES", waitsMs: [60_000], jitter: 0, shortestMs: 60_000 }, limits: noLimits },
};

export class InvoiceRunner {
  private readonly rows: DueRows<InvoiceRunRow, void>;

  constructor(private readonly deps: InvoiceRunnerDeps) {
    this.rows = new DueRows({
      ...deps,
      ...invoiceRunPolicy,
      statements: deps.runs,
      work: (run, signal) => this.finish(run, signal),
      onError: deps.onStopped,
      settled: (rows, outcome) => {
        deps.settled(rows, outcome);
        deps.hints.publish([runsTopic]);
      },
    });
  }

  /** Finishes every run that no other process is working on. */
  run(signal: AbortSignal): Promise<number> {
    return this.rows.run(signal);
  }

  private async finish(run: InvoiceRunRow, hold: Hold): Promise<Attempted<void>> {
    const { transact, documents, hints } = this.deps;
    const before = spanOfMonth(run.month).end;
    const previews = await transact({ role: "worker" }, (tx) => documents.previews(tx, before));
    const failed = new Set(run.failed.map(({ supplierId }) => supplierId));
    for (const { supplierId } of previews) {
      hold.signal.throwIfAborted();
      if (!failed.has(supplierId)) await this.invoice(run, { supplierId, before }, hold);
      hints.publish([runsTopic]);
    }
    return { kind: "DONE", value: undefined };
  }

  private async invoice(
    { id, requestedBy: issuedBy }: InvoiceRunRow,
    whom: { supplierId: string; before: Date },
    hold: Hold,
  ): Promise<void> {
    const { runs, issuing, onError } = this.deps;
    const { supplierId } = whom;
    try {
      await hold.renew(async (tx, lease) => {
        const issued = await issuing.issue(tx, { ...whom, issuedBy });
        return runs.moveOn(tx, id, { ...lease, documents: issued.length, failed: [] });
      });
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      if (!(error instanceof AppError)) onError(error, supplierId);
      const reason = error instanceof AppError ? error.message : "INTERNAL";
      await hold.renew((tx, lease) =>
        runs.moveOn(tx, id, { ...lease, documents: 0, failed: [{ supplierId, reason }] }),
      );
    }
  }
}
