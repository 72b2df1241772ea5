/**
 * Reconciles a month from the leads to the bank: matching amounts are counted, and any deviation is named
 * with its amount in cents.
 */
import { randomUUID } from "node:crypto";
import { ask, must } from "../support/client";
import { issueInvoice, refundBalance } from "../support/finance";
import { newCampaign, newKey, newSupplier, sendLead } from "../support/journey";
import { dayOf, monthOf } from "../support/days";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { startStripe, type StripeServer } from "../support/stripe-server";
import { until } from "../support/until";

let stripe: StripeServer;
let server: TestServer;
let owner: Owner;
let siren: string;
let supplierId: string;
let token: string;
let today: string;
let month: string;

beforeAll(async () => {
  stripe = await startStripe();
  const environment = {
    STRIPE_SECRET_KEY: "sk_test_invented",
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
  };
  server = await startTestServer({ environment });
  today = dayOf(server.clock.now());
  month = monthOf(server.clock.now());
  owner = await asOwnerOf(server.database);
  const supplier = await newSupplier(server);
  supplierId = supplier.id;
  token = await newKey(server, supplierId, "SUPPLIER_ADMIN");
  siren = String((await owner.rows("SELECT siren FROM supplier WHERE id = $1", [supplierId]))[0]?.siren);
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  await until(
    "it is charged",
    async () => (await owner.rows("SELECT FROM posting WHERE kind = 'CHARGE'")).length === 1,
  );
  const { setUpPayment } = await must(server, token, {
    query: 'mutation { setUpPayment(kind: CARD, idempotencyKey: "set up") { clientSecret } }',
  });
  stripe.completeSetup(setUpPayment.clientSecret);
  await deliver();
  await must(server, token, {
    query: 'mutation { topUp(amountInclVatCents: 12000, idempotencyKey: "top up") { status } }',
  });
  await issueInvoice(server, supplierId);
});
afterEach(async () => {
  expect((await server.running.services.billing.proof.prove()).faults).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await server.stop();
  await stripe.stop();
});

let sent = 0;
async function deliver(): Promise<void> {
  for (const event of stripe.events.slice(sent)) await stripe.send(`${server.url}/stripe/events`, event);
  sent = stripe.events.length;
  await until("the events are worked on", async () => {
    const [row] = await owner.rows(
      "SELECT count(*)::integer AS waiting FROM stripe_event WHERE next_try_at IS NOT NULL",
    );
    return row?.waiting === 0;
  });
}

const reconcile = async (of = month) =>
  (
    await must(server, server.adminToken, {
      query: `query ($month: Month!) { reconciliation(month: $month) { suspenseCents locked
        comparisons { name matched differing differences { kind subject leftCents rightCents } } } }`,
      variables: { month: of },
    })
  ).reconciliation;

const balance = async (): Promise<number> =>
  (
    await must(server, server.adminToken, {
      query: "query ($id: ID!) { supplier(id: $id) { account { balanceCents } } }",
      variables: { id: supplierId },
    })
  ).supplier.account.balanceCents;

const named = async (name: string, of = month) =>
  (await reconcile(of)).comparisons.find((one: { name: string }) => one.name === name);

const importCsv = async (rows: readonly string[]) =>
  (
    await must(server, server.adminToken, {
      query:
        "mutation ($content: String!) { importBankStatement(format: CSV, content: $content) { read known matched unmatched } }",
      variables: { content: ["reference,booked_on,amount,remittance,counterparty", ...rows].join("\n") },
    })
  ).importBankStatement;

