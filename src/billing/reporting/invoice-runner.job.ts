/**
 * Does the runs that were asked for: supplier by supplier, each in a transaction of its own with the run's progress.
 * A process that dies leaves a run that another takes over once the lease has ended; what was issued is not again.
 */
import type { EntityManager } from "typeorm";
import type { DocumentBook, IssuingService } from "../documents";
import type { Transact } from "../../platform/database";
import { spanOfMonth } from "../../shared/accounting-month";
import type { Hints } from "../../platform/hints";
import { AppError } from "../../shared/errors";
import { runsTopic } from "./invoice-runs.service";

export interface InvoiceRunnerDeps {
  readonly transact: Transact;
  readonly documents: DocumentBook;
  readonly issuing: IssuingService;
  readonly hints: Hints;
  /** Told of a supplier that could not be invoiced for a reason of ours. */
  readonly onError: (error: unknown, supplierId: string) => void;
}

interface Taken {
  readonly id: string;
  readonly month: string;
  readonly requestedBy: string;
  readonly failed: readonly { readonly supplierId: string }[];
}

const leaseSeconds = 60;

export class InvoiceRunner {
  constructor(private readonly deps: InvoiceRunnerDeps) {}

  /** Every run that nobody is at. */
  async run(signal: AbortSignal): Promise<void> {
    for (let run = await this.take(); run && !signal.aborted; run = await this.take()) {
      await this.finish(run, signal);
    }
  }

  private take(): Promise<Taken | null> {
    return this.deps.transact({ role: "worker" }, async (tx) => {
      const [rows]: [Taken[], number] = await tx.query(
        `UPDATE invoice_run SET leased_until = clock_timestamp() + make_interval(secs => $1)
         WHERE id = (SELECT id FROM invoice_run WHERE ended_at IS NULL AND leased_until < clock_timestamp()
           ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, month, requested_by AS "requestedBy", failed`,
        [leaseSeconds],
      );
      return rows[0] ?? null;
    });
  }

  private async finish(run: Taken, signal: AbortSignal): Promise<void> {
    const { transact, documents, hints } = this.deps;
    const before = spanOfMonth(run.month).end;
    const previews = await transact({ role: "worker" }, (tx) => documents.previews(tx, before));
    const failed = new Set(run.failed.map(({ supplierId }) => supplierId));
    for (const { supplierId } of previews) {
      if (signal.aborted) return;
      if (!failed.has(supplierId)) await this.invoice(run, supplierId, before);
      hints.publish([runsTopic]);
    }
    await transact({ role: "worker" }, (tx) =>
      tx.query("UPDATE invoice_run SET ended_at = clock_timestamp() WHERE id = $1", [run.id]),
    );
    hints.publish([runsTopic]);
  }

  private async invoice(run: Taken, supplierId: string, before: Date): Promise<void> {
    const { transact, issuing, onError } = this.deps;
    try {
      await transact({ role: "worker" }, async (tx) => {
        const issued = await issuing.issue(tx, { supplierId, before, issuedBy: run.requestedBy });
        await moveOn(tx, run.id, { documents: issued.length, failed: [] });
      });
    } catch (error) {
      if (!(error instanceof AppError)) onError(error, supplierId);
      const reason = error instanceof AppError ? error.message : "INTERNAL";
      await transact({ role: "worker" }, (tx) =>
        moveOn(tx, run.id, { documents: 0, failed: [{ supplierId, reason }] }),
      );
    }
  }
}

const moveOn = (
  tx: EntityManager,
  id: string,
  { documents, failed }: { documents: number; failed: readonly { supplierId: string; reason: string }[] },
): Promise<unknown> =>
  tx.query(
    `UPDATE invoice_run SET done = done + 1, documents = documents + $2, failed = failed || $3::jsonb,
       leased_until = clock_timestamp() + make_interval(secs => $4) WHERE id = $1`,
    [id, documents, JSON.stringify(failed), leaseSeconds],
  );
