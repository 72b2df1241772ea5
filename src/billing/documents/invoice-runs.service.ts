/**
 * Starts and follows runs that invoice a month. The work is done by whichever process claims the run
 * (invoice-runner.job.ts).
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { DocumentBook } from "./document-book.service";
import type { InvoicePreview } from "./document-view";
import type { Transact } from "../../platform/database";
import { spanOfMonth } from "../../shared/accounting-month";
import type { Hints } from "../../platform/hints";
import { newId } from "../../platform/ids";
import { stoppable } from "../../platform/stoppable";
import { violationOf } from "../../platform/violations";
import { AppError, notFound } from "../../shared/errors";
import { isId } from "../../shared/months";
import { checkIsOver } from "./check-month";
import type { InvoiceRunView } from "./invoice-run-view";

export const runsTopic = "invoice-runs";
const backstopMs = 5_000;

export interface InvoiceRunsDeps {
  readonly transact: Transact;
  readonly documents: DocumentBook;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly hints: Hints;
  readonly clock: Clock;
}

export class InvoiceRuns {
  constructor(private readonly deps: InvoiceRunsDeps) {}

  /** What a run for this month would issue, by supplier. */
  preview(
    by: Principal,
    month: string,
    page: { after: string | null; limit: number },
  ): Promise<InvoicePreview[]> {
    const before = spanOfMonth(month).end;
    return this.deps.transact(scopeOf(by), (tx) => this.deps.documents.previews(tx, before, page));
  }

  async start(by: Principal, month: string, key: string): Promise<InvoiceRunView> {
    const { transact, idempotency, hints } = this.deps;
    checkIsOver(month, this.deps.clock.now(), "issueInvoice bills one supplier up to now.");
    const request = { principal: by.consumer, operation: "issueInvoices", key, supplierId: null };
    const id = await transact(scopeOf(by), (tx) =>
      idempotency.once(tx, { ...request, input: { month } }, () => this.write(tx, by, month)),
    );
    hints.publish([runsTopic]);
    return this.one(by, id);
  }

  private async write(tx: EntityManager, by: Principal, month: string): Promise<string> {
    const { documents, audit, clock } = this.deps;
    const id = newId();
    const { length } = await documents.previews(tx, spanOfMonth(month).end);
    await insertOnce(tx, [id, month, by.consumer, clock.now(), length]);
    const act = { actor: by.consumer, action: "INVOICE_RUN_STARTED", subject: `invoice-run:${id}` };
    await audit.record(tx, { ...act, supplierId: null, detail: { month } });
    return id;
  }

  find(by: Principal, id: string): Promise<InvoiceRunView | null> {
    return this.deps.transact(scopeOf(by), (tx) => runById(tx, id));
  }

  async one(by: Principal, id: string): Promise<InvoiceRunView> {
    const run = await this.find(by, id);
    if (!run) throw notFound("run");
    return run;
  }

  /** Yields the current progress, then every change, and completes once the run has ended. */
  async watch(by: Principal, id: string): Promise<AsyncIterableIterator<InvoiceRunView>> {
    await this.one(by, id);
    return stoppable((signal) => this.follow(by, id, signal));
  }

  private async *follow(
    by: Principal,
    id: string,
    signal: AbortSignal,
  ): AsyncGenerator<InvoiceRunView, void, undefined> {
    let shown = "";
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      const seen = this.deps.hints.version(runsTopic);
      const run = await this.one(by, id);
      const text = JSON.stringify(run);
      if (text !== shown && !stopped()) yield run;
      if (run.endedAt !== null) return;
      shown = text;
      await this.deps.hints.changed(runsTopic, seen, { signal, backstopMs });
    }
  }
}

async function insertOnce(tx: EntityManager, values: readonly unknown[]): Promise<void> {
  try {
    await tx.query(
      `INSERT INTO invoice_run
        (id, month, requested_by, requested_at, suppliers, done, documents, failed, leased_until, ended_at)
      VALUES ($1, $2, $3, $4, $5, 0, 0, '[]', '-infinity', NULL)`,
      [...values],
    );
  } catch (error) {
    if (violationOf(error)?.kind !== "UNIQUE") throw error;
    throw new AppError(
      "CONFLICT",
      "A run for this month is in progress. Follow it with the invoiceRunChanged subscription.",
      { reason: "RUN_IN_PROGRESS" },
    );
  }
}

async function runById(tx: EntityManager, id: string): Promise<InvoiceRunView | null> {
  const rows: InvoiceRunView[] = isId(id)
    ? await tx.query(
        `SELECT id, month, requested_at AS "requestedAt", suppliers, done, documents, failed, ended_at AS "endedAt"
         FROM invoice_run WHERE id = $1`,
        [id],
      )
    : [];
  return rows[0] ?? null;
}
