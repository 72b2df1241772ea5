/** Books Stripe's payouts to our bank account, with the charges, refunds, disputes and fees they consist of. */
import type { EntityManager } from "typeorm";
import { payoutEntry, type EntriesService } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import type { BalanceTransaction, Collector, Payout } from "./collector";

export interface PayoutsDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly entries: EntriesService;
  readonly clock: Clock;
  readonly bank: PayoutsAtBank;
}

/** The line of a payout can be imported before Stripe tells us of the payout. */
export interface PayoutsAtBank {
  /** Called first in a transaction that books a payout. */
  lock(tx: EntityManager): Promise<unknown>;
  /** Called last: matches the line that waits for the payout, if there is one. */
  arrived(tx: EntityManager, payout: Pick<Payout, "id" | "amountCents" | "arrivesOn">): Promise<void>;
}

const charges = new Set(["charge", "charge_failure", "refund", "refund_failure", "partial_capture_reversal"]);

export class PayoutsService {
  constructor(private readonly deps: PayoutsDeps) {}

  /** Books a payout once it is paid. Repeated calls book nothing more. */
  async take(id: string): Promise<void> {
    const { collector, transact } = this.deps;
    const payout = await collector.payout(id);
    if (!payout.isPaid) return;
    const parts = await collector.balanceTransactions(id);
    await transact({ role: "worker" }, (tx) => this.book(tx, payout, parts));
  }

  private async book(tx: EntityManager, payout: Payout, parts: readonly BalanceTransaction[]): Promise<void> {
    const { entries, clock, bank } = this.deps;
    const { id, amountCents, arrivesOn } = payout;
    await bank.lock(tx);
    const netCents = parts.reduce((sum, part) => sum + part.netCents, 0);
    const rows: unknown[] = await tx.query(
      `INSERT INTO stripe_payout (id, amount_cents, arrives_on, difference_cents, booked_at, cash_account)
       VALUES ($1, $2, $3, $4, $5, '580') ON CONFLICT DO NOTHING RETURNING true`,
      [id, amountCents, arrivesOn, amountCents - netCents, clock.now()],
    );
    if (rows.length === 0) return;
    await insertParts(tx, id, parts);
    const piece = {
      label: `Virement Stripe ${id}`,
      piece: id,
      pieceDate: arrivesOn,
      causeId: id,
      bankDay: arrivesOn,
    };
    const ownCharges = parts.filter(({ category }) => charges.has(category));
    const parted = {
      paidCents: amountCents,
      feeCents: parts.reduce((sum, part) => sum + feeOf(part), 0),
      chargedCents: ownCharges.reduce((sum, part) => sum + part.amountCents, 0),
    };
    await entries.write(tx, [payoutEntry(piece, parted)]);
    await bank.arrived(tx, payout);
  }
}

/** As `BankTransfersService.moveToTransit`, for payouts. */
export async function movePayoutToTransit(tx: EntityManager, id: string): Promise<boolean> {
  const [, moved]: [unknown, number] = await tx.query(
    "UPDATE stripe_payout SET cash_account = '580' WHERE id = $1 AND cash_account = '512'",
    [id],
  );
  return moved > 0;
}

/** A transaction of category fee is itself a negative amount; all others carry their fee. */
const feeOf = ({ category, amountCents, feeCents }: BalanceTransaction): number =>
  category === "fee" ? feeCents - amountCents : feeCents;

async function insertParts(
  tx: EntityManager,
  payoutId: string,
  parts: readonly BalanceTransaction[],
): Promise<void> {
  await tx.query(
    `INSERT INTO stripe_balance_transaction
       (id, payout_id, category, source_id, payment_id, amount_cents, fee_cents, net_cents)
     SELECT part.id, $1, part.category, part.source_id, p.id, part.amount, part.fee, part.net
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
       AS part (id, category, source_id, intent_id, amount, fee, net)
     LEFT JOIN stripe_payment p ON p.intent_id = part.intent_id`,
    [
      payoutId,
      parts.map(({ id }) => id),
      parts.map(({ category }) => category),
      parts.map(({ sourceId }) => sourceId),
      parts.map(({ intentId }) => intentId),
      parts.map(({ amountCents }) => amountCents),
      parts.map(({ feeCents }) => feeCents),
      parts.map(({ netCents }) => netCents),
    ],
  );
}
