/** Carries out what was decided about lines of bank statements: parts, transfers, payments and entries. */
import type { EntityManager } from "typeorm";
import type { EntriesService, Entry } from "../../account/ledger";
import { newId } from "../../platform/ids";
import { AppError, invalid } from "../../shared/errors";
import { integerOf } from "../../shared/integer";
import type { BankTransfersService, LostPayment, LostPaymentsService, PaymentsService } from "../documents";
import { arrivalEntry, bookedEntry, oldRecordEntry, suspenseEntry, type LineCash } from "./bank-entries";
import { standing, type BookedAs, type StoredLine, type WaitsFor } from "./bank-line";
import { oneLine } from "./bank-lines.service";
import type { Decision, Earlier, Expected } from "./decide-line";
import type { LineBook, NewPart } from "./line-book.service";

export interface LineSettlingDeps {
  readonly transfers: BankTransfersService;
  readonly payments: PaymentsService;
  readonly lost: LostPaymentsService;
  readonly entries: EntriesService;
  readonly lines: LineBook;
  readonly movePayoutToTransit: (tx: EntityManager, id: string) => Promise<boolean>;
}

type OfKind<K extends Decision["kind"]> = Extract<Decision, { kind: K }>;

/** A line and what was decided about its open amount. */
export interface Decided<D extends Decision = Decision> {
  readonly line: StoredLine;
  readonly decision: D;
}

/** Recalls are carried out one by one, see `recall`. */
export type Settleable = Exclude<Decision, OfKind<"RECALL">>;

/** Part of an open line that is a transfer of a supplier. */
export interface Share {
  readonly supplierId: string;
  readonly documentId: string | null;
  readonly amountCents: number;
}

export class LineSettling {
  constructor(private readonly deps: LineSettlingDeps) {}

  /**
   * Carries out decisions about lines that are new (`from` 512) or were on suspense (471). All new transfers must
   * be of one supplier, so that one account is locked, before the journals.
   */
  async settle(
    tx: EntityManager,
    by: string,
    { decided, from }: { readonly decided: readonly Decided<Settleable>[]; readonly from: LineCash },
  ): Promise<void> {
    const shares = decided.flatMap(({ line, decision }) =>
      decision.kind === "NEW_TRANSFER" ? [{ line, ...decision, amountCents: line.openCents }] : [],
    );
    const parts: NewPart[] = await this.receive(tx, by, { shares, from });
    const entries: Entry[] = [];
    const waits = new Map<string, WaitsFor>();
    for (const { line, decision } of decided) {
      const about = { id: newId(), lineId: line.id, amountCents: line.openCents, madeBy: by };
      switch (decision.kind) {
        case "NEW_TRANSFER":
          break;
        case "EXPECTED": {
          const { kind, id: subjectId, supplierId } = decision.expected;
          entries.push(...(await this.arrived(tx, line, decision.expected, from)));
          parts.push({ ...about, kind, subjectId, supplierId });
          break;
        }
        case "BOOKED":
          entries.push(this.booked(line, decision.as, { reason: labels[decision.as], from }));
          parts.push({ ...about, kind: "BOOKED", subjectId: decision.as, supplierId: null });
          break;
        case "WAIT":
          waits.set(line.id, decision.for);
          if (from === "512") entries.push(suspenseEntry(line, line.amountCents));
      }
    }
    await this.deps.lines.add(tx, parts);
    if (from === "512") await this.deps.lines.markBooked(tx, idsOf(decided), waits);
    await this.deps.entries.write(tx, entries);
  }

  /** Splits what is open of a line on suspense over transfers of suppliers. */
  async split(
    tx: EntityManager,
    by: string,
    { line, shares }: { readonly line: StoredLine; readonly shares: readonly Share[] },
  ): Promise<void> {
    const ofLine = shares.map((share) => ({ ...share, line }));
    await this.deps.lines.add(tx, await this.receive(tx, by, { shares: ofLine, from: "471" }));
  }

