/** Gives a lead's charge back: a posting the other way, once. The lead itself stays delivered. */
import type { EntityManager } from "typeorm";
import type { AuditService, IdempotencyService } from "../identity";
import { creditOf, type AccountsService, type OpeningsService } from "../ledger";
import type { Transact } from "../platform/database";
import { AppError, invalid, notFound } from "../shared/errors";
import type { DeliveryBook } from "./delivery-book.service";

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
  readonly audit: AuditService;
  readonly idempotency: IdempotencyService;
  readonly clock: () => Date;
  /** Called after commit: there is more to spend. */
  readonly opened: () => void;
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
    return { leadId, amountCents: credit.amountCents, at: new Date(credit.at) };
  }

  private async post(
    tx: EntityManager,
    request: CreditRequest,
  ): Promise<{ amountCents: number; at: string }> {
    const { deliveries, accounts, openings, audit, clock } = this.deps;
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
      await accounts.post(tx, [{ ...movement, account, causeKind: "DELIVERY", causeId: leadId, at }]);
      await openings.mark(tx, supplierId);
    });
    const subject = `lead:${leadId}`;
    const detail = { reason, amountCents };
    await audit.record(tx, { actor, action: "LEAD_CREDITED", subject, supplierId, detail });
    return { amountCents, at: at.toISOString() };
  }
}
