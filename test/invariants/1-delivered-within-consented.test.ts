/**
 * No supplier receives a lead or any of its fields outside shown ∩ granted − withdrawn: neither at matching,
 * nor at delivery, nor in any later read. A deliberately simple model computes what each supplier may see
 * from what the person did; the test compares it with everything each supplier can read.
 */
import fc from "fast-check";
import { ConsentRecord } from "../../src/people/consent/consent-record.service";
import { faultsIn } from "../support/books";
import { must, subscribe, type Subscription } from "../support/client";
import { allTried, confirmLead, leadIds, receiversOf, tryNow, type PreparedLead } from "../support/crowd";
import {
  inventedPhone,
  newCampaign,
  newSupplier,
  payIn,
  person,
  preview,
  sendLead,
  submit,
  type TestSupplier,
  transmitTo,
} from "../support/journey";
import { roundsOf, say } from "../support/rounds";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

type Channel = "PHONE" | "SMS" | "EMAIL";
/** What each supplier may use, keyed by its index in `suppliers`. */
type Allowed = Map<number, Set<Channel>>;

interface Act {
  readonly suppliers: readonly number[] | null;
  readonly channels: readonly Channel[] | null;
  readonly purpose: "TRANSMIT" | "FEEDBACK_CALL" | null;
}

interface Plan {
  readonly grants: readonly { readonly suppliers: number[]; readonly channels: Channel[] }[];
  readonly beforeConfirmation: Act | null;
  readonly afterwards: readonly Act[];
}

let server: TestServer;
let owner: Owner;
/** The first five are shown to everybody; the last one bids too low to be shown. */
let suppliers: TestSupplier[];
let live: Subscription<any>[];

const shownCount = 5;

// Registered before the server's own clean-up, so that it runs first.
afterAll(async () => {
  await Promise.all(live.map((subscription) => subscription.stop()));
});

useServer(async (started) => {
  ({ server, owner } = started);
  suppliers = [];
  for (let index = 0; index <= shownCount; index++) {
    const supplier = await newSupplier(server);
    await newCampaign(server, supplier, { pricePerLeadCents: 4_000 - index * 100 });
    suppliers.push(supplier);
  }
  live = suppliers.map(({ token }) =>
    subscribe(server, token, { query: `subscription { leadFeed { ${eventFields} } }` }),
  );
});

const leadFields = `id contact { civility firstName lastName phone email street postcode city channels }
  withheld { field reason } consentReceipt { channels jws }`;
const eventFields = `__typename cursor
  ... on LeadMatched { leadId lead { ${leadFields} } }
  ... on LeadUpdated { leadId changed lead { ${leadFields} } }
  ... on LeadRevoked { leadId reason }`;
const everything = `query ($after: Cursor) { leads(first: 100) { edges { node { ${leadFields} } } }
  feed(first: 100, after: $after) { endCursor hasMore events { ${eventFields} } } }`;

const channel = fc.constantFrom<Channel>("PHONE", "SMS", "EMAIL");
const channels = fc.uniqueArray(channel, { minLength: 1 });
const shown = fc.uniqueArray(fc.nat({ max: shownCount - 1 }), { minLength: 1 });
const act: fc.Arbitrary<Act> = fc.record({
  suppliers: fc.option(shown, { freq: 4 }),
  channels: fc.option(channels),
  purpose: fc.constantFrom(null, null, "TRANSMIT" as const, "FEEDBACK_CALL" as const),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  grants: fc.array(fc.record({ suppliers: shown, channels }), { minLength: 1, maxLength: 4 }),
  beforeConfirmation: fc.option(act, { freq: 3 }),
  afterwards: fc.array(act, { minLength: 1, maxLength: 3, size: "max" }),
});

