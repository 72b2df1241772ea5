/** Takes back what a line of a bank statement was matched with, or booked as. Its money is on suspense again. */
import type { EntityManager } from "typeorm";
import type { EntriesService, Entry } from "../../account/ledger";
import { newId } from "../../platform/ids";
import type { BankTransfersService, LostPaymentsService, PaymentsService } from "../documents";
import { bookedAccounts, takenBackEntry } from "./bank-entries";
import type { BankLineView, BookedAs, LinePart } from "./bank-line";
import type { LineBook } from "./line-book.service";
import { alreadyRefunded, recalled } from "./bank-errors";

export interface LineUndoDeps {
  readonly transfers: BankTransfersService;
  readonly payments: PaymentsService;
  readonly lost: LostPaymentsService;
  readonly entries: EntriesService;
  readonly lines: LineBook;
}

interface Undoing {
  readonly line: BankLineView;
  readonly part: LinePart;
  readonly undoId: string;
  readonly by: string;
}

/** What an undo of a part does to suppliers' accounts and to the books. */
interface Effects {
  readonly lost: Parameters<LostPaymentsService["reverseAll"]>[1];
  readonly received: Parameters<PaymentsService["receiveAll"]>[1];
  readonly entries: readonly Entry[];
  /** Transfers that were recorded from the line and exist no longer. */
  readonly reversed: readonly string[];
}

export class LineUndo {
  constructor(private readonly deps: LineUndoDeps) {}

  /** Throws CONFLICT where the money is no longer there, or another line took it back. */
  async undo(
    tx: EntityManager,
    {
      line,
      parts,
      by,
      reason,
    }: { line: BankLineView; parts: readonly LinePart[]; by: string; reason: string },
  ): Promise<void> {
    const { lines, lost, payments, entries, transfers } = this.deps;
    const undoings = parts.map((part) => ({ line, part, undoId: newId(), by }));
    const effects: Effects[] = [];
    for (const undoing of undoings) effects.push(await this.effectsOf(tx, undoing));
    const losses = effects.flatMap((one) => one.lost);
    const owed = await lost.reverseAll(tx, losses);
    if (losses.some(({ inclVatCents }, index) => owed[index] !== inclVatCents)) throw alreadyRefunded();
    await payments.receiveAll(
      tx,
      effects.flatMap(({ received }) => received),
    );
    for (const id of effects.flatMap(({ reversed }) => reversed)) await transfers.markReversed(tx, id);
    for (const { part, undoId } of undoings) await lines.undo(tx, part, { undoId, by, reason });
    await entries.write(
      tx,
      effects.flatMap((one) => one.entries),
    );
  }

  private async effectsOf(tx: EntityManager, undoing: Undoing): Promise<Effects> {
    const { line, part, undoId } = undoing;
    switch (part.kind) {
      case "TRANSFER":
        return this.ofTransfer(tx, undoing);
      case "RECALL":
        return { ...none, received: [receivedAgain(undoing, -part.amountCents, "471")] };
      case "PAYOUT":
      case "REFUND":
        return { ...none, entries: [takenBackEntry(line, part.amountCents, "580")] };
      case "BOOKED": {
        const account = bookedAccounts[part.subjectId as BookedAs];
        return { ...none, entries: [takenBackEntry({ ...line }, part.amountCents, account)] };
      }
    }
    throw new Error(`The part ${undoId} is of no known kind.`);
  }

  private async ofTransfer(tx: EntityManager, undoing: Undoing): Promise<Effects> {
    const { line, part } = undoing;
    const { lines, transfers } = this.deps;
    const history = await lines.historyOf(tx, part.subjectId);
    if (await lines.isRecalled(tx, part.subjectId)) throw recalled();
    const fromLine = await transfers.isRecordedFrom(tx, part.subjectId, line.id);
    if (fromLine) {
      const lost = lostAgain(undoing, { cents: part.amountCents, cash: "471", history });
      return { ...none, lost: [lost], reversed: [part.subjectId] };
    }
    const { correctedCents } = part;
    return {
      ...none,
      lost: correctedCents > 0 ? [lostAgain(undoing, { cents: correctedCents, cash: "580", history })] : [],
      received: correctedCents < 0 ? [receivedAgain(undoing, -correctedCents, "580")] : [],
      entries: [takenBackEntry(line, part.amountCents, "580")],
    };
  }
}

const none: Effects = { lost: [], received: [], entries: [], reversed: [] };

type Cash = "471" | "580";

const lostAgain = (
  { line, part, undoId, by }: Undoing,
  { cents, cash, history }: { cents: number; cash: Cash; history: readonly string[] },
): Effects["lost"][number] => ({
  ...{ supplierId: part.supplierId ?? "", causes: history, earlier: history, disputeId: undoId },
  ...{ to: "BANK_LINE", cash, reference: line.reference, decidedBy: by },
  ...{ inclVatCents: cents, lostOn: line.bookedOn },
});

const receivedAgain = (
  { line, part, undoId, by }: Undoing,
  cents: number,
  cash: Cash,
): Effects["received"][number] => ({
  ...{ kind: "BANK_TRANSFER", cash, supplierId: part.supplierId ?? "", inclVatCents: cents },
  ...{ causeKind: "BANK_LINE", causeId: undoId, reference: line.reference },
  ...{ receivedOn: line.bookedOn, recordedBy: by },
});
