/** Gives a lead's charge back: a posting the other way, once. The lead itself stays delivered. */
import type { EntityManager } from "typeorm";
import { feedTopic, type FeedEntry, type FeedService } from "../feed";
import type { AuditService, IdempotencyService } from "../identity";
import { creditOf, type AccountsService, type OpeningsService } from "../ledger";
import type { Transact } from "../platform/database";
import { AppError, invalid, notFound } from "../shared/errors";
import type { DeliveryBook } from "./delivery-book.service";
import type { DeliveryEntity } from "./delivery.entity";

export interface Credit {
  readonly leadId: string;
  readonly amountCents: number;
  readonly at: Date;
}

export interface CreditRequest {
  readonly leadId: string;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string | null;
}

export interface CreditDeps {
  readonly transact: Transact;
  readonly deliveries: DeliveryBook;
  readonly accounts: AccountsService;
  readonly openings: OpeningsService;
  readonly feed: FeedService;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly clock: () => Date;
  /** Called after commit: there is more to spend. */
  readonly opened: () => void;
  /** Called after commit, with what to look at again. */
  readonly wake: (topics: readonly string[]) => void;
}

export class CreditService {
  constructor(private readonly deps: CreditDeps) {}

  async credit(request: CreditRequest): Promise<Credit> {
    const { leadId, reason, actor, idempotencyKey } = request;
    if (reason.trim() === "" || reason.length > 500) {
      throw invalid("reason takes 1 to 500 characters; do not name the person.");
    }
    const input = { leadId, reason };
    const once = { principal: actor, operation: "creditLead", key: idempotencyKey, supplierId: null, input };
    const credit = await this.deps.transact({ role: "staff" }, (tx) =>
      this.deps.idempotency.once(tx, once, () => this.post(tx, request)),
    );
    this.deps.opened();
    this.deps.wake([feedTopic(credit.supplierId)]);
    return { leadId, amountCents: credit.amountCents, at: new Date(credit.at) };
  }

  private async post(
    tx: EntityManager,
    request: CreditRequest,
  ): Promise<{ supplierId: string; amountCents: number; at: string }> {
    const { deliveries, accounts, openings, feed, audit, clock } = this.deps;
    const { leadId, reason, actor } = request;
    const delivery = await deliveries.byId(tx, leadId);
    if (!delivery) throw notFound("lead");
    const { supplierId, priceCents: amountCents } = delivery;
    const at = clock();
    await accounts.withAccounts(tx, [supplierId], async (locked) => {
      const account = locked.get(supplierId);
      if (!account) throw new Error("A credit is only ever posted under the supplier's lock.");
      if (!(await deliveries.markCredited(tx, delivery, at))) {
        throw new AppError("CONFLICT", "This lead was credited before. A charge is given back once.");
      }
      const movement = creditOf(account.mode, amountCents);
      const vat = await accounts.vatOfCharge(tx, supplierId, leadId);
      await accounts.post(tx, [{ ...movement, account, causeKind: "DELIVERY", causeId: leadId, at, vat }]);
      await feed.append(tx, [{ ...decided(delivery), counter: account, at }]);
      await openings.mark(tx, supplierId);
    });
    const subject = `lead:${leadId}`;
    const detail = { reason, amountCents };
    await audit.record(tx, { actor, action: "LEAD_CREDITED", subject, supplierId, detail });
    return { supplierId, amountCents, at: at.toISOString() };
  }
}

/** What staff wrote down is for the audit: the supplier is told what was decided. */
const decided = ({ id, campaignId, priceCents }: DeliveryEntity): FeedEntry => ({
  kind: "RETURN_DECIDED",
  deliveryId: id,
  campaignId,
  detail: { accepted: true, creditedCents: priceCents },
});
