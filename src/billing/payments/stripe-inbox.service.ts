/**
 * Processes Stripe's events, each once. An event only tells which object changed and the object is fetched
 * again, so late, duplicate and reordered events lead to the same result.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { LostPaymentsService } from "../documents";
import type { Transact } from "../../platform/database";
import { DueRows, type DuePolicy, type SettledRow } from "../../platform/due-rows/due-rows";
import { dateIn } from "../../shared/calendar";
import type { CollectingService } from "./collecting.service";
import type { Collector, StripeEvent } from "./collector";
import type { EventBook, WaitingEvent } from "./event-book.service";
import type { PaymentBook } from "./payment-book.service";
import type { StoredPayment } from "./payment-view";
import type { PayoutsService } from "./payouts.service";
import { noLimits } from "../../shared/retry";
import { cameBack } from "./refund-state";
import type { RefundsService } from "./refunds.service";

export interface StripeInboxDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly events: EventBook;
  readonly book: PaymentBook;
  readonly collecting: CollectingService;
  readonly payouts: PayoutsService;
  readonly refunds: RefundsService;
  readonly lost: LostPaymentsService;
  readonly clock: Clock;
  readonly onError: (error: unknown, eventId: string) => void;
  readonly settled: SettledRow;
}

/** Events are retried without limit, because each may concern money. */
export const eventPolicy: DuePolicy = {
  name: "stripe_event",
  leaseMs: 120_000,
  rule: {
    backOff: {
      by: "FAILURES",
      waitsMs: [10_000, 60_000, 600_000, 3_600_000],
      jitter: 0,
      shortestMs: 10_000,
    },
    limits: noLimits,
  },
};

export class StripeInbox {
  private readonly rows: DueRows<WaitingEvent, void>;

  constructor(private readonly deps: StripeInboxDeps) {
    this.rows = new DueRows({
      ...deps,
      ...eventPolicy,
      statements: deps.events,
      work: async (event) => {
        await this.act(event);
        return { kind: "DONE", value: undefined };
      },
    });
  }

  /** Stores an event. Returns false if it was stored before; throws if the signature is invalid. */
  async receive(body: Buffer, signature: string): Promise<boolean> {
    const { collector, transact, events, clock } = this.deps;
    const event = collector.readEvent(body, signature);
    return transact({ role: "worker" }, (tx) => events.insert(tx, event, clock.now()));
  }

  /** Processes every event that is due. Safe in several processes at once. */
  work(signal: AbortSignal): Promise<number> {
    return this.rows.run(signal);
  }

  private async act({ type, objectId }: StripeEvent): Promise<void> {
    if (type.startsWith("payment_intent.")) return this.takeIntent(objectId);
    if (type === "setup_intent.succeeded") return this.takeSetup(objectId);
    if (type.startsWith("charge.dispute.")) return this.takeDispute(objectId);
    if (type.startsWith("payout.")) return this.deps.payouts.take(objectId);
    // charge.refunded concerns the charge and adds nothing to the refund's own events.
    if (type.startsWith("refund.") || type === "charge.refund.updated") return this.takeRefund(objectId);
  }

  private async takeRefund(id: string): Promise<void> {
    const refund = await this.deps.collector.refund(id);
    // A refund made in Stripe's dashboard is not ours to book; reconciliation reports it.
    if (refund.refundId !== null) await this.deps.refunds.take(refund.refundId, refund);
  }

  private async takeIntent(id: string): Promise<void> {
    const intent = await this.deps.collector.intent(id);
    // Other uses of the Stripe account are not ours to book; reconciliation reports them.
    if (intent.paymentId !== null) await this.deps.collecting.take(intent.paymentId, intent);
  }

  private async takeSetup(id: string): Promise<void> {
    const { collector, transact, book } = this.deps;
    const setup = await collector.setup(id);
    if (setup) await transact({ role: "worker" }, (tx) => book.keepMethod(tx, setup));
  }

  private async takeDispute(id: string): Promise<void> {
    const { collector, transact, book } = this.deps;
    const { intentId, amountCents, status } = await collector.dispute(id);
    if (intentId === null) return;
    // The payment may have succeeded although its event has not been processed yet.
    await this.takeIntent(intentId);
    await transact({ role: "worker" }, async (tx) => {
      const payment = await book.lock(tx, { intentId });
      if (!payment) return;
      await tx.query(
        `INSERT INTO stripe_dispute (id, payment_id, amount_cents, status, lost_at, unrecovered_cents)
         VALUES ($1, $2, $3, $4, NULL, 0)
         ON CONFLICT (id) DO UPDATE SET status = excluded.status WHERE stripe_dispute.lost_at IS NULL`,
        [id, payment.id, amountCents, status],
      );
      if (status === "lost") await this.lose(tx, { id, amountCents, payment });
    });
  }

  private async lose(
    tx: EntityManager,
    { id, amountCents, payment }: { id: string; amountCents: number; payment: StoredPayment },
  ): Promise<void> {
    const { lost, clock } = this.deps;
    const [, first]: [unknown, number] = await tx.query(
      "UPDATE stripe_dispute SET lost_at = $2 WHERE id = $1 AND lost_at IS NULL",
      [id, clock.now()],
    );
    if (first === 0) return;
    const others: { id: string }[] = await tx.query(
      "SELECT id FROM stripe_dispute WHERE payment_id = $1 AND lost_at IS NOT NULL AND id <> $2",
      [payment.id, id],
    );
    const about = {
      supplierId: payment.supplierId,
      causes: [payment.id, ...payment.refunds.flatMap((one) => (cameBack(one.status) ? one.id : []))],
      ...{ disputeId: id, to: "DISPUTE" as const, cash: "471" as const, reference: id, decidedBy: "stripe" },
      earlier: others.map((other) => other.id),
      inclVatCents: amountCents,
    };
    const owed = await lost.reverse(tx, { ...about, lostOn: dateIn("Europe/Paris", clock.now()) });
    await tx.query("UPDATE stripe_dispute SET unrecovered_cents = $2 WHERE id = $1", [
      id,
      amountCents - owed,
    ]);
  }
}
