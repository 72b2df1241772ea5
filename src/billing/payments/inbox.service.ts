/**
 * Stripe's events, once each. An event only says which object to look at: it is fetched again, so that late, doubled
 * and reordered events all end the same. What fails is tried again.
 */
import type { EntityManager } from "typeorm";
import type { Clock } from "../../platform/clock";
import type { LostPaymentsService } from "../documents";
import type { Transact } from "../../platform/database";
import { dateIn } from "../../shared/calendar";
import type { CollectingService } from "./collecting.service";
import type { Collector, StripeEvent } from "./collector";
import type { PaymentBook } from "./payment-book.service";
import type { StoredPayment } from "./payment-view";
import type { PayoutsService } from "./payouts.service";
import { cameBack } from "./refund-state";
import type { RefundsService } from "./refunds.service";

export interface InboxDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly book: PaymentBook;
  readonly collecting: CollectingService;
  readonly payouts: PayoutsService;
  readonly refunds: RefundsService;
  readonly lost: LostPaymentsService;
  readonly clock: Clock;
  readonly onError: (error: unknown, eventId: string) => void;
}

const pausesMs = [10_000, 60_000, 600_000, 3_600_000];

export class InboxService {
  constructor(private readonly deps: InboxDeps) {}

  /** False if it had come before. Throws if the signature does not hold: nothing is kept then. */
  async receive(body: Buffer, signature: string): Promise<boolean> {
    const { collector, transact, clock } = this.deps;
    const { id, type, objectId } = collector.readEvent(body, signature);
    return transact({ role: "worker" }, async (tx) => {
      const rows: unknown[] = await tx.query(
        "INSERT INTO stripe_event VALUES ($1, $2, $3, $4, $4, 0, NULL) ON CONFLICT DO NOTHING RETURNING true",
        [id, type, objectId, clock.now()],
      );
      return rows.length > 0;
    });
  }

  /** Everything that waits. Safe to run in several processes at once: what an event does is done once. */
  async work(): Promise<number> {
    const { transact, clock } = this.deps;
    const events: (StripeEvent & { attempts: number })[] = await transact({ role: "worker" }, (tx) =>
      tx.query(
        `SELECT id, type, object_id AS "objectId", attempts FROM stripe_event WHERE next_try_at <= $1
         ORDER BY received_at LIMIT 100`,
        [clock.now()],
      ),
    );
    for (const event of events) await this.try(event);
    return events.length;
  }

  private async try(event: StripeEvent & { attempts: number }): Promise<void> {
    const { transact, clock, onError } = this.deps;
    let failure: string | null = null;
    try {
      await this.act(event);
    } catch (error) {
      onError(error, event.id);
      failure = error instanceof Error ? error.name : "unknown";
    }
    const pauseMs = pausesMs[Math.min(event.attempts, pausesMs.length - 1)] ?? 0;
    const nextTryAt = failure === null ? null : new Date(clock.now().getTime() + pauseMs);
    await transact({ role: "worker" }, (tx) =>
      tx.query(
        "UPDATE stripe_event SET next_try_at = $2, attempts = attempts + 1, failure = $3 WHERE id = $1",
        [event.id, nextTryAt, failure],
      ),
    );
  }

  private async act({ type, objectId }: StripeEvent): Promise<void> {
    if (type.startsWith("payment_intent.")) return this.takeIntent(objectId);
    if (type === "setup_intent.succeeded") return this.takeSetup(objectId);
    if (type.startsWith("charge.dispute.")) return this.takeDispute(objectId);
    if (type.startsWith("payout.")) return this.deps.payouts.take(objectId);
    // charge.refunded is about the charge, and says nothing that these do not.
    if (type.startsWith("refund.") || type === "charge.refund.updated") return this.takeRefund(objectId);
  }

  private async takeRefund(id: string): Promise<void> {
    const refund = await this.deps.collector.refund(id);
    // One that somebody made in Stripe's own pages is named by reconciliation.
    if (refund.refundId !== null) await this.deps.refunds.take(refund.refundId, refund);
  }

  private async takeIntent(id: string): Promise<void> {
    const intent = await this.deps.collector.intent(id);
    // Whatever else the account is used for is not ours to book; reconciliation names it.
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
    // The money may have come without its event having been worked on yet.
    await this.takeIntent(intentId);
    await transact({ role: "worker" }, async (tx) => {
      const payment = await book.lock(tx, { intentId });
      if (!payment) return;
      await tx.query(
        `INSERT INTO stripe_dispute VALUES ($1, $2, $3, $4, NULL, 0)
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
      ...{ disputeId: id, to: "DISPUTE" as const, reference: id, decidedBy: "stripe" },
      earlier: others.map((other) => other.id),
      inclVatCents: amountCents,
    };
    const owed = await lost.lose(tx, { ...about, lostOn: dateIn("Europe/Paris", clock.now()) });
    await tx.query("UPDATE stripe_dispute SET unrecovered_cents = $2 WHERE id = $1", [
      id,
      amountCents - owed,
    ]);
  }
}
