/**
 * Books the lines of a stored statement in batches, each in one transaction with the progress of the import. A
 * batch has the lines of one supplier, so that only one account is locked; lines that name none form batches too.
 */
import type { EntityManager } from "typeorm";
import type { Transact } from "../../platform/database";
import { failpoint } from "../../platform/failpoint";
import type { Hold } from "../../platform/due-rows/due-rows";
import { AppError } from "../../shared/errors";
import { lockBank } from "./bank-lock.service";
import type { BankLineView, StoredLine } from "./bank-line";
import { linesById, lockPending, pendingLines, withOpposite } from "./bank-lines.service";
import { decideLine, suppliersNamed, type Decision, type LineFacts } from "./decide-line";
import type { LineFactsReader } from "./line-facts.service";
import type { Decided, LineSettling, Settleable } from "./line-settling.service";
import type { Confirming } from "./confirming.service";
import type { StatementBook, StatementRow } from "./statement-book.service";

/** So that a batch is full although the lines of hundreds of suppliers are mixed. */
const pageSize = 50_000;
const batchSize = 200;

export interface BookLinesDeps {
  readonly transact: Transact;
  readonly book: StatementBook;
  readonly facts: LineFactsReader;
  readonly settling: LineSettling;
  readonly confirming: Confirming;
  /** Called after each batch. */
  readonly progressed: () => void;
}

interface Booked {
  readonly matched: number;
  readonly unmatched: number;
}

export class BookLines {
  constructor(private readonly deps: BookLinesDeps) {}

  async finish(statement: StatementRow, hold: Hold): Promise<void> {
    // Recalls are decided last, because their file can also have the transfers that they take back.
    const recalls: string[] = [];
    for (;;) {
      const page = await this.page(statement.id, recalls);
      if (page.lines.length === 0) break;
      for (const batch of batchesOf(page.lines, page.named)) {
        hold.signal.throwIfAborted();
        recalls.push(...(await this.batch(statement, batch, hold)));
        failpoint("bank.after-batch");
        this.deps.progressed();
      }
    }
    for (const id of recalls) {
      hold.signal.throwIfAborted();
      await hold.renew(async (tx, lease) =>
        this.deps.book.moveOn(tx, statement.id, { ...lease, ...(await this.recall(tx, statement, id)) }),
      );
      this.deps.progressed();
    }
  }

  private page(id: string, except: readonly string[]) {
    return this.deps.transact({ role: "worker" }, async (tx) => {
      const lines = await pendingLines(tx, id, { except, limit: pageSize });
      return { lines, named: await this.deps.facts.named(tx, lines) };
    });
  }

  /** Returns the lines that are recalls, or may prove to be, which are left for later. */
  private async batch(
    statement: StatementRow,
    lines: readonly BankLineView[],
    hold: Hold,
  ): Promise<readonly string[]> {
    let recalls: readonly string[] = [];
    try {
      await hold.renew(async (tx, lease) => {
        const { deferred, ...booked } = await this.bookIn(tx, statement, lines);
        recalls = deferred;
        return this.deps.book.moveOn(tx, statement.id, { ...lease, ...booked });
      });
      return recalls;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.oneByOne(statement, lines, hold);
    }
  }

  /** A line that cannot be booked as it says waits for a person, and does not hold up the others. */
  private async oneByOne(
    statement: StatementRow,
    lines: readonly BankLineView[],
    hold: Hold,
  ): Promise<readonly string[]> {
    const [only, ...others] = lines;
    if (only && others.length === 0) {
      await hold.renew(async (tx, lease) => {
        const waiting: BankLineView = { ...only, waitsFor: "NOT_POSSIBLE" };
        const { deferred: _none, ...booked } = await this.bookIn(tx, statement, [waiting]);
        return this.deps.book.moveOn(tx, statement.id, { ...lease, ...booked });
      });
      return [];
    }
    const recalls: string[] = [];
    for (const line of lines) recalls.push(...(await this.batch(statement, [line], hold)));
    return recalls;
  }

  private async bookIn(
    tx: EntityManager,
    { id: statementId, importedBy }: StatementRow,
    batch: readonly BankLineView[],
  ): Promise<Booked & { readonly deferred: readonly string[] }> {
    await lockBank(tx);
    const pending = await lockPending(
      tx,
      batch.map(({ id }) => id),
    );
    const lines = batch.filter(({ id }) => pending.has(id));
    const decided = decideAll(lines, await this.deps.facts.about(tx, lines));
    const waiting = decided.filter((one) => one.decision.kind === "WAIT" && one.line.waitsFor === null);
    const opposed = await withOpposite(tx, statementId, linesOf(waiting));
    const settleable = decided.filter(isSettleable).filter(({ line }) => !opposed.has(line.id));
    await this.deps.settling.settle(tx, importedBy, { decided: settleable, from: "512" });
    const unmatched = settleable.filter(({ decision }) => decision.kind === "WAIT").length;
    return {
      matched: settleable.length - unmatched,
      unmatched,
      deferred: decided.flatMap((one) =>
        isSettleable(one) && !opposed.has(one.line.id) ? [] : [one.line.id],
      ),
    };
  }

  private async recall(tx: EntityManager, { importedBy }: StatementRow, lineId: string): Promise<Booked> {
    await lockBank(tx);
    const [line] = await linesById(tx, [lineId]);
    if (!line || (await lockPending(tx, [lineId])).size === 0) return { matched: 0, unmatched: 0 };
    const decision = decideLine(line, await this.deps.facts.about(tx, [line]));
    if (decision.kind === "RECALL") {
      await this.deps.confirming.recall(tx, importedBy, { line, earlier: decision.earlier, from: "512" });
      return { matched: 1, unmatched: 0 };
    }
    await this.deps.settling.settle(tx, importedBy, { decided: [{ line, decision }], from: "512" });
    return decision.kind === "WAIT" ? { matched: 0, unmatched: 1 } : { matched: 1, unmatched: 0 };
  }
}

/** What one line is matched with is not expected by the next any more. */
function decideAll(lines: readonly StoredLine[], facts: LineFacts): Decided[] {
  let expected = facts.expected;
  return lines.map((line) => {
    const decision: Decision = decideLine(line, { ...facts, expected });
    if (decision.kind === "EXPECTED") expected = expected.filter((one) => one !== decision.expected);
    return { line, decision };
  });
}

const linesOf = (decided: readonly Decided[]): StoredLine[] => decided.map(({ line }) => line);

const isSettleable = (one: Decided): one is Decided<Settleable> => one.decision.kind !== "RECALL";

/** Lines by the supplier that they name, in the order of the file. */
function batchesOf(
  lines: readonly BankLineView[],
  named: Pick<LineFacts, "documents" | "suppliers">,
): BankLineView[][] {
  const groups = new Map<string, BankLineView[]>();
  for (const line of lines) {
    const [supplierId = "", ...others] = suppliersNamed(line, named);
    const key = others.length > 0 ? "" : supplierId;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].flatMap((group) => chunksOf(group, batchSize));
}

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
