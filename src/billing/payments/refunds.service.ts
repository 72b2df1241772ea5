/**
 * What was collected and not spent goes back to the card or account that it came from. As a payment, a refund is
 * written down with its credit note before Stripe is asked for it, under a key made of its id. One that fails is
 * money that comes again.
 */
import type { EntityManager } from "typeorm";
import type { AuditService, IdempotencyService, Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { AdjustmentsService, PaymentsService } from "../documents";
import type { Transact } from "../../platform/database";
import { newId } from "../../platform/ids";
import { dateIn } from "../../shared/calendar";
import type { SupplierBook } from "../../account/suppliers";
import { CollectionRefused, type Collector, type Refund } from "./collector";
import { keyHeldMs, nextTry } from "./payment-state";
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
}

export interface RefundWanted {
  readonly supplierId: string;
  /** Null: all that was collected and not spent. */
  readonly netCents: number | null;
}

export class RefundsService {
  constructor(private readonly deps: RefundsDeps) {}

  async start(by: Principal, wanted: RefundWanted, key: string | null): Promise<StoredRefund[]> {
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

  /** Asks Stripe. What is not known for sure stays to be asked again. */
  async attempt(id: string): Promise<StoredRefund> {
    const { transact, refundBook, clock, onError } = this.deps;
    const refund = await transact({ role: "worker" }, (tx) => refundBook.one(tx, id));
    if (!isUnderWay(refund.status)) return refund;
    try {
      await this.take(id, await this.ask(refund));
    } catch (error) {
      onError(error, id);
      const nextTryAt = nextTry(refund.requestedAt, clock.now());
      await transact({ role: "worker" }, async (tx) => {
        const held = await refundBook.lock(tx, id);
        if (isUnderWay(held.status)) await refundBook.move(tx, id, { ...held, nextTryAt, returnedAt: null });
      });
    }
    return transact({ role: "worker" }, (tx) => refundBook.one(tx, id));
  }

  /** What Stripe says of a refund of ours now. Again and in any order: it only moves on. */
  async take(id: string, told: Pick<Refund, "id" | "status" | "failure"> | null): Promise<void> {
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

  async resume(): Promise<number> {
    const { transact, refundBook, clock } = this.deps;
    const due = await transact({ role: "worker" }, (tx) => refundBook.due(tx, clock.now()));
    for (const id of due) await this.attempt(id);
    return due.length;
  }

  /** The credit notes, and a refund for each payment that what goes back came from. */
  private async write(
    tx: EntityManager,
    by: Principal,
    { supplierId, netCents }: RefundWanted,
  ): Promise<string[]> {
    const { refundBook, adjustments, suppliers, audit, clock } = this.deps;
    await suppliers.one(tx, supplierId);
    const payments = await refundBook.paymentsOf(tx, supplierId);
    const only = new Set(payments.keys());
    const about = { till: "CARD_PAYMENT" as const, bankReference: "Stripe", decidedBy: by.consumer };
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

  private async ask(refund: StoredRefund): Promise<Refund | null> {
    const { collector, clock } = this.deps;
    const { id, refundId, intentId, amountInclVatCents: amountCents } = refund;
    if (refundId !== null) return collector.refund(refundId);
    // After a day the key means nothing any more: to ask again could be to pay twice.
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

/** What of a credit note goes to each payment. */
function partsOf({ documentId, parts }: Back, payments: ReadonlyMap<string, string>): Part[] {
  const sums = new Map<string, number>();
  for (const { causeId, inclVatCents } of parts) {
    const paymentId = payments.get(causeId ?? "");
    if (paymentId === undefined) throw new Error("What no payment paid in cannot go back to one.");
    sums.set(paymentId, (sums.get(paymentId) ?? 0) + inclVatCents);
  }
  return [...sums].map(([paymentId, inclVatCents]) => ({ documentId, paymentId, inclVatCents }));
}

/** Nobody knows of it, a day after it was asked for: it never reached Stripe. */
const unknown = { id: "", status: "FAILED" as const, failure: "never_reached" };

function toldOf(refund: StoredRefund, told: Pick<Refund, "id" | "status" | "failure"> | null, at: Date) {
  const { id, status: said, failure } = told ?? unknown;
  const status = laterRefund(refund.status, said);
  return {
    status,
    refundId: id === "" ? refund.refundId : id,
    failure: cameBack(status) ? (refund.failure ?? failure) : null,
    nextTryAt: isUnderWay(status) ? nextTry(refund.requestedAt, at) : null,
  };
}