it("reports payments Stripe has not paid out yet and payouts missing from the bank statement", async () => {
  expect(await named("LEADS_AND_CHARGES")).toMatchObject({ matched: 1, differing: 0 });
  expect(await named("CHARGES_AND_DOCUMENTS")).toMatchObject({ matched: 1, differing: 0 });
  expect(await named("DOCUMENTS_AND_ENTRIES")).toMatchObject({ differing: 0 });
  expect(await named("PAYMENTS_AND_STRIPE")).toMatchObject({
    ...{
      matched: 0,
      differing: 1,
      differences: [{ kind: "MISSING_RIGHT", leftCents: 12_000, rightCents: 0 }],
    },
  });
  const payout = stripe.payOut();
  payout["arrival_date"] = Math.floor(server.clock.now().getTime() / 1000);
  await deliver();
  expect(await named("PAYMENTS_AND_STRIPE")).toMatchObject({ matched: 1, differing: 0 });
  expect(await named("PAYOUTS_AND_PARTS")).toMatchObject({ matched: 1, differing: 0 });
  expect(await named("PAYOUTS_AND_BANK")).toMatchObject({ differing: 1 });
  const euros = (Number(payout["amount"]) / 100).toFixed(2);
  const line = `P1,${today},${euros},STRIPE PAYOUT,Stripe`;
  expect(await importCsv([line])).toEqual({ read: 1, known: 0, matched: 1, unmatched: 0 });
  expect(await importCsv([line])).toEqual({ read: 1, known: 1, matched: 0, unmatched: 0 });
  expect(await named("PAYOUTS_AND_BANK")).toMatchObject({ matched: 1, differing: 0 });
});

const lineFields = `id reference amountCents counterparty status matchedWith bookedAs subject
  supplierId supplier { id name }`;

const linesOf = async (filter: Record<string, unknown>): Promise<any[]> => {
  const query = `query ($filter: BankLineFilter) { bankLines(filter: $filter, first: 100) {
    edges { node { ${lineFields} } } } }`;
  const { bankLines } = await must(server, server.adminToken, { query, variables: { filter } });
  return bankLines.edges.map(({ node }: any) => node);
};

const assign = (id: string, { to = supplierId, key = randomUUID() }: { to?: string; key?: string } = {}) =>
  ask(server, server.adminToken, {
    query: `mutation ($id: ID!, $to: ID!, $key: String!) {
      assignBankLine(id: $id, supplierId: $to, idempotencyKey: $key) { line { ${lineFields} } } }`,
    variables: { id, to, key },
  });

const book = (id: string, how: { as: string; reason?: string; key?: string }) =>
  ask(server, server.adminToken, {
    query: `mutation ($id: ID!, $as: BankLineKind!, $reason: String!, $key: String!) {
      bookBankLine(id: $id, as: $as, reason: $reason, idempotencyKey: $key) { line { ${lineFields} } } }`,
    variables: { id, reason: "Relevé de novembre", key: randomUUID(), ...how },
  });

it("books a bank line that names its supplier as a transfer and keeps an unknown one in suspense", async () => {
  const before = await named("TRANSFERS_AND_BANK");
  const lines = [`L1,${today},120.00,SIREN ${siren},Garage`, `L2,${today},60.00,merci,Inconnu`];
  expect(await importCsv(lines)).toEqual({ read: 2, known: 0, matched: 1, unmatched: 1 });
  expect((await reconcile()).suspenseCents).toBe(6_000);
  expect(await named("TRANSFERS_AND_BANK")).toMatchObject({
    matched: Number(before.matched) + 1,
    differing: Number(before.differing) + 1,
  });
  const unmatched = await linesOf({ status: "UNMATCHED" });
  expect(unmatched).toMatchObject([
    { reference: "L2", amountCents: 6_000, counterparty: "Inconnu", status: "UNMATCHED", supplier: null },
  ]);
  const first = await assign(unmatched[0].id, { key: "L2" });
  expect(first.data?.assignBankLine.line).toMatchObject({
    ...{ reference: "L2", status: "MATCHED", matchedWith: "TRANSFER", supplier: { id: supplierId } },
  });
  expect((await reconcile()).suspenseCents).toBe(0);
  const again = await assign(unmatched[0].id);
  expect(again.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "ALREADY_MATCHED" });
  expect(await named("TRANSFERS_AND_BANK")).toMatchObject({ differing: Number(before.differing) });
});

it("reports the difference between the bank and a transfer recorded by hand", async () => {
  await must(server, server.adminToken, {
    query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
    variables: {
      input: {
        ...{ supplierId, amountInclVatCents: 12_000, receivedOn: today, bankReference: "H1" },
        isAnother: true,
      },
    },
  });
  await importCsv([`H1,${today},119.99,virement,Garage`]);
  const { differences } = await named("TRANSFERS_AND_BANK");
  expect(differences).toContainEqual({
    kind: "DIFFERS",
    subject: "H1",
    leftCents: 12_000,
    rightCents: 11_999,
  });
  expect((await reconcile()).suspenseCents).toBe(11_999);
});

