/** Imports files of bank statements on request, and shows them and their progress. */
import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Uploads } from "../../access/uploads";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { leaseFrom } from "../../platform/due-rows/statements";
import type { Hints } from "../../platform/hints";
import { newId } from "../../platform/ids";
import { stoppable } from "../../platform/stoppable";
import { dateIn } from "../../shared/calendar";
import { notFound } from "../../shared/errors";
import { readStatements, type StatementFormat } from "../statements";
import type { BankStatementView } from "./bank-statement";
import { statementById } from "./bank-statement-reads.service";
import { checkImport } from "./check-import";
import type { StatementBook } from "./statement-book.service";
import type { StatementContent } from "./statement-content.service";
import { statementImportPolicy, type StatementImports } from "./statement-import.job";
import type { StoreStatement } from "./store-statement.service";

export const statementsTopic = "bank-statements";
const backstopMs = 5_000;

export interface BankStatementsDeps {
  readonly transact: Transact;
  readonly book: StatementBook;
  readonly store: StoreStatement;
  readonly content: StatementContent;
  readonly imports: StatementImports;
  readonly uploads: Uploads;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly hints: Pick<Hints, "publish" | "version" | "changed">;
  readonly clock: Clock;
}

export interface ImportedText {
  readonly format: StatementFormat;
  readonly content: string;
}

export interface ImportedUpload {
  readonly format: StatementFormat;
  readonly uploadId: string;
  readonly iban: string | null;
  readonly gapReason: string | null;
}

export class BankStatements {
  constructor(private readonly deps: BankStatementsDeps) {}

  /** Imports a statement that came with the request, and answers once its lines are booked. */
  async take(by: Principal, { format, content: text }: ImportedText): Promise<BankStatementView> {
    const { transact, book, store, content, imports, clock } = this.deps;
    const [iban, gapReason] = [null, null];
    const bytes = Buffer.from(text);
    const today = dateIn("Europe/Paris", clock.now());
    const statements = await readStatements(format, piecesOf(bytes), { today });
    const id = newId();
    const { until } = leaseFrom(clock.now(), statementImportPolicy.leaseMs);
    const row = { id, format, iban, gapReason, name: null, uploadId: null, by: by.consumer };
    await transact(scopeOf(by), async (tx) => {
      const none = { read: 0, known: 0, skipped: 0 };
      const about = { bytes: bytes.length, sha256: digestOf(bytes), leasedUntil: until };
      await book.insert(tx, { ...row, ...about, status: "READING", counts: none });
      const counts = await store.store(tx, { statementId: id, by: by.consumer, iban, gapReason }, statements);
      await content.store(tx, id, piecesOf(bytes));
      await book.stored(tx, id, { ...counts, heldUntil: until, until });
      await this.audit(tx, by, id);
    });
    const claimed = { ...row, importedBy: by.consumer, status: "BOOKING" as const, attempts: 0 };
    await imports.attempt({ ...claimed, since: clock.now(), heldUntil: until });
    return this.one(by, id);
  }

  /** Begins the import of an uploaded file, which continues in the background. */
  async start(by: Principal, wanted: ImportedUpload, key: string): Promise<BankStatementView> {
    const { transact, idempotency, hints } = this.deps;
    const input = { ...checkImport(wanted), uploadId: wanted.uploadId };
    const request = { principal: by.consumer, operation: "importBankStatementFile", key, supplierId: null };
    const id = await transact(scopeOf(by), (tx) =>
      idempotency.once(tx, { ...request, input }, () => this.write(tx, by, input)),
    );
    hints.publish([statementsTopic]);
    return this.one(by, id);
  }

  find(by: Principal, id: string): Promise<BankStatementView | null> {
    return this.deps.transact(scopeOf(by), (tx) => statementById(tx, id));
  }

  async one(by: Principal, id: string): Promise<BankStatementView> {
    const statement = await this.find(by, id);
    if (!statement) throw notFound("bank statement");
    return statement;
  }

  /** Yields the current state, then every change, and completes once the import has ended. */
  async watch(by: Principal, id: string): Promise<AsyncIterableIterator<BankStatementView>> {
    await this.one(by, id);
    return stoppable((signal) => this.follow(by, id, signal));
  }

  private async *follow(
    by: Principal,
    id: string,
    signal: AbortSignal,
  ): AsyncGenerator<BankStatementView, void, undefined> {
    let shown = "";
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      const seen = this.deps.hints.version(statementsTopic);
      const statement = await this.one(by, id);
      const text = JSON.stringify(statement);
      if (text !== shown && !stopped()) yield statement;
      if (statement.endedAt !== null) return;
      shown = text;
      await this.deps.hints.changed(statementsTopic, seen, { signal, backstopMs });
    }
  }

  private async write(
    tx: EntityManager,
    by: Principal,
    { uploadId, ...wanted }: ImportedUpload,
  ): Promise<string> {
    const { uploads, book, clock } = this.deps;
    const upload = await uploads.open((work) => work(tx), { uploadId, consumer: by.consumer });
    await uploads.use(tx, uploadId);
    const id = newId();
    await book.insert(tx, {
      ...{ ...wanted, id, uploadId, name: upload.name, bytes: upload.bytes, by: by.consumer },
      ...{ sha256: upload.sha256.toString("hex"), status: "READING", leasedUntil: clock.now() },
      counts: { read: 0, known: 0, skipped: 0 },
    });
    await this.audit(tx, by, id);
    return id;
  }

  private audit(tx: EntityManager, by: Principal, id: string): Promise<void> {
    const act = { actor: by.consumer, action: "BANK_STATEMENT_IMPORTED", subject: `bank-statement:${id}` };
    return this.deps.audit.record(tx, { ...act, supplierId: null, detail: {} });
  }
}

const digestOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const pieceBytes = 256 * 1024;

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes)
    yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
}
