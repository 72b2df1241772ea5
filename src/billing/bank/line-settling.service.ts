/** Carries out what was decided about lines of bank statements: parts, transfers, payments and entries. */
import type { EntityManager } from "typeorm";
import type { EntriesService, Entry } from "../../account/ledger";
import { newId } from "../../platform/ids";
import type { BankTransfersService } from "../documents";
import type { Arrivals } from "./arrivals.service";
import { bookedEntry, suspenseEntry, type LineCash } from "./bank-entries";
import type { BookedAs, StoredLine, WaitsFor } from "./bank-line";
import type { Decision } from "./decide-line";
import type { LineBook, NewPart } from "./line-book.service";

export interface LineSettlingDeps {
  readonly transfers: BankTransfersService;
  readonly entries: EntriesService;
  readonly lines: LineBook;
  readonly arrivals: Arrivals;
}

type OfKind<K extends Decision["kind"]> = Extract<Decision, { kind: K }>;

/** A line and what was decided about its open amount. */
export interface Decided<D extends Decision = Decision> {
  readonly line: StoredLine;
  readonly decision: D;
}

/** Recalls are carried out one by one, see `Confirming.recall`. */
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
          entries.push(
            ...(await this.deps.arrivals.entries(tx, { line, expected: decision.expected, from })),
          );
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
}

const labels: Readonly<Record<BookedAs, string>> = {
  BANK_FEE: "Frais bancaires",
  EXPENSE: "Charge",
  INCOME: "Produit",
};

const idsOf = (decided: readonly Decided[]): string[] => decided.map(({ line }) => line.id);
