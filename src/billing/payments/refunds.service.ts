/**
 * Refunds unspent money to the card or account it was collected from. Like a payment, a refund is stored with
 * its credit note before Stripe is called, and its idempotency key is derived from its id. Money of a failed
 * refund is booked as received again.
 */
import type { EntityManager } from "typeorm";
import type { AuditService, IdempotencyService, Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { AdjustmentsService, PaymentsService } from "../documents";
import type { Transact } from "../../platform/database";
import { DueRows, type DuePolicy, type SettledRow } from "../../platform/due-rows/due-rows";
import type { DueRow } from "../../platform/due-rows/statements";
import { newId } from "../../platform/ids";
import { dateIn } from "../../shared/calendar";
import type { SupplierBook } from "../../account/suppliers";
import { CollectionRefused, type Collector, type StripeRefund } from "./collector";
import { askAgainRule, keyHeldMs, nextTry } from "./payment-state";
import type { RefundBook, StoredRefund } from "./refund-book.service";
import { cameBack, isUnderWay, laterRefund } from "./refund-state";

export interface RefundsDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly refundBook: RefundBook;
  readonly adjustments: AdjustmentsService;
  readonly payments: PaymentsService;
  readonly suppliers: SupplierBook;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly opened: (supplierId: string) => void;
  readonly onError: (error: unknown, refundId: string) => void;
  readonly settled: SettledRow;
}

export interface RefundWanted {
  readonly supplierId: string;
  /** Null refunds everything that was collected and not spent. */
  readonly netCents: number | null;
}

/** One attempt makes one call to Stripe, or reads a few pages when it has to search. */
export const refundPolicy: DuePolicy = { name: "stripe_refund", leaseMs: 120_000, rule: askAgainRule };

export class RefundsService {
  private readonly rows: DueRows<DueRow, void>;

  constructor(private readonly deps: RefundsDeps) {
    this.rows = new DueRows({
      ...deps,
      ...refundPolicy,
      statements: deps.refundBook,
      work: async ({ id }) => {
        await this.askAndTake(id);
        return { kind: "DONE", value: undefined };
      },
    });
  }

  /** Queries Stripe about every refund whose next attempt is due. */
  resume(signal: AbortSignal): Promise<number> {
    return this.rows.run(signal);
  }

  async start(by: Principal, wanted: RefundWanted, key: string): Promise<StoredRefund[]> {
    const { transact, idempotency } = this.deps;
    const { supplierId, netCents } = wanted;
    const once = { principal: by.consumer, operation: "refundPayments", key, supplierId: null };
    const ids = await transact({ role: "worker" }, (tx) =>
      idempotency.once(tx, { ...once, input: { supplierId, netCents } }, () => this.write(tx, by, wanted)),
    );
    const refunds: StoredRefund[] = [];
    for (const id of ids) refunds.push(await this.attempt(id));
    return refunds;
  }

  /** Calls Stripe now. A new refund is leased to its creator until its next attempt is due. */
  private async attempt(refundId: string): Promise<StoredRefund> {
    const { transact, refundBook } = this.deps;
    const refund = await transact({ role: "worker" }, (tx) => refundBook.one(tx, refundId));
    const { id, requestedAt: since, nextTryAt: heldUntil } = refund;
    if (!isUnderWay(refund.status) || heldUntil === null) return refund;
    await this.rows.attempt({ id, since, attempts: 0, heldUntil });
    return transact({ role: "worker" }, (tx) => refundBook.one(tx, refundId));
  }

  private async askAndTake(id: string): Promise<void> {
    const { transact, refundBook } = this.deps;
    const refund = await transact({ role: "worker" }, (tx) => refundBook.one(tx, id));
    if (isUnderWay(refund.status)) await this.take(id, await this.ask(refund));
  }

  /** Applies Stripe's state of a refund. Safe to repeat and in any order: a refund only moves forward. */
  async take(id: string, told: Pick<StripeRefund, "id" | "status" | "failure"> | null): Promise<void> {
    const { transact, refundBook, clock, opened } = this.deps;
    const returnedTo = await transact({ role: "worker" }, async (tx) => {
      const refund = await refundBook.lock(tx, id);
      const next = toldOf(refund, told, clock.now());
      const isNew = cameBack(next.status) && !cameBack(refund.status);
      await refundBook.move(tx, id, { ...next, returnedAt: isNew ? clock.now() : null });
      if (!isNew) return null;
      await this.receiveAgain(tx, refund, next.refundId);
      return refund.supplierId;
    });
    if (returnedTo !== null) opened(returnedTo);
  }

