/** What finance decides about a line of a bank statement, and how it takes a decision back. */
import type { EntityManager } from "typeorm";
import {
  scopeOf,
  type AuditService,
  type IdempotencyService,
  type JsonValue,
  type Principal,
} from "../../access/identity";
import type { SupplierBook } from "../../account/suppliers";
import type { Transact } from "../../platform/database";
import { notCandidate, notOpen, nothingToUndo, recordedForAnother, transferRecorded } from "./bank-errors";
import { lockBank } from "./bank-lock.service";
import { standing, type BankLineView, type LinePart } from "./bank-line";
import { lockLine, oneLine } from "./bank-lines.service";
import { checkBooking, checkIncoming, checkShares, checkUndoReason, type Booking } from "./check-booking";
import { candidatesOf, type Expected } from "./decide-line";
import { checkPayer } from "./check-payer.service";
import type { LineFactsReader } from "./line-facts.service";
import type { LineSettling, Share } from "./line-settling.service";
import type { Confirming } from "./confirming.service";
import type { LineUndo } from "./line-undo.service";

export interface BankLineDecisionsDeps {
  readonly transact: Transact;
  readonly facts: LineFactsReader;
  readonly settling: LineSettling;
  readonly confirming: Confirming;
  readonly undoing: LineUndo;
  readonly suppliers: SupplierBook;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly opened: () => void;
}

interface Decision<Input extends { readonly id: string }> {
  readonly operation: string;
  readonly action: string;
  readonly key: string;
  readonly input: Input;
}

export class BankLineDecisions {
  constructor(private readonly deps: BankLineDecisionsDeps) {}

  /**
   * Assigns what is open of a line to a supplier. If a transfer with the line's reference was recorded by hand,
   * this confirms that it is the same money.
   */
  assign(
    by: Principal,
    input: { readonly id: string; readonly supplierId: string; readonly documentId: string | null },
    key: string,
  ): Promise<BankLineView> {
    const decision = { operation: "assignBankLine", action: "BANK_LINE_ASSIGNED", key, input };
    return this.decide(by, decision, async (tx, line) => {
      checkIncoming(line);
      await checkPayer(tx, this.deps.suppliers, input);
      const { expected } = await this.deps.facts.about(tx, [line]);
      const recorded = expected.find(
        ({ kind, reference }) => kind === "TRANSFER" && reference === line.reference,
      );
      if (recorded) return this.confirm(tx, by, { line, recorded, ...input });
      const share = { ...input, amountCents: line.openCents };
      await this.deps.settling.split(tx, by.consumer, { line, shares: [share] });
      return { amountCents: line.openCents, correctedCents: null };
    });
  }

  /** Splits what is open of a line over suppliers and invoices. What the parts leave stays on suspense. */
  split(
    by: Principal,
    input: { readonly id: string; readonly parts: readonly Share[] },
    key: string,
  ): Promise<BankLineView> {
    const decision = { operation: "splitBankLine", action: "BANK_LINE_SPLIT", key, input };
    return this.decide(by, decision, async (tx, line) => {
      checkIncoming(line);
      const shares = checkShares(input.parts, line.openCents);
      for (const share of shares) await checkPayer(tx, this.deps.suppliers, share);
      await this.deps.settling.split(tx, by.consumer, { line, shares });
      return { amountCents: shares.reduce((sum, { amountCents }) => sum + amountCents, 0) };
    });
  }

  /** Confirms that a line is money which was recorded, or that it takes an earlier line back. */
  match(
    by: Principal,
    input: { readonly id: string; readonly subject: string },
    key: string,
  ): Promise<BankLineView> {
    const decision = { operation: "matchBankLine", action: "BANK_LINE_MATCHED", key, input };
    return this.decide(by, decision, async (tx, line) => {
      const found = candidatesOf(line, await this.deps.facts.about(tx, [line])).find(
        (one) => ("id" in one ? one.id : one.lineId) === input.subject,
      );
      if (!found) throw notCandidate();
      if ("id" in found) await this.deps.confirming.confirm(tx, by.consumer, { line, expected: found });
      else if (found.kind === "TRANSFER")
        await this.deps.confirming.recall(tx, by.consumer, { line, earlier: found, from: "471" });
      else if (found.supplierId === null) throw notCandidate();
      else {
        // A refund that came back is money received from the supplier.
        const { supplierId } = found;
        const shares = [{ supplierId, documentId: null, amountCents: line.openCents }];
        await this.deps.settling.split(tx, by.consumer, { line, shares });
      }
      return { amountCents: line.openCents, subject: input.subject };
    });
  }

