/**
 * Payment operations requested by a supplier's administrators and by finance: setting up a card or mandate,
 * topping up, collecting an invoice.
 */
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Clock } from "../../platform/clock";
import type { Transact } from "../../platform/database";
import { invalid } from "../../shared/errors";
import type { SupplierBook } from "../../account/suppliers";
import type { CollectingService } from "./collecting.service";
import type { Collector, MethodKind } from "./collector";
import type { PaymentBook } from "./payment-book.service";
import type { PaymentView } from "./payment-view";

export interface SupplierPaymentsDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly book: PaymentBook;
  readonly collecting: CollectingService;
  readonly suppliers: SupplierBook;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  readonly clock: Clock;
}

export interface TopUpRule {
  readonly belowCents: number;
  readonly amountInclVatCents: number;
}

const mostCents = 100_000_000;

export class SupplierPayments {
  constructor(private readonly deps: SupplierPaymentsDeps) {}

  /**
   * Returns the client secret of a Stripe setup. The browser sends the card or mandate directly to Stripe; we
   * never see either.
   */
  async setUp(by: Principal, supplierId: string, kind: MethodKind): Promise<string> {
    const { transact, collector, book, suppliers, audit } = this.deps;
    await transact(scopeOf(by), (tx) => suppliers.one(tx, supplierId));
    const known = await transact({ role: "worker" }, (tx) => book.customer(tx, supplierId));
    const customerId = known.customerId ?? (await collector.createCustomer(supplierId));
    const act = {
      actor: by.consumer,
      action: "PAYMENT_SET_UP",
      subject: `supplier:${supplierId}`,
      supplierId,
    };
    await transact({ role: "worker" }, async (tx) => {
      await book.keepCustomer(tx, supplierId, customerId);
      await audit.record(tx, { ...act, detail: { kind } });
    });
    return collector.createSetup({
      customerId,
      kind,
      key: `${supplierId}:${kind}:${hourOf(this.deps.clock.now())}`,
    });
  }

  async topUp(
    by: Principal,
    { supplierId, amountInclVatCents }: { supplierId: string; amountInclVatCents: number },
    key: string | null,
  ): Promise<PaymentView> {
    const input = { supplierId, amountInclVatCents };
    return this.start(by, { operation: "topUp", key, input, supplierId }, (tx) =>
      this.deps.collecting.topUp(tx, { ...input, requestedBy: by.consumer }),
    );
  }

  async collect(by: Principal, documentId: string, key: string | null): Promise<PaymentView> {
    const request = { operation: "collectInvoice", key, input: { documentId }, supplierId: null };
    return this.start(by, request, (tx) => this.deps.collecting.invoice(tx, documentId, by.consumer));
  }

  async setTopUp(by: Principal, supplierId: string, rule: TopUpRule | null): Promise<void> {
    checkRule(rule);
    const { transact, book, audit } = this.deps;
    await transact({ role: "worker" }, async (tx) => {
      await book.setTopUp(tx, supplierId, rule);
      const act = { actor: by.consumer, action: "TOP_UP_SET", subject: `supplier:${supplierId}`, supplierId };
      await audit.record(tx, { ...act, detail: { rule: rule && { ...rule } } });
    });
  }

  list(by: Principal, supplierId: string | null, limit: number): Promise<PaymentView[]> {
    return this.deps.transact(scopeOf(by), (tx) => this.deps.book.latest(tx, supplierId, limit));
  }

  private async start(
    by: Principal,
    request: { operation: string; key: string | null; input: unknown; supplierId: string | null },
    write: (tx: Parameters<Parameters<Transact>[1]>[0]) => Promise<string>,
  ): Promise<PaymentView> {
    const { transact, idempotency, audit, collecting } = this.deps;
    const once = { ...request, principal: by.consumer, supplierId: null };
    const id = await transact({ role: "worker" }, (tx) =>
      idempotency.once(tx, once, async () => {
        const payment = await write(tx);
        const act = { actor: by.consumer, action: "PAYMENT_REQUESTED", subject: `payment:${payment}` };
        await audit.record(tx, { ...act, supplierId: request.supplierId, detail: {} });
        return payment;
      }),
    );
    return collecting.attempt(id);
  }
}

function checkRule(rule: TopUpRule | null): void {
  if (rule === null) return;
  for (const [name, cents] of Object.entries(rule)) {
    if (!Number.isSafeInteger(cents) || cents < 1_000 || cents > mostCents) {
      throw invalid(`${name} must be a whole number of cents from 1000 to ${String(mostCents)}.`);
    }
  }
}

/** Part of the idempotency key: repeated requests within the hour return the same setup. */
const hourOf = (at: Date): string => at.toISOString().slice(0, 13);
