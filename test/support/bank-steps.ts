/**
 * The bank's part of the money model: files with lines, transfers by hand, and what finance decides. A supplier's
 * money is what was recorded by hand, plus what stands of lines, minus refunds.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { standing, type BankLineView } from "../../src/billing/bank/bank-line";
import { linesById } from "../../src/billing/bank/bank-lines.service";
import { candidatesOf } from "../../src/billing/bank/decide-line";
import { documentsIn, staff, type Books } from "../integration/ledger-fixture";
import { dayOf } from "./days";

export interface Account {
  readonly supplierId: string;
  readonly siren: string;
  /** Including VAT: payments by bank transfer minus refunds. */
  cash: number;
}

export interface BankModel extends Account {
  /** A supplier that only gets money of split lines. */
  readonly other: Account;
  /** Transfers that were recorded by hand before their line, with their amounts. */
  readonly byHand: Map<string, number>;
  readonly lines: BankLineView[];
}

type Named = "INVOICE" | "SIREN" | "NOTHING";

export type BankCommand =
  | { readonly do: "line"; readonly cents: number; readonly names: Named; readonly daysAgo: number }
  | {
      readonly do: "transfer";
      readonly cents: number;
      /** By how much the line differs from what was recorded by hand. */
      readonly more: number;
      readonly names: Named;
      readonly daysAgo: number;
      /** The days between the transfer by hand and its line. */
      readonly delay: number;
      readonly lineFirst: boolean;
      readonly sameReference: boolean;
    }
  | { readonly do: "assign"; readonly which: number; readonly named: boolean }
  | { readonly do: "split"; readonly which: number; readonly share: number; readonly rest: boolean }
  | { readonly do: "match" | "recall" | "reverse"; readonly which: number }
  | { readonly do: "undo"; readonly which: number; readonly whole: boolean }
  | { readonly do: "refundOnLine"; readonly lineFirst: boolean };

const dayMs = 86_400_000;
const by = staff("FINANCE");
const which = fc.nat();
const cents = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 20_000 }));
const names = fc.constantFrom<Named>("INVOICE", "SIREN", "NOTHING");
const daysAgo = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 70 }));

const commands: readonly fc.WeightedArbitrary<BankCommand>[] = [
  { weight: 4, arbitrary: fc.record({ do: fc.constant("line" as const), cents, names, daysAgo }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant("transfer" as const), cents, names, daysAgo },
      more: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -20, max: 20 })),
      delay: fc.integer({ min: 0, max: 9 }),
      ...{ lineFirst: fc.boolean(), sameReference: fc.boolean() },
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("assign" as const), which, named: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: fc.constant("split" as const), which, rest: fc.boolean() },
      share: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("match" as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("undo" as const), which, whole: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("recall" as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refundOnLine" as const), lineFirst: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reverse" as const), which }) },
];

/** About one command in four of the whole model is of the bank. */
export const bankCommand: fc.Arbitrary<BankCommand> = fc.oneof(...commands);

type Wanted<K extends BankCommand["do"]> = Extract<BankCommand, { do: K }>;

let references = 0;
/** No reference is the beginning of another. */
const newReference = (): string => `BK-${String(++references).padStart(7, "0")}`;

const pick = <T>(all: readonly T[], index: number): T | undefined => all[index % all.length];
const isOpen = ({ openCents }: BankLineView): boolean => openCents !== 0;
const isIncoming = ({ amountCents }: BankLineView): boolean => amountCents > 0;

interface WrittenLine {
  readonly reference: string;
  readonly on: string;
  readonly cents: number;
  readonly text: string;
}

/** The money of a supplier in transfers by hand and in lines. */
function worthOf({ supplierId: own, byHand, lines }: BankModel, supplierId: string): number {
  const parts = lines
    .flatMap((line) => standing(line.parts))
    .filter((part) => part.supplierId === supplierId && ["TRANSFER", "RECALL"].includes(part.kind));
  const recorded = own === supplierId ? [...byHand.values()] : [];
  return [
    ...recorded,
    // What was recorded by hand changes by the correction only.
    ...parts.map(({ kind, subjectId, amountCents, correctedCents }) =>
      kind === "TRANSFER" && byHand.has(subjectId) ? correctedCents : amountCents,
    ),
  ].reduce((sum, one) => sum + one, 0);
}

