/**
 * Returns of leads through the public API: decided at once from the records, or by staff before a deadline.
 */
import { randomUUID } from "node:crypto";
import { ask, must } from "../support/client";
import { issueInvoice } from "../support/finance";
import { setClock } from "../support/crowd";
import {
  newCampaign,
  newSupplier,
  sendLead,
  waiveGoLive,
  wholeFeed,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
useServer((started) => {
  ({ server, owner } = started);
});
beforeEach(() => {
  setClock(server, "2027-02-01T09:00:00Z");
});
afterEach(async () => {
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
  expect((await server.running.services.billing.proof.prove()).faults).toEqual([]);
});

const requestMutation = `mutation ($input: ReturnInput!, $key: String) { requestReturn(input: $input, idempotencyKey: $key) {
  __typename ... on LeadReturn { id status explanation decideBy } ... on ReturnRefused { why: reason message } } }`;
const request = async (supplier: TestSupplier, input: Record<string, unknown>, key: string | null = null) =>
  (await must(server, supplier.token, { query: requestMutation, variables: { input, key } })).requestReturn;

const decide = (id: string, accept: boolean, key: string = randomUUID()) =>
  ask(server, server.adminToken, {
    query:
      "mutation ($id: ID!, $accept: Boolean!, $key: String!) { decideReturn(id: $id, accept: $accept, idempotencyKey: $key) { id status explanation } }",
    variables: { id, accept, key },
  });

const balanceOf = async ({ token }: TestSupplier): Promise<number> =>
  (await must(server, token, { query: "{ account { balanceCents } }" })).account.balanceCents;

/**
 * A supplier that has received this many leads, with their delivery ids in order and the submitted requests.
 */
async function withLeads(count = 1, channels = ["EMAIL"]) {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier);
  const sent = [];
  for (let index = 0; index < count; index++) sent.push(await sendLead(server, { to: [supplier], channels }));
  const leads = (): Promise<string[]> =>
    owner
      .rows("SELECT id FROM delivery WHERE supplier_id = $1 ORDER BY matched_at, id", [supplier.id])
      .then((rows) => rows.map(({ id }) => String(id)));
  await until("all are delivered", async () => (await leads()).length === count);
  return { supplier, sent, leads: await leads() };
}

const returnsOn = async (supplier: TestSupplier): Promise<string[]> =>
  (await wholeFeed(server, supplier))
    .map(({ __typename }) => __typename)
    .filter((name) => name.startsWith("Return"));

const calls = [
  "2027-02-02T09:30:00Z",
  "2027-02-10T15:00:00Z",
  "2027-02-18T18:00:00Z",
  "2027-02-26T13:00:00Z",
];

it("is refused at once when the records contradict it, and reported on the feed", async () => {
  const { supplier, leads } = await withLeads();
  const [leadId] = leads;
  const before = await balanceOf(supplier);
  expect(await request(supplier, { leadId, reason: "DUPLICATE" })).toMatchObject({
    status: "REJECTED",
    decideBy: null,
    explanation: expect.stringContaining("ne vous avait pas été transmise") as string,
  });
  expect(await returnsOn(supplier)).toEqual(["ReturnDecided"]);
  expect(await balanceOf(supplier)).toBe(before);
  expect(await request(supplier, { leadId, reason: "DUPLICATE" })).toEqual({
    __typename: "ReturnRefused",
    why: "RETURNED_BEFORE",
    message: expect.stringContaining("already returned") as string,
  });
});

