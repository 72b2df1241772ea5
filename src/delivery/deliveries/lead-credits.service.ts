/**
 * Refunds the charge of a lead within the caller's transaction: posts the reversal to the ledger, at most once per
 * lead, and appends the decision to the supplier's feed. Whether to refund is decided by the caller.
 */
import type { EntityManager } from "typeorm";
import type { FeedDetail, FeedService } from "../../account/feed";
import {
  creditOf,
  type AccountsService,
  type LockedAccount,
  type OpeningsService,
} from "../../account/ledger";
import type { DeliveryBook } from "./delivery-book.service";
import type { DeliveryEntity } from "./delivery.entity";

export interface LeadCreditsDeps {
  readonly deliveries: DeliveryBook;
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly feed: FeedService;
}

export class LeadCredits {
  constructor(private readonly deps: LeadCreditsDeps) {}

  /** Returns false and writes nothing if the lead was already credited. The caller holds the account's lock. */
  async credit(
    tx: EntityManager,
    { delivery, account, at }: { delivery: DeliveryEntity; account: LockedAccount; at: Date },
  ): Promise<boolean> {
    const { deliveries, accounts, openings } = this.deps;
    const { id, supplierId, priceCents } = delivery;
    if (!(await deliveries.markCredited(tx, delivery, at))) return false;
    const vat = await accounts.vatOfCharge(tx, supplierId, id);
    const movement = creditOf(account.mode, priceCents);
    await accounts.post(tx, [{ ...movement, account, causeKind: "DELIVERY", causeId: id, at, vat }]);
    await openings.mark(tx, supplierId);
    return true;
  }

  /** Appends the decision to the supplier's feed. The reason that staff wrote stays in the audit log. */
  async announce(
    tx: EntityManager,
    { delivery, account, at }: { delivery: DeliveryEntity; account: LockedAccount; at: Date },
    detail: FeedDetail,
  ): Promise<void> {
    const { id: deliveryId, campaignId } = delivery;
    const entry = { kind: "RETURN_DECIDED" as const, deliveryId, campaignId, detail };
    await this.deps.feed.append(tx, [{ ...entry, counter: account, at }]);
  }
}
