/**
 * Implements the port to Stripe with Stripe's own client. Idempotency keys of create calls are derived from
 * our ids, so a repeated call has no further effect.
 */
import type Stripe from "stripe";
import {
  CollectionRefused,
  type BalanceTransaction,
  type Collector,
  type Intent,
  type StripeRefund,
} from "./collector";
import { intentOf, secretOf, stripeIdOf, stripeRefundOf, withCharge } from "./stripe-objects.adapter";

export interface StripeSettings {
  readonly secretKey: string;
  /** More than one while a secret is being rotated. */
  readonly webhookSecrets: readonly string[];
  /** Replaces Stripe's address in tests. */
  readonly apiBase: URL | null;
}

const timeoutMs = 20_000;
const methodTypes = { CARD: "card", SEPA_DEBIT: "sepa_debit" } as const;
/** Creates the adapter. The client is imported lazily, because loading it takes a third of a second. */
export async function stripeCollector(settings: StripeSettings): Promise<Collector> {
  // The package's types differ between CommonJS and ES module imports; the class is the same.
  const { default: Client } = (await import("stripe")) as unknown as { default: ClientClass };
  const { apiBase } = settings;
  const client = new Client(settings.secretKey, {
    // Retries are ours: each request is stored first.
    ...{ maxNetworkRetries: 0, timeout: timeoutMs, telemetry: false },
    ...(apiBase && {
      host: apiBase.hostname,
      port: apiBase.port,
      protocol: apiBase.protocol === "http:" ? "http" : "https",
    }),
  });
  return new StripeAdapter(client, settings.webhookSecrets);
}

type ClientClass = new (secretKey: string, options: Stripe.StripeConfig) => Stripe;

class StripeAdapter implements Collector {
  constructor(
    private readonly client: Stripe,
    private readonly webhookSecrets: readonly string[],
  ) {}

  async createCustomer(supplierId: string): Promise<string> {
    const request = { metadata: { supplier_id: supplierId } };
    const { id } = await refusing(
      this.client.customers.create(request, { idempotencyKey: `cus:${supplierId}` }),
    );
    return id;
  }

  async createSetup({ customerId: customer, kind, key }: Parameters<Collector["createSetup"]>[0]) {
    const created = await refusing(
      this.client.setupIntents.create(
        { customer, allowed_payment_method_types: [methodTypes[kind]], usage: "off_session" },
        { idempotencyKey: `seti:${key}` },
      ),
    );
    return { id: created.id, clientSecret: secretOf(created) };
  }

  async setupSecret(id: string): Promise<string> {
    return secretOf(await this.client.setupIntents.retrieve(id));
  }

  async createIntent(intent: Parameters<Collector["createIntent"]>[0]): Promise<Intent> {
    const { paymentId, customerId, methodId, amountCents, description } = intent;
    const created = await refusing(
      this.client.paymentIntents.create(
        {
          ...{ amount: amountCents, currency: "eur", customer: customerId, payment_method: methodId },
          ...{ confirm: true, off_session: true, description, metadata: { payment_id: paymentId } },
          allowed_payment_method_types: Object.values(methodTypes),
          expand: [...withCharge],
        },
        { idempotencyKey: `pi:${paymentId}` },
      ),
    );
    return intentOf(created);
  }

  async intent(id: string): Promise<Intent> {
    return intentOf(await this.client.paymentIntents.retrieve(id, { expand: [...withCharge] }));
  }

  async findIntent(customer: string, paymentId: string): Promise<Intent | null> {
    const expand = withCharge.map((path) => `data.${path}`);
    for await (const intent of this.client.paymentIntents.list({ customer, limit: 100, expand })) {
      if (intent.metadata["payment_id"] === paymentId) return intentOf(intent);
    }
    return null;
  }

