/** What finance decides about a line on suspense: whose transfer it is, or that it concerns no supplier. */
import type { EntityManager } from "typeorm";
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { EntriesService } from "../../account/ledger";
import type { SupplierBook } from "../../account/suppliers";
import type { Transact } from "../../platform/database";
import type { BankTransfersService } from "../documents";
import type { BankLineView } from "./bank-line";
import { lockUnmatched, markLine, oneLine, refuseRecorded } from "./bank-lines.service";
import { checkBooking, checkIncoming, type Booking } from "./check-booking";
import type { Corrections } from "./corrections.service";
import { recordTransfer } from "./line-transfers.service";
import { bookedEntry } from "./suspense";

export interface BankLineDecisionsDeps {
  readonly transact: Transact;
  readonly transfers: BankTransfersService;
  readonly entries: EntriesService;
  readonly corrections: Corrections;
  readonly suppliers: SupplierBook;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly opened: () => void;
}

export interface Assignment {
  readonly id: string;
  readonly supplierId: string;
  readonly documentId: string | null;
}

interface Decision {
  readonly operation: string;
  readonly key: string;
  readonly input: { readonly id: string };
}

export class BankLineDecisions {
  constructor(private readonly deps: BankLineDecisionsDeps) {}

  /**
   * Assigns a line to a supplier. For a line that differs from a transfer recorded by hand, this confirms
   * that the bank is right and corrects the transfer.
   */
  async assign(by: Principal, wanted: Assignment, key: string): Promise<BankLineView> {
    const decision = { operation: "assignBankLine", key, input: wanted };
    const line = await this.once(by, decision, (tx) => this.assignIn(tx, by, wanted));
    this.deps.opened();
    return line;
  }

  /** Books a line that concerns no supplier, such as bank fees or interest. */
  book(by: Principal, wanted: Booking & { readonly id: string }, key: string): Promise<BankLineView> {
    const decision = { operation: "bookBankLine", key, input: wanted };
    return this.once(by, decision, (tx) => this.bookIn(tx, by, wanted));
  }

  private once(
    by: Principal,
    { operation, key, input }: Decision,
    work: (tx: EntityManager) => Promise<void>,
  ): Promise<BankLineView> {
    const { transact, idempotency } = this.deps;
    const once = { principal: by.consumer, operation, key, supplierId: null, input };
    return transact(scopeOf(by), async (tx) => {
      const id = await idempotency.once(tx, once, async () => {
        await work(tx);
        return input.id;
      });
      return oneLine(tx, id);
    });
  }

  private async assignIn(tx: EntityManager, by: Principal, wanted: Assignment): Promise<void> {
    const { suppliers, corrections, transfers } = this.deps;
    const { id, supplierId, documentId } = wanted;
    await suppliers.one(tx, supplierId);
    const line = await lockUnmatched(tx, id);
    checkIncoming(line);
    const correctedCents = await corrections.correct(tx, by, { line, supplierId, documentId });
    if (correctedCents === null) {
      await recordTransfer(tx, transfers, { by, line, supplierId, documentId, cash: "471" });
    }
    const act = { actor: by.consumer, action: "BANK_LINE_ASSIGNED", subject: `bank-line:${id}`, supplierId };
    const { amountCents } = line;
    await this.deps.audit.record(tx, { ...act, detail: { amountCents, correctedCents } });
  }

  private async bookIn(
    tx: EntityManager,
    by: Principal,
    { id, ...booking }: Booking & { readonly id: string },
  ): Promise<void> {
    const line = await lockUnmatched(tx, id);
    const { as, reason } = checkBooking(booking, line);
    await refuseRecorded(tx, line.reference);
    await markLine(tx, id, ["BOOKED", as]);
    await this.deps.entries.write(tx, [bookedEntry(line, { as, reason })]);
    const act = {
      ...{ actor: by.consumer, action: "BANK_LINE_BOOKED", subject: `bank-line:${id}`, supplierId: null },
    };
    await this.deps.audit.record(tx, { ...act, detail: { as, reason, amountCents: line.amountCents } });
  }
}