it("waits for staff otherwise, is accepted once, and credits an invoiced lead by a credit note", async () => {
  const { supplier, leads } = await withLeads();
  const [leadId] = leads;
  const issue = () => issueInvoice(server, supplier.id, "kind netCents corrects { name }");
  const [invoice] = (await issue()) as [any];
  const before = await balanceOf(supplier);
  setClock(server, "2027-03-01T09:00:00Z");
  const input = { leadId, reason: "UNREACHABLE", attempts: calls, comment: "Toujours la messagerie." };
  const asked = await request(supplier, input, "once");
  expect(asked).toMatchObject({
    status: "PENDING",
    decideBy: expect.stringMatching("^2027-03-08T09:00:") as string,
  });
  expect(await request(supplier, input, "once")).toEqual(asked);
  const { returns } = await must(server, server.adminToken, {
    query:
      "{ returns(filter: { status: PENDING }, order: OLDEST) { edges { node { id supplier { id } comment attempts lead { id } } } } }",
  });
  const node = {
    ...{ id: asked.id, supplier: { id: supplier.id }, comment: "Toujours la messagerie.", lead: null },
    attempts: calls.map((call) => new Date(call).toISOString()),
  };
  expect(returns.edges).toEqual([{ node }]);
  expect(await owner.rows("SELECT FROM lead_return WHERE comment_sealed::text LIKE '%messagerie%'")).toEqual(
    [],
  );
  const answers = await Promise.all([decide(asked.id, true), decide(asked.id, true)]);
  expect(answers.filter(({ errors }) => errors?.[0]?.extensions["code"] === "CONFLICT")).toHaveLength(1);
  expect(await returnsOn(supplier)).toEqual(["ReturnPending", "ReturnDecided"]);
  expect(await balanceOf(supplier)).toBe(before + Number(invoice.netCents));
  // The invoice had been paid, so the amount is kept as a deposit.
  expect(await issue()).toMatchObject([
    { kind: "CREDIT_NOTE", netCents: invoice.netCents, corrects: [{}] },
    { kind: "DEPOSIT", netCents: invoice.netCents, corrects: [{}] },
  ]);
  const lead = await must(server, supplier.token, {
    query: "query ($id: ID!) { lead(id: $id) { return { status explanation } } }",
    variables: { id: leadId },
  });
  expect(lead.lead.return).toMatchObject({ status: "ACCEPTED" });
});

it("is accepted once when staff miss the deadline, although two processes check", async () => {
  const { supplier, leads } = await withLeads();
  const before = await balanceOf(supplier);
  await request(supplier, { leadId: leads[0], reason: "FRAUD" });
  const { returns } = server.running.services.delivery.returns;
  expect(await returns.closeOverdue()).toBe(0);
  setClock(server, "2027-02-08T09:01:00Z");
  await Promise.all([returns.closeOverdue(), returns.closeOverdue()]);
  expect(await balanceOf(supplier)).toBeGreaterThan(before);
  expect(await returnsOn(supplier)).toEqual(["ReturnPending", "ReturnDecided"]);
});

it("for withdrawn consent depends on whether the lead had been read", async () => {
  const { supplier, sent, leads } = await withLeads(2);
  const withdraw = (index: number) =>
    must(server, sent[index]?.personalToken ?? "", {
      query: "mutation { withdrawConsent(input: {}) { __typename } }",
    });
  await withdraw(0);
  expect(await request(supplier, { leadId: leads[0], reason: "CONSENT_WITHDRAWN" })).toMatchObject({
    status: "ACCEPTED",
  });
  expect(await request(supplier, { leadId: leads[1], reason: "CONSENT_WITHDRAWN" })).toMatchObject({
    status: "REJECTED",
  });
});

it("is limited in share and time and needs enough calls for UNREACHABLE", async () => {
  const { supplier, leads } = await withLeads(4);
  for (const leadId of leads.slice(0, 3)) await request(supplier, { leadId, reason: "CRITERIA_NOT_MET" });
  expect(await request(supplier, { leadId: leads[3], reason: "FRAUD" })).toMatchObject({
    why: "SHARE_REACHED",
  });
  const refused = async (input: Record<string, unknown>) =>
    (await ask(server, supplier.token, { query: requestMutation, variables: { input } })).errors?.[0]
      ?.message;
  expect(await refused({ leadId: leads[3], reason: "UNREACHABLE", attempts: calls.slice(1) })).toMatch(
    "4 calls",
  );
  expect(await refused({ leadId: leads[3], reason: "FRAUD", attempts: calls })).toMatch("UNREACHABLE only");
  setClock(server, "2027-03-18T10:00:00Z");
  expect(await request(supplier, { leadId: leads[3], reason: "DUPLICATE" })).toMatchObject({
    why: "TOO_LATE",
  });
  const { returnRates } = await must(server, server.adminToken, {
    query: `{ returnRates(month: "2027-02", first: 100) { edges { node {
      supplier { name } supplierId source received requested accepted } } } }`,
  });
  const rates = returnRates.edges.map((edge: any) => edge.node);
  expect(rates.find(({ supplierId }: any) => supplierId === supplier.id)).toMatchObject({
    ...{
      supplier: { name: supplier.name },
      source: expect.stringMatching(/^key:/) as string,
      received: 4,
      requested: 3,
      accepted: 0,
    },
  });
});

