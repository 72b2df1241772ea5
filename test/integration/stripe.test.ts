/**
 * Payments through a Stripe test double that follows its protocol, fails after having acted, does not answer,
 * and sends events twice, late and out of order. In every case a payment is charged and booked once.
 */
import { randomUUID } from "node:crypto";
import { ask, must } from "../support/client";
import { issueInvoice, refundBalance } from "../support/finance";
import { newKey, newSupplier, sendLead, newCampaign } from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { startStripe, type Fault, type StripeServer } from "../support/stripe-server";
import { until } from "../support/until";

let stripe: StripeServer;
let server: TestServer;
let beside: TestServer;
let owner: Owner;
let sent = 0;

beforeAll(async () => {
  stripe = await startStripe();
  const environment = {
    STRIPE_SECRET_KEY: "sk_test_invented",
    // During a rotation both secrets are valid.
    STRIPE_WEBHOOK_SECRET: `${stripe.webhookSecret}, whsec_next`,
    STRIPE_API_BASE: stripe.url,
  };
  server = await startTestServer({ environment });
  beside = await startTestServer({ environment, beside: server });
  owner = await asOwnerOf(server.database);
});
afterEach(async () => {
  await deliver();
  expect((await server.running.services.billing.proof.prove()).faults).toEqual([]);
  for (const [id, times] of [...stripe.charged, ...stripe.refunded]) expect([id, times]).toEqual([id, 1]);
});
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
  await stripe.stop();
});

const address = (): string => `${server.url}/stripe/events`;

/** Ends the pauses of the jobs as a passing hour does, so that no test waits for them. */
function later(hours: number): void {
  server.clock.forward(hours * 3_600_000);
  server.clock.ringDue();
}

/** Sends all new events twice, newest first, and has them processed: at once, or by the job when its turn comes. */
async function deliver({ byTheJob = false } = {}): Promise<void> {
  const fresh = stripe.events.slice(sent);
  sent = stripe.events.length;
  for (const event of [...fresh, ...fresh].reverse()) expect(await stripe.send(address(), event)).toBe(200);
  if (!byTheJob) await server.running.services.billing.payments?.inbox.work(new AbortController().signal);
  await until("the events are worked on", async () => {
    const [row] = await owner.rows(
      "SELECT count(*)::integer AS waiting FROM stripe_event WHERE next_try_at IS NOT NULL",
    );
    return row?.waiting === 0;
  });
}

async function withMethod(kind: "CARD" | "SEPA_DEBIT" = "CARD") {
  const supplier = await newSupplier(server);
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const { setUpPayment } = await must(server, token, {
    query:
      "mutation ($kind: PaymentMethodKind!, $key: String!) { setUpPayment(kind: $kind, idempotencyKey: $key) { clientSecret } }",
    variables: { kind, key: randomUUID() },
  });
  const method = stripe.completeSetup(setUpPayment.clientSecret, kind === "CARD" ? "card" : "sepa_debit");
  await deliver();
  return { supplier, token, method };
}

const topUp = async (token: string, amountInclVatCents: number, key: string = randomUUID()) =>
  (
    await must(server, token, {
      query: `mutation ($cents: Cents!, $key: String!) {
        topUp(amountInclVatCents: $cents, idempotencyKey: $key) { id status failure } }`,
      variables: { cents: amountInclVatCents, key },
    })
  ).topUp;

const balanceOf = async (token: string): Promise<number> =>
  (await must(server, token, { query: "{ account { balanceCents } }" })).account.balanceCents;

const statusOf = async (id: string) =>
  (await owner.rows("SELECT status, intent_id, failure FROM stripe_payment WHERE id = $1", [id]))[0];

const kindsOf = async (supplierId: string): Promise<string[]> =>
  (
    await owner.rows("SELECT kind FROM billing_document WHERE supplier_id = $1 ORDER BY issued_at", [
      supplierId,
    ])
  ).map(({ kind }) => String(kind));

