/**
 * The sandbox creates every event on demand on the real feed, free of charge and separate from real data in both
 * directions. A small client passes the go-live checks, after which a live key can be created.
 */
import { Client } from "pg";
import { ask, must, subscribe } from "../support/client";
import { faultsIn } from "../support/books";
import {
  campaignInput,
  feedQuery,
  feedSubscription,
  newCampaign,
  newKey,
  newSupplier,
  preview,
  sendLead,
  waiveGoLive,
  wholeFeed,
  type TestSupplier,
} from "../support/journey";
import { answering, newAuthority, Receiver, verified, type Authority } from "../support/receiver";
import { asOwnerOf, type Owner, type Row } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
let owner: Owner;
let authority: Authority;
/** A real supplier with a campaign in Lyon, and its sandbox. */
let real: TestSupplier;
let sandbox: TestSupplier;

const createKey = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { token key { id environment role } } }`;

async function sandboxKey(supplierId: string, by = server.adminToken): Promise<string> {
  const input = { role: "SUPPLIER_INTEGRATION", environment: "SANDBOX", supplierId, label: "trial" };
  const { createApiKey } = await must(server, by, { query: createKey, variables: { input } });
  return createApiKey.token as string;
}

/** Creates a supplier and its sandbox, with a key for each. */
async function newSandbox(): Promise<[TestSupplier, TestSupplier]> {
  const supplier = await newSupplier(server);
  const token = await sandboxKey(supplier.id);
  const { viewer } = await must(server, token, { query: "{ viewer { supplier { id name } environment } }" });
  expect(viewer).toEqual({
    environment: "SANDBOX",
    supplier: { id: expect.any(String), name: `${supplier.name} (sandbox)` },
  });
  return [supplier, { ...viewer.supplier, token }];
}

const inSandbox = async (
  query: string,
  variables: Record<string, unknown> = {},
  by = sandbox,
): Promise<any> => Object.values(await must(server, by.token, { query, variables }))[0];

const sandboxMatch = async (input: Record<string, unknown> = {}, by = sandbox): Promise<string> =>
  (
    await inSandbox(
      "mutation ($input: SandboxMatchInput!) { sandboxMatch(input: $input) { leadId } }",
      { input: { product: "NEW_CAR", ...input } },
      by,
    )
  ).leadId;

const acknowledge = (upTo: string, by = sandbox): Promise<any> =>
  inSandbox("mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }", { upTo }, by);

const codeOf = async (token: string, query: string, variables = {}): Promise<string | undefined> =>
  (await ask(server, token, { query, variables })).errors?.[0]?.extensions.code;

/** The next page after this consumer's acknowledged position. */
const nextPage = async (by = sandbox): Promise<any[]> =>
  (await inSandbox(feedQuery, { first: 100 }, by)).events;

const countOf = async (table: string): Promise<number> =>
  (await owner.rows(`SELECT count(*)::int AS n FROM ${table}`))[0]?.["n"];

beforeAll(async () => {
  authority = newAuthority();
  server = await startTestServer({
    environment: { OUTBOUND_ALLOW: "127.0.0.0/8", OUTBOUND_CA_FILE: authority.caFile },
  });
  owner = await asOwnerOf(server.database);
  [real, sandbox] = await newSandbox();
  await newCampaign(server, real);
});

afterAll(async () => {
  await owner.end();
  await server.stop();
  await authority.remove();
});

describe("events on demand", () => {
  it("arrive over the subscription like real events, with an invented person", async () => {
    const feed = subscribe(server, sandbox.token, { query: feedSubscription });
    const leadId = await sandboxMatch({ channels: ["PHONE", "EMAIL"] });
    const matched = await feed.next();
    expect(matched).toMatchObject({
      __typename: "LeadMatched",
      leadId,
      lead: { id: leadId, seat: 1, seats: 1 },
    });
    expect(matched.lead.contact).toMatchObject({
      lastName: "Exemple-Bac-à-Sable",
      phone: expect.stringMatching(/^\+3319900\d{4}$/),
      email: expect.stringMatching(/@example\.com$/),
      channels: ["PHONE", "EMAIL"],
    });

    await inSandbox("mutation ($id: ID!) { sandboxUpdate(leadId: $id, withdraw: [PHONE]) { leadId } }", {
      id: leadId,
    });
    expect(await feed.next()).toMatchObject({
      __typename: "LeadUpdated",
      leadId,
      changed: ["contact.channels", "contact.phone"],
      lead: { contact: { phone: null, email: matched.lead.contact.email, channels: ["EMAIL"] } },
    });

    const { campaign } = await inSandbox("query ($id: ID!) { lead(id: $id) { campaign { id } } }", {
      id: leadId,
    });
    await inSandbox("mutation ($id: ID!) { sandboxCapReached(campaignId: $id) { campaignId } }", {
      id: campaign.id,
    });
    const reached = await feed.next();
    expect(reached).toMatchObject({
      __typename: "CapReached",
      campaign,
      cap: { unit: "LEADS", period: "DAY" },
    });
    expect(new Date(reached.resetsAt).getTime()).toBeGreaterThan(Date.now());

    for (const accepted of [false, true]) {
      await inSandbox(
        "mutation ($id: ID!, $a: Boolean!) { sandboxReturnDecided(leadId: $id, accepted: $a) { leadId } }",
        {
          id: leadId,
          a: accepted,
        },
      );
      expect((await feed.next()).__typename).toBe("ReturnDecided");
    }
    const decided = await inSandbox(
      "{ feed(first: 100) { events { ... on ReturnDecided { leadId accepted creditedCents explanation } } } }",
    );
    expect(decided.events.filter((event: any) => "accepted" in event)).toEqual([
      { leadId, accepted: false, creditedCents: 0, explanation: expect.any(String) },
      { leadId, accepted: true, creditedCents: 0, explanation: expect.any(String) },
    ]);

    await inSandbox("mutation ($id: ID!) { sandboxRevoke(leadId: $id) { leadId } }", { id: leadId });
    expect(await feed.next()).toMatchObject({
      __typename: "LeadRevoked",
      leadId,
      reason: "CONSENT_WITHDRAWN",
    });
    await feed.stop();
    expect(await inSandbox("query ($id: ID!) { lead(id: $id) { id } }", { id: leadId })).toBeNull();
    // As in any feed, the first event no longer shows the person.
    expect((await wholeFeed(server, sandbox))[0]).toMatchObject({ leadId, lead: null });
  });

  it("accept every product, given answers and a named campaign", async () => {
    const { products } = await must(server, sandbox.token, { query: "{ products { id } }" });
    expect(products.length).toBeGreaterThan(4);
    for (const { id: product } of products) expect(await sandboxMatch({ product })).toBeTruthy();
    const { id: campaign } = await inSandbox(
      "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
      { input: campaignInput({ name: "À moi", pricePerLeadCents: 4_200 }) },
    );
    const answers = [{ field: "budgetEuros", value: 31_000 }];
    const id = await sandboxMatch({ campaignId: campaign, answers, channels: ["SMS"] });
    const lead = await inSandbox(
      `query ($id: ID!) { lead(id: $id) { campaign { id } answers { field value } priceCents contact { phone email }
        charge { status amountCents } why { text } consentReceipt { jws } } }`,
      { id },
    );
    expect(lead).toMatchObject({
      campaign: { id: campaign },
      priceCents: 4_200,
      charge: { status: "NOT_CHARGED", amountCents: 0 },
      contact: { phone: expect.stringMatching(/^\+3363998\d{4}$/), email: null },
    });
    expect(lead.answers).toContainEqual({ field: "budgetEuros", value: 31_000 });
    const payload = Buffer.from(lead.consentReceipt.jws.split(".")[1], "base64url").toString();
    // The receipt is signed like any other, and the supplier's name marks it as a sandbox.
    expect(JSON.parse(payload)).toMatchObject({
      supplierId: sandbox.id,
      supplierName: `${real.name} (sandbox)`,
    });
  });

  it("refuse invalid input with the right error code", async () => {
    const id = await sandboxMatch({ channels: ["EMAIL"] });
    const update =
      "mutation ($id: ID!, $w: [ContactChannel!]!) { sandboxUpdate(leadId: $id, withdraw: $w) { leadId } }";
    const refused: [string, string, object][] = [
      ["INVALID_INPUT", update, { id, w: ["PHONE"] }],
      ["INVALID_INPUT", update, { id, w: ["EMAIL"] }],
      ["INVALID_INPUT", 'mutation { sandboxMatch(input: { product: "BOAT" }) { leadId } }', {}],
      [
        "INVALID_INPUT",
        'mutation { sandboxMatch(input: { product: "NEW_CAR", channels: [] }) { leadId } }',
        {},
      ],
      ["NOT_FOUND", 'mutation { sandboxCapReached(campaignId: "x") { campaignId } }', {}],
      ["NOT_FOUND", 'mutation { sandboxRevoke(leadId: "x") { leadId } }', {}],
    ];
    for (const [code, query, variables] of refused)
      expect([query, variables, await codeOf(sandbox.token, query, variables)]).toEqual([
        query,
        variables,
        code,
      ]);
  });
});

it("a sandbox key accepts no go-live waiver", async () => {
  const { id } = await newSupplier(server);
  const input = {
    role: "SUPPLIER_INTEGRATION",
    label: "x",
    supplierId: id,
    environment: "SANDBOX",
    waiveGoLive: "x",
  };
  const make = "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }";
  expect(await codeOf(server.adminToken, make, { input })).toBe("INVALID_INPUT");
});

describe("a sandbox's endpoint", () => {
  it("receives signed events, and is paused with a notice when it answers 410", async () => {
    const [, sandbox] = await newSandbox();
    const receiver = await Receiver.start(authority);
    const { createEndpoint } = await must(server, sandbox.token, {
      query: "mutation ($i: EndpointInput!) { createEndpoint(input: $i) { secret endpoint { id } } }",
      variables: { i: { label: "trial", target: receiver.url() } },
    });
    const leadId = await sandboxMatch({}, sandbox);
    await receiver.received(1);
    await inSandbox("mutation ($id: ID!) { sandboxRevoke(leadId: $id) { leadId } }", { id: leadId }, sandbox);
    const all = await receiver.received(2);
    expect(all.map(({ body }) => [body.type, body.data.leadId])).toEqual([
      ["LeadMatched", leadId],
      ["LeadRevoked", leadId],
    ]);
    for (const one of all) expect(verified(createEndpoint.secret, one)).toEqual(one.body);
    expect(all[0]?.text).toContain("Exemple-Bac-à-Sable");
    receiver.behave = answering(410);
    await sandboxMatch({}, sandbox);
    const told = await until("it is paused", async () => {
      const last = (await wholeFeed(server, sandbox)).at(-1);
      return last.__typename === "EndpointPaused" && last;
    });
    expect(told).toBeTruthy();
    const { endpoints } = await must(server, sandbox.token, {
      query: "{ endpoints { edges { node { id status pauseReason } } } }",
    });
    expect(endpoints.edges[0].node).toMatchObject({ status: "PAUSED", pauseReason: "GONE" });
    await receiver.stop();
  });
});

describe("a sandbox's daily limit", () => {
  it("is a thousand events of all kinds together", async () => {
    const [, sandbox] = await newSandbox();
    await sandboxMatch({}, sandbox);
    // The first event is an erasure after retention, which does not count because the supplier did not
    // request it.
    const append = `WITH moved AS (UPDATE supplier_account SET last_position = last_position + $2
        WHERE supplier_id = $1 RETURNING last_position - $2 AS before)
      INSERT INTO feed_event (supplier_id, position, month, at, kind, detail)
      SELECT $1, before + n, month, at, CASE n WHEN 1 THEN 'LEAD_REVOKED' ELSE 'CAP_REACHED' END,
        CASE n WHEN 1 THEN '{"reason": "ERASED"}' ELSE '{}' END::jsonb
      FROM feed_event e, moved, generate_series(1, $2) AS n WHERE supplier_id = $1 AND position = 1`;
    await owner.rows(append, [sandbox.id, 998]);
    await sandboxMatch({}, sandbox);
    const leadId = await sandboxMatch({}, sandbox);
    const { campaigns } = await must(server, sandbox.token, {
      query: "{ campaigns { edges { node { id } } } }",
    });
    const asked: readonly [string, object][] = [
      ['mutation { sandboxMatch(input: { product: "NEW_CAR" }) { leadId } }', {}],
      [
        "mutation ($id: ID!) { sandboxReturnDecided(leadId: $id, accepted: false) { leadId } }",
        { id: leadId },
      ],
      [
        "mutation ($id: ID!) { sandboxCapReached(campaignId: $id) { campaignId } }",
        { id: campaigns.edges[0].node.id },
      ],
      ["mutation ($id: ID!) { sandboxUpdate(leadId: $id, withdraw: [PHONE]) { leadId } }", { id: leadId }],
      ["mutation ($id: ID!) { sandboxRevoke(leadId: $id) { leadId } }", { id: leadId }],
    ];
    for (const [query, variables] of asked)
      expect([query, await codeOf(sandbox.token, query, variables)]).toEqual([query, "RATE_LIMITED"]);
  });
});

describe("sandbox and real data", () => {
  it("are separate in the ledger: sandbox leads charge nothing", async () => {
    const before = await countOf("posting");
    const id = await sandboxMatch();
    await inSandbox("mutation ($id: ID!) { sandboxReturnDecided(leadId: $id, accepted: true) { leadId } }", {
      id,
    });
    expect(await countOf("posting")).toBe(before);
    expect(
      await inSandbox("{ account { mode balanceCents availableCents postings { edges { cursor } } } }"),
    ).toEqual({
      mode: "SANDBOX",
      balanceCents: 0,
      availableCents: 0,
      postings: { edges: [] },
    });
    expect(await faultsIn(owner)).toEqual([]);
  });

  it("cannot be reached with the key of the other", async () => {
    await sendLead(server, { to: [real] });
    await until("the real lead is there", async () => (await wholeFeed(server, real)).length > 0);
    const [theirs] = await wholeFeed(server, real);
    const mine = await sandboxMatch();
    const read = "query ($id: ID!) { lead(id: $id) { id } }";
    expect(await codeOf(sandbox.token, read, { id: theirs.leadId })).toBe("NOT_FOUND");
    expect(await codeOf(real.token, read, { id: mine })).toBe("NOT_FOUND");
    expect(await codeOf(sandbox.token, feedQuery, { after: theirs.cursor })).toBe("INVALID_INPUT");
    for (const act of ["sandboxRevoke", "sandboxDuplicate"]) {
      const query = `mutation ($id: ID!) { ${act}(leadId: $id) { leadId } }`;
      expect(await codeOf(sandbox.token, query, { id: theirs.leadId })).toBe("NOT_FOUND");
      expect(await codeOf(real.token, query, { id: theirs.leadId })).toBe("FORBIDDEN");
    }
    const match = 'mutation { sandboxMatch(input: { product: "NEW_CAR" }) { leadId } }';
    expect(await codeOf(real.token, match)).toBe("FORBIDDEN");
    expect((await wholeFeed(server, real)).length).toBe(1);
    const { campaigns } = await must(server, real.token, {
      query: "{ campaigns { edges { node { id } } } }",
    });
    expect(campaigns.edges.length).toBe(1);
  });

  it("are separate in previews, matching, staff lists and simulations", async () => {
    await inSandbox("mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }", {
      input: campaignInput({ pricePerLeadCents: 90_000 }),
    });
    const { recipients } = await preview(server);
    expect(recipients.map(({ supplierId }) => supplierId)).toEqual([real.id]);
    expect(server.running.services.allocation.matching.market.size).toBe(
      (await owner.rows("SELECT count(*)::int AS n FROM campaign WHERE NOT sandbox"))[0]?.["n"],
    );
    const { suppliers } = await must(server, server.adminToken, {
      query: "{ suppliers(first: 100) { edges { node { id } } } }",
    });
    expect(suppliers.edges.map(({ node }: any) => node.id)).not.toContain(sandbox.id);
    const transfer = {
      supplierId: sandbox.id,
      amountInclVatCents: 100,
      receivedOn: "2026-11-20",
      bankReference: "x",
    };
    const asStaff: [string, object][] = [
      ["query ($id: ID!) { supplier(id: $id) { id } }", { id: sandbox.id }],
      ["mutation ($i: BankTransferInput!) { recordBankTransfer(input: $i) { transferId } }", { i: transfer }],
      ["mutation ($i: BillingInput!) { setBilling(input: $i) { mode } }", { i: { supplierId: sandbox.id } }],
      [
        'mutation ($id: ID!) { creditLead(leadId: $id, reason: "test") { leadId } }',
        { id: await sandboxMatch() },
      ],
      [
        "mutation ($id: ID!) { eraseRequest(reference: $id) }",
        {
          id: (
            await owner.rows("SELECT reference FROM lead WHERE sandbox_supplier_id IS NOT NULL LIMIT 1")
          )[0]?.["reference"],
        },
      ],
    ];
    for (const [query, variables] of asStaff)
      expect([query, await codeOf(server.adminToken, query, variables)]).toEqual([query, "NOT_FOUND"]);
    const simulate = "query ($c: CampaignInput!) { simulate(campaign: $c) { __typename } }";
    expect(await codeOf(sandbox.token, simulate, { c: campaignInput() })).toBe("FORBIDDEN");
    const member = {
      role: "SUPPLIER_SALES",
      name: "X",
      email: "x@example.com",
      password: "une phrase assez longue",
    };
    const boss = await must(server, server.adminToken, {
      query: createKey,
      variables: {
        input: { role: "SUPPLIER_ADMIN", environment: "SANDBOX", supplierId: real.id, label: "boss" },
      },
    });
    const createMember = "mutation ($i: CreateMemberInput!) { createMember(input: $i) { id } }";
    expect(await codeOf(boss.createApiKey.token, createMember, { i: member })).toBe("FORBIDDEN");
  });

  it("are separate in the database for every role and query", async () => {
    const login = new Client({ connectionString: server.database.ownerUrl });
    await login.connect();
    const as = async (role: string, sql: string): Promise<Row[] | string> => {
      await login.query(`BEGIN; SET LOCAL ROLE caratlas_${role}`);
      try {
        return (await login.query<Row>(sql)).rows;
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await login.query("ROLLBACK");
      }
    };
    const one = async (sql: string): Promise<Row> => (await owner.rows(sql))[0] ?? {};
    const made = await one("SELECT * FROM lead WHERE sandbox_supplier_id IS NOT NULL LIMIT 1");
    const person = await one("SELECT * FROM lead WHERE sandbox_supplier_id IS NULL LIMIT 1");
    const asTwin = `sandbox; SET LOCAL caratlas.supplier_id = '${sandbox.id}'`;
    try {
      for (const role of ["worker", "staff"]) {
        expect(await as(role, `SELECT id FROM lead WHERE id = '${made["id"]}'`)).toEqual([]);
        expect(await as(role, `SELECT id FROM delivery WHERE lead_id = '${made["id"]}'`)).toEqual([]);
        expect(await as(role, `SELECT id FROM campaign WHERE supplier_id = '${sandbox.id}'`)).toEqual([]);
        expect(await as(role, `SELECT name FROM supplier WHERE id = '${sandbox.id}'`)).toEqual([]);
        // The worker role may read how far a sandbox's feed goes, to send its events on, but cannot lock,
        // change or create anything.
        const account = `supplier_account WHERE supplier_id = '${sandbox.id}'`;
        const seen = role === "worker" ? [{ mode: "SANDBOX" }] : [];
        expect(await as(role, `SELECT mode FROM ${account}`)).toEqual(seen);
        expect(await as(role, `SELECT mode FROM ${account} FOR UPDATE`)).toEqual([]);
        expect(
          await as(
            role,
            account.replace(" WHERE", " SET last_position = 0 WHERE").replace(/^/, "UPDATE ") +
              " RETURNING mode",
          ),
        ).toEqual([]);
        const post = `INSERT INTO posting VALUES (1, '${sandbox.id}', 1, now(), 'CHARGE', '4181', '706', 5, 'X', 'x', 'STANDARD')`;
        expect(await as(role, post)).toBe("42501");
        // The same posting for a real supplier is accepted, so it is the sandbox that is refused.
        expect(await as(role, post.replace(sandbox.id, real.id))).toEqual([]);
      }
      for (const [table, column] of [
        ["lead", "id"],
        ["lead_need", "lead_id"],
        ["lead_secret", "lead_id"],
        ["consent_act", "lead_id"],
        ["delivery", "lead_id"],
      ] as const) {
        const found = async (id: string): Promise<number> =>
          ((await as(asTwin, `SELECT ${column} FROM ${table} WHERE ${column} = '${id}'`)) as Row[]).length;
        expect([table, await found(person["id"]), (await found(made["id"])) > 0]).toEqual([table, 0, true]);
      }
      expect(await as(asTwin, "SELECT FROM posting")).toBe("42501");
      expect(await as(asTwin, "UPDATE supplier_account SET balance_cents = 5")).toBe("23514");
      expect(await as(asTwin, `SELECT name FROM supplier WHERE id = '${real.id}'`)).toEqual([]);
      // A row of a sandbox cannot be marked as real either.
      await expect(
        owner.rows(`UPDATE delivery SET sandbox = false WHERE supplier_id = '${sandbox.id}'`),
      ).rejects.toMatchObject({ code: "23503" });
      await expect(
        owner.rows(`UPDATE supplier_account SET mode = 'PREPAID' WHERE supplier_id = '${sandbox.id}'`),
      ).rejects.toMatchObject({ code: "23001" });
    } finally {
      await login.end();
    }
  });

  it("are separate between sandboxes", async () => {
    const [, other] = await newSandbox();
    const mine = await sandboxMatch();
    const revoke = "mutation ($id: ID!) { sandboxRevoke(leadId: $id) { leadId } }";
    expect(await codeOf(other.token, revoke, { id: mine })).toBe("NOT_FOUND");
    expect(await wholeFeed(server, other)).toEqual([]);
    // The sandbox is created once, even if several keys are created for it concurrently.
    const keys = await Promise.all(Array.from({ length: 5 }, () => sandboxKey(real.id)));
    const ids = await Promise.all(
      keys.map(
        async (token) =>
          (await must(server, token, { query: "{ viewer { supplier { id } } }" })).viewer.supplier.id,
      ),
    );
    expect(new Set(ids)).toEqual(new Set([sandbox.id]));
  });
});

describe("going live", () => {
  const goLive = `{ goLive { ready acknowledgedMatch { passed passedAt todo } acknowledgedRevocation { passed todo }
    survivedDuplicate { passed todo } } }`;
  const live = { role: "SUPPLIER_INTEGRATION", label: "live" };
  let admin: string;

  async function checks(by: TestSupplier): Promise<any> {
    return inSandbox(goLive, {}, by);
  }

  /** A client that stores events by cursor; without `dedupes` it stores a repeated event again. */
  class LittleClient {
    readonly records: { id: string; leadId: string }[] = [];
    private readonly seen = new Set<string>();
    constructor(
      private readonly by: TestSupplier,
      private readonly dedupes: boolean,
    ) {}

    async poll(): Promise<void> {
      const events = await nextPage(this.by);
      for (const { __typename, cursor, leadId } of events) {
        if (this.dedupes && this.seen.has(cursor)) continue;
        this.seen.add(cursor);
        if (__typename === "LeadMatched") this.records.push({ id: `crm-${this.records.length}`, leadId });
        if (__typename === "LeadRevoked")
          await inSandbox(
            "mutation ($id: ID!) { acknowledgeRevocation(leadId: $id, disposition: DELETED) { leadId } }",
            { id: leadId },
            this.by,
          );
      }
      const last = events.at(-1);
      if (last) await acknowledge(last.cursor, this.by);
    }

    async report(leadId: string): Promise<void> {
      const input = this.records
        .filter((record) => record.leadId === leadId)
        .map(({ id }) => ({
          leadId,
          status: "CONTACTED",
          occurredAt: new Date().toISOString(),
          externalId: id,
        }));
      await inSandbox(
        "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }",
        { input },
        this.by,
      );
    }
  }

  const duplicate = (id: string, by: TestSupplier): Promise<any> =>
    inSandbox("mutation ($id: ID!) { sandboxDuplicate(leadId: $id) { leadId } }", { id }, by);

  it("is refused to a supplier's administrator until the client has passed each check", async () => {
    const [supplier, sandbox] = await newSandbox();
    admin = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
    const refused = await ask(server, admin, { query: createKey, variables: { input: live } });
    expect(refused.errors?.[0]).toMatchObject({
      message: expect.stringContaining("acknowledgedMatch"),
      extensions: {
        code: "CONFLICT",
        missing: [
          { check: "acknowledgedMatch" },
          { check: "acknowledgedRevocation" },
          { check: "survivedDuplicate" },
        ],
      },
    });
    // A SALES key reads the same feed, so it must not bypass the checks.
    const sales = { query: createKey, variables: { input: { ...live, role: "SUPPLIER_SALES" } } };
    expect((await ask(server, admin, sales)).errors?.[0]?.extensions.code).toBe("CONFLICT");

    const client = new LittleClient(sandbox, true);
    const first = await sandboxMatch({}, sandbox);
    await client.poll();
    expect((await checks(sandbox)).acknowledgedMatch).toEqual({
      passed: true,
      passedAt: expect.any(String),
      todo: null,
    });

    await inSandbox("mutation ($id: ID!) { sandboxRevoke(leadId: $id) { leadId } }", { id: first }, sandbox);
    await client.poll();
    expect((await checks(sandbox)).acknowledgedRevocation).toEqual({ passed: true, todo: null });

    const drilled = await sandboxMatch({}, sandbox);
    await client.poll();
    await duplicate(drilled, sandbox);
    expect((await checks(sandbox)).survivedDuplicate.todo).toContain("Continue reading from your position");
    const again = await nextPage(sandbox);
    expect(again.map(({ leadId }) => leadId)).toEqual([drilled]);
    expect((await checks(sandbox)).survivedDuplicate.todo).toContain("Acknowledge the second copy");
    await acknowledge(again[0].cursor, sandbox);
    // The event is repeated only once.
    expect(await nextPage(sandbox)).toEqual([]);
    expect((await checks(sandbox)).survivedDuplicate.todo).toContain("Report one outcome");
    await client.report(drilled);
    expect(await checks(sandbox)).toMatchObject({ ready: true });
    // The supplier's administrator and staff see the same result.
    expect((await must(server, admin, { query: goLive })).goLive.ready).toBe(true);
    const asked = await must(server, server.adminToken, {
      query: "query ($id: ID!) { goLive(supplierId: $id) { ready } }",
      variables: { id: supplier.id },
    });
    expect(asked.goLive.ready).toBe(true);

    const { createApiKey } = await must(server, admin, { query: createKey, variables: { input: live } });
    expect(createApiKey.key).toMatchObject({ environment: "LIVE", role: "SUPPLIER_INTEGRATION" });
    expect(
      (await must(server, createApiKey.token, { query: "{ viewer { supplier { id } } }" })).viewer.supplier
        .id,
    ).toBe(supplier.id);
  });

  it("fails for a client that stores a repeated lead twice, until it is corrected and tested again", async () => {
    const [, sandbox] = await newSandbox();
    const careless = new LittleClient(sandbox, false);
    const drilled = await sandboxMatch({}, sandbox);
    await careless.poll();
    await duplicate(drilled, sandbox);
    await careless.poll();
    await careless.report(drilled);
    const { survivedDuplicate } = await checks(sandbox);
    expect(survivedDuplicate).toMatchObject({
      passed: false,
      todo: expect.stringContaining("Failed for lead"),
    });
    expect(survivedDuplicate.todo).toContain("2 outcomes");

    const mended = new LittleClient(sandbox, true);
    const other = await sandboxMatch({}, sandbox);
    await mended.poll();
    await duplicate(other, sandbox);
    await mended.poll();
    await mended.report(other);
    expect((await checks(sandbox)).survivedDuplicate).toEqual({ passed: true, todo: null });
    expect(
      await codeOf(sandbox.token, "mutation ($id: ID!) { sandboxDuplicate(leadId: $id) { leadId } }", {
        id: other,
      }),
    ).toBe("CONFLICT");
  });

  it("repeats the event under the same cursor to a subscription that reconnects", async () => {
    const [, sandbox] = await newSandbox();
    const drilled = await sandboxMatch({}, sandbox);
    const before = subscribe(server, sandbox.token, { query: feedSubscription });
    const { cursor } = await before.next();
    before.kill();
    await duplicate(drilled, sandbox);
    const resumed = { query: feedSubscription, variables: { after: cursor } };
    const after = subscribe(server, sandbox.token, resumed);
    expect(await after.next()).toMatchObject({ cursor, leadId: drilled });
    const following = await sandboxMatch({}, sandbox);
    expect(await after.next()).toMatchObject({ leadId: following });
    await after.stop();
  });

  it("can be waived only by staff, with a reason that is audited", async () => {
    const supplier = await newSupplier(server);
    const input = { ...live, supplierId: supplier.id };
    const create = (token: string, more: object): Promise<any> =>
      ask(server, token, { query: createKey, variables: { input: { ...input, ...more } } });
    expect((await create(server.adminToken, {})).errors[0].extensions.code).toBe("CONFLICT");
    expect((await create(server.adminToken, { waiveGoLive: " " })).errors[0].extensions.code).toBe(
      "INVALID_INPUT",
    );
    const own = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
    expect((await create(own, { waiveGoLive })).errors[0].extensions.code).toBe("INVALID_INPUT");
    const { data } = await create(server.adminToken, { waiveGoLive: "A client we know." });
    const [audit] = await owner.rows(
      "SELECT detail FROM audit_event WHERE action = 'GO_LIVE_WAIVED' AND subject = $1",
      [`key:${data.createApiKey.key.id}`],
    );
    expect(audit?.["detail"]).toEqual({ reason: "A client we know." });
  });

  it("revokes a sandbox key at the supplier's request", async () => {
    const [supplier] = await newSandbox();
    const boss = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
    const input = { role: "SUPPLIER_INTEGRATION", environment: "SANDBOX", label: "soon gone" };
    const { createApiKey } = await must(server, boss, { query: createKey, variables: { input } });
    expect(createApiKey.token).toMatch(/^ca_sandbox_/);
    const revoke = "mutation ($id: ID!) { revokeApiKey(id: $id) { revokedAt } }";
    expect(await codeOf(real.token, revoke, { id: createApiKey.key.id })).toBe("FORBIDDEN");
    await must(server, boss, { query: revoke, variables: { id: createApiKey.key.id } });
    expect(await codeOf(createApiKey.token, "{ viewer { role } }")).toBe("UNAUTHENTICATED");
  });
});

describe("a credit for a real lead", () => {
  it("is reported over the feed", async () => {
    const supplier = await newSupplier(server);
    await newCampaign(server, supplier);
    await sendLead(server, { to: [supplier] });
    await until("it is delivered", async () => (await wholeFeed(server, supplier)).length > 0);
    const feed = subscribe(server, supplier.token, {
      query:
        "subscription { leadFeed { __typename cursor ... on ReturnDecided { leadId accepted creditedCents explanation } } }",
    });
    await feed.next();
    const [{ leadId }] = await wholeFeed(server, supplier);
    await must(server, server.adminToken, {
      query: 'mutation ($id: ID!) { creditLead(leadId: $id, reason: "goodwill") { leadId } }',
      variables: { id: leadId },
    });
    // The reason that staff wrote appears only in the audit log.
    expect(await feed.next()).toMatchObject({
      __typename: "ReturnDecided",
      leadId,
      accepted: true,
      creditedCents: 3_000,
      explanation: null,
    });
    await feed.stop();
  });
});

describe("retention in the sandbox", () => {
  it("erases leads after thirty days and keeps the events at their positions", async () => {
    const id = await sandboxMatch();
    const secrets = async (): Promise<number> =>
      (
        await owner.rows(
          "SELECT count(*)::int AS n FROM lead_secret s JOIN lead l ON l.id = s.lead_id WHERE l.sandbox_supplier_id IS NOT NULL",
        )
      )[0]?.["n"];
    server.clock.forward(29 * 86_400_000);
    expect(await server.running.services.sandbox.supplierSandbox.sweep.run()).toBe(0);
    server.clock.forward(2 * 86_400_000);
    expect(await server.running.services.sandbox.supplierSandbox.sweep.run()).toBeGreaterThan(0);
    expect(await secrets()).toBe(0);
    const events = await wholeFeed(server, sandbox);
    expect(events.filter(({ leadId }) => leadId === id).map(({ __typename }) => __typename)).toEqual([
      "LeadMatched",
      "LeadRevoked",
    ]);
    expect(await faultsIn(owner)).toEqual([]);
  });
});