/** Allows the given error codes and fails on any other error. */
export async function allowed(codes: readonly string[], work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === undefined || !codes.includes(code)) throw error;
    return false;
  }
}

/** Runs the bank's commands on these books. */
export class BankSteps {
  constructor(private readonly books: Books) {}

  run(model: BankModel, command: BankCommand): Promise<void> {
    switch (command.do) {
      case "line":
        return this.line(model, command);
      case "transfer":
        return this.transfer(model, command);
      case "assign":
        return this.assign(model, command);
      case "split":
        return this.split(model, command);
      case "match":
        return this.match(model, command.which);
      case "undo":
        return this.undo(model, command);
      case "recall":
        return this.recall(model, command.which);
      case "refundOnLine":
        return this.refundOnLine(model, command.lineFirst);
      case "reverse":
        return this.reverse(model, command.which);
    }
  }

  /**
   * Records a transfer by hand, also when a line looks like it if the caller insists. Returns its id, or null when
   * it was refused because a line shows it.
   */
  async record(
    model: BankModel,
    transfer: { cents: number; receivedOn: string; bankReference: string; documentId: string | null },
    insists = true,
  ): Promise<string | null> {
    const { cents: amountInclVatCents, ...about } = transfer;
    const input = { ...about, supplierId: model.supplierId, amountInclVatCents };
    const once = (isAnother: boolean, key: string) =>
      this.books.finance.recordTransfer(by, { ...input, isAnother }, key);
    for (const isAnother of insists ? [false, true] : [false]) {
      const key = randomUUID();
      try {
        const first = await once(isAnother, key);
        // The same request again returns the same answer without a second effect.
        expect(await once(isAnother, key)).toEqual(first);
        await this.recorded(model, first.transferId, amountInclVatCents);
        return first.transferId;
      } catch (error) {
        const { reason } = (error as { details?: { reason?: string } }).details ?? {};
        const isShown = reason === "ALREADY_RECORDED" || reason === "LOOKS_RECORDED";
        if (!isShown || isAnother) throw error;
      }
    }
    return null;
  }

  /** A transfer whose line waited for it is part of that line; any other awaits its line. */
  private async recorded(model: BankModel, id: string, amount: number): Promise<void> {
    const [row] = await this.books.owner.rows("SELECT line_id FROM bank_transfer WHERE id = $1", [id]);
    await this.follow(model, () => {
      if (row?.line_id === null) model.byHand.set(id, amount);
    });
  }

  private async line(
    model: BankModel,
    { cents: amount, names: named, daysAgo: days }: Wanted<"line">,
  ): Promise<void> {
    const before = model.cash;
    const text = await this.textFor(model, named);
    const line = await this.take(model, {
      reference: newReference(),
      on: this.day(days),
      cents: amount,
      text,
    });
    if (named === "NOTHING") expect(line).toMatchObject({ status: "UNMATCHED", openCents: amount });
    else if (line.waitsFor !== "LOOKS_RECORDED") expect(line.status).toBe("MATCHED");
    expect(model.cash - before).toBe(amount - line.openCents);
  }

  private async transfer(model: BankModel, wanted: Wanted<"transfer">): Promise<void> {
    const { cents: amount, more, sameReference } = wanted;
    const before = model.cash;
    const [bankReference, delay] = [newReference(), Math.min(wanted.delay, wanted.daysAgo)];
    const line = {
      reference: sameReference ? bankReference : newReference(),
      ...{ on: this.day(wanted.daysAgo - delay), cents: Math.max(1, amount + more) },
      text: await this.textFor(model, wanted.names),
    };
    const transfer = { cents: amount, receivedOn: this.day(wanted.daysAgo), bankReference, documentId: null };
    const first = wanted.lineFirst ? await this.take(model, line) : null;
    const insists = first === null || !sameReference;
    const transferId = await this.record(model, transfer, insists);
    const taken = first ? null : await this.take(model, line);
    if (sameReference && first?.status === "MATCHED") expect(model.cash - before).toBe(line.cents);
    if (sameReference && line.cents === amount) expect(model.cash - before).toBe(amount);
    if (!sameReference) expect(transferId).not.toBeNull();
    if (!taken || transferId === null) return;
    const waits = { status: "UNMATCHED", waitsFor: sameReference ? "DIFFERS" : "LOOKS_RECORDED" };
    if (sameReference && line.cents === amount) expect(taken.status).toBe("MATCHED");
    else if (sameReference || (line.cents === amount && delay <= 5)) expect(taken).toMatchObject(waits);
  }

