/**
 * A local Stripe double with the parts we use: it stores objects, honours idempotency keys, signs events and
 * fails on demand: with 500 after acting, without an answer, or with a declined card.
 */
import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Thing = Record<string, any>;
/** The outcome of the next create call of a payment. */
export type Fault = "NONE" | "500_AFTER" | "NO_ANSWER_AFTER" | "500_BEFORE";

export interface StripeServer {
  readonly url: string;
  readonly webhookSecret: string;
  readonly objects: Map<string, Thing>;
  /** Events in the order in which they happened. They are sent only by `send`. */
  readonly events: Thing[];
  /** Each create call of a payment, set-up or refund takes the next one. */
  readonly faults: Fault[];
  /** How often each payment was charged, by our id. */
  readonly charged: Map<string, number>;
  /** How often each refund was made, by our id. */
  readonly refunded: Map<string, number>;
  /** On which day cards are charged, and direct debits become available, from now on; null for today. */
  receiveOn(day: Date | null): void;
  /** The status of refunds made from now on. */
  setRefunds(status: "succeeded" | "pending"): void;
  /** The bank's final answer about a refund, possibly long after it had succeeded. */
  finishRefund(refundId: string, status: "succeeded" | "failed"): void;
  /** Sends an event, signed as Stripe does, to the product's endpoint. Returns the HTTP status. */
  send(to: string, event: Thing, options?: { secret?: string; ageSeconds?: number }): Promise<number>;
  /** The browser submits a card or mandate to Stripe. */
  completeSetup(clientSecret: string, method?: "card" | "sepa_debit"): Thing;
  /** The bank's final answer about a direct debit. */
  finish(intentId: string, status: "succeeded" | "requires_payment_method"): void;
  /** With `amount`, opens a separate dispute beside others of the same payment. */
  dispute(intentId: string, status: string, amount?: number): Thing;
  payOut(options?: { missingCents?: number }): Thing;
  /** Forgets all idempotency keys, as Stripe does after a day. */
  forgetKeys(): void;
  stop(): Promise<void>;
}

const feeOf = (amount: number): number => Math.round(amount * 0.015) + 25;