it("tops up by card once: the balance grows by the net amount and a deposit is issued", async () => {
  const { supplier, token } = await withMethod();
  const before = await balanceOf(token);
  const payment = await topUp(token, 12_000, "once");
  expect(payment).toMatchObject({ status: "SUCCEEDED", failure: null });
  expect(await topUp(token, 12_000, "once")).toEqual(payment);
  expect(await balanceOf(token)).toBe(before + 10_000);
  await deliver({ byTheJob: true });
  expect(await balanceOf(token)).toBe(before + 10_000);
  expect((await kindsOf(supplier.id)).at(-1)).toBe("DEPOSIT");
});

it.each(["CARD", "SEPA_DEBIT"] as const)(
  "books a payment by %s on the day on which Stripe received it, not when its event arrives",
  async (kind) => {
    const { token } = await withMethod(kind);
    const received = new Date(Date.now() - 3 * 86_400_000);
    stripe.receiveOn(received);
    const payment = await topUp(token, 12_000);
    if (kind === "SEPA_DEBIT") stripe.finish((await statusOf(payment.id))?.intent_id, "succeeded");
    stripe.receiveOn(null);
    await deliver();
    const rows = await owner.rows(
      `SELECT DISTINCT dated::text AS dated FROM entry WHERE cause_id = $1
         OR cause_id IN (SELECT document_id::text FROM advance WHERE cause_id = $1)`,
      [payment.id],
    );
    expect(rows).toEqual([{ dated: received.toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" }) }]);
  },
);

it.each<Fault>(["500_AFTER", "NO_ANSWER_AFTER", "500_BEFORE"])(
  "charges once when the create call ends with %s, however often it is retried",
  async (fault) => {
    const { token } = await withMethod();
    const before = await balanceOf(token);
    stripe.faults.push(fault);
    const payment = await topUp(token, 24_000);
    // Stripe's client may retry a broken connection itself, under the same key.
    expect(["CREATED", "SUCCEEDED"]).toContain(payment.status);
    const askAgain = async ({ running }: TestServer) =>
      running.services.billing.payments?.collecting.attempt(payment.id);
    await Promise.all([server, beside].map(askAgain));
    await Promise.all([server, beside].map(askAgain));
    await deliver();
    expect(await statusOf(payment.id)).toMatchObject({ status: "SUCCEEDED" });
    expect(stripe.charged.get(payment.id)).toBe(1);
    expect(await balanceOf(token)).toBe(before + 20_000);
  },
);

it("looks up a payment whose answer was lost more than a day ago instead of creating it again", async () => {
  const { token } = await withMethod();
  for (const [fault, status] of [
    ["500_AFTER", "SUCCEEDED"],
    ["500_BEFORE", "FAILED"],
  ] as const) {
    stripe.faults.push(fault);
    const payment = await topUp(token, 1_200);
    stripe.forgetKeys();
    await owner.rows(
      "UPDATE stripe_payment SET requested_at = requested_at - interval '2 days' WHERE id = $1",
      [payment.id],
    );
    await server.running.services.billing.payments?.collecting.attempt(payment.id);
    expect(await statusOf(payment.id)).toMatchObject({ status });
    expect(stripe.charged.get(payment.id) ?? 0).toBe(status === "SUCCEEDED" ? 1 : 0);
  }
});

it("reports why a card was declined and books nothing", async () => {
  const { token, method } = await withMethod();
  const before = await balanceOf(token);
  method["declines"] = true;
  expect(await topUp(token, 5_000)).toMatchObject({ status: "FAILED", failure: "insufficient_funds" });
  expect(await balanceOf(token)).toBe(before);
});

it("collects an invoice by direct debit and reopens it when the debit is reversed", async () => {
  const { supplier, token } = await withMethod("SEPA_DEBIT");
  await refundBalance(server, supplier.id, { bankReference: "OUT" });
  await must(server, server.adminToken, {
    query:
      "mutation ($id: ID!) { setBilling(input: { supplierId: $id, mode: POSTPAID, creditLimitCents: 100000 }) { mode } }",
    variables: { id: supplier.id },
  });
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  await until("the lead is delivered", async () => (await balanceOf(token)) < 0);
  const owed = await balanceOf(token);
  const [invoice] = (await issueInvoice(server, supplier.id, "id dueInclVatCents")) as [any];
  const open = async (): Promise<number> =>
    (
      await must(server, token, {
        query: "query ($id: ID!) { billingDocument(id: $id) { openInclVatCents } }",
        variables: { id: invoice.id },
      })
    ).billingDocument.openInclVatCents;
  const { collectInvoice: payment } = await must(server, server.adminToken, {
    query: 'mutation ($id: ID!) { collectInvoice(id: $id, idempotencyKey: "once") { id status } }',
    variables: { id: invoice.id },
  });
  expect(payment.status).toBe("PROCESSING");
  expect(await open()).toBe(invoice.dueInclVatCents);
  const intentId = String((await statusOf(payment.id))?.intent_id);
  stripe.finish(intentId, "succeeded");
  await deliver();
  expect([await open(), await balanceOf(token)]).toEqual([0, 0]);
  stripe.dispute(intentId, "needs_response");
  await deliver();
  expect(await open()).toBe(0);
  stripe.dispute(intentId, "lost");
  await deliver();
  expect([await open(), await balanceOf(token)]).toEqual([invoice.dueInclVatCents, owed]);
});

it("reverses a disputed deposit: the used part is owed and the unused part is credited", async () => {
  const { supplier, token } = await withMethod();
  await refundBalance(server, supplier.id, { bankReference: "OUT2" });
  const payment = await topUp(token, 12_000);
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  await until("the lead is charged", async () => (await balanceOf(token)) < 10_000);
  await issueInvoice(server, supplier.id);
  stripe.dispute(String((await statusOf(payment.id))?.intent_id), "lost");
  await deliver();
  expect(await balanceOf(token)).toBeLessThan(0);
  expect((await kindsOf(supplier.id)).slice(-2)).toEqual(["INVOICE", "CREDIT_NOTE"]);
});

it("reverses only the disputed part of a deposit", async () => {
  const { token } = await withMethod();
  const before = await balanceOf(token);
  const payment = await topUp(token, 12_000);
  const dispute = stripe.dispute(String((await statusOf(payment.id))?.intent_id), "needs_response");
  dispute["amount"] = 3_000;
  stripe.dispute(dispute["payment_intent"], "lost");
  await deliver();
  expect(await balanceOf(token)).toBe(before + 7_500);
  const [row] = await owner.rows("SELECT unrecovered_cents FROM stripe_dispute WHERE id = $1", [
    dispute["id"],
  ]);
  expect(Number(row?.unrecovered_cents)).toBe(0);
  // The test double puts the whole amount into its next payout, so this reduces it to the disputed part.
  for (const one of stripe.objects.values()) {
    if (one["object"] === "balance_transaction" && one["source"]?.id === dispute["id"])
      Object.assign(one, { amount: -3_000, net: -4_500 });
  }
});

const refund = async (supplierId: string, netCents: number | null = null, key: string = randomUUID()) =>
  (
    await must(server, server.adminToken, {
      query: `mutation ($id: ID!, $cents: Cents, $key: String!) {
        refundPayments(supplierId: $id, netCents: $cents, idempotencyKey: $key) {
          refunds { id paymentId amountInclVatCents status failure } account { balanceCents } } }`,
      variables: { id: supplierId, cents: netCents, key },
    })
  ).refundPayments.refunds;
const refundsOf = async (token: string) =>
  (
    await must(server, token, {
      query: "{ payments { edges { node { refunds { amountInclVatCents status failure } } } } }",
    })
  ).payments.edges.flatMap(({ node }: any) => node.refunds);
/** The amount still to come from Stripe for this supplier, by the entries. */
const atStripe = async (supplierId: string): Promise<number> =>
  Number(
    (
      await owner.rows(
        `SELECT coalesce(sum(l.debit_cents - l.credit_cents), 0) AS cents FROM entry_line l
         WHERE l.account = '5115' AND EXISTS (SELECT FROM entry_line s WHERE (s.journal, s.year, s.number)
           = (l.journal, l.year, l.number) AND s.supplier_id = $1)`,
        [supplierId],
      )
    )[0]?.cents,
  );

it("refunds unspent card payments once, to the card, with a credit note", async () => {
  const { supplier, token } = await withMethod();
  const start = await balanceOf(token);
  await topUp(token, 12_000);
  await topUp(token, 6_000);
  const back = await refund(supplier.id, 11_000, "once");
  expect(back).toMatchObject([
    { amountInclVatCents: 12_000, status: "SUCCEEDED" },
    { amountInclVatCents: 1_200, status: "SUCCEEDED" },
  ]);
  expect(await refund(supplier.id, 11_000, "once")).toEqual(back);
  expect(await balanceOf(token)).toBe(start + 4_000);
  expect(await kindsOf(supplier.id)).toEqual(["DEPOSIT", "DEPOSIT", "DEPOSIT", "CREDIT_NOTE"]);
  expect(await atStripe(supplier.id)).toBe(4_800);
  expect((await refundsOf(token)).map(({ status }: any) => status)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  // A bank transfer is not refunded to a card.
  const { errors } = await ask(server, server.adminToken, {
    query:
      'mutation ($id: ID!) { refundPayments(supplierId: $id, netCents: 4001, idempotencyKey: "more") { refunds { id } } }',
    variables: { id: supplier.id },
  });
  expect(errors?.[0]).toMatchObject({
    extensions: { code: "CONFLICT", reason: "MORE_THAN_UNSPENT" },
    message: expect.stringContaining("At most 4000 cents"),
  });
  stripe.payOut();
  await deliver();
});

it.each<Fault>(["500_AFTER", "NO_ANSWER_AFTER", "500_BEFORE"])(
  "refunds once when Stripe answers with %s",
  async (fault) => {
    const { supplier, token } = await withMethod();
    const start = await balanceOf(token);
    await topUp(token, 12_000);
    stripe.faults.push(fault);
    const [asked] = await refund(supplier.id);
    // Stripe's client itself retries a broken connection, under the same key.
    if (fault !== "NO_ANSWER_AFTER") expect(asked.status).toBe("CREATED");
    expect(await balanceOf(token)).toBe(start);
    await deliver();
    server.clock.forward(31_000);
    server.clock.ringDue();
    await until("the refund is known", async () => (await refundsOf(token))[0].status === "SUCCEEDED");
    expect([...stripe.refunded.keys()]).toContain(asked.id);
    expect(await atStripe(supplier.id)).toBe(0);
  },
);

it("looks up a refund whose answer was lost more than a day ago instead of creating it again", async () => {
  const { supplier, token } = await withMethod();
  const start = await balanceOf(token);
  await topUp(token, 12_000);
  await deliver();
  stripe.faults.push("NO_ANSWER_AFTER");
  await refund(supplier.id);
  // Its events never arrive, and Stripe has forgotten the idempotency key.
  sent = stripe.events.length;
  stripe.forgetKeys();
  later(25);
  await until("it is found", async () => (await refundsOf(token))[0].status === "SUCCEEDED");
  await topUp(token, 24_000);
  stripe.faults.push("500_BEFORE");
  const [never] = await refund(supplier.id);
  later(25);
  await until("it is given up", async () =>
    (await refundsOf(token)).some(({ failure }: any) => failure === "never_reached"),
  );
  expect(stripe.refunded.has(never.id)).toBe(false);
  // The amount that was never refunded is on the balance again.
  expect(await balanceOf(token)).toBe(start + 20_000);
});

it("books a failed refund as money received, even long after it had succeeded", async () => {
  const { supplier, token } = await withMethod();
  const start = await balanceOf(token);
  await topUp(token, 12_000);
  stripe.setRefunds("pending");
  const [pending] = await refund(supplier.id);
  expect(pending.status).toBe("PENDING");
  const [row] = await owner.rows("SELECT refund_id FROM stripe_refund WHERE id = $1", [pending.id]);
  stripe.finishRefund(row?.refund_id, "succeeded");
  await deliver();
  expect(await refundsOf(token)).toMatchObject([{ status: "SUCCEEDED" }]);
  expect(await balanceOf(token)).toBe(start);
  stripe.finishRefund(row?.refund_id, "failed");
  await deliver();
  await deliver();
  expect(await refundsOf(token)).toMatchObject([{ status: "FAILED", failure: "lost_or_stolen_card" }]);
  expect(await balanceOf(token)).toBe(start + 10_000);
  expect(await kindsOf(supplier.id)).toEqual(["DEPOSIT", "DEPOSIT", "CREDIT_NOTE", "DEPOSIT"]);
  expect(await atStripe(supplier.id)).toBe(12_000);
  // The amount can be refunded again, and a dispute takes back what remains.
  stripe.setRefunds("succeeded");
  expect(await refund(supplier.id, 5_000)).toMatchObject([
    { amountInclVatCents: 6_000, status: "SUCCEEDED" },
  ]);
  await deliver();
  const [paid] = await owner.rows("SELECT intent_id FROM stripe_payment WHERE supplier_id = $1", [
    supplier.id,
  ]);
  const dispute = stripe.dispute(paid?.intent_id, "lost", 6_000);
  await deliver();
  const [lost] = await owner.rows("SELECT unrecovered_cents FROM stripe_dispute WHERE id = $1", [
    dispute["id"],
  ]);
  expect(Number(lost?.unrecovered_cents)).toBe(0);
  expect(await balanceOf(token)).toBe(start);
});

it("reverses a payment once, however many of its disputes are lost", async () => {
  const { supplier, token } = await withMethod();
  await newCampaign(server, supplier, { pricePerLeadCents: 5_000 });
  await must(server, server.adminToken, {
    query: "mutation ($id: ID!) { setBilling(input: { supplierId: $id, creditLimitCents: 0 }) { mode } }",
    variables: { id: supplier.id },
  });
  const payment = await topUp(token, 12_000);
  await deliver();
  const intent = (await statusOf(payment.id))?.intent_id;
  const start = await balanceOf(token);
  stripe.dispute(intent, "lost", 4_800);
  await deliver();
  stripe.dispute(intent, "lost", 7_200);
  await deliver();
  expect(await balanceOf(token)).toBe(start - 10_000);
});

it("looks up a direct debit whose event never arrives", async () => {
  const { token } = await withMethod("SEPA_DEBIT");
  const start = await balanceOf(token);
  const payment = await topUp(token, 12_000);
  expect(payment.status).toBe("PROCESSING");
  await deliver();
  stripe.finish((await statusOf(payment.id))?.intent_id, "succeeded");
  sent = stripe.events.length;
  later(2);
  await until("it was asked for", async () => (await balanceOf(token)) === start + 10_000);
});

it("books payouts with their fees and keeps missing amounts in suspense", async () => {
  const balance = async (account: string): Promise<number> =>
    Number(
      (
        await owner.rows(
          "SELECT coalesce(sum(debit_cents - credit_cents), 0) AS cents FROM entry_line WHERE account = $1",
          [account],
        )
      )[0]?.cents,
    );
  stripe.payOut();
  await deliver();
  // Everything charged is at the bank, except lost disputes and fees.
  expect([await balance("5115"), await balance("471")]).toEqual([0, 0]);
  const { token } = await withMethod();
  await topUp(token, 12_000);
  stripe.payOut({ missingCents: 7 });
  await deliver();
  expect([await balance("5115"), await balance("471")]).toEqual([0, 7]);
  const [payout] = await owner.rows(
    "SELECT difference_cents FROM stripe_payout ORDER BY booked_at DESC LIMIT 1",
  );
  expect(Number(payout?.difference_cents)).toBe(-7);
});

const setRule =
  "mutation ($input: UpdateAutomaticTopUpInput!) { setAutomaticTopUp(input: $input) { automaticTopUp { belowCents amountInclVatCents } } }";

it("tops up automatically while the balance is low, one payment at a time", async () => {
  const { token } = await withMethod("SEPA_DEBIT");
  const before = await balanceOf(token);
  const { setAutomaticTopUp } = await must(server, token, {
    query: setRule,
    variables: { input: { rule: { belowCents: before + 1_000, amountInclVatCents: 6_000 } } },
  });
  expect(setAutomaticTopUp).toEqual({
    automaticTopUp: { belowCents: before + 1_000, amountInclVatCents: 6_000 },
  });
  const made = async () =>
    (
      await must(server, token, { query: "{ payments { edges { node { id status } } } }" })
    ).payments.edges.map(({ node }: any) => node);
  await until("it is asked for", async () => (await made()).length === 1);
  await Promise.all(
    [server, beside].map(async ({ running }) => running.services.billing.payments?.topUps.run()),
  );
  const [payment] = await made();
  expect(await made()).toEqual([{ id: payment.id, status: "PROCESSING" }]);
  stripe.finish(String((await statusOf(payment.id))?.intent_id), "succeeded");
  await deliver();
  expect(await balanceOf(token)).toBe(before + 5_000);
});

it("changes only the part of the top-up rule that an update names", async () => {
  const { supplier, token } = await withMethod();
  const set = async (input: unknown) =>
    ask(server, token, { query: setRule, variables: { input } }) as Promise<any>;
  const ruleAfter = async (input: unknown) => (await set(input)).data.setAutomaticTopUp.automaticTopUp;
  const missing = await set({ rule: {} });
  expect(missing.errors[0].extensions).toMatchObject({
    code: "INVALID_INPUT",
    faults: [
      { reason: "REQUIRED", field: "rule.belowCents" },
      { reason: "REQUIRED", field: "rule.amountInclVatCents" },
    ],
  });
  const rule = { belowCents: 1_000, amountInclVatCents: 6_000 };
  expect(await ruleAfter({ rule })).toEqual(rule);
  expect(await ruleAfter({ rule: { belowCents: 2_000 } })).toEqual({ ...rule, belowCents: 2_000 });
  expect(await ruleAfter({})).toEqual({ ...rule, belowCents: 2_000 });
  const { supplier: read } = await must(server, server.adminToken, {
    query:
      "query ($id: ID!) { supplier(id: $id) { account { automaticTopUp { belowCents amountInclVatCents } } } }",
    variables: { id: supplier.id },
  });
  expect(read.account.automaticTopUp).toEqual({ ...rule, belowCents: 2_000 });
  expect((await set({ rule: { belowCents: null } })).errors[0].extensions.reason).toBe("NULL_NOT_ALLOWED");
  expect(await ruleAfter({ rule: null })).toBeNull();
});

it("returns the same set-up for the same key, and never stores its secret", async () => {
  const supplier = await newSupplier(server);
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const setUp = async (key: string, kind = "CARD") =>
    ask(server, token, {
      query: `mutation ($key: String!) { setUpPayment(kind: ${kind}, idempotencyKey: $key) { clientSecret } }`,
      variables: { key },
    });
  const first = await setUp("a");
  expect(await setUp("a")).toEqual(first);
  expect(await setUp("b")).not.toEqual(first);
  expect((await setUp("a", "SEPA_DEBIT")).errors?.[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    reason: "KEY_REUSED",
  });
  const { clientSecret } = (first.data as any).setUpPayment;
  const stored = await owner.rows(
    "SELECT answer::text FROM idempotency_key WHERE operation = 'setUpPayment'",
  );
  expect(JSON.stringify(stored)).not.toContain(clientSecret);
});

it("asks to repeat a set-up that Stripe did not answer, and makes it once", async () => {
  const supplier = await newSupplier(server);
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const setUp = () =>
    ask(server, token, {
      query: 'mutation { setUpPayment(kind: CARD, idempotencyKey: "again") { clientSecret } }',
    });
  const made = () => [...stripe.objects.values()].filter((one) => one["object"] === "setup_intent").length;
  const before = made();
  stripe.faults.push("500_AFTER");
  expect((await setUp()).errors?.[0]?.extensions).toMatchObject({
    ...{ code: "UNAVAILABLE", reason: "NO_ANSWER", retryAfterSeconds: 30 },
  });
  expect((await setUp()).errors).toBeUndefined();
  expect(made()).toBe(before + 1);
});

it("lists payments in pages, by supplier and status, with the objects beside their ids", async () => {
  const { supplier, token } = await withMethod();
  await topUp(token, 2_000);
  await topUp(token, 3_000);
  await refund(supplier.id, 500);
  const query = `query ($filter: PaymentFilter, $first: Int, $after: Cursor) {
    payments(filter: $filter, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { amountInclVatCents supplierId supplier { id } documentId document { id }
        refunds { paymentId payment { id } documentId document { id kind } } } } } }`;
  const page = async (as: string, variables: unknown) =>
    (await must(server, as, { query, variables: variables as Record<string, unknown> })).payments;
  const first = await page(token, { first: 1 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await page(token, { first: 1, after: first.pageInfo.endCursor });
  expect(second.pageInfo.hasNextPage).toBe(false);
  const nodes = [...first.edges, ...second.edges].map(({ node }: any) => node);
  expect(nodes.map((node: any) => node.amountInclVatCents)).toEqual([3_000, 2_000]);
  for (const node of nodes) {
    expect(node).toMatchObject({ supplier: { id: supplier.id }, documentId: null, document: null });
    for (const back of node.refunds) {
      expect(back).toMatchObject({ payment: { id: back.paymentId }, document: { kind: "CREDIT_NOTE" } });
    }
  }
  expect(nodes.flatMap((node: any) => node.refunds)).not.toEqual([]);
  const filter = { supplierId: supplier.id, status: "SUCCEEDED" };
  expect((await page(server.adminToken, { filter })).edges).toHaveLength(2);
  expect((await page(server.adminToken, { filter: { ...filter, status: "FAILED" } })).edges).toEqual([]);
});

it("accepts events signed with either secret during a rotation", async () => {
  const event = {
    id: "evt_next",
    object: "event",
    type: "customer.updated",
    data: { object: { id: "cus_1" } },
  };
  expect(await stripe.send(address(), event, { secret: "whsec_next" })).toBe(200);
  expect(await stripe.send(address(), { ...event, id: "evt_old" })).toBe(200);
  expect(await stripe.send(address(), event, { secret: "whsec_other" })).toBe(400);
});

it("refuses events that are unsigned, signed with another secret or old", async () => {
  const event = { id: "evt_x", type: "payout.paid", data: { object: { id: "po_x", object: "payout" } } };
  expect(await stripe.send(address(), event, { secret: "whsec_other" })).toBe(400);
  expect(await stripe.send(address(), event, { ageSeconds: 400 })).toBe(400);
  const bare = await fetch(address(), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  expect(bare.status).toBe(400);
  expect(await owner.rows("SELECT FROM stripe_event WHERE id = 'evt_x'")).toEqual([]);
});

it("is switched off without a Stripe key", async () => {
  const plain = await startTestServer({ beside: server });
  const { token } = await withMethod();
  const answer = await ask(plain, token, {
    query: 'mutation { topUp(amountInclVatCents: 1200, idempotencyKey: "off") { id } }',
  });
  expect(answer.errors?.[0]).toMatchObject({
    message: expect.stringContaining("not set up on this server"),
    extensions: { code: "UNAVAILABLE", reason: "NOT_CONFIGURED" },
  });
  const { payments } = await must(plain, token, { query: "{ payments { edges { cursor } } }" });
  expect(payments.edges).toEqual([]);
  expect((await fetch(`${plain.url}/stripe/events`, { method: "POST" })).status).toBe(404);
  await plain.stop();
});
