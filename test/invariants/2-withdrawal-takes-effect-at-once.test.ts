/**
 * Once a withdrawal has been answered, no read shows what was withdrawn: not the lead, not the lists, not the
 * feed read from its beginning, not a subscription that was open all along. The record that the lead was
 * sent, and to whom, remains.
 */
import { ask, must, subscribe, type Subscription } from "../support/client";
import { allTried, confirmLead, leadIds, prepareLeads, tryNow, type PreparedLead } from "../support/crowd";
import {
  feedSubscription,
  inventedPhone,
  newCampaign,
  newSupplier,
  payIn,
  person,
  sendLead,
  type SentLead,
  type TestSupplier,
  wholeFeed,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let here: TestSupplier;
let there: TestSupplier;

useServer(async (started) => {
  ({ server, owner } = started);
  [here, there] = [await newSupplier(server), await newSupplier(server)];
  for (const supplier of [here, there]) await newCampaign(server, supplier);
  // Switches off the regular look at all feeds, so that only hints wake a subscription.
  jest.spyOn(server.running.services.account.feed.watch, "look").mockResolvedValue(undefined);
});

const leadFields = "id contact { firstName lastName phone email city channels } withheld { field reason }";
const withdrawMutation = `mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) {
  state recipients { supplierId name channels sentAt endedAt acknowledgedAt }
  consent { kind at purposes supplierIds channels } } }`;

async function withdraw({ personalToken }: SentLead, input: Record<string, unknown> = {}): Promise<any> {
  return (await must(server, personalToken, { query: withdrawMutation, variables: { input } }))
    .withdrawConsent;
}

/** Sends and confirms a new lead and returns the id of its delivery at each supplier. */
async function deliver(
  to: readonly TestSupplier[],
  channels: string[],
): Promise<{ sent: SentLead; contact: any; ids: string[] }> {
  const contact = person({
    phone: inventedPhone(),
    lastName: `Retrait-${Math.random().toString(36).slice(2)}`,
  });
  const sent = await sendLead(server, { to, channels, contact });
  const ids = await Promise.all(
    to.map((supplier) =>
      until("the lead is delivered", async () => {
        const { leads } = await must(server, supplier.token, {
          query: `{ leads(first: 100) { edges { node { ${leadFields} } } } }`,
        });
        return leads.edges
          .map(({ node }: any) => node)
          .find((node: any) => node.contact.lastName === contact["lastName"])?.id as string;
      }),
    ),
  );
  return { sent, contact, ids };
}

/** Everything a supplier can read about a lead, through each entry point. */
async function doors(supplier: TestSupplier, leadId: string): Promise<Record<string, any>> {
  const { token } = supplier;
  const { lead } = await must(server, token, {
    query: `query ($id: ID!) { lead(id: $id) { ${leadFields} } }`,
    variables: { id: leadId },
  });
  const { leads } = await must(server, token, {
    query: `{ leads(first: 100) { edges { node { ${leadFields} } } } }`,
  });
  const { feed } = await must(server, token, {
    query: `{ feed(first: 100) { events { __typename
      ... on LeadMatched { leadId lead { ${leadFields} } } ... on LeadUpdated { leadId lead { ${leadFields} } } ... on LeadRevoked { leadId } } } }`,
  });
  return {
    lead,
    listed: leads.edges.map(({ node }: any) => node).find(({ id }: any) => id === leadId) ?? null,
    inFeed: feed.events
      .filter((event: any) => event.leadId === leadId && event.lead)
      .map((event: any) => event.lead),
    replayed: await replayed(supplier, leadId),
  };
}

/** The lead as shown in every event of a subscription that starts at the first event. */
async function replayed(supplier: TestSupplier, leadId: string): Promise<any[]> {
  const length = (await wholeFeed(server, supplier)).length;
  // A key that has acknowledged nothing starts at the first event.
  const query = `subscription { leadFeed { __typename
    ... on LeadMatched { leadId lead { ${leadFields} } } ... on LeadUpdated { leadId lead { ${leadFields} } } } }`;
  const feed = subscribe(server, supplier.token, { query });
  const events: any[] = [];
  while (events.length < length) events.push(await feed.next());
  await feed.stop();
  return events.filter((event) => event.leadId === leadId && event.lead).map((event) => event.lead);
}

async function nextAbout(feed: Subscription<any>, kind: string, leadId: string): Promise<any> {
  for (;;) {
    const event = await feed.next();
    if (event.__typename === kind && event.leadId === leadId) return event;
  }
}

const nothing = { lead: null, listed: null, inFeed: [], replayed: [] };

it("hides the lead from every read after a full withdrawal and sends LeadRevoked to open subscriptions", async () => {
  const feed = subscribe(server, here.token, { query: feedSubscription });
  const { sent, contact, ids } = await deliver([here], ["EMAIL", "PHONE"]);
  const [id = ""] = ids;
  expect(await nextAbout(feed, "LeadMatched", id)).toMatchObject({
    lead: { contact: { email: contact.email } },
  });
  const before = await doors(here, id);
  expect(before).toMatchObject({ lead: { id }, listed: { id }, inFeed: [{ id }], replayed: [{ id }] });

  const asked = server.clock.now().getTime();
  await withdraw(sent);
  const answered = server.clock.now().getTime();
  // Reads immediately, without waiting for anything.
  expect(await doors(here, id)).toEqual(nothing);
  const event = await nextAbout(feed, "LeadRevoked", id);
  expect(event.reason).toBe("CONSENT_WITHDRAWN");
  const withdrawnAt = Date.parse(event.acknowledgeBy) - 72 * 3_600_000;
  expect(withdrawnAt).toBeGreaterThanOrEqual(asked);
  expect(withdrawnAt).toBeLessThanOrEqual(answered);
  await feed.stop();
});

it("hides the fields of a withdrawn channel at once and keeps the others", async () => {
  const feed = subscribe(server, here.token, { query: feedSubscription });
  const { sent, contact, ids } = await deliver([here], ["EMAIL", "PHONE"]);
  const [id = ""] = ids;
  await withdraw(sent, { channels: ["PHONE"] });
  const left = { firstName: contact.firstName, email: contact.email, phone: null, channels: ["EMAIL"] };
  for (const seen of Object.values(await doors(here, id)).flat()) {
    expect(seen).toMatchObject({ id, contact: left });
    expect(seen.withheld).toContainEqual({ field: "contact.phone", reason: "CHANNEL_NOT_CONSENTED" });
  }
  const event = await nextAbout(feed, "LeadUpdated", id);
  expect(event).toMatchObject({
    changed: ["contact.channels", "contact.phone"],
    lead: { contact: { phone: null, channels: ["EMAIL"] } },
  });

  // SMS was never granted, so withdrawing it changes nothing and adds no event to the feed.
  const length = (await wholeFeed(server, here)).length;
  await withdraw(sent, { channels: ["SMS"] });
  expect((await wholeFeed(server, here)).length).toBe(length);

  await withdraw(sent, { channels: ["EMAIL"] });
  expect(await doors(here, id)).toEqual(nothing);
  expect((await nextAbout(feed, "LeadRevoked", id)).reason).toBe("CONSENT_WITHDRAWN");
  await feed.stop();
});

it("leaves no row of the lead's contact or need visible to the supplier's own database role", async () => {
  const { sent, ids } = await deliver([here, there], ["EMAIL"]);
  const [leadId] = (await leadIds(owner, [sent.reference])).values();
  const rowsFor = (supplier: TestSupplier): Promise<unknown[]> =>
    server.running.services.transact({ role: "supplier", supplierId: supplier.id, limits: null }, (tx) =>
      tx.query(
        `SELECT 'secret' AS what FROM lead_secret WHERE lead_id = $1
         UNION ALL SELECT 'need' FROM lead_need WHERE lead_id = $1`,
        [leadId],
      ),
    );
  expect(ids).toHaveLength(2);
  for (const supplier of [here, there])
    expect(await rowsFor(supplier)).toEqual([{ what: "secret" }, { what: "need" }]);
  await withdraw(sent, { supplierIds: [here.id] });
  expect(await rowsFor(here)).toEqual([]);
  expect(await rowsFor(there)).toHaveLength(2);
});

it("ends the right of one supplier and keeps that of the other", async () => {
  const { sent, contact, ids } = await deliver([here, there], ["EMAIL"]);
  const [mine = "", theirs = ""] = ids;
  await withdraw(sent, { supplierIds: [here.id] });
  expect(await doors(here, mine)).toEqual(nothing);
  expect(await doors(there, theirs)).toMatchObject({ lead: { contact: { email: contact.email } } });
  expect((await wholeFeed(server, there)).filter(({ leadId }) => leadId === theirs)).toHaveLength(1);
  // Feedback calls by CarAtlas are a separate purpose; withdrawing it ends no supplier's right to the lead.
  await withdraw(sent, { purpose: "FEEDBACK_CALL" });
  expect(await doors(there, theirs)).toMatchObject({ lead: { id: theirs } });
  await withdraw(sent, { purpose: "TRANSMIT" });
  expect(await doors(there, theirs)).toEqual(nothing);
});

it("keeps the record of which supplier received the lead and when its right ended", async () => {
  const { sent, ids } = await deliver([here, there], ["EMAIL"]);
  const [mine = ""] = ids;
  const before = await withdraw(sent, { channels: ["SMS"] });
  const [first] = before.recipients.filter(({ supplierId }: any) => supplierId === here.id);
  expect(first).toMatchObject({ name: here.name, channels: ["EMAIL"], endedAt: null, acknowledgedAt: null });
  await withdraw(sent);
  await acknowledge(here, mine, ["DELETED"]);
  const { myRequest } = await must(server, sent.personalToken, {
    query:
      "{ myRequest { state recipients { supplierId name channels sentAt endedAt acknowledgedAt } consent { kind supplierIds channels } } }",
  });
  expect(myRequest.state).toBe("CLOSED");
  const after = myRequest.recipients.find(({ supplierId }: any) => supplierId === here.id);
  expect(after).toMatchObject({ name: here.name, channels: [], sentAt: first.sentAt });
  expect(Date.parse(after.endedAt)).toBeGreaterThanOrEqual(Date.parse(after.sentAt));
  expect(Date.parse(after.acknowledgedAt)).toBeGreaterThanOrEqual(Date.parse(after.endedAt));
  // Withdrawing a channel that was never granted adds no act to the record.
  expect(myRequest.consent.map(({ kind }: any) => kind)).toEqual(["GIVEN", "WITHDRAWN"]);
  // The supplier's feed keeps both events at their positions.
  const kinds = (await wholeFeed(server, here))
    .filter(({ leadId }) => leadId === mine)
    .map(({ __typename }) => __typename);
  expect(kinds).toEqual(["LeadMatched", "LeadRevoked"]);
});

const acknowledgeMutation = `mutation ($leadId: ID!, $disposition: Disposition!, $ground: String) {
  acknowledgeRevocation(leadId: $leadId, disposition: $disposition, ground: $ground) { leadId reason disposition acknowledgedAt revokedAt } }`;

type Answered = readonly [disposition: "DELETED" | "KEPT", ground?: string];

async function acknowledge(
  { token }: TestSupplier,
  leadId: string,
  [disposition, ground]: Answered,
): Promise<any> {
  const variables = { leadId, disposition, ...(ground !== undefined && { ground }) };
  return ask(server, token, { query: acknowledgeMutation, variables });
}

it("records the supplier's answer to a revocation: deleted, or kept on a stated ground", async () => {
  const { sent, ids } = await deliver([here], ["EMAIL"]);
  const [id = ""] = ids;
  const early = await acknowledge(here, id, ["DELETED"]);
  expect(early.errors).toMatchObject([
    {
      message: "This lead was not revoked: there is nothing to acknowledge.",
      extensions: { code: "CONFLICT" },
    },
  ]);
  await withdraw(sent);
  for (const ground of [undefined, "", "   "]) {
    expect((await acknowledge(here, id, ["KEPT", ground])).errors).toMatchObject([
      {
        message:
          "To keep a revoked lead you need a legal ground of your own. State it in ground, for example that the person became your customer.",
        extensions: { code: "INVALID_INPUT" },
      },
    ]);
  }
  const kept = await acknowledge(here, id, ["KEPT", "Contrat signé"]);
  expect(kept.data.acknowledgeRevocation).toMatchObject({
    leadId: id,
    reason: "CONSENT_WITHDRAWN",
    disposition: "KEPT",
  });
  expect((await acknowledge(here, id, ["DELETED"])).data.acknowledgeRevocation.disposition).toBe("DELETED");
  // The answer does not restore access to the lead, and no other supplier can give it.
  expect(await doors(here, id)).toEqual(nothing);
  expect((await acknowledge(there, id, ["DELETED"])).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
});

describe("a waiting request", () => {
  let poor: TestSupplier;

  beforeAll(async () => {
    // The supplier's campaign covers the place, but its balance is empty.
    poor = await newSupplier(server, { paidInclVatCents: 0 });
    await newCampaign(server, poor);
  });

  it("closes as SEATS_FILLED when consent is withdrawn only for the supplier it waited for", async () => {
    const lead = await sendLead(server, { to: [here, poor] });
    const rowOf = async (): Promise<unknown> =>
      (
        await owner.rows(
          "SELECT state, close_reason, next_try_at, waiting_for FROM lead WHERE reference = $1",
          [lead.reference],
        )
      )[0];
    const [id = ""] = (await leadIds(owner, [lead.reference])).values();
    await allTried(owner, [{ id }]);
    expect(await rowOf()).toMatchObject({ state: "OPEN", close_reason: null, waiting_for: [poor.id] });
    // The other supplier keeps the lead it received, so the person has not withdrawn the whole request.
    await withdraw(lead, { supplierIds: [poor.id] });
    const filled = { state: "CLOSED", close_reason: "SEATS_FILLED", next_try_at: null, waiting_for: [] };
    expect(await rowOf()).toEqual(filled);
  });

  it("is never delivered after its withdrawal, even once the supplier can pay", async () => {
    const [leaving, staying] = [
      await sendLead(server, { to: [poor] }),
      await sendLead(server, { to: [poor] }),
    ];
    const ids = await leadIds(owner, [leaving.reference, staying.reference]);
    await allTried(
      owner,
      [...ids.values()].map((id) => ({ id })),
    );
    expect(await withdraw(leaving)).toMatchObject({
      state: "CLOSED",
      recipients: [{ supplierId: poor.id, sentAt: null }],
    });
    await payIn(server, poor.id, 120_000_00);
    // The delivery of the other request proves that the payment made delivery possible.
    await until("the other one is delivered", async () => (await wholeFeed(server, poor)).length === 1);
    expect(await tryNow(server, ids.get(leaving.reference) as string)).toEqual([]);
    expect(await owner.rows("SELECT FROM delivery WHERE lead_id = $1", [ids.get(leaving.reference)])).toEqual(
      [],
    );
    expect(
      await owner.rows("SELECT state, close_reason FROM lead WHERE reference = $1", [leaving.reference]),
    ).toEqual([{ state: "CLOSED", close_reason: "WITHDRAWN" }]);
  });

  it("cannot be confirmed after its withdrawal", async () => {
    const [lead] = await prepareLeads(server, owner, { count: 1, to: [here] });
    if (!lead) throw new Error("No lead was prepared.");
    await withdraw(lead);
    await expect(confirmLead(server, lead)).rejects.toThrow("WITHDRAWN");
    expect(await tryNow(server, lead.id)).toEqual([]);
    expect(await owner.rows("SELECT FROM delivery WHERE lead_id = $1", [lead.id])).toEqual([]);
  });
});

it("is never delivered, or is revoked, when the withdrawal races with the allocation", async () => {
  const leads = await prepareLeads(server, owner, { count: 30, to: [here, there], channels: ["EMAIL"] });
  let delivered = 0;
  for (const [round, lead] of leads.entries()) {
    if (round === 0) await withdrawAfterwards(lead);
    else if (round % 3 === 0) await confirmLead(server, lead).then(() => withdrawAmidst(lead));
    if (round % 3 === 1) await withdrawNextInLine(lead);
    if (round % 3 === 2)
      await Promise.all([confirmLead(server, lead).catch(() => undefined), withdrawAmidst(lead)]);
    // Waits for allocations still in progress before counting deliveries.
    await tryNow(server, lead.id);
    delivered += await expectAllRevoked(lead.id);
  }
  // Both orders occurred: the first round delivers before the withdrawal, and every third round withdraws
  // first.
  expect(delivered).toBeGreaterThan(0);
  expect(delivered).toBeLessThan(60);
  process.stdout.write(
    `withdrawn at the instant of allocation: 30 rounds, ${delivered} deliveries, all of them revoked\n`,
  );
});

async function withdrawAfterwards(lead: PreparedLead): Promise<void> {
  await confirmLead(server, lead);
  await allTried(owner, [lead]);
  await withdraw(lead);
}

const withdrawAmidst = (lead: PreparedLead): Promise<unknown> =>
  Promise.all([withdraw(lead), tryNow(server, lead.id), tryNow(server, lead.id)]);

/**
 * Queues the confirmation and then the withdrawal on the lead's row lock, so that the allocation runs after
 * both.
 */
async function withdrawNextInLine(lead: PreparedLead): Promise<void> {
  await owner.rows("BEGIN");
  await owner.rows("SELECT FROM lead WHERE id = $1 FOR UPDATE", [lead.id]);
  const confirmed = confirmLead(server, lead);
  await until("the confirmation waits", () => areWaiting(1));
  const withdrawn = withdraw(lead);
  await until("the withdrawal waits", () => areWaiting(2));
  await owner.rows("COMMIT");
  await Promise.all([confirmed, withdrawn]);
}

async function areWaiting(count: number): Promise<boolean> {
  // Inside a transaction, a list of connections would stay as it was first read.
  await owner.rows("SELECT pg_stat_clear_snapshot()");
  const rows = await owner.rows(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.length === count;
}

async function expectAllRevoked(leadId: string): Promise<number> {
  const rows = await owner.rows(
    `SELECT d.id, d.supplier_id, d.revoked_at, d.channels, array_agg(f.kind ORDER BY f.position) AS told
     FROM delivery d JOIN feed_event f ON f.delivery_id = d.id WHERE d.lead_id = $1 GROUP BY d.month, d.id`,
    [leadId],
  );
  for (const { id, supplier_id, revoked_at, channels, told } of rows) {
    expect(revoked_at).not.toBeNull();
    expect(channels).toEqual([]);
    expect(told).toEqual(["LEAD_MATCHED", "LEAD_REVOKED"]);
    const supplier = supplier_id === here.id ? here : there;
    const query = "query ($id: ID!) { lead(id: $id) { id } }";
    const { lead } = await must(server, supplier.token, { query, variables: { id } });
    expect(lead).toBeNull();
  }
  expect(await owner.rows("SELECT state FROM lead WHERE id = $1", [leadId])).toEqual([{ state: "CLOSED" }]);
  return rows.length;
}

it("refuses to withdraw suppliers or channels that are not part of the request", async () => {
  const { sent } = await deliver([here], ["EMAIL"]);
  const attempts: [Record<string, unknown>, string][] = [
    [{ supplierIds: [] }, "An empty list withdraws nothing. Leave the field out to withdraw from all."],
    [{ channels: [] }, "An empty list withdraws nothing. Leave the field out to withdraw from all."],
    [
      { supplierIds: ["Jean.Secret@exemple.example"] },
      "A supplier named in supplierIds is not part of this request. myRequest lists the recipients.",
    ],
  ];
  for (const [input, message] of attempts) {
    const { errors } = await ask(server, sent.personalToken, {
      query: withdrawMutation,
      variables: { input },
    });
    expect(errors).toMatchObject([{ message, extensions: { code: "INVALID_INPUT" } }]);
  }
});
