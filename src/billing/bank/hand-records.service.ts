/**
 * Transfers and refunds that finance records by hand. The line of the bank statement may be there already, or
 * come later: either way the same money is booked once. Where nobody can tell, a person says whether it is.
 */
import type { EntityManager } from "typeorm";
import { newId } from "../../platform/ids";
import type { EntriesService } from "../../account/ledger";
import type { BankTransfersService, LostPaymentsService, Transfer } from "../documents";
import { lockBank } from "./bank-lock.service";
import { checkInvoice } from "./check-payer.service";
import type { Expected } from "./decide-line";
import {
  alikeRecorded,
  linesLike,
  looksRecorded,
  recordedTransfer,
  refundRecorded,
  waitingLines,
} from "./hand-record-reads.service";
import type { LineBook } from "./line-book.service";
import { alreadyRefunded } from "./bank-errors";
import type { Confirming } from "./confirming.service";
import type { LineSettling } from "./line-settling.service";

export interface HandRecordsDeps {
  readonly transfers: BankTransfersService;
  readonly lost: LostPaymentsService;
  readonly entries: EntriesService;
  readonly lines: LineBook;
  readonly settling: LineSettling;
  readonly confirming: Confirming;
}

export class HandRecords {
  constructor(private readonly deps: HandRecordsDeps) {}

  /**
   * Records a transfer. If its line waits on suspense under the same reference, it is matched at once. Throws
   * CONFLICT if a line of the same supplier may be the same money, by its reference or by its amount and day, unless
   * `isAnother`.
   */
  async recordTransfer(
    tx: EntityManager,
    by: string,
    { isAnother, ...given }: Transfer & { readonly isAnother: boolean },
  ): Promise<string> {
    const { transfers, lines } = this.deps;
    const transfer = transfers.check(given);
    await lockBank(tx);
    await checkInvoice(tx, transfer);
    const known = await linesLike(tx, transfer);
    const waiting = known.find((one) => one.isSameReference && one.openCents === transfer.amountInclVatCents);
    if (waiting) {
      const cash = { lineId: waiting.id, cash: "471" as const };
      const transferId = await transfers.record(tx, { ...transfer, ...cash, recordedBy: by });
      const part = { id: newId(), lineId: waiting.id, kind: "TRANSFER" as const, subjectId: transferId };
      const { amountInclVatCents: amountCents, supplierId, documentId = null } = transfer;
      await lines.add(tx, [{ ...part, amountCents, supplierId, documentId, madeBy: by }]);
      return transferId;
    }
    const isRecorded = known.some((one) => one.isSameReference && one.isEqual && one.isOfSupplier);
    if (isRecorded) throw alikeRecorded();
    if (known.length > 0 && !isAnother) throw looksRecorded(known);
    return transfers.record(tx, { ...transfer, lineId: null, cash: "580", recordedBy: by });
  }

  /** Runs `refund`, and matches the line of the refund if it waits on suspense already. */
  async recordRefund<T>(
    tx: EntityManager,
    by: string,
    { bankReference, refund }: { readonly bankReference: string; readonly refund: () => Promise<T> },
  ): Promise<T> {
    await lockBank(tx);
    const done = await refund();
    const recorded = await refundRecorded(tx, bankReference);
    const [line] = recorded ? await waitingLines(tx, recorded) : [];
    if (recorded && line) await this.deps.confirming.confirm(tx, by, { line, expected: recorded });
    return done;
  }

  /** The line of a payout can have been imported before Stripe told us of the payout. */
  async payoutArrived(
    tx: EntityManager,
    { id, amountCents, arrivesOn }: { id: string; amountCents: number; arrivesOn: string },
  ): Promise<void> {
    const expected: Expected = {
      ...{ kind: "PAYOUT", id, reference: id, supplierId: null, amountCents, on: arrivesOn },
    };
    const lines = (await waitingLines(tx, expected)).filter(({ remittance, counterparty }) =>
      /stripe/i.test(`${remittance} ${counterparty}`),
    );
    const [line] = lines;
    if (line && lines.length === 1)
      await this.deps.settling.settle(tx, "stripe", {
        decided: [{ line, decision: { kind: "EXPECTED", expected } }],
        from: "471",
      });
  }

  /** Takes back a transfer that was recorded by mistake and that no line shows. Returns its supplier. */
  async reverseTransfer(tx: EntityManager, by: string, id: string): Promise<string> {
    const { lost, lines, transfers } = this.deps;
    await lockBank(tx);
    const transfer = await recordedTransfer(tx, id);
    const history = await lines.historyOf(tx, id);
    const owed = await lost.reverse(tx, {
      ...{ supplierId: transfer.supplierId, causes: history, earlier: history, disputeId: newId() },
      ...{ to: "BANK_LINE", cash: transfer.cash, reference: transfer.reference, decidedBy: by },
      ...{ inclVatCents: transfer.amountCents, lostOn: transfer.receivedOn },
    });
    if (owed !== transfer.amountCents) throw alreadyRefunded();
    await transfers.markReversed(tx, id);
    return transfer.supplierId;
  }
}