it("of an erased person is accepted for a decision but only without a comment", async () => {
  const { supplier, leads } = await withLeads();
  const [leadId] = leads;
  const reference = String(
    (
      await owner.rows("SELECT l.reference FROM lead l JOIN delivery d ON d.lead_id = l.id WHERE d.id = $1", [
        leadId,
      ])
    )[0]?.reference,
  );
  await server.running.services.consumer.person.withdrawals.erase(reference, "test");
  const input = { leadId, reason: "OUTSIDE_ZONE", comment: "Trop loin." };
  const refused = await ask(server, supplier.token, { query: requestMutation, variables: { input } });
  expect(refused.errors?.[0]?.extensions["code"]).toBe("INVALID_INPUT");
  expect(await request(supplier, { leadId, reason: "OUTSIDE_ZONE" })).toMatchObject({ status: "PENDING" });
});

it("of another supplier's lead, or of one outside the key's limits, is NOT_FOUND", async () => {
  const { leads } = await withLeads();
  const other = await withLeads();
  const answer = await ask(server, other.supplier.token, {
    query: requestMutation,
    variables: { input: { leadId: leads[0], reason: "FRAUD" } },
  });
  expect(answer.errors?.[0]?.extensions["code"]).toBe("NOT_FOUND");
  const campaignIds = [await newCampaign(server, other.supplier)];
  const { createApiKey } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
    variables: {
      input: {
        role: "SUPPLIER_SALES",
        label: "x",
        campaignIds,
        environment: "LIVE",
        supplierId: other.supplier.id,
        waiveGoLive,
      },
    },
  });
  const limited = await ask(server, createApiKey.token, {
    query: requestMutation,
    variables: { input: { leadId: other.leads[0], reason: "FRAUD" } },
  });
  expect(limited.errors?.[0]?.extensions["code"]).toBe("NOT_FOUND");
});

const listed = async (token: string, args = ""): Promise<any[]> => {
  const { returns } = await must(server, token, {
    query: `{ returns${args} { edges { node { id leadId lead { id } supplierId reason status comment attempts } } pageInfo { endCursor } } }`,
  });
  return returns.edges.map((edge: any) => edge.node);
};

it("is listed to its supplier and to staff, and to nobody else", async () => {
  const { supplier, leads } = await withLeads(3);
  const { supplier: other } = await withLeads();
  const [first, second, third] = leads;
  const comment = "Numéro inventé.";
  await request(supplier, { leadId: first, reason: "DUPLICATE" });
  await request(supplier, { leadId: second, reason: "FRAUD", comment });
  await request(supplier, { leadId: third, reason: "CRITERIA_NOT_MET" });
  expect(await listed(other.token)).toEqual([]);
  const mine = await listed(supplier.token);
  expect(mine.map(({ leadId }) => leadId)).toEqual([third, second, first]);
  expect(mine[1]).toMatchObject({ comment, lead: { id: second }, status: "PENDING", attempts: [] });
  expect(await listed(supplier.token, "(filter: { status: REJECTED })")).toMatchObject([{ leadId: first }]);
  expect(await listed(supplier.token, "(filter: { reason: FRAUD }, first: 1)")).toMatchObject([
    { leadId: second },
  ]);
  const ofSupplier = `(filter: { supplierId: "${supplier.id}" }, order: OLDEST)`;
  const forStaff = await listed(server.adminToken, ofSupplier);
  expect(forStaff.map(({ leadId, lead }) => [leadId, lead])).toEqual(leads.map((id) => [id, null]));
  const { returns } = await must(server, supplier.token, {
    query: "{ returns(first: 2) { edges { node { leadId } } pageInfo { hasNextPage endCursor } } }",
  });
  expect(returns.pageInfo.hasNextPage).toBe(true);
  expect(await listed(supplier.token, `(after: "${returns.pageInfo.endCursor}")`)).toMatchObject([
    { leadId: first },
  ]);
});