  /** Books a line on suspense that concerns no supplier. */
  async book(
    tx: EntityManager,
    by: string,
    { line, as, reason }: { readonly line: StoredLine; readonly as: BookedAs; readonly reason: string },
  ): Promise<void> {
    const about = { id: newId(), lineId: line.id, amountCents: line.openCents, madeBy: by };
    await this.deps.lines.add(tx, [{ ...about, kind: "BOOKED", subjectId: as, supplierId: null }]);
    await this.deps.entries.write(tx, [this.booked(line, as, { reason, from: "471" })]);
  }

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
    await this.deps.lines.add(tx, [{ ...part, amountCents: line.openCents }]);
    await this.deps.entries.write(tx, await this.arrived(tx, line, expected, "471"));
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

  /** Records transfers and returns the parts of their lines. */
  private async receive(
    tx: EntityManager,
    by: string,
    { shares, from }: { readonly shares: readonly (Share & { readonly line: StoredLine })[]; from: LineCash },
  ): Promise<NewPart[]> {
    if (shares.length === 0) return [];
    const ids = await this.deps.transfers.recordAll(
      tx,
      shares.map(({ line, supplierId, documentId, amountCents }) => ({
        ...{ supplierId, documentId, amountInclVatCents: amountCents, receivedOn: line.bookedOn },
        ...{ bankReference: line.reference, recordedBy: by, lineId: line.id, cash: from },
      })),
    );
    return shares.map(({ line, supplierId, documentId, amountCents }, index) => ({
      ...{ id: newId(), lineId: line.id, kind: "TRANSFER", subjectId: ids[index] ?? "", amountCents },
      ...{ supplierId, documentId, madeBy: by },
    }));
  }

  private booked(
    line: StoredLine,
    as: BookedAs,
    { reason, from }: { readonly reason: string; readonly from: LineCash },
  ): Entry {
    return bookedEntry(line, { as, cents: line.openCents, reason, from });
  }

  /** The entries by which recorded money arrives. Records from before money in transit was booked are on 512. */
  private async arrived(
    tx: EntityManager,
    line: StoredLine,
    expected: Expected,
    from: LineCash,
  ): Promise<Entry[]> {
    const arrival = arrivalEntry(line, line.openCents, from);
    const { kind, id } = expected;
    const isOld = await (kind === "PAYOUT"
      ? this.deps.movePayoutToTransit(tx, id)
      : this.deps.transfers.moveToTransit(tx, { kind, id }));
    if (!isOld) return [arrival];
    const onSuspenseCents = from === "471" ? await bookedAtBank(tx, line.id) : line.amountCents;
    return [oldRecordEntry(line, { cents: expected.amountCents, onSuspenseCents }), arrival];
  }
}

interface Correction extends Omit<NewPart, "amountCents"> {
  readonly correctedCents: number;
  readonly line: StoredLine;
  readonly receivedFor: string | null;
  readonly expected: Expected;
}

const labels: Readonly<Record<BookedAs, string>> = {
  BANK_FEE: "Frais bancaires",
  EXPENSE: "Charge",
  INCOME: "Produit",
};

const idsOf = (decided: readonly Decided[]): string[] => decided.map(({ line }) => line.id);

export const alreadyRefunded = (): AppError =>
  new AppError(
    "CONFLICT",
    "Part of this money was refunded to the supplier meanwhile, so it cannot be taken back whole. Recover the refund first.",
    { reason: "ALREADY_REFUNDED", field: "id" },
  );

/** What the line itself moved at the bank. */
async function bookedAtBank(tx: EntityManager, lineId: string): Promise<number> {
  const [row]: { cents: string }[] = await tx.query(
    `SELECT coalesce(sum(debit_cents - credit_cents), 0) AS cents FROM journal_line
     WHERE cause_kind = 'BANK_LINE' AND cause_id = $1 AND account = '512'`,
    [lineId],
  );
  return integerOf(row?.cents);
}
