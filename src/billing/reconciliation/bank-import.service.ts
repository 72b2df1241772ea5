/**
 * Imports bank statement lines, each once by its reference. A line that identifies a supplier is recorded as
 * its transfer at once; an unidentified line is booked on suspense (471) until finance assigns or books it.
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { BankTransfersService } from "../documents";
import type { EntriesService } from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import type { StoredLine } from "./bank-line";
import { insertLine, markLine } from "./bank-lines.service";
import { type KnownFacts } from "./known-facts.service";
import { matchLine, type Match } from "./match-line";
import { recordTransfer } from "./line-transfers.service";
import type { StatementLine } from "./statement-line";
import { linesIn, type StatementFormat } from "./statement-lines";
import { arrivalEntry, suspenseEntry } from "./suspense";

export interface Imported {
  readonly read: number;
  /** Lines that had been imported before. */
  readonly known: number;
  readonly matched: number;
  readonly unmatched: number;
}

export interface BankImportDeps {
  readonly transact: Transact;
  readonly facts: KnownFacts;
  readonly transfers: BankTransfersService;
  readonly entries: EntriesService;
  readonly clock: Clock;
  readonly opened: () => void;
}

export class BankImport {
  constructor(private readonly deps: BankImportDeps) {}

  /**
   * Imports each line in its own transaction, so importing the same file again continues where the first
   * import stopped.
   */
  async take(by: Principal, format: StatementFormat, content: string): Promise<Imported> {
    const lines = linesIn(format, content);
    const count = { read: lines.length, known: 0, matched: 0, unmatched: 0 };
    for (const line of lines) {
      const match = await this.deps.transact(scopeOf(by), (tx) => this.takeLine(tx, by, line));
      if (match === null) count.known += 1;
      else if (match === "MATCHED") count.matched += 1;
      else count.unmatched += 1;
    }
    if (count.matched > 0) this.deps.opened();
    return count;
  }

  private async takeLine(
    tx: EntityManager,
    by: Principal,
    line: StatementLine,
  ): Promise<"MATCHED" | "UNMATCHED" | null> {
    const id = newId();
    if (!(await insertLine(tx, { ...line, id, at: this.deps.clock.now(), by: by.consumer }))) return null;
    const match = matchLine(line, await this.deps.facts.about(tx, line));
    const isMatched = await this.settle(tx, by, { line: { ...line, id }, match });
    return isMatched ? "MATCHED" : "UNMATCHED";
  }

  private async settle(
    tx: EntityManager,
    by: Principal,
    { line, match }: { line: StoredLine; match: Match },
  ): Promise<boolean> {
    switch (match.kind) {
      case "NEW_TRANSFER":
        await recordTransfer(tx, this.deps.transfers, { by, line, cash: "512", ...match });
        return true;
      case "DIFFERS":
      case "NONE":
        await this.deps.entries.write(tx, [suspenseEntry(line, line.amountCents)]);
        return false;
      case "TRANSFER":
      case "PAYOUT":
      case "REFUND":
        await markLine(tx, line.id, [match.kind, match.id]);
        await this.deps.entries.write(tx, [arrivalEntry(line, "512")]);
        return true;
    }
  }
}