const everyChannel: Channel[] = ["PHONE", "SMS", "EMAIL"];
const takenBack = (change: Partial<Act>): Act => ({
  suppliers: null,
  channels: null,
  purpose: null,
  ...change,
});
/** Every way to withdraw consent, so that each runs at least once whatever fast-check generates. */
const examples: [Plan][] = [
  [
    {
      grants: [{ suppliers: [0, 1, 2], channels: everyChannel }],
      beforeConfirmation: null,
      afterwards: [
        takenBack({ suppliers: [1], channels: ["PHONE"] }),
        takenBack({ channels: ["EMAIL"], purpose: "TRANSMIT" }),
        takenBack({ suppliers: [0] }),
      ],
    },
  ],
  [
    {
      grants: [
        { suppliers: [3, 4], channels: ["EMAIL"] },
        { suppliers: [4], channels: ["SMS"] },
      ],
      beforeConfirmation: takenBack({ suppliers: [3] }),
      afterwards: [takenBack({ purpose: "FEEDBACK_CALL" }), takenBack({ channels: ["SMS"] }), takenBack({})],
    },
  ],
];

function allow(allowed: Allowed, { grants }: Plan): void {
  for (const grant of grants) {
    for (const index of grant.suppliers) {
      allowed.set(index, new Set([...(allowed.get(index) ?? []), ...grant.channels]));
    }
  }
}

function takeBack(allowed: Allowed, { suppliers: whose, channels: which, purpose }: Act): void {
  if (purpose === "FEEDBACK_CALL") return;
  for (const [index, has] of allowed) {
    if (whose !== null && !whose.includes(index)) continue;
    for (const one of which ?? [...has]) has.delete(one);
  }
}

const withdraw = (
  { personalToken }: Pick<PreparedLead, "personalToken">,
  { suppliers: whose, channels: which, purpose }: Act,
): Promise<unknown> =>
  must(server, personalToken, {
    query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { reference } }",
    variables: {
      input: {
        ...(whose && { supplierIds: whose.map((index) => suppliers[index]?.id) }),
        ...(which && { channels: which }),
        ...(purpose && { purpose }),
      },
    },
  });

/** Everything a supplier can read about this person through every entry point, read once. */
interface Sight {
  readonly text: string;
  readonly views: any[];
  readonly events: any[];
}

interface Scene {
  readonly lead: PreparedLead;
  readonly contact: Record<string, unknown>;
  readonly allowed: Allowed;
  /** The end cursor of each supplier's feed before the request was submitted. */
  readonly since: readonly string[];
}

async function look({ contact, since }: Scene, index: number): Promise<Sight> {
  const { token } = suppliers[index] as TestSupplier;
  const { leads, feed } = await must(server, token, {
    query: everything,
    variables: { after: since[index] },
  });
  expect(feed.hasMore).toBe(false);
  const listed = leads.edges
    .map(({ node }: any) => node)
    .filter((view: any) => view.contact.lastName === contact["lastName"]);
  const rendered = feed.events.flatMap((event: any) => event.lead ?? []);
  const matched = feed.events.filter((event: any) => event.__typename === "LeadMatched");
  const single: any[] = [];
  for (const { leadId } of matched) {
    const { lead } = await must(server, token, {
      query: `query ($id: ID!) { lead(id: $id) { ${leadFields} } }`,
      variables: { id: leadId },
    });
    single.push(...(lead ? [lead] : []));
  }
  const views = [...listed, ...rendered, ...single];
  // The list, the feed and the single read must agree: all of them show the lead, or none does.
  expect([listed.length > 0, rendered.length > 0, single.length > 0]).toEqual(
    Array(3).fill(views.length > 0),
  );
  return { text: JSON.stringify([listed, feed.events, single]), views, events: feed.events };
}

function checkView(view: any, may: ReadonlySet<Channel>, contact: Record<string, unknown>): void {
  const byPhone = may.has("PHONE") || may.has("SMS");
  const proven = JSON.parse(Buffer.from(view.consentReceipt.jws.split(".")[1], "base64url").toString());
  for (const channelsSaid of [view.contact.channels, view.consentReceipt.channels, proven.channels]) {
    expect([...channelsSaid].sort()).toEqual([...may].sort());
  }
  expect(view.contact).toMatchObject({
    firstName: contact["firstName"],
    phone: byPhone ? contact["phone"] : null,
    email: may.has("EMAIL") ? contact["email"] : null,
    street: null,
  });
  const withheld = new Map(view.withheld.map(({ field, reason }: any) => [field, reason]));
  expect(withheld).toEqual(
    new Map([
      ...(byPhone ? [] : [["contact.phone", "CHANNEL_NOT_CONSENTED"] as const]),
      ...(may.has("EMAIL") ? [] : [["contact.email", "CHANNEL_NOT_CONSENTED"] as const]),
      ["contact.street", "NOT_NEEDED_FOR_PRODUCT"],
    ]),
  );
}

