/**
 * Collects payments by card or direct debit through Stripe. A payment is stored before Stripe is called, and
 * the idempotency key is derived from its id, so a lost response never leads to a second charge. The result
 * is booked in one transaction with the ledger.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { DocumentBook, PaymentsService } from "../documents";
import type { Transact } from "../../platform/database";
import { DueRows, type DuePolicy, type SettledRow } from "../../platform/due-rows/due-rows";
import type { DueRow } from "../../platform/due-rows/statements";
import { newId } from "../../platform/ids";
import { dateIn } from "../../shared/calendar";
import { AppError, notFound } from "../../shared/errors";
import { checkAmount } from "./check-top-up";
import { CollectionRefused, type Collector, type Intent } from "./collector";
import type { PaymentBook } from "./payment-book.service";
import { askAgainRule, isPaymentOpen, keyHeldMs, later, nextTry } from "./payment-state";
import type { StoredPayment } from "./payment-view";

export interface CollectingDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly book: PaymentBook;
  readonly documents: DocumentBook;
  readonly payments: PaymentsService;
  readonly clock: Clock;
  /** Called after the commit, when the supplier has more to spend. */
  readonly opened: (supplierId: string) => void;
  /** Called for attempts that failed; they are retried. */
  readonly onError: (error: unknown, paymentId: string) => void;
  readonly settled: SettledRow;
}

export interface PaymentRequest {
  readonly supplierId: string;
  /** Null for a top-up. */
  readonly documentId: string | null;
  readonly amountInclVatCents: number;
  readonly requestedBy: string;
}

/** One attempt makes one call to Stripe, or reads a few pages when it has to search. */
export const paymentPolicy: DuePolicy = { name: "stripe_payment", leaseMs: 120_000, rule: askAgainRule };

export class CollectingService {
  private readonly rows: DueRows<DueRow, void>;

  constructor(private readonly deps: CollectingDeps) {
    this.rows = new DueRows({
      ...deps,
      ...paymentPolicy,
      statements: deps.book,
      work: async ({ id }) => {
        await this.askAndTake(id);
        return { kind: "DONE", value: undefined };
      },
    });
  }

  /** Queries Stripe about every payment whose next attempt is due. */
  resume(signal: AbortSignal): Promise<number> {
    return this.rows.run(signal);
  }

  /** Stores a top-up in the caller's transaction; call `attempt` after the commit. */
  async topUp(tx: EntityManager, wanted: Omit<PaymentRequest, "documentId">): Promise<string> {
    checkAmount("amountInclVatCents", wanted.amountInclVatCents);
    return this.write(tx, { ...wanted, documentId: null });
  }

  /** Stores a payment for the open amount of an invoice; call `attempt` after the commit. */
  async invoice(tx: EntityManager, documentId: string, requestedBy: string): Promise<string> {
    const { supplierId, openCents } = await this.deps.documents.one(tx, documentId);
    if (openCents <= 0)
      throw new AppError("CONFLICT", "Nothing is open on this document.", { reason: "NOTHING_OPEN" });
    return this.write(tx, { supplierId, documentId, amountInclVatCents: openCents, requestedBy });
  }

  /** Calls Stripe now. A new payment is leased to its creator until its next attempt is due. */
  async attempt(paymentId: string): Promise<StoredPayment> {
    const { transact, book } = this.deps;
    const payment = await transact({ role: "worker" }, (tx) => book.one(tx, paymentId));
    const { id, requestedAt: since, nextTryAt: heldUntil } = payment;
    if (!isPaymentOpen(payment.status) || heldUntil === null) return payment;
    await this.rows.attempt({ id, since, attempts: 0, heldUntil });
    return transact({ role: "worker" }, (tx) => book.one(tx, paymentId));
  }

