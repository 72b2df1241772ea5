/**
 * Lets staff refund a lead's charge without a return request. The lead stays delivered. A refund that follows a return
 * is made in the returns feature.
 */
import type { EntityManager } from "typeorm";
import { feedTopic } from "../../account/feed";
import type { AuditService, IdempotencyService } from "../../access/identity";
import type { AccountsService } from "../../account/ledger";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { AppError, invalid, notFound } from "../../shared/errors";
import type { DeliveryBook } from "./delivery-book.service";
import type { LeadCredits } from "./lead-credits.service";

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
  readonly leadCredits: LeadCredits;
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly clock: Clock;
  /** Called after commit, because the supplier may be able to receive leads again. */
  readonly opened: () => void;
  /** Called after commit with the topics that changed. */
  readonly wake: (topics: readonly string[]) => void;
}

export class CreditService {
  constructor(private readonly deps: CreditDeps) {}

  async credit(request: CreditRequest): Promise<Credit> {
    const { leadId, reason, actor, idempotencyKey } = request;
    if (reason.trim() === "" || reason.length > 500) {
      throw invalid("reason takes 1 to 500 characters; do not name the person.", {
        reason: reason.length > 500 ? "TOO_LONG" : "EMPTY",
        field: "reason",
      });
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
    const { deliveries, accounts, leadCredits, audit, clock } = this.deps;
    const { leadId, reason, actor } = request;
    const delivery = await deliveries.byId(tx, leadId);
    if (!delivery) throw notFound("lead");
    const { supplierId, priceCents: amountCents } = delivery;
    const at = clock.now();
    await accounts.withAccount(tx, supplierId, async (account) => {
      const given = { delivery, account, at };
      if (!(await leadCredits.credit(tx, given))) {
        throw new AppError("CONFLICT", "This lead was credited before. A charge is given back once.", {
          reason: "ALREADY_CREDITED",
        });
      }
      await leadCredits.announce(tx, given, { accepted: true, creditedCents: amountCents });
    });
    const subject = `lead:${leadId}`;
    const detail = { reason, amountCents };
    await audit.record(tx, { actor, action: "LEAD_CREDITED", subject, supplierId, detail });
    return { supplierId, amountCents, at: at.toISOString() };
  }
}