async function checkEverySight(scene: Scene, received: ReadonlySet<string>): Promise<void> {
  const sights = await Promise.all(suppliers.map((_, index) => look(scene, index)));
  for (const [index, { text, views, events }] of sights.entries()) {
    const id = suppliers[index]?.id ?? "";
    const may = scene.allowed.get(index) ?? new Set<Channel>();
    if (!received.has(id)) expect(events).toEqual([]);
    expect(views.length > 0).toBe(received.has(id) && may.size > 0);
    for (const view of views) checkView(view, may, scene.contact);
    if (!may.has("EMAIL")) expect(text).not.toContain(scene.contact["email"]);
    if (!may.has("PHONE") && !may.has("SMS")) expect(text).not.toContain("12345678");
    expect(text).not.toContain(scene.contact["street"]);
    if (may.size === 0) expect(text).not.toContain(scene.contact["lastName"]);
  }
}

async function checkRows({ lead, allowed }: Scene): Promise<Set<string>> {
  const deliveries = await owner.rows(
    "SELECT supplier_id, channels, revoked_at FROM delivery WHERE lead_id = $1",
    [lead.id],
  );
  for (const { supplier_id, channels: held, revoked_at } of deliveries) {
    const index = suppliers.findIndex(({ id }) => id === supplier_id);
    const may = [...(allowed.get(index) ?? [])];
    expect([...held].sort()).toEqual(may.sort());
    expect(revoked_at === null).toBe(may.length > 0);
  }
  return new Set(deliveries.map(({ supplier_id }) => supplier_id as string));
}

let people = 0;

async function enact(what: Plan): Promise<void> {
  const allowed: Allowed = new Map();
  const contact = person({
    lastName: `Personne-${++people}`,
    phone: inventedPhone(),
    street: "3 impasse des Tests",
  });
  const since = await Promise.all(
    suppliers.map(
      async ({ token }) =>
        (await must(server, token, { query: "{ feed(first: 100) { endCursor hasMore } }" })).feed
          .endCursor as string,
    ),
  );
  const { token } = await preview(server);
  const grants = [
    ...what.grants.map((grant) =>
      transmitTo(
        grant.suppliers.map((index) => (suppliers[index] as TestSupplier).id),
        grant.channels,
      ),
    ),
    { purpose: "FEEDBACK_CALL" },
  ];
  const { submitLead } = (await submit(server, { token, contact, grants })).data ?? {};
  const { reference, personalToken, demoCode: code } = submitLead;
  const id = (await leadIds(owner, [reference])).get(reference) as string;
  const scene: Scene = { lead: { id, reference, personalToken, code }, contact, allowed, since };
  allow(allowed, what);
  await checkEverySight(scene, await checkRows(scene));
  await play(scene, what);
}

async function play(scene: Scene, { beforeConfirmation, afterwards }: Plan): Promise<void> {
  const { lead, allowed } = scene;
  const step = async (taken: Act): Promise<void> => {
    await withdraw(lead, taken);
    takeBack(allowed, taken);
    await checkEverySight(scene, await checkRows(scene));
  };
  if (beforeConfirmation) await step(beforeConfirmation);
  const inScope = suppliers.filter((_, index) => (allowed.get(index)?.size ?? 0) > 0).map(({ id }) => id);
  if (inScope.length > 0) {
    await confirmLead(server, lead);
    await allTried(owner, [lead]);
  }
  const received = await checkRows(scene);
  expect([...received].every((id) => inScope.includes(id))).toBe(true);
  expect(received.size).toBe(Math.min(3, inScope.length));
  await checkEverySight(scene, received);
  for (const taken of afterwards) await step(taken);
  const intact = await server.running.services.transact({ role: "worker" }, (tx) =>
    new ConsentRecord().isIntact(tx, lead.id),
  );
  expect(intact).toBe(true);
}