  /**
   * Applies Stripe's state of a payment. Safe to repeat and in any order: a payment only moves forward and is
   * booked once.
   */
  async take(paymentId: string, intent: ToldIntent | null): Promise<void> {
    const { transact, book, payments, clock, opened } = this.deps;
    const settled = await transact({ role: "worker" }, async (tx) => {
      const payment = await book.lock(tx, { id: paymentId });
      if (!payment) throw notFound("payment");
      const told = toldOf(payment, intent, clock.now());
      await book.move(tx, paymentId, told);
      if (told.status !== "SUCCEEDED" || payment.settledAt !== null) return null;
      await payments.receive(tx, receivedOf(payment, intent, clock.now()));
      await book.settle(tx, paymentId, clock.now());
      return payment.supplierId;
    });
    if (settled !== null) opened(settled);
  }

  private async askAndTake(paymentId: string): Promise<void> {
    const { transact, book } = this.deps;
    const { payment, customer } = await transact({ role: "worker" }, async (tx) => {
      const found = await book.one(tx, paymentId);
      return { payment: found, customer: await book.customer(tx, found.supplierId) };
    });
    if (isPaymentOpen(payment.status)) await this.take(paymentId, await this.ask(payment, customer));
  }

  private async ask(
    payment: StoredPayment,
    { customerId, methodId }: { customerId: string | null; methodId: string | null },
  ): Promise<Intent | null> {
    const { collector, clock } = this.deps;
    if (payment.intentId !== null) return collector.intent(payment.intentId);
    if (customerId === null || methodId === null) return null;
    // Stripe has dropped the idempotency key by then, so creating the payment again could charge it twice.
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
      return error.intent ?? { id: "", status: "FAILED", failure: error.code, paymentId, receivedOn: null };
    }
  }

  private async write(tx: EntityManager, wanted: PaymentRequest): Promise<string> {
    const { book, clock } = this.deps;
    const { supplierId, documentId } = wanted;
    const { methodId } = await book.customer(tx, supplierId);
    if (methodId === null) {
      throw new AppError("CONFLICT", "This supplier has no card or mandate. Set one up with setUpPayment.", {
        reason: "NO_PAYMENT_METHOD",
      });
    }
    if ((await book.openFor(tx, supplierId, documentId)) > 0) {
      throw new AppError("CONFLICT", "A payment of the same kind is in progress. Wait until it has ended.", {
        reason: "PAYMENT_IN_PROGRESS",
      });
    }
    const [id, at] = [newId(), clock.now()];
    const payment = { ...wanted, id, status: "CREATED" as const, failure: null, requestedAt: at };
    await book.insert(tx, { ...payment, nextTryAt: nextTry(at, at) });
    return id;
  }
}

type ToldIntent = Pick<Intent, "id" | "status" | "failure" | "receivedOn">;

/** A payment that Stripe does not know a day after the request: the create call never arrived. */
const unknown = { id: "", status: "FAILED" as const, failure: "never_reached", receivedOn: null };

/** The next stored state. A payment that has not ended is queried again, in case its event never arrives. */
function toldOf(payment: StoredPayment, intent: ToldIntent | null, at: Date) {
  const { id, status: said, failure } = intent ?? unknown;
  const status = later(payment.status, said);
  return {
    status,
    intentId: id === "" ? payment.intentId : id,
    failure: status === "FAILED" ? failure : null,
    nextTryAt: isPaymentOpen(status) ? nextTry(payment.requestedAt, at) : null,
  };
}

const receivedOf = (
  { id, supplierId, documentId, amountInclVatCents, intentId }: StoredPayment,
  told: ToldIntent | null,
  at: Date,
): Parameters<PaymentsService["receive"]>[1] => ({
  ...{
    kind: "CARD_PAYMENT",
    cash: "5115",
    supplierId,
    inclVatCents: amountInclVatCents,
    causeId: id,
    documentId,
  },
  ...{ reference: told?.id ?? intentId ?? id, recordedBy: "stripe" },
  receivedOn: told?.receivedOn ?? dateIn("Europe/Paris", at),
});