it("corrects transfers recorded by hand to the bank's amount, up or down, and clears suspense", async () => {
  const transferOf = (bankReference: string) =>
    must(server, server.adminToken, {
      query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
      variables: {
        input: {
          ...{ supplierId, amountInclVatCents: 12_000, receivedOn: today, bankReference, isAnother: true },
        },
      },
    });
  const assignByReference = async (reference: string, to = supplierId) =>
    assign((await linesOf({ reference }))[0].id, { to });
  await transferOf("H2");
  await importCsv([`H2,${today},132.00,virement,Garage`]);
  const before = await balance();
  const other = await newSupplier(server);
  expect((await assignByReference("H2", other.id)).errors?.[0]?.message).toContain(
    "recorded for another one",
  );
  expect((await assignByReference("H1")).errors).toBeUndefined();
  expect((await assignByReference("H2")).errors).toBeUndefined();
  // One cent less, which contains no VAT, and twelve euros more, of which two are VAT.
  expect(await balance()).toBe(before - 1 + 1_000);
  expect((await reconcile()).suspenseCents).toBe(0);
  const { differences } = await named("TRANSFERS_AND_BANK");
  expect(differences.filter(({ subject }: any) => /^H/.test(subject))).toEqual([]);
});

it("matches a refund by its whole reference and keeps another debit in suspense", async () => {
  const before = Number((await reconcile()).suspenseCents);
  const refund = await refundBalance(server, supplierId, { netCents: 1_000, bankReference: "OUT 12" });
  expect(refund["documents"]).toMatchObject([{ totalInclVatCents: 1_200 }]);
  // "12" is only the end of the reference and belongs to another line.
  expect(await importCsv([`12,${today},-12.00,x,y`, `OUT 12,${today},-12.00,x,y`])).toMatchObject({
    matched: 1,
    unmatched: 1,
  });
  expect((await reconcile()).suspenseCents).toBe(before - 1_200);
});

it("reports every unreadable line of a statement at once, by its number, and imports none of them", async () => {
  const rows = ["G1,2026-02-30,1.00,a,b", `G2,${today},1.00,a,b`, ",2026-02-01,1.234,a,b"];
  const { errors } = await ask(server, server.adminToken, {
    query: "mutation ($content: String!) { importBankStatement(format: CSV, content: $content) { read } }",
    variables: { content: ["reference,booked_on,amount,remittance,counterparty", ...rows].join("\n") },
  });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: "INVALID_INPUT",
    faults: [
      { reason: "MALFORMED", field: "content", line: 2 },
      { reason: "MALFORMED", field: "content", line: 4 },
    ],
    lines: [
      { reason: "MALFORMED", line: 2 },
      { reason: "MALFORMED", line: 4 },
    ],
  });
  expect(await linesOf({ reference: "G2" })).toEqual([]);
});