  private async assign(model: BankModel, { which: index, named }: Wanted<"assign">): Promise<void> {
    const line = pick(
      model.lines.filter((one) => isOpen(one) && isIncoming(one)),
      index,
    );
    if (!line) return;
    const documentId = named ? await this.openInvoice(model.supplierId) : null;
    const { supplierId } = model;
    await this.decide(model, ["CONFLICT"], () =>
      this.books.bank.decisions.assign(by, { id: line.id, supplierId, documentId }, randomUUID()),
    );
  }

  private async split(model: BankModel, { which: index, share, rest }: Wanted<"split">): Promise<void> {
    const line = pick(
      model.lines.filter((one) => isOpen(one) && isIncoming(one)),
      index,
    );
    if (!line) return;
    const first = Math.ceil((line.openCents * share) / 100);
    const documentId = await this.openInvoice(model.supplierId);
    const parts = [
      { supplierId: model.supplierId, documentId, amountCents: first },
      {
        supplierId: model.other.supplierId,
        documentId: null,
        amountCents: rest ? line.openCents - first : 0,
      },
    ].filter(({ amountCents }) => amountCents > 0);
    const [own, others] = [model.cash, model.other.cash];
    await this.decide(model, [], () =>
      this.books.bank.decisions.split(by, { id: line.id, parts }, randomUUID()),
    );
    expect(model.cash - own).toBe(first);
    expect(model.other.cash - others).toBe(rest ? line.openCents - first : 0);
  }

  /** Confirms that a line is the first thing that it may be. */
  private async match(model: BankModel, index: number): Promise<void> {
    const line = pick(model.lines.filter(isOpen), index);
    if (!line) return;
    const facts = await this.books.transact({ role: "staff" }, (tx) =>
      this.books.bank.facts.about(tx, [line]),
    );
    const [found] = candidatesOf(line, facts).map((one) => ("id" in one ? one.id : one.lineId));
    if (found === undefined) return;
    // A refund's amount cannot be corrected to the line's.
    await this.decide(model, ["CONFLICT", "INVALID_INPUT"], () =>
      this.books.bank.decisions.match(by, { id: line.id, subject: found }, randomUUID()),
    );
  }

  private async undo(model: BankModel, { which: index, whole }: Wanted<"undo">): Promise<void> {
    const line = pick(
      model.lines.filter(({ parts }) => standing(parts).length > 0),
      index,
    );
    if (!line) return;
    const part = pick(standing(line.parts), index);
    const wanted = { id: line.id, partId: whole ? null : (part?.id ?? null), reason: "a mistake" };
    const undone = await this.decide(model, ["CONFLICT"], () =>
      this.books.bank.decisions.undo(by, wanted, randomUUID()),
    );
    if (undone)
      expect(undone.openCents).toBe(whole ? line.amountCents : line.openCents + (part?.amountCents ?? 0));
  }

  /** The bank takes a line back: a transfer that is lost, or a refund that comes back. */
  private async recall(model: BankModel, index: number): Promise<void> {
    const line = pick(model.lines, index);
    if (!line) return;
    const text = `rejet ${line.reference}`;
    await this.take(model, { reference: newReference(), on: this.day(0), cents: -line.amountCents, text });
  }

  private async refundOnLine(model: BankModel, lineFirst: boolean): Promise<void> {
    const { supplierId } = model;
    const refunded = await this.refundable(supplierId);
    if (refunded === 0) return;
    const reference = newReference();
    const written = { reference, on: this.day(0), cents: -refunded, text: "remboursement" };
    const before = model.cash;
    if (lineFirst) await this.take(model, written);
    expect(model.cash).toBe(before);
    await this.books.finance.refund(
      by,
      { supplierId, netCents: null, bankReference: reference },
      randomUUID(),
    );
    await this.follow(model, () => {
      model.cash -= refunded;
    });
    if (!lineFirst) await this.take(model, written);
    expect(model.cash).toBe(before - refunded);
    const line = model.lines.at(-1);
    expect(line).toMatchObject({ reference, status: "MATCHED", openCents: 0 });
  }

