/** Carries out what a person, or the bank, says that a line is: recorded money, or the recall of a transfer. */
import type { EntityManager } from "typeorm";
import type { EntriesService } from "../../account/ledger";
import { newId } from "../../platform/ids";
import { invalid } from "../../shared/errors";
import type { LostPayment, LostPaymentsService, PaymentsService } from "../documents";
import type { Arrivals } from "./arrivals.service";
import { suspenseEntry, type LineCash } from "./bank-entries";
import { alreadyRefunded } from "./bank-errors";
import { standing, type StoredLine } from "./bank-line";
import { oneLine } from "./bank-lines.service";
import type { Earlier, Expected } from "./decide-line";
import type { LineBook, NewPart } from "./line-book.service";

export interface ConfirmingDeps {
  readonly payments: PaymentsService;
  readonly lost: LostPaymentsService;
  readonly entries: EntriesService;
  readonly lines: LineBook;
  readonly arrivals: Arrivals;
}

export class Confirming {
  constructor(private readonly deps: ConfirmingDeps) {}

  /**
   * The bank took a transfer back: what it had paid is open again. What had been refunded to the supplier cannot
   * be owed again, and waits on suspense.
   */
  async recall(
    tx: EntityManager,
    by: string,
    {
      line,
      earlier,
      from,
    }: { readonly line: StoredLine; readonly earlier: Earlier; readonly from: LineCash },
  ): Promise<void> {
    const { lines, lost, entries } = this.deps;
    const recalled = standing((await oneLine(tx, earlier.lineId)).parts);
    const losses: LostPayment[] = [];
    for (const part of recalled) {
      const history = await lines.historyOf(tx, part.subjectId);
      losses.push({
        ...{ supplierId: part.supplierId ?? "", causes: history, earlier: history, disputeId: newId() },
        ...{ to: "BANK_LINE" as const, cash: from, reference: line.reference, decidedBy: by },
        ...{ inclVatCents: part.amountCents, lostOn: line.bookedOn },
      });
    }
    const owed = await lost.reverseAll(tx, losses);
    const parts = recalled.flatMap(({ subjectId, supplierId }, index) => {
      const amountCents = -(owed[index] ?? 0);
      const about = { id: losses[index]?.disputeId ?? newId(), lineId: line.id, subjectId, supplierId };
      return amountCents === 0 ? [] : [{ ...about, kind: "RECALL" as const, amountCents, madeBy: by }];
    });
    await lines.add(tx, parts);
    const restCents = parts.reduce((rest, { amountCents }) => rest - amountCents, line.openCents);
    if (from === "471") return;
    await lines.markBooked(tx, [line.id], new Map(restCents === 0 ? [] : [[line.id, "RECALL_UNCLEAR"]]));
    await entries.write(tx, restCents === 0 ? [] : [suspenseEntry(line, restCents)]);
  }

  /**
   * Confirms that a line on suspense is recorded money. A transfer recorded by hand with another amount is
   * corrected to the bank's: a surplus is received as a payment, a shortfall is reversed.
   */
  async confirm(
    tx: EntityManager,
    by: string,
    {
      line,
      expected,
      documentId = null,
    }: { readonly line: StoredLine; readonly expected: Expected; readonly documentId?: string | null },
  ): Promise<number> {
    const { kind, id: subjectId, supplierId } = expected;
    const correctedCents = line.openCents - expected.amountCents;
    const part = { id: newId(), lineId: line.id, kind, subjectId, supplierId, correctedCents, madeBy: by };
    if (correctedCents !== 0) await this.correct(tx, { ...part, line, receivedFor: documentId, expected });
    const { lines, entries, arrivals } = this.deps;
    await lines.add(tx, [{ ...part, amountCents: line.openCents }]);
    await entries.write(tx, await arrivals.entries(tx, { line, expected, from: "471" }));
    return correctedCents;
  }

  private async correct(
    tx: EntityManager,
    { id, line, supplierId, subjectId, correctedCents, madeBy, receivedFor, expected }: Correction,
  ): Promise<void> {
    if (expected.kind !== "TRANSFER" || supplierId === null) {
      throw invalid("subject: its amount differs from the line's, and only a transfer can be corrected.", {
        reason: "NOT_ALLOWED",
        field: "subject",
      });
    }
    const { lines, payments, lost } = this.deps;
    const about = { supplierId, cash: "580" as const, reference: line.reference };
    if (correctedCents > 0) {
      await payments.receive(tx, {
        ...{ ...about, kind: "BANK_TRANSFER", causeKind: "BANK_LINE", causeId: id, documentId: receivedFor },
        ...{ inclVatCents: correctedCents, receivedOn: line.bookedOn, recordedBy: madeBy },
      });
      return;
    }
    const history = await lines.historyOf(tx, subjectId);
    const owed = await lost.reverse(tx, {
      ...{ ...about, causes: history, earlier: history, disputeId: id, to: "BANK_LINE" },
      ...{ inclVatCents: -correctedCents, lostOn: line.bookedOn, decidedBy: madeBy },
    });
    if (owed !== -correctedCents) throw alreadyRefunded();
  }
}

interface Correction extends Omit<NewPart, "amountCents"> {
  readonly correctedCents: number;
  readonly line: StoredLine;
  readonly receivedFor: string | null;
  readonly expected: Expected;
}