it("lists bank lines by status, month and reference, page by page", async () => {
  const all = await linesOf({});
  const statuses = new Set(all.map(({ status }: any) => status));
  expect(statuses.size).toBeGreaterThan(1);
  for (const status of statuses) {
    expect(await linesOf({ status })).toEqual(all.filter((line: any) => line.status === status));
  }
  expect(await linesOf({ month })).toEqual(all);
  expect(await linesOf({ month: "2020-01" })).toEqual([]);
  const seen: any[] = [];
  let after: string | null = null;
  do {
    const query = `query ($after: Cursor) { bankLines(first: 2, after: $after) {
      pageInfo { hasNextPage endCursor } edges { node { ${lineFields} } } } }`;
    const page: any = (await must(server, server.adminToken, { query, variables: { after } })).bankLines;
    seen.push(...page.edges.map(({ node }: any) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen).toEqual(all);
});

it("finds all documents, postings and entries of a subject", async () => {
  const about = async (subject: string) =>
    (
      await must(server, server.adminToken, {
        query: `query ($subject: String!) { booked(subject: $subject) { objects { kind id supplierId supplier { id } }
          postings { kind amountCents } entries { journal number datedOn label lines { account debitCents creditCents lettering letteredOn } } } }`,
        variables: { subject },
      })
    ).booked;
  const [lead] = await owner.rows("SELECT id FROM delivery WHERE supplier_id = $1", [supplierId]);
  const ofLead = await about(lead?.id);
  expect(ofLead.objects).toEqual([
    { kind: "LEAD", id: lead?.id, supplierId, supplier: { id: supplierId } },
    { kind: "DOCUMENT", id: expect.any(String), supplierId, supplier: { id: supplierId } },
  ]);
  expect(ofLead.postings).toMatchObject([{ kind: "CHARGE" }]);
  expect(ofLead.entries).toMatchObject([{ journal: "VE" }]);
  const ofTransfer = await about("H2");
  expect(ofTransfer.objects.map(({ kind }: any) => kind)).toEqual(["TRANSFER", "BANK_LINE"]);
  expect(ofTransfer.entries.length).toBeGreaterThanOrEqual(3);
  for (const { lines } of ofTransfer.entries) {
    expect(
      lines.reduce((sum: number, one: any) => sum + Number(one.debitCents) - Number(one.creditCents), 0),
    ).toBe(0);
  }
  const [payment] = await owner.rows("SELECT id FROM stripe_payment WHERE supplier_id = $1", [supplierId]);
  const ofPayment = await about(payment?.id);
  expect(ofPayment.objects[0]).toMatchObject({ kind: "PAYMENT", id: payment?.id, supplierId });
  // The deposit that the payment settled has nothing open; the cash account is never lettered.
  expect(ofPayment.entries[0].lines).toMatchObject([
    { account: "5115", lettering: null, letteredOn: null },
    { account: "411", lettering: expect.stringMatching(/^[A-Z]{2}$/), letteredOn: expect.any(String) },
  ]);
  const [payout] = await owner.rows("SELECT id FROM stripe_payout");
  expect(await about(payout?.id)).toMatchObject({
    objects: [{ kind: "PAYOUT", supplier: null }],
    entries: [{ journal: "ST" }],
  });
  await expect(about("nothing")).rejects.toThrow("NOT_FOUND");
});

it("books bank fees and income once, and does not compare them with transfers or refunds", async () => {
  const before = Number((await reconcile()).suspenseCents);
  await importCsv([`F1,${today},-7.50,Frais de tenue de compte,Banque`, `I1,${today},3.00,Intérêts,Banque`]);
  expect((await reconcile()).suspenseCents).toBe(before - 450);
  const [{ id: fee }] = await linesOf({ reference: "F1" });
  const [{ id: interest }] = await linesOf({ reference: "I1" });
  expect((await book(fee, { as: "INCOME", reason: " " })).errors?.[0]?.extensions).toMatchObject({
    code: "INVALID_INPUT",
    faults: [
      { reason: "NOT_ALLOWED", field: "as" },
      { reason: "EMPTY", field: "reason" },
    ],
  });
  const booked = await book(fee, { as: "BANK_FEE", key: "fee" });
  expect(booked.data?.bookBankLine.line).toMatchObject({ status: "BOOKED", bookedAs: "BANK_FEE" });
  // The answer was lost, so the client sends it again.
  expect(await book(fee, { as: "BANK_FEE", key: "fee" })).toEqual(booked);
  const other = await book(fee, { as: "EXPENSE", key: "fee" });
  expect(other.errors?.[0]?.extensions.code).toBe("CONFLICT");
  expect((await book(interest, { as: "INCOME" })).errors).toBeUndefined();
  expect((await book(fee, { as: "BANK_FEE" })).errors?.[0]?.extensions).toMatchObject({
    ...{ code: "CONFLICT", reason: "ALREADY_MATCHED" },
  });
  expect((await reconcile()).suspenseCents).toBe(before);
  const subjects = async (name: string): Promise<string[]> =>
    (await named(name)).differences.map(({ subject }: any) => String(subject));
  expect(await subjects("TRANSFERS_AND_BANK")).not.toContain("I1");
  expect(await subjects("REFUNDS_AND_BANK")).not.toContain("F1");
  const lines = await owner.rows(
    `SELECT account, sum(debit_cents - credit_cents)::integer AS cents FROM entry JOIN entry_line USING (journal, year, number)
     WHERE piece IN ('F1', 'I1') GROUP BY account HAVING sum(debit_cents - credit_cents) <> 0 ORDER BY account`,
  );
  expect(lines.map(({ account, cents }) => [account, cents])).toEqual([
    ["512", -450],
    ["627", 750],
    ["758", -300],
  ]);
});

it.each([
  ["LEADS_AND_CHARGES", "UPDATE delivery SET price_cents = price_cents + 3", 3],
  ["CHARGES_AND_DOCUMENTS", "DELETE FROM billed_posting", null],
  [
    "DOCUMENTS_AND_ENTRIES",
    "UPDATE billing_document SET net_cents = net_cents + 5 WHERE kind = 'INVOICE'",
    5,
  ],
  [
    "PAYMENTS_AND_STRIPE",
    "UPDATE stripe_balance_transaction SET amount_cents = amount_cents - 2, net_cents = net_cents - 2",
    2,
  ],
  [
    "REFUNDS_AND_STRIPE",
    "INSERT INTO stripe_balance_transaction SELECT 'txn_x', id, 'refund', 're_nobody', NULL, -7, 0, -7 FROM stripe_payout",
    7,
  ],
  [
    "DISPUTES_AND_STRIPE",
    "INSERT INTO stripe_dispute SELECT 'dp_nobody', id, 8, 'lost', now(), 0 FROM stripe_payment LIMIT 1",
    8,
  ],
  ["PAYOUTS_AND_ENTRIES", "UPDATE entry_line SET debit_cents = debit_cents + 9 WHERE account = '627'", 9],
  [
    "BANK_AND_ENTRIES",
    "UPDATE entry_line SET debit_cents = debit_cents * 2 WHERE account = '512' AND debit_cents = 6000",
    6_000,
  ],
  ["REFUNDS_AND_BANK", "UPDATE bank_line_part SET amount_cents = amount_cents + 5 WHERE kind = 'REFUND'", 5],
  [
    "TRANSFERS_AND_BANK",
    "UPDATE bank_transfer SET amount_incl_vat_cents = amount_incl_vat_cents + 6 WHERE bank_reference = 'L1'",
    6,
  ],
  ["PAYOUTS_AND_PARTS", "UPDATE stripe_payout SET amount_cents = amount_cents + 1", 1],
  ["PAYOUTS_AND_BANK", "UPDATE bank_line_part SET amount_cents = amount_cents - 4 WHERE kind = 'PAYOUT'", 4],
])("finds a deviation in %s", async (name, drift, cents) => {
  const before = await named(name);
  // Changes the table with the triggers off and restores it afterwards.
  await owner.rows("SET session_replication_role = replica");
  const table = /(?:UPDATE|INTO|DELETE FROM) (\w+)/.exec(drift)?.[1] ?? "";
  await owner.rows(`CREATE TABLE kept AS SELECT * FROM ${table}`);
  await owner.rows(drift);
  const after = await named(name);
  await owner.rows(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept; DROP TABLE kept`);
  expect(after.differing).toBe(Number(before.differing) + 1);
  const known = new Set(before.differences.map(({ subject }: any) => subject));
  const found = after.differences.find(({ subject }: any) => !known.has(subject));
  if (cents !== null) expect(Math.abs(found.leftCents - found.rightCents)).toBe(cents);
});

it("matches a payout that Stripe tells us of only after its line was imported", async () => {
  const before = await reconcile();
  await must(server, token, {
    query: 'mutation { topUp(amountInclVatCents: 6000, idempotencyKey: "top up late") { status } }',
  });
  const payout = stripe.payOut();
  payout["arrival_date"] = Math.floor(server.clock.now().getTime() / 1000);
  const euros = (Number(payout["amount"]) / 100).toFixed(2);
  expect(await importCsv([`P2,${today},${euros},STRIPE PAYOUT,Stripe`])).toMatchObject({ unmatched: 1 });
  await deliver();
  expect(await linesOf({ reference: "P2" })).toMatchObject([
    { status: "MATCHED", matchedWith: "PAYOUT", subject: payout["id"] },
  ]);
  expect((await reconcile()).suspenseCents).toBe(before.suspenseCents);
});
