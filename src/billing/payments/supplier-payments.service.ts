/**
 * Payment operations requested by a supplier's administrators and by finance: setting up a card or mandate,
 * topping up, collecting an invoice.
 */
import { scopeOf, type AuditService, type IdempotencyService, type Principal } from "../../access/identity";
import type { Transact } from "../../platform/database";
import { AppError } from "../../shared/errors";
import type { Sent } from "../../shared/updates";
import type { SupplierBook } from "../../account/suppliers";
import { updatedRule, type TopUpRuleUpdate } from "./check-top-up";
import type { CollectingService } from "./collecting.service";
import { CollectionRefused, type Collector, type MethodKind } from "./collector";
import type { PaymentBook } from "./payment-book.service";
import type { PaymentPage, PaymentView } from "./payment-view";
import type { TopUpRules } from "./top-up-rules.service";

export interface SupplierPaymentsDeps {
  readonly transact: Transact;
  readonly collector: Collector;
  readonly book: PaymentBook;
  readonly rules: TopUpRules;
  readonly collecting: CollectingService;
  readonly suppliers: SupplierBook;
  readonly idempotency: IdempotencyService;
  readonly audit: AuditService;
  /** Called when Stripe did not answer a request that somebody waits for. */
  readonly onUnanswered: (error: unknown) => void;
}

export class SupplierPayments {
  constructor(private readonly deps: SupplierPaymentsDeps) {}

  /**
   * Returns the client secret of a Stripe set-up. The browser sends the card or mandate directly to Stripe, so we
   * never see either. The secret is not stored: a repeated request reads it from Stripe again.
   */
  async setUp(by: Principal, supplierId: string, wanted: { kind: MethodKind; key: string }): Promise<string> {
    const { transact, collector, suppliers, idempotency } = this.deps;
    const { kind, key } = wanted;
    await transact(scopeOf(by), (tx) => suppliers.one(tx, supplierId));
    const request = { principal: by.consumer, operation: "setUpPayment", key, supplierId: null };
    const made: { secret?: string } = {};
    const { setupId } = await idempotency.onceAcross(
      (work) => transact({ role: "worker" }, work),
      { ...request, input: { supplierId, kind } },
      async (callKey) => {
        const customerId = await this.customerOf(by, supplierId, kind);
        const created = await this.answered(collector.createSetup({ customerId, kind, key: callKey }));
        made.secret = created.clientSecret;
        return { setupId: created.id };
      },
    );
    return made.secret ?? this.answered(collector.setupSecret(setupId));
  }

  async topUp(
    by: Principal,
    { supplierId, amountInclVatCents }: { supplierId: string; amountInclVatCents: number },
    key: string,
  ): Promise<PaymentView> {
    const input = { supplierId, amountInclVatCents };
    return this.start(by, { operation: "topUp", key, input, supplierId }, (tx) =>
      this.deps.collecting.topUp(tx, { ...input, requestedBy: by.consumer }),
    );
  }

  async collect(by: Principal, documentId: string, key: string): Promise<PaymentView> {
    const request = { operation: "collectInvoice", key, input: { documentId }, supplierId: null };
    return this.start(by, request, (tx) => this.deps.collecting.invoice(tx, documentId, by.consumer));
  }

  async setTopUp(by: Principal, supplierId: string, sent: Sent<TopUpRuleUpdate>): Promise<void> {
    const { transact, rules, audit } = this.deps;
    await transact({ role: "worker" }, async (tx) => {
      await rules.lock(tx, supplierId);
      const rule = updatedRule(await rules.of(tx, supplierId), sent);
      await rules.set(tx, supplierId, rule);
      const act = { actor: by.consumer, action: "TOP_UP_SET", subject: `supplier:${supplierId}`, supplierId };
      await audit.record(tx, { ...act, detail: { rule: rule && { ...rule } } });
    });
  }

  page(by: Principal, page: PaymentPage): Promise<PaymentView[]> {
    return this.deps.transact(scopeOf(by), (tx) => this.deps.book.page(tx, page));
  }

  /** The Stripe customer of a supplier, created the first time. */
  private async customerOf(by: Principal, supplierId: string, kind: MethodKind): Promise<string> {
    const { transact, collector, book, audit } = this.deps;
    const known = await transact({ role: "worker" }, (tx) => book.customer(tx, supplierId));
    const customerId = known.customerId ?? (await this.answered(collector.createCustomer(supplierId)));
    const about = { actor: by.consumer, subject: `supplier:${supplierId}`, supplierId };
    await transact({ role: "worker" }, async (tx) => {
      await book.keepCustomer(tx, supplierId, customerId);
      await audit.record(tx, { ...about, action: "PAYMENT_SET_UP", detail: { kind } });
    });
    return customerId;
  }

  /** After anything but a refusal it is unknown whether Stripe acted; the same key makes it safe to ask again. */
  private async answered<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (error instanceof CollectionRefused) throw error;
      this.deps.onUnanswered(error);
      throw new AppError("UNAVAILABLE", "Stripe did not answer. Repeat the request with the same key.", {
        reason: "NO_ANSWER",
        retryAfterSeconds: 30,
      });
    }
  }

  private async start(
    by: Principal,
    request: { operation: string; key: string; input: unknown; supplierId: string | null },
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