it("is decided once for one key, and credits once", async () => {
  const { supplier, leads } = await withLeads();
  const { id } = await request(supplier, { leadId: leads[0], reason: "FRAUD" });
  const before = await balanceOf(supplier);
  const [first, again] = [await decide(id, true, "one key"), await decide(id, true, "one key")];
  expect(first.data?.decideReturn).toMatchObject({ status: "ACCEPTED" });
  expect(again.data).toEqual(first.data);
  expect(await balanceOf(supplier)).toBe(before + 3_000);
  const other = await decide(id, false, "one key");
  expect(other.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "KEY_REUSED" });
  const late = await decide(id, true);
  expect(late.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "ALREADY_DECIDED" });
});

it("is refused with all faults of the request at once", async () => {
  const { supplier, leads } = await withLeads();
  const input = { leadId: leads[0], reason: "FRAUD", attempts: calls, comment: " " };
  const { errors } = await ask(server, supplier.token, { query: requestMutation, variables: { input } });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions).toMatchObject({
    faults: [
      { field: "attempts", reason: "NOT_ALLOWED" },
      { field: "comment", reason: "EMPTY" },
    ],
  });
});

it("is explained on the feed in the language that is asked for, unless only a sentence was stored", async () => {
  const { supplier, leads } = await withLeads();
  await request(supplier, { leadId: leads[0], reason: "DUPLICATE" });
  const query = `{ feed(first: 100) { events { ... on ReturnDecided {
    lead { id } explanation english: explanation(language: EN) } } } }`;
  const decided = async (): Promise<unknown> =>
    (await must(server, supplier.token, { query })).feed.events.find((event: any) => event.explanation);
  expect(await decided()).toEqual({
    lead: { id: leads[0] },
    explanation:
      "Cette personne ne vous avait pas été transmise pour ce produit dans la fenêtre de votre campagne.",
    english: "You had not received this person for this product within the window of your campaign.",
  });
  // As decisions were stored before their grounds were.
  await owner.rows("ALTER TABLE feed_event DISABLE TRIGGER USER");
  await owner.rows(
    `UPDATE feed_event SET detail = detail - 'finding' || '{"explanation": "Phrase de l''époque."}'
     WHERE supplier_id = $1 AND kind = 'RETURN_DECIDED'`,
    [supplier.id],
  );
  await owner.rows("ALTER TABLE feed_event ENABLE TRIGGER USER");
  expect(await decided()).toMatchObject({
    explanation: "Phrase de l'époque.",
    english: "Phrase de l'époque.",
  });
});

const withdraw = ({ token }: TestSupplier, id: string) =>
  ask(server, token, {
    query:
      "mutation ($id: ID!) { withdrawReturn(id: $id) { id status explanation(language: EN) decidedAt } }",
    variables: { id },
  });

it("for a wrong reason can be followed by one for the right reason, and is credited once", async () => {
  const { supplier, leads } = await withLeads();
  const [leadId] = leads;
  const before = await balanceOf(supplier);
  expect(await request(supplier, { leadId, reason: "OUTSIDE_ZONE" })).toMatchObject({ status: "REJECTED" });
  const asked = await request(supplier, { leadId, reason: "FRAUD" });
  expect(asked).toMatchObject({ status: "PENDING" });
  expect(await request(supplier, { leadId, reason: "CRITERIA_NOT_MET" })).toMatchObject({
    why: "RETURNED_BEFORE",
  });
  await decide(asked.id, true);
  expect(await balanceOf(supplier)).toBe(before + 3_000);
  for (const reason of ["CRITERIA_NOT_MET", "FRAUD", "DUPLICATE"])
    expect(await request(supplier, { leadId, reason })).toMatchObject({ why: "RETURNED_BEFORE" });
  expect(await balanceOf(supplier)).toBe(before + 3_000);
  const { lead } = await must(server, supplier.token, {
    query: "query ($id: ID!) { lead(id: $id) { return { reason status } } }",
    variables: { id: leadId },
  });
  expect(lead.return).toEqual({ reason: "FRAUD", status: "ACCEPTED" });
});

