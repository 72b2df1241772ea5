/** Gives a lead's charge back: a posting the other way, once. The lead itself stays delivered. */
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
    if (reason.trim() === "" || reason.length > 500) throw invalid("reason takes 1 to 500 characters; do not name the person.");
    const once = { principal: actor, operation: "creditLead", key: idempotencyKey, supplierId: null, input: { leadId, reason } };
    const credit = await this.deps.transact({ role: "staff" }, (tx) =>
      this.deps.idempotency.once(tx, once, async () => {
        const delivery = await this.deps.deliveries.byId(tx, leadId);
        if (!delivery) throw notFound("lead");
        const at = this.deps.clock();
        const { supplierId, priceCents: amountCents } = delivery;
        await this.deps.accounts.withAccounts(tx, [supplierId], async (accounts) => {
          const account = accounts.get(supplierId);
          if (!account) throw new Error("A credit is only ever posted under the supplier's lock.");
          if (!(await this.deps.deliveries.markCredited(tx, delivery, at))) {
            throw new AppError("CONFLICT", "This lead was credited before. A charge is given back once.");
          }
          const movement = creditOf(account.mode, amountCents);
          await this.deps.accounts.post(tx, account, [{ ...movement, causeKind: "DELIVERY", causeId: leadId, at }]);
          await this.deps.openings.mark(tx, supplierId);
        });
        const detail = { reason, amountCents };
        await this.deps.audit.record(tx, { actor, action: "LEAD_CREDITED", subject: `lead:${leadId}`, supplierId, detail });
        return { amountCents, at: at.toISOString() };
      }),
    );
    this.deps.opened();
    return { leadId, amountCents: credit.amountCents, at: new Date(credit.at) };
  }
}
