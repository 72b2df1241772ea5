/**
 * Payments are written down before Stripe is asked for them, and asked for under a key made of their id: an answer
 * that is lost never makes a second charge. What became of them is taken up in one transaction with the books.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { DocumentBook, PaymentsService } from "../documents";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { dateIn } from "../../shared/calendar";
import { AppError, invalid, notFound } from "../../shared/errors";
import { CollectionRefused, type Collector, type Intent } from "./collector";
import type { PaymentBook } from "./payment-book.service";
import { isOpen, keyHeldMs, later, nextTry } from "./payment-state";
import type { StoredPayment } from "./payment-view";

export interface CollectingDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly book: PaymentBook;
  readonly documents: DocumentBook;
  readonly payments: PaymentsService;
  readonly clock: Clock;
  /** Called after commit: there is more to spend. */
  readonly opened: (supplierId: string) => void;
  /** Told of what could not be asked or answered; it is tried again. */
  readonly onError: (error: unknown, paymentId: string) => void;
}

export interface Wanted {
  readonly supplierId: string;
  /** Null: a top-up of so much. */
  readonly documentId: string | null;
  readonly amountInclVatCents: number;
  readonly requestedBy: string;
}

const least = 1_000;
const most = 100_000_000;

export class CollectingService {
  constructor(private readonly deps: CollectingDeps) {}

  /** Writes a top-up down, in the caller's transaction; `attempt` it after the commit. */
  async topUp(tx: EntityManager, wanted: Omit<Wanted, "documentId">): Promise<string> {
    const { amountInclVatCents } = wanted;
    if (
      !Number.isSafeInteger(amountInclVatCents) ||
      amountInclVatCents < least ||
      amountInclVatCents > most
    ) {
      throw invalid(
        `amountInclVatCents must be a whole number of cents from ${String(least)} to ${String(most)}.`,
      );
    }
    return this.write(tx, { ...wanted, documentId: null });
  }

  /** What is open on an invoice. */
  async invoice(tx: EntityManager, documentId: string, requestedBy: string): Promise<string> {
    const { supplierId, openCents } = await this.deps.documents.one(tx, documentId);
    if (openCents <= 0) throw new AppError("CONFLICT", "Nothing is open on this document.");
    return this.write(tx, { supplierId, documentId, amountInclVatCents: openCents, requestedBy });
  }

  /** Asks Stripe. Whatever happens, what is not known for sure stays to be asked again. */
  async attempt(paymentId: string): Promise<StoredPayment> {
    const { transact, book, clock, onError } = this.deps;
    const { payment, customer } = await transact({ role: "worker" }, async (tx) => {
      const found = await book.one(tx, paymentId);
      return { payment: found, customer: await book.customer(tx, found.supplierId) };
    });
    if (!isOpen(payment.status)) return payment;
    try {
      await this.take(paymentId, await this.ask(payment, customer));
    } catch (error) {
      onError(error, paymentId);
      const nextTryAt = nextTry(payment.requestedAt, clock.now());
      await transact({ role: "worker" }, async (tx) => {
        const held = await book.lock(tx, { id: paymentId });
        if (held && isOpen(held.status)) await book.move(tx, paymentId, { ...held, nextTryAt });
      });
    }
    return transact({ role: "worker" }, (tx) => book.one(tx, paymentId));
  }

  /** What Stripe says of a payment of ours now. Again and in any order: it only moves on, and is booked once. */
  async take(paymentId: string, intent: Pick<Intent, "id" | "status" | "failure"> | null): Promise<void> {
    const { transact, book, payments, clock, opened } = this.deps;
    const settled = await transact({ role: "worker" }, async (tx) => {
      const payment = await book.lock(tx, { id: paymentId });
      if (!payment) throw notFound("payment");
      const told = toldOf(payment, intent, clock.now());
      await book.move(tx, paymentId, told);
      if (told.status !== "SUCCEEDED" || payment.settledAt !== null) return null;
      await payments.receive(tx, receivedOf(payment, { intentId: told.intentId, at: clock.now() }));
      await book.settle(tx, paymentId, clock.now());
      return payment.supplierId;
    });
    if (settled !== null) opened(settled);
  }

  /** Everything that is to be asked again. */
  async resume(): Promise<number> {
    const { transact, book, clock } = this.deps;
    const due = await transact({ role: "worker" }, (tx) => book.due(tx, clock.now()));
    for (const id of due) await this.attempt(id);
    return due.length;
  }

  private async ask(
    payment: StoredPayment,
    { customerId, methodId }: { customerId: string | null; methodId: string | null },
  ): Promise<Intent | null> {
    const { collector, clock } = this.deps;
    if (payment.intentId !== null) return collector.intent(payment.intentId);
    if (customerId === null || methodId === null) return null;
    // After a day the key means nothing any more: to ask again could be to charge again.
    if (clock.now().getTime() - payment.requestedAt.getTime() > keyHeldMs) {
      return collector.findIntent(customerId, payment.id);
    }
    return this.create(payment, { customerId, methodId });
  }

  private async create(
    { id: paymentId, amountInclVatCents: amountCents, documentId }: StoredPayment,
    from: { customerId: string; methodId: string },
  ): Promise<Intent> {
    const description = documentId === null ? "CarAtlas, acompte" : "CarAtlas, facture";
    try {
      return await this.deps.collector.createIntent({ ...from, paymentId, amountCents, description });
    } catch (error) {
      if (!(error instanceof CollectionRefused)) throw error;
      return error.intent ?? { id: "", status: "FAILED", failure: error.code, paymentId };
    }
  }

  private async write(tx: EntityManager, wanted: Wanted): Promise<string> {
    const { book, clock } = this.deps;
    const { supplierId, documentId } = wanted;
    const { methodId } = await book.customer(tx, supplierId);
    if (methodId === null) {
      throw new AppError(
        "CONFLICT",
        "There is no card and no mandate of this supplier. Give one with setUpPayment.",
      );
    }
    if ((await book.openFor(tx, supplierId, documentId)) > 0) {
      throw new AppError("CONFLICT", "A payment of the same kind is under way. Wait until it has ended.");
    }
    const [id, at] = [newId(), clock.now()];
    const payment = { ...wanted, id, status: "CREATED" as const, failure: null, requestedAt: at };
    await book.insert(tx, { ...payment, nextTryAt: nextTry(at, at) });
    return id;
  }
}

/** Nobody knows of it, a day after it was asked for: it never reached Stripe. */
const unknown = { id: "", status: "FAILED" as const, failure: "never_reached" };

/** What is not over is asked again, should its event never come. */
function toldOf(payment: StoredPayment, intent: Pick<Intent, "id" | "status" | "failure"> | null, at: Date) {
  const { id, status: said, failure } = intent ?? unknown;
  const status = later(payment.status, said);
  return {
    status,
    intentId: id === "" ? payment.intentId : id,
    failure: status === "FAILED" ? failure : null,
    nextTryAt: isOpen(status) ? nextTry(payment.requestedAt, at) : null,
  };
}

const receivedOf = (
  { id, supplierId, documentId, amountInclVatCents }: StoredPayment,
  { intentId, at }: { intentId: string | null; at: Date },
): Parameters<PaymentsService["receive"]>[1] => ({
  ...{ kind: "CARD_PAYMENT", supplierId, inclVatCents: amountInclVatCents, causeId: id, documentId },
  ...{ reference: intentId ?? id, receivedOn: dateIn("Europe/Paris", at), recordedBy: "stripe" },
});