export async function startStripe(): Promise<StripeServer> {
  const objects = new Map<string, Thing>();
  const keys = new Map<string, { request: string; status: number; body: Thing }>();
  const [events, faults, unpaid]: [Thing[], Fault[], Thing[]] = [[], [], []];
  const [charged, refunded] = [new Map<string, number>(), new Map<string, number>()];
  let receivedAt: Date | null = null;
  let refunds: "succeeded" | "pending" = "succeeded";
  const webhookSecret = `whsec_${randomBytes(12).toString("hex")}`;
  let made = 0;
  const idOf = (prefix: string): string => `${prefix}_${String(++made).padStart(6, "0")}`;
  const keep = (thing: Thing): Thing => {
    objects.set(String(thing["id"]), thing);
    return thing;
  };
  const happened = (type: string, object: Thing): void => {
    const about = { id: object["id"], object: object["object"] };
    events.push({
      id: idOf("evt"),
      object: "event",
      type,
      api_version: "2026-10-28.endive",
      data: { object: about },
    });
  };
  const secondsNow = (): number => Math.floor((receivedAt ?? new Date()).getTime() / 1000);
  const earn = (source: Thing, category: string, { amount, fee }: { amount: number; fee: number }): Thing => {
    const money = { amount, fee, net: amount - fee, currency: "eur", available_on: secondsNow() };
    const movement = keep({
      id: idOf("txn"),
      object: "balance_transaction",
      type: category,
      reporting_category: category,
      source,
      ...money,
    });
    unpaid.push(movement);
    return movement;
  };
  const charge = (intent: Thing): void => {
    const ours = String(intent["metadata"]?.payment_id);
    charged.set(ours, (charged.get(ours) ?? 0) + 1);
    const amount = Number(intent["amount"]);
    const type = objects.get(intent["payment_method"])?.["type"] ?? "card";
    const about = { payment_intent: intent["id"], payment_method_details: { type }, created: secondsNow() };
    const made = keep({ id: idOf("ch"), object: "charge", ...about });
    const { id } = earn({ ...made }, "charge", { amount, fee: feeOf(amount) });
    intent["latest_charge"] = { ...made, balance_transaction: objects.get(String(id)) };
  };

  function createIntent(form: URLSearchParams): { status: number; body: Thing } {
    const method = objects.get(form.get("payment_method") ?? "");
    const metadata = { payment_id: form.get("metadata[payment_id]") };
    const [amount, customer] = [Number(form.get("amount")), form.get("customer")];
    const intent = keep({
      id: idOf("pi"),
      object: "payment_intent",
      amount,
      customer,
      metadata,
      payment_method: form.get("payment_method"),
      latest_charge: null,
      last_payment_error: null,
    });
    if (method?.["declines"]) {
      const error = { type: "card_error", code: "card_declined", decline_code: "insufficient_funds" };
      Object.assign(intent, { status: "requires_payment_method", last_payment_error: error });
      happened("payment_intent.payment_failed", intent);
      return { status: 402, body: { error: { ...error, payment_intent: intent } } };
    }
    const isDebit = method?.["type"] === "sepa_debit";
    intent["status"] = isDebit ? "processing" : "succeeded";
    if (!isDebit) charge(intent);
    happened(isDebit ? "payment_intent.processing" : "payment_intent.succeeded", intent);
    return { status: 200, body: intent };
  }

  function createRefund(form: URLSearchParams): { status: number; body: Thing } {
    const intent = objects.get(form.get("payment_intent") ?? "");
    const amount = Number(form.get("amount"));
    const left = Number(intent?.["amount"]) - Number(intent?.["refunded"] ?? 0);
    if (!intent || amount > left) {
      return {
        status: 400,
        body: { error: { type: "invalid_request_error", code: "charge_already_refunded" } },
      };
    }
    intent["refunded"] = Number(intent["refunded"] ?? 0) + amount;
    const ours = form.get("metadata[refund_id]");
    refunded.set(String(ours), (refunded.get(String(ours)) ?? 0) + 1);
    const about = { payment_intent: intent["id"], amount, metadata: { refund_id: ours }, status: refunds };
    const refund = keep({ id: idOf("re"), object: "refund", failure_reason: null, ...about });
    earn(refund, "refund", { amount: -amount, fee: 0 });
    happened("refund.created", refund);
    return { status: 200, body: refund };
  }

  function create(path: string, form: URLSearchParams): { status: number; body: Thing } {
    if (path === "/v1/customers") return { status: 200, body: keep({ id: idOf("cus"), object: "customer" }) };
    if (path === "/v1/payment_intents") return createIntent(form);
    if (path === "/v1/refunds") return createRefund(form);
    const id = idOf("seti");
    const setup = {
      id,
      object: "setup_intent",
      customer: form.get("customer"),
      status: "requires_payment_method",
    };
    return { status: 200, body: keep({ ...setup, client_secret: `${id}_secret`, payment_method: null }) };
  }

  function listed(url: URL): Thing[] {
    const payout = url.searchParams.get("payout");
    const customer = url.searchParams.get("customer");
    const intent = url.searchParams.get("payment_intent");
    if (url.pathname === "/v1/refunds") {
      return [...objects.values()].filter(
        (thing) => thing["object"] === "refund" && thing["payment_intent"] === intent,
      );
    }
    return [...objects.values()].filter((thing) =>
      payout === null
        ? thing["object"] === "payment_intent" && thing["customer"] === customer
        : thing["object"] === "balance_transaction" && thing["payout"] === payout,
    );
  }

  const answer = (response: ServerResponse, status: number, body: Thing): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const failed = { error: { type: "api_error", message: "An unknown error occurred" } };

  async function post(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const text = await bodyOf(request);
    const key = String(request.headers["idempotency-key"]);
    const fault = /payment_intents|setup_intents|refunds/.test(path) ? (faults.shift() ?? "NONE") : "NONE";
    if (fault === "500_BEFORE") return answer(response, 500, failed);
    const known = keys.get(key);
    if (known && known.request !== path + text) {
      return answer(response, 400, { error: { type: "idempotency_error", message: "Other parameters." } });
    }
    const done = known ?? { request: path + text, ...create(path, new URLSearchParams(text)) };
    keys.set(key, done);
    if (fault === "NO_ANSWER_AFTER") return void request.socket.destroy();
    answer(response, fault === "500_AFTER" ? 500 : done.status, fault === "500_AFTER" ? failed : done.body);
  }

  function get(response: ServerResponse, url: URL): void {
    const id = url.pathname.split("/")[3];
    if (id === undefined)
      return answer(response, 200, { object: "list", data: listed(url), has_more: false });
    const found = objects.get(id);
    if (!found)
      return answer(response, 404, { error: { type: "invalid_request_error", code: "resource_missing" } });
    const expanded = url.search.includes("payment_method") && {
      payment_method: objects.get(found["payment_method"]),
    };
    answer(response, 200, { ...found, ...expanded });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stripe");
    if (request.method === "GET") get(response, url);
    else void post(request, response, url.pathname);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  return {
    ...{ url, webhookSecret, objects, events, faults, charged, refunded },
    receiveOn: (day) => {
      receivedAt = day;
    },
    setRefunds: (status) => {
      refunds = status;
    },
    finishRefund(refundId, status) {
      const refund = objects.get(refundId) ?? {};
      Object.assign(refund, { status, failure_reason: status === "failed" ? "lost_or_stolen_card" : null });
      const intent = objects.get(String(refund["payment_intent"]));
      if (status === "failed" && intent)
        intent["refunded"] = Number(intent["refunded"]) - Number(refund["amount"]);
      if (status === "failed") earn(refund, "refund_failure", { amount: Number(refund["amount"]), fee: 0 });
      happened(status === "failed" ? "refund.failed" : "refund.updated", refund);
    },
    async send(to, event, { secret = webhookSecret, ageSeconds = 0 } = {}) {
      const body = JSON.stringify(event);
      const at = Math.floor(Date.now() / 1000) - ageSeconds;
      const signed = createHmac("sha256", secret)
        .update(`${String(at)}.${body}`)
        .digest("hex");
      const headers = {
        "content-type": "application/json",
        "stripe-signature": `t=${String(at)},v1=${signed}`,
      };
      return (await fetch(to, { method: "POST", headers, body })).status;
    },
    completeSetup(clientSecret, type = "card") {
      const setup = objects.get(clientSecret.replace(/_secret$/, "")) ?? {};
      const method = keep({ id: idOf("pm"), object: "payment_method", type });
      Object.assign(setup, { status: "succeeded", payment_method: method["id"] });
      happened("setup_intent.succeeded", setup);
      return method;
    },
    finish(intentId, status) {
      const intent = objects.get(intentId) ?? {};
      const error = status === "succeeded" ? null : { code: "payment_failed" };
      Object.assign(intent, { status, last_payment_error: error });
      if (status === "succeeded") charge(intent);
      happened(status === "succeeded" ? "payment_intent.succeeded" : "payment_intent.payment_failed", intent);
    },
    dispute(intentId, status, part) {
      const amount = part ?? Number(objects.get(intentId)?.["amount"]);
      const found = [...objects.values()].find(
        (one) =>
          one["object"] === "dispute" &&
          one["payment_intent"] === intentId &&
          (part ?? one["amount"]) === one["amount"],
      );
      const dispute = found ?? keep({ id: idOf("dp"), object: "dispute", payment_intent: intentId, amount });
      if (!found) earn(dispute, "dispute", { amount: -amount, fee: 1500 });
      dispute["status"] = status;
      happened(found ? "charge.dispute.closed" : "charge.dispute.created", dispute);
      return dispute;
    },
    payOut({ missingCents = 0 } = {}) {
      const id = idOf("po");
      const parts = unpaid.splice(0);
      for (const part of parts) part["payout"] = id;
      const amount = parts.reduce((sum, { net }) => sum + Number(net), 0) - missingCents;
      const about = { status: "paid", reconciliation_status: "completed", arrival_date: 1_800_000_000 };
      const payout = keep({ id, object: "payout", amount, ...about });
      keep({
        id: idOf("txn"),
        object: "balance_transaction",
        type: "payout",
        reporting_category: "payout",
        payout: id,
        source: id,
        amount: -amount,
        fee: 0,
        net: -amount,
      });
      happened("payout.reconciliation_completed", payout);
      return payout;
    },
    forgetKeys: () => {
      keys.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