/** The examples, unless other plans were enacted before, so that each test can run alone. */
async function somePlansEnacted(): Promise<void> {
  if (people > 0) return;
  for (const [example] of examples) await enact(example);
}

/** The examples are among them; `npm run soak -- consent` tries more. */
const numRuns = roundsOf(examples.length + 8);

test(
  "every supplier reads exactly the channels granted and not withdrawn, through every entry point",
  async () => {
    await fc.assert(fc.asyncProperty(plan, enact), { numRuns, examples, endOnFailure: true });
    expect(await faultsIn(owner)).toEqual([]);
    say(`consents and withdrawals: ${numRuns} requests, each read through every entry point`);
  },
  120_000 + numRuns * 20_000,
);

test("replaying the feed keeps every event in its place and shows only the channels that are still granted", async () => {
  await somePlansEnacted();
  const kinds = new Set<string>();
  for (const { id, token } of suppliers) {
    const [{ last }] = (await owner.rows(
      "SELECT last_position::int AS last FROM supplier_account WHERE supplier_id = $1",
      [id],
    )) as [{ last: number }];
    const replay = subscribe(server, token, { query: `subscription { leadFeed { ${eventFields} } }` });
    const now = await owner.rows("SELECT id, channels FROM delivery WHERE supplier_id = $1", [id]);
    const left = new Map(now.map((row) => [row["id"], row["channels"]]));
    for (let position = 0; position < last; position++) {
      const { __typename: kind, leadId, lead } = await replay.next();
      kinds.add(kind);
      if (kind === "LeadRevoked") expect(left.get(leadId)).toEqual([]);
      else expect([...(lead?.contact.channels ?? [])].sort()).toEqual([...left.get(leadId)].sort());
    }
    expect(replay.queue).toEqual([]);
    await replay.stop();
  }
  expect([...kinds].sort()).toEqual(["LeadMatched", "LeadRevoked", "LeadUpdated"]);
});

test("a subscription open from the start never showed a channel that the person had not granted", async () => {
  await somePlansEnacted();
  const granted = new Map<string, string[]>();
  const rows = await owner.rows(
    `SELECT d.id, jsonb_path_query_array(a.content, '$.grants[*] ? (@.supplierIds[*] == $id).channels[*]', jsonb_build_object('id', d.supplier_id)) AS channels
     FROM delivery d JOIN consent_act a ON a.lead_id = d.lead_id AND a.number = 1`,
  );
  for (const { id, channels: given } of rows) granted.set(id, given);
  const [{ n }] = (await owner.rows("SELECT count(*)::int AS n FROM feed_event")) as [{ n: number }];
  expect(n).toBeGreaterThan(0);
  const received = (): number => live.reduce((sum, { queue }) => sum + queue.length, 0);
  await until("every event has come", () => Promise.resolve(received() >= n));
  expect(received()).toBe(n);
  for (const subscription of live) {
    for (const { leadId, lead } of subscription.queue) {
      for (const one of lead?.contact.channels ?? []) expect(granted.get(leadId)).toContain(one);
    }
  }
  expect(live[shownCount]?.queue).toEqual([]);
});

test("a supplier that was not shown cannot be granted consent and never matches, however high it bids later", async () => {
  const late = await newSupplier(server);
  const shownOnly = await newSupplier(server, { paidInclVatCents: 0 });
  await newCampaign(server, shownOnly, { zones: [{ departement: "33" }] });
  const place = { location: { postcode: "33000", inseeCode: "33063" } };
  const { token, recipients } = await preview(server, place);
  expect(recipients.map(({ supplierId }) => supplierId)).toEqual([shownOnly.id]);
  const refusal = await submit(server, {
    token,
    contact: person(),
    grants: [transmitTo([shownOnly.id, late.id])],
  });
  expect(refusal.errors?.[0]).toMatchObject({
    message: `Supplier ${late.id} was not shown to the person by this preview, so it cannot be consented to. Preview again and show it.`,
    extensions: { code: "INVALID_INPUT" },
  });

  const { reference } = await sendLead(server, { to: [shownOnly], ...place });
  const id = (await leadIds(owner, [reference])).get(reference) as string;
  await newCampaign(server, late, { zones: [{ departement: "33" }], pricePerLeadCents: 90_000 });
  await allTried(owner, [{ id }]);
  expect(await tryNow(server, id)).toEqual([]);
  await payIn(server, shownOnly.id, 12_000);
  await until(
    "the lead reached the supplier that was shown",
    async () => (await receiversOf(owner, id)).length > 0,
  );
  expect(await tryNow(server, id)).toEqual([]);
  expect(await receiversOf(owner, id)).toEqual([shownOnly.id]);
});