  /** Books a line that concerns no supplier, such as bank fees or interest. */
  book(by: Principal, input: Booking & { readonly id: string }, key: string): Promise<BankLineView> {
    const decision = { operation: "bookBankLine", action: "BANK_LINE_BOOKED", key, input };
    return this.decide(by, decision, async (tx, line) => {
      const { as, reason } = checkBooking(input, line);
      await this.refuseRecorded(tx, line);
      await this.deps.settling.book(tx, by.consumer, { line, as, reason });
      return { as, reason, amountCents: line.openCents };
    });
  }

  /** Takes back one part of a line, or all. The money is on suspense again. */
  undo(
    by: Principal,
    input: { readonly id: string; readonly partId: string | null; readonly reason: string },
    key: string,
  ): Promise<BankLineView> {
    const decision = { operation: "undoBankLine", action: "BANK_LINE_UNDONE", key, input };
    const reason = checkUndoReason(input.reason);
    return this.once(by, decision, async (tx) => {
      await lockBank(tx);
      const line = await lockLine(tx, input.id);
      const parts = partsToUndo(line, input.partId);
      await this.deps.undoing.undo(tx, { line, parts, by: by.consumer, reason });
      return { reason, amountCents: parts.reduce((sum, { amountCents }) => sum + amountCents, 0) };
    });
  }

  private decide<Input extends { readonly id: string }>(
    by: Principal,
    decision: Decision<Input>,
    work: (tx: EntityManager, line: BankLineView) => Promise<Readonly<Record<string, JsonValue>>>,
  ): Promise<BankLineView> {
    return this.once(by, decision, async (tx) => {
      await lockBank(tx);
      const line = await lockLine(tx, decision.input.id);
      if (line.status !== "UNMATCHED") throw notOpen(line);
      return work(tx, line);
    });
  }

  private async once<Input extends { readonly id: string }>(
    by: Principal,
    { operation, action, key, input }: Decision<Input>,
    work: (tx: EntityManager) => Promise<Readonly<Record<string, JsonValue>>>,
  ): Promise<BankLineView> {
    const { transact, idempotency, audit, opened } = this.deps;
    const once = { principal: by.consumer, operation, key, supplierId: null, input };
    const line = await transact(scopeOf(by), async (tx) => {
      const id = await idempotency.once(tx, once, async () => {
        const detail = await work(tx);
        const act = { actor: by.consumer, action, subject: `bank-line:${input.id}`, supplierId: null };
        await audit.record(tx, { ...act, detail });
        return input.id;
      });
      return oneLine(tx, id);
    });
    opened();
    return line;
  }

  private async confirm(
    tx: EntityManager,
    by: Principal,
    {
      line,
      recorded,
      supplierId,
      documentId,
    }: { line: BankLineView; recorded: Expected; supplierId: string; documentId: string | null },
  ): Promise<Readonly<Record<string, JsonValue>>> {
    if (recorded.supplierId !== supplierId) throw recordedForAnother();
    const confirmed = { line, expected: recorded, documentId };
    const correctedCents = await this.deps.confirming.confirm(tx, by.consumer, confirmed);
    return { amountCents: line.amountCents, correctedCents };
  }

  private async refuseRecorded(tx: EntityManager, line: BankLineView): Promise<void> {
    const { expected } = await this.deps.facts.about(tx, [line]);
    if (!expected.some(({ kind, reference }) => kind === "TRANSFER" && reference === line.reference)) return;
    throw transferRecorded();
  }
}

function partsToUndo(line: BankLineView, partId: string | null): LinePart[] {
  const parts = standing(line.parts).filter(({ id }) => partId === null || id === partId);
  if (parts.length > 0) return parts;
  throw nothingToUndo(partId === null ? "id" : "partId");
}