it("by mistake is withdrawn before a decision: nothing is credited, and the lead can be returned again", async () => {
  const { supplier, leads } = await withLeads();
  const [leadId] = leads;
  const before = await balanceOf(supplier);
  const { id } = await request(supplier, { leadId, reason: "FRAUD" });
  const first = await withdraw(supplier, id);
  expect(first.data?.withdrawReturn).toMatchObject({
    status: "WITHDRAWN",
    explanation: "You withdrew this return before it was decided.",
  });
  expect((await withdraw(supplier, id)).data).toEqual(first.data);
  expect(await returnsOn(supplier)).toEqual(["ReturnPending", "ReturnDecided"]);
  const late = await decide(id, true);
  expect(late.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "ALREADY_DECIDED" });
  setClock(server, "2027-02-20T09:00:00Z");
  await server.running.services.delivery.returns.returns.closeOverdue();
  expect((await withdraw(supplier, id)).data).toEqual(first.data);
  expect(await balanceOf(supplier)).toBe(before);
  const second = await request(supplier, { leadId, reason: "FRAUD" });
  expect(second).toMatchObject({ status: "PENDING" });
  await decide(second.id, false);
  const decided = await withdraw(supplier, second.id);
  expect(decided.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "ALREADY_DECIDED" });
});

it("is withdrawn by its supplier only, and not by a key that may not see it", async () => {
  const { supplier, leads } = await withLeads();
  const { id } = await request(supplier, { leadId: leads[0], reason: "FRAUD" });
  const other = await newSupplier(server);
  for (const [token, code] of [
    [other.token, "NOT_FOUND"],
    [server.adminToken, "FORBIDDEN"],
    [server.formToken, "FORBIDDEN"],
  ] as const)
    expect((await withdraw({ ...supplier, token }, id)).errors?.[0]?.extensions.code).toBe(code);
  expect((await withdraw(supplier, randomUUID())).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});

it("is either withdrawn or decided when both are asked at once, and two returns at once are one", async () => {
  const { supplier, leads } = await withLeads(4);
  for (const leadId of leads.slice(0, 3)) {
    const before = await balanceOf(supplier);
    const asked = await Promise.all([
      request(supplier, { leadId, reason: "FRAUD" }),
      request(supplier, { leadId, reason: "CRITERIA_NOT_MET" }),
    ]);
    const [open, ...more] = asked.filter(({ __typename }) => __typename === "LeadReturn");
    expect(more).toEqual([]);
    const answers = await Promise.all([withdraw(supplier, open.id), decide(open.id, true)]);
    expect(answers.filter(({ errors }) => errors)).toHaveLength(1);
    const [row] = await owner.rows("SELECT status FROM lead_return WHERE id = $1", [open.id]);
    expect(["WITHDRAWN", "ACCEPTED"]).toContain(row?.["status"]);
    expect(await balanceOf(supplier)).toBe(before + (row?.["status"] === "ACCEPTED" ? 3_000 : 0));
  }
});

it("that was withdrawn does not count towards the share, and its lead is counted once in the rates", async () => {
  const { supplier, leads } = await withLeads(4);
  for (const leadId of leads.slice(0, 3)) {
    const { id } = await request(supplier, { leadId, reason: "FRAUD" });
    await withdraw(supplier, id);
    await request(supplier, { leadId, reason: "DUPLICATE" });
  }
  for (const leadId of leads.slice(0, 3))
    expect(await request(supplier, { leadId, reason: "FRAUD" })).toMatchObject({ status: "PENDING" });
  expect(await request(supplier, { leadId: leads[3], reason: "FRAUD" })).toMatchObject({
    why: "SHARE_REACHED",
  });
  const { returnRates } = await must(server, server.adminToken, {
    query: `{ returnRates(month: "2027-02", first: 100) { edges { node { supplierId received requested accepted } } } }`,
  });
  const rates = returnRates.edges.map((edge: any) => edge.node);
  expect(rates.find(({ supplierId }: any) => supplierId === supplier.id)).toMatchObject({
    ...{ received: 4, requested: 3, accepted: 0 },
  });
});
