/**
 * Imports bank statement lines, each once by its reference. A line that identifies a supplier is recorded as
 * its transfer at once; an unidentified line is booked on suspense (471) until finance assigns or books it.
 */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { BankTransfersService } from "../documents";
import type { EntriesService } from "../../account/ledger";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { AppError, invalid } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { SupplierBook } from "../../account/suppliers";
import { insertLine, lockLine, markLine, refuseRecorded, type Stored } from "./bank-lines.service";
import { type Corrections } from "./corrections.service";
import { type KnownFacts } from "./known-facts.service";
import { matchLine, type Match } from "./match-line";
import { linesIn, type StatementFormat, type StatementLine } from "./statement-lines";
import { bookedEntry, suspenseEntry, type BookedAs } from "./suspense";

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
  readonly corrections: Corrections;
  readonly suppliers: SupplierBook;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly opened: () => void;
}

const mostLines = 5_000;

export class BankImport {
  constructor(private readonly deps: BankImportDeps) {}

  /**
   * Imports each line in its own transaction, so importing the same file again continues where the first
   * import stopped.
   */
  async take(by: Principal, format: StatementFormat, content: string): Promise<Imported> {
    const lines = linesIn(format, content);
    if (lines.length > mostLines) throw invalid(`content: at most ${String(mostLines)} lines at a time.`);
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

  unmatched(by: Principal): Promise<(StatementLine & { id: string })[]> {
    return this.deps.transact(scopeOf(by), async (tx) => {
      const rows: Stored[] = await tx.query(
        `SELECT id, reference, booked_on::text AS "bookedOn", amount_cents AS "amountCents", remittance, counterparty
         FROM bank_line WHERE matched_kind IS NULL ORDER BY booked_on, id LIMIT 500`,
      );
      return rows.map((row) => ({ ...row, amountCents: integerOf(row.amountCents) }));
    });
  }

  /**
   * Assigns a line to a supplier. For a line that differs from a transfer recorded by hand, this confirms
   * that the bank is right and corrects the transfer.
   */
  async assign(
    by: Principal,
    wanted: { id: string; supplierId: string; documentId: string | null },
  ): Promise<void> {
    const { transact, suppliers, audit, corrections } = this.deps;
    const { id, supplierId, documentId } = wanted;
    await transact(scopeOf(by), async (tx) => {
      await suppliers.one(tx, supplierId);
      const line = await lockLine(tx, id);
      if (line.matchedKind !== null) throw new AppError("CONFLICT", "This line is matched already.");
      if (line.amountCents < 0)
        throw invalid(
          "id: this line is an outgoing payment; only incoming money can be assigned to a supplier.",
        );
      const correctedCents = await corrections.correct(tx, by, { line, supplierId, documentId });
      if (correctedCents === null) {
        // Locks the account first and the journals last, the same order as receiving a payment, so that
        // transactions cannot deadlock.
        await this.transfer(tx, by, { line, supplierId, documentId });
        await this.deps.entries.write(tx, [suspenseEntry(line, -line.amountCents)]);
      }
      const act = {
        actor: by.consumer,
        action: "BANK_LINE_ASSIGNED",
        subject: `bank-line:${id}`,
        supplierId,
      };
      await audit.record(tx, { ...act, detail: { amountCents: line.amountCents, correctedCents } });
    });
    this.deps.opened();
  }

  /** Books a line that concerns no supplier, such as bank fees or interest. */
  async book(by: Principal, wanted: { id: string; as: BookedAs; reason: string }): Promise<void> {
    const { transact, audit, entries } = this.deps;
    const { id, as, reason } = wanted;
    const said = reason.trim();
    if (said.length === 0 || said.length > 200)
      throw invalid("reason takes 1 to 200 characters and describes the line.");
    await transact(scopeOf(by), async (tx) => {
      const line = await lockLine(tx, id);
      if (line.matchedKind !== null) throw new AppError("CONFLICT", "This line is matched already.");
      if (as === "INCOME" ? line.amountCents < 0 : line.amountCents > 0) {
        throw invalid("as: incoming money is INCOME, outgoing money is BANK_FEE or EXPENSE.");
      }
      await refuseRecorded(tx, line.reference);
      await markLine(tx, id, ["BOOKED", as]);
      await entries.write(tx, [bookedEntry(line, { as, reason: said })]);
      const act = {
        actor: by.consumer,
        action: "BANK_LINE_BOOKED",
        subject: `bank-line:${id}`,
        supplierId: null,
      };
      await audit.record(tx, { ...act, detail: { as, reason: said, amountCents: line.amountCents } });
    });
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
    { line, match }: { line: StatementLine & { id: string }; match: Match },
  ): Promise<boolean> {
    switch (match.kind) {
      case "NEW_TRANSFER":
        await this.transfer(tx, by, { line, ...match });
        return true;
      case "DIFFERS":
        // The recorded transfer is already booked, so only the difference goes to suspense.
        await this.deps.entries.write(tx, [suspenseEntry(line, match.byCents)]);
        return false;
      case "NONE":
        await this.deps.entries.write(tx, [suspenseEntry(line, line.amountCents)]);
        return false;
      case "TRANSFER":
      case "PAYOUT":
      case "REFUND":
        await markLine(tx, line.id, [match.kind, match.id]);
        return true;
    }
  }

  private async transfer(
    tx: EntityManager,
    by: Principal,
    {
      line,
      supplierId,
      documentId,
    }: { line: StatementLine & { id: string }; supplierId: string; documentId: string | null },
  ): Promise<void> {
    const { amountCents: amountInclVatCents, bookedOn: receivedOn, reference: bankReference } = line;
    const transfer = { supplierId, amountInclVatCents, receivedOn, bankReference, documentId };
    const transferId = await this.deps.transfers.record(tx, { ...transfer, recordedBy: by.consumer });
    await markLine(tx, line.id, ["TRANSFER", transferId]);
  }
}