  private async reverse(model: BankModel, index: number): Promise<void> {
    const transfer = pick([...model.byHand], index);
    if (!transfer) return;
    const [id, amount] = transfer;
    const isOnLine = model.lines.some(({ parts }) =>
      standing(parts).some(({ subjectId }) => subjectId === id),
    );
    const reversal = this.books.finance.reverseTransfer(by, { id, reason: "a mistake" }, randomUUID());
    if (!(await allowed(["CONFLICT"], reversal))) return;
    expect(isOnLine).toBe(false);
    const before = model.cash;
    await this.follow(model, () => model.byHand.delete(id));
    expect(model.cash).toBe(before - amount);
  }

  /** What a refund of everything would pay back, including VAT. */
  private async refundable(supplierId: string): Promise<number> {
    let sum = 0;
    const refund = { supplierId, netCents: null, bankReference: "preview", decidedBy: "test" };
    const preview = this.books.transact({ role: "worker" }, async (tx) => {
      const back = await this.books.adjustments.refund(tx, { ...refund, paymentKind: "BANK_TRANSFER" });
      for (const { parts } of back) sum += parts.reduce((part, { inclVatCents }) => part + inclVatCents, 0);
      throw new Error("only a preview");
    });
    await preview.catch(() => undefined);
    return sum;
  }

  /** Imports a file with the line twice, of which the second time changes nothing. Returns the line. */
  private async take(model: BankModel, written: WrittenLine): Promise<BankLineView> {
    const { reference, on, cents: amount, text } = written;
    const content = `reference,booked_on,amount,remittance,counterparty\n${reference},${on},${(amount / 100).toFixed(2)},${text},\n`;
    const counts = [];
    for (let times = 0; times < 2; times++) {
      const { known, matched, unmatched } = await this.books.bank.statements.take(by, {
        format: "CSV",
        content,
      });
      counts.push([known, matched + unmatched]);
    }
    expect(counts).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const [row] = await this.books.owner.rows("SELECT id FROM bank_line WHERE reference = $1", [reference]);
    const lines = await this.read([String(row?.id)]);
    const [line] = lines;
    if (!line) throw new Error(`The line ${reference} was not stored.`);
    await this.follow(model, () => model.lines.push({ ...line, parts: [] }));
    return line;
  }

  private async decide(
    model: BankModel,
    codes: readonly string[],
    decision: () => Promise<BankLineView>,
  ): Promise<BankLineView | null> {
    let decided: BankLineView | null = null;
    const work = async () => {
      decided = await decision();
    };
    await allowed(codes, work());
    await this.follow(model, () => undefined);
    return decided;
  }

  /** Reads the lines again and adds what changed to the suppliers' money, together with `change` of the model. */
  private async follow(model: BankModel, change: () => unknown): Promise<void> {
    const accounts = [model, model.other];
    const before = accounts.map(({ supplierId }) => worthOf(model, supplierId));
    change();
    const ids = model.lines.map(({ id }) => id);
    const found = new Map((await this.read(ids)).map((line) => [line.id, line]));
    model.lines.splice(0, ids.length, ...ids.flatMap((id) => found.get(id) ?? []));
    accounts.forEach((account, index) => {
      account.cash += worthOf(model, account.supplierId) - (before[index] ?? 0);
    });
  }

  private read(ids: readonly string[]): Promise<BankLineView[]> {
    return this.books.transact({ role: "staff" }, (tx) => linesById(tx, ids));
  }

  private async textFor({ supplierId, siren }: Account, named: Named): Promise<string> {
    if (named === "NOTHING") return "virement";
    const invoice = named === "INVOICE" ? await this.openInvoice(supplierId) : null;
    if (invoice === null) return `virement SIREN ${siren}`;
    const [row] = await this.books.owner.rows("SELECT name FROM billing_document WHERE id = $1", [invoice]);
    return `facture ${String(row?.name)}`;
  }

  private async openInvoice(supplierId: string): Promise<string | null> {
    const all = await this.books.transact({ role: "staff" }, (tx) => documentsIn(tx, this.books, supplierId));
    return all.find(({ openCents }) => openCents > 0)?.id ?? null;
  }

  private day(before: number): string {
    return dayOf(new Date((this.books.now ?? new Date()).getTime() - before * dayMs));
  }
}