  async createRefund({ refundId, intentId, amountCents }: Parameters<Collector["createRefund"]>[0]) {
    const request = { payment_intent: intentId, amount: amountCents, metadata: { refund_id: refundId } };
    return stripeRefundOf(
      await refusing(this.client.refunds.create(request, { idempotencyKey: `re:${refundId}` })),
    );
  }

  async refund(id: string): Promise<StripeRefund> {
    return stripeRefundOf(await this.client.refunds.retrieve(id));
  }

  async findRefund(intentId: string, refundId: string): Promise<StripeRefund | null> {
    for await (const refund of this.client.refunds.list({ payment_intent: intentId, limit: 100 })) {
      if (refund.metadata?.["refund_id"] === refundId) return stripeRefundOf(refund);
    }
    return null;
  }

  async setup(id: string): Promise<Awaited<ReturnType<Collector["setup"]>>> {
    const setup = await this.client.setupIntents.retrieve(id, { expand: ["payment_method"] });
    const { payment_method: method, customer } = setup;
    if (setup.status !== "succeeded" || method === null || typeof method === "string") return null;
    const methodKind = method.type === "sepa_debit" ? "SEPA_DEBIT" : "CARD";
    return { customerId: stripeIdOf(customer) ?? "", methodId: method.id, methodKind };
  }

  async dispute(id: string): Promise<Awaited<ReturnType<Collector["dispute"]>>> {
    const { amount, status, payment_intent: intent } = await this.client.disputes.retrieve(id);
    return { id, amountCents: amount, status, intentId: stripeIdOf(intent) };
  }

  async payout(id: string): Promise<Awaited<ReturnType<Collector["payout"]>>> {
    const payout = await this.client.payouts.retrieve(id);
    const arrivesOn = new Date(payout.arrival_date * 1000).toISOString().slice(0, 10);
    const isPaid = payout.status === "paid" && payout.reconciliation_status !== "in_progress";
    return { id, amountCents: payout.amount, isPaid, arrivesOn };
  }

  async balanceTransactions(payout: string): Promise<BalanceTransaction[]> {
    const found: BalanceTransaction[] = [];
    const list = this.client.balanceTransactions.list({ payout, limit: 100, expand: ["data.source"] });
    for await (const one of list) {
      if (one.type === "payout") continue;
      const source = typeof one.source === "object" ? one.source : null;
      const intent = source && "payment_intent" in source ? stripeIdOf(source.payment_intent) : null;
      found.push({
        ...{
          id: one.id,
          category: one.reporting_category,
          sourceId: stripeIdOf(one.source),
          intentId: intent,
        },
        ...{ amountCents: one.amount, feeCents: one.fee, netCents: one.net },
      });
    }
    return found;
  }

  readEvent(body: Buffer, signature: string): ReturnType<Collector["readEvent"]> {
    const { id, type, data } = this.signed(body, signature);
    return { id, type, objectId: (data.object as { id?: string }).id ?? "" };
  }

  /** Verifies the signature with each secret; throws the error of the last one if none matches. */
  private signed(body: Buffer, signature: string): Stripe.Event {
    const [secret = "", ...others] = [...this.webhookSecrets].reverse();
    for (const other of others) {
      try {
        return this.client.webhooks.constructEvent(body, signature, other);
      } catch {
        // The last secret decides.
      }
    }
    return this.client.webhooks.constructEvent(body, signature, secret);
  }
}

interface Thrown {
  readonly type?: string;
  readonly statusCode?: number;
  readonly code?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
}

const forGood = new Set(["StripeCardError", "StripeInvalidRequestError"]);

/** Distinguishes final refusals from errors after which the request may still have taken effect. */
async function refusing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { type = "", statusCode = 0, code, payment_intent: intent } = error as Thrown;
    // 409 means the same call is in progress. After 5xx, 429 or no response the request may have taken
    // effect.
    if (!forGood.has(type) || statusCode === 409) throw error;
    throw new CollectionRefused(code ?? type, intent ? intentOf(intent) : null);
  }
}