test("the consent record cannot be changed, and a forged or missing act breaks its hash chain", async () => {
  const { reference, personalToken } = await sendLead(server, {
    to: suppliers.slice(0, 3),
    channels: ["EMAIL", "SMS"],
    contact: person({ phone: inventedPhone() }),
  });
  const id = (await leadIds(owner, [reference])).get(reference) as string;
  await withdraw({ personalToken }, { suppliers: [0], channels: null, purpose: null });
  await withdraw({ personalToken }, { suppliers: null, channels: ["SMS"], purpose: null });
  const isIntact = (): Promise<boolean> =>
    server.running.services.transact({ role: "worker" }, (tx) => new ConsentRecord().isIntact(tx, id));
  expect(await isIntact()).toBe(true);

  const refused = "consent_act is append-only";
  await expect(owner.rows("UPDATE consent_act SET at = at WHERE lead_id = $1", [id])).rejects.toThrow(
    refused,
  );
  await expect(owner.rows("DELETE FROM consent_act WHERE lead_id = $1", [id])).rejects.toThrow(refused);
  await expect(owner.rows("TRUNCATE consent_act")).rejects.toThrow(refused);

  // Only a database superuser can switch off the triggers that refuse changes; the hash chain still reveals
  // what was changed.
  const truth = await owner.rows("SELECT to_jsonb(a) AS act FROM consent_act a WHERE lead_id = $1", [id]);
  const rewrite = async (acts: readonly unknown[]): Promise<void> => {
    await unrefused("DELETE FROM consent_act WHERE lead_id = $1", [id]);
    const rows = JSON.stringify(acts);
    await unrefused("INSERT INTO consent_act SELECT * FROM jsonb_populate_recordset(NULL::consent_act, $1)", [
      rows,
    ]);
  };
  const acts = truth.map(({ act: one }) => one).sort((a, b) => a.number - b.number);
  for (const forgery of [
    `UPDATE consent_act SET content = jsonb_set(content, '{grants,0,channels,2}', '"PHONE"') WHERE number = 1`,
    "UPDATE consent_act SET at = at + interval '1 millisecond' WHERE number = 2",
    "UPDATE consent_act SET content = content - 'supplierIds' WHERE number = 2",
    "DELETE FROM consent_act WHERE number = 2",
    "DELETE FROM consent_act WHERE number = 1",
  ]) {
    await unrefused(`${forgery} AND lead_id = $1`, [id]);
    expect({ forgery, intact: await isIntact() }).toEqual({ forgery, intact: false });
    await rewrite(acts);
    expect(await isIntact()).toBe(true);
  }

  // If a forger also recomputes the hash of the forged act and repairs the link to it, the hash of the next
  // act no longer matches.
  const [first, second, ...later] = acts;
  const forged = { ...first.content, grants: [transmitTo([suppliers[0]?.id ?? ""], ["PHONE"])] };
  await rewrite([]);
  await server.running.services.transact({ role: "worker" }, (tx) =>
    new ConsentRecord().append(tx, id, { at: new Date(first.at), content: forged }),
  );
  expect(await isIntact()).toBe(true);
  const [{ act: rehashed }] = (await owner.rows(
    "SELECT to_jsonb(a) AS act FROM consent_act a WHERE lead_id = $1",
    [id],
  )) as [{ act: { hash: string } }];
  await rewrite([rehashed, { ...second, previous_hash: rehashed.hash }, ...later]);
  expect(await isIntact()).toBe(false);
  await rewrite(acts);
});

/** Runs a statement with the triggers switched off. */
async function unrefused(statement: string, parameters: readonly unknown[]): Promise<void> {
  await owner.rows("SET session_replication_role = replica");
  await owner.rows(statement, parameters);
  await owner.rows("SET session_replication_role = DEFAULT");
}