  /** Issues the credit notes and stores one refund for each payment the money came from. */
  private async write(
    tx: EntityManager,
    by: Principal,
    { supplierId, netCents }: RefundWanted,
  ): Promise<string[]> {
    const { refundBook, adjustments, suppliers, audit, clock } = this.deps;
    await suppliers.one(tx, supplierId);
    const payments = await refundBook.paymentsOf(tx, supplierId);
    const only = new Set(payments.keys());
    const about = { paymentKind: "CARD_PAYMENT" as const, bankReference: "Stripe", decidedBy: by.consumer };
    const back = await adjustments.refund(tx, { supplierId, netCents, only, ...about });
    const at = clock.now();
    const ids: string[] = [];
    for (const { documentId, paymentId, inclVatCents } of back.flatMap((one) => partsOf(one, payments))) {
      const id = newId();
      const asked = { requestedAt: at, requestedBy: by.consumer, nextTryAt: nextTry(at, at) };
      const refund = { id, supplierId, paymentId, documentId, amountInclVatCents: inclVatCents };
      await refundBook.insert(tx, { ...refund, ...asked });
      ids.push(id);
    }
    const act = { actor: by.consumer, action: "PAYMENTS_REFUNDED", subject: `supplier:${supplierId}` };
    await audit.record(tx, { ...act, supplierId, detail: { netCents, refunds: ids } });
    return ids;
  }

  private async ask(refund: StoredRefund): Promise<StripeRefund | null> {
    const { collector, clock } = this.deps;
    const { id, refundId, intentId, amountInclVatCents: amountCents } = refund;
    if (refundId !== null) return collector.refund(refundId);
    // Stripe has dropped the idempotency key by then, so creating the refund again could pay it twice.
    if (clock.now().getTime() - refund.requestedAt.getTime() > keyHeldMs)
      return collector.findRefund(intentId, id);
    try {
      return await collector.createRefund({ refundId: id, intentId, amountCents });
    } catch (error) {
      if (!(error instanceof CollectionRefused)) throw error;
      return { id: "", status: "FAILED", failure: error.code, refundId: id };
    }
  }

  private receiveAgain(tx: EntityManager, refund: StoredRefund, refundId: string | null): Promise<void> {
    const { id, supplierId, amountInclVatCents: inclVatCents } = refund;
    const receivedOn = dateIn("Europe/Paris", this.deps.clock.now());
    const about = { reference: refundId ?? id, receivedOn, recordedBy: "stripe" };
    return this.deps.payments.receive(tx, {
      kind: "CARD_PAYMENT",
      cash: "5115",
      supplierId,
      inclVatCents,
      causeId: id,
      ...about,
    });
  }
}

type Back = Awaited<ReturnType<AdjustmentsService["refund"]>>[number];

interface Part {
  readonly documentId: string;
  readonly paymentId: string;
  readonly inclVatCents: number;
}

/** Splits a credit note by the payments its money came from. */
function partsOf({ documentId, parts }: Back, payments: ReadonlyMap<string, string>): Part[] {
  const sums = new Map<string, number>();
  for (const { causeId, inclVatCents } of parts) {
    const paymentId = payments.get(causeId ?? "");
    if (paymentId === undefined) throw new Error("A refund may only use money that a payment brought in.");
    sums.set(paymentId, (sums.get(paymentId) ?? 0) + inclVatCents);
  }
  return [...sums].map(([paymentId, inclVatCents]) => ({ documentId, paymentId, inclVatCents }));
}

/** A refund that Stripe does not know a day after the request: the create call never arrived. */
const unknown = { id: "", status: "FAILED" as const, failure: "never_reached" };

function toldOf(
  refund: StoredRefund,
  told: Pick<StripeRefund, "id" | "status" | "failure"> | null,
  at: Date,
) {
  const { id, status: said, failure } = told ?? unknown;
  const status = laterRefund(refund.status, said);
  return {
    status,
    refundId: id === "" ? refund.refundId : id,
    failure: cameBack(status) ? (refund.failure ?? failure) : null,
    nextTryAt: isUnderWay(status) ? nextTry(refund.requestedAt, at) : null,
  };
}
