/**
 * Imports uploaded files of bank statements: reads and checks the whole file, stores its lines or refuses it, and
 * books the lines. When a process dies, another one takes the import over after its lease expires and continues
 * where it stopped, so no line is stored or booked twice.
 */
import type { Uploads } from "../../access/uploads";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { DueRows, type DuePolicy, type Hold, type SettledRow } from "../../platform/due-rows/due-rows";
import type { Claimed } from "../../platform/due-rows/statements";
import { dateIn } from "../../shared/calendar";
import { AppError } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";
import { noLimits, type Attempted } from "../../shared/retry";
import { readStatements } from "../statements";
import type { BookLines } from "./book-lines.service";
import type { StatementBook, StatementRow } from "./statement-book.service";
import type { StatementContent } from "./statement-content.service";
import type { StoreStatement } from "./store-statement.service";

export interface StatementImportsDeps {
  readonly transact: Transact;
  readonly book: StatementBook;
  readonly store: StoreStatement;
  readonly content: StatementContent;
  readonly lines: BookLines;
  readonly uploads: Uploads;
  readonly clock: Clock;
  /** Called whenever the state of an import has changed. */
  readonly progressed: () => void;
  /** Called after lines were booked, when suppliers may have more to spend. */
  readonly opened: () => void;
  /** Called when an import stopped early; it is resumed later. */
  readonly onStopped: (error: unknown, statementId: string) => void;
  readonly settled: SettledRow;
}

/** Reading the largest file takes less than a minute, and a batch of lines a few seconds. */
export const statementImportPolicy: DuePolicy = {
  name: "bank_statement",
  leaseMs: 120_000,
  rule: { backOff: { by: "FAILURES", waitsMs: [60_000], jitter: 0, shortestMs: 60_000 }, limits: noLimits },
};

export class StatementImports {
  private readonly rows: DueRows<StatementRow, void>;

  constructor(private readonly deps: StatementImportsDeps) {
    this.rows = new DueRows({
      ...deps,
      ...statementImportPolicy,
      statements: deps.book,
      work: (row, hold) => this.work(row, hold),
      onError: deps.onStopped,
      settled: (rows, outcome) => {
        deps.settled(rows, outcome);
        deps.progressed();
      },
    });
  }

  /** Finishes every import that no other process is working on. */
  run(signal: AbortSignal): Promise<number> {
    return this.rows.run(signal);
  }

  /** Finishes an import that the caller holds. */
  async attempt(row: Claimed<StatementRow>): Promise<void> {
    await this.rows.attempt(row);
  }

  private async work(row: StatementRow, hold: Hold): Promise<Attempted<void>> {
    const isStored = row.status === "BOOKING" || (await this.readAndStore(row, hold));
    if (isStored) {
      await this.deps.lines.finish(row, hold);
      this.deps.opened();
    }
    return { kind: "DONE", value: undefined };
  }

  /** Returns false when the file was refused. */
  private async readAndStore(row: StatementRow, hold: Hold): Promise<boolean> {
    const { book, store, content, transact } = this.deps;
    try {
      const upload = await this.upload(row, (work) => transact({ role: "worker" }, work));
      const today = dateIn("Europe/Paris", this.deps.clock.now());
      const statements = await readStatements(row.format, upload.chunks, { today });
      await hold.renew(async (tx, lease) => {
        const { id: statementId, importedBy: by, iban, gapReason } = row;
        const counts = await store.store(tx, { statementId, by, iban, gapReason }, statements);
        await content.store(tx, statementId, (await this.upload(row, (work) => work(tx))).chunks);
        return book.stored(tx, statementId, { ...counts, ...lease });
      });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const faults = faultsOf(error);
      await hold.renew((tx, lease) => book.refuse(tx, row.id, { faults, ...lease }));
      return false;
    }
  }

  private upload(
    { uploadId, importedBy: consumer }: StatementRow,
    run: Parameters<Uploads["open"]>[0],
  ): ReturnType<Uploads["open"]> {
    return this.deps.uploads.open(run, { uploadId: uploadId ?? "", consumer });
  }
}
