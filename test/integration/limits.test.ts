/**
 * A key or member limited to some of a supplier's sites or campaigns sees only these: through every field a
 * supplier may use, over HTTP and WebSocket, and in the database with any query.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { Client } from "pg";
import { permissions } from "../../src/app/api";
import type { Limits } from "../../src/access/identity";
import { SampleTokens } from "../../src/allocation/insights/sample-token.service";
import { monthIndexOf } from "../../src/shared/months";
import { ask, must, subscribe, type GraphQLAnswer } from "../support/client";
import {
  campaignInput,
  feedQuery,
  newCampaign,
  newKey,
  newSupplier,
  sendLead,
  siretOf,
  waiveGoLive,
  type TestSupplier,
} from "../support/journey";
import type { Owner, Row } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let supplier: TestSupplier;
let boss: string;
/** Two sites, with a campaign at each, and a campaign without a site. */
const site = { a: "", b: "" };
const campaign = { a: "", b: "", none: "" };
/** The delivery ids of the supplier's leads, by the campaign that received them. */
const lead = { a: "", b: "", none: "" };
/** Keys: one limited to site A, one limited to the campaign of site B. */
const key = { ofA: "", ofCampaignB: "" };

const places = {
  a: { postcode: "69003", inseeCode: "69123" },
  b: { postcode: "33000", inseeCode: "33063" },
  none: { postcode: "35000", inseeCode: "35238" },
};

const send = (where: keyof typeof places): ReturnType<typeof sendLead> =>
  sendLead(server, { to: [supplier], location: places[where] });

async function newSite(of: TestSupplier, name: string): Promise<string> {
  const [row] = await owner.rows(
    "SELECT siren, (SELECT count(*) FROM site WHERE supplier_id = supplier.id)::int AS sites FROM supplier WHERE id = $1",
    [of.id],
  );
  const address = { name, street: "1 rue de l'Essai", postcode: "69001", city: "Lyon" };
  const siret = siretOf(row?.["siren"], row?.["sites"] * 20);
  const { createSite } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
    variables: { input: { supplierId: of.id, siret, ...address } },
  });
  return createSite.id as string;
}

interface Wanted {
  readonly siteIds?: readonly string[];
  readonly campaignIds?: readonly string[];
}

const createKey =
  "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token key { id limits { siteIds campaignIds } } } }";

async function limitedKey(limits: Wanted, role = "SUPPLIER_INTEGRATION"): Promise<string> {
  const input = { role, label: "limitée", supplierId: supplier.id, waiveGoLive, ...limits };
  const { createApiKey } = await must(server, server.adminToken, { query: createKey, variables: { input } });
  return createApiKey.token as string;
}

async function newMember(limits: Wanted = {}): Promise<{ id: string; token: string }> {
  const who = { email: `${randomUUID()}@garage.example`, password: "une phrase assez longue" };
  const { createMember } = await must(server, boss, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: { input: { role: "SUPPLIER_SALES", name: "Vendeuse", ...who, ...limits } },
  });
  const { signIn } = await must(server, null, {
    query:
      "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignedIn { token } } }",
    variables: who,
  });
  return { id: createMember.id, token: signIn.token };
}

const limitMember =
  "mutation ($id: ID!, $input: UpdateMemberLimitsInput!, $ifVersion: Int) { limitMember(id: $id, input: $input, ifVersion: $ifVersion) { version limits { siteIds campaignIds } } }";

const codeOf = ({ errors }: GraphQLAnswer): string => errors?.[0]?.extensions.code ?? "OK";

useServer(async (started) => {
  ({ server, owner } = started);
  supplier = await newSupplier(server);
  boss = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  site.a = await newSite(supplier, "A");
  site.b = await newSite(supplier, "B");
  const caps = [{ unit: "LEADS", period: "MONTH", limit: 500 }];
  campaign.a = await newCampaign(server, supplier, { caps, site: site.a, zones: [{ departement: "69" }] });
  campaign.b = await newCampaign(server, supplier, { caps, site: site.b, zones: [{ departement: "33" }] });
  campaign.none = await newCampaign(server, supplier, { caps, zones: [{ departement: "35" }] });
  key.ofA = await limitedKey({ siteIds: [site.a] });
  key.ofCampaignB = await limitedKey({ campaignIds: [campaign.b] });
  for (const where of ["b", "a", "none"] as const) {
    await send(where);
    await until("the lead is delivered", async () => {
      const [row] = await owner.rows("SELECT id FROM delivery WHERE campaign_id = $1", [campaign[where]]);
      lead[where] = row?.["id"] ?? "";
      return row !== undefined;
    });
  }
  for (const leadId of Object.values(lead)) await must(server, supplier.token, report(leadId));
  await owner.rows(
    `INSERT INTO lead_return SELECT gen_random_uuid(), month, id, supplier_id, campaign_id, 'FRAUD', true, 'REJECTED',
       'BY_A_PERSON', '{}', NULL, matched_at, now(), 'test', NULL, now(), 'test' FROM delivery WHERE supplier_id = $1`,
    [supplier.id],
  );
  await must(server, boss, {
    query: `mutation { addOwnCustomers(hashes: ["${"ab".repeat(32)}"]) { count } }`,
  });
  await must(server, server.adminToken, {
    query: "mutation ($input: QualityReviewInput!) { reviewQuality(input: $input) { score } }",
    variables: {
      input: { supplierId: supplier.id, product: "NEW_CAR", score: 70, reason: "Rappelle vite." },
    },
  });
});

const report = (leadId: string): { query: string; variables: Record<string, unknown> } => ({
  query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }",
  variables: { input: [{ leadId, status: "CONTACTED", occurredAt: new Date().toISOString() }] },
});

describe("limits", () => {
  const asked = async (input: Record<string, unknown>, by = boss): Promise<GraphQLAnswer> =>
    ask(server, by, {
      query: createKey,
      variables: { input: { role: "SUPPLIER_SALES", label: "x", ...input } },
    });

  it("take only the supplier's own sites and campaigns; empty lists and foreign ids are refused", async () => {
    const other = await newSupplier(server);
    const theirs = { site: await newSite(other, "C"), campaign: await newCampaign(server, other) };
    expect(codeOf(await asked({ siteIds: [] }))).toBe("INVALID_INPUT");
    expect(codeOf(await asked({ siteIds: [site.a], campaignIds: [] }))).toBe("INVALID_INPUT");
    for (const id of [theirs.site, campaign.a, randomUUID(), "x"])
      expect([id, codeOf(await asked({ siteIds: [site.a, id] }))]).toEqual([id, "NOT_FOUND"]);
    for (const id of [theirs.campaign, site.a, randomUUID(), "x"])
      expect([id, codeOf(await asked({ campaignIds: [id] }))]).toEqual([id, "NOT_FOUND"]);
    // Staff see both suppliers but cannot mix their sites either.
    const mixed = { supplierId: supplier.id, siteIds: [theirs.site] };
    expect(codeOf(await asked(mixed, server.adminToken))).toBe("NOT_FOUND");
  });

  it("are refused for an administrator and for a role without a supplier, with a reason", async () => {
    const { errors } = await asked({ role: "SUPPLIER_ADMIN", siteIds: [site.a] });
    expect(errors?.[0]).toMatchObject({ extensions: { code: "INVALID_INPUT" } });
    expect(errors?.[0]?.message).toContain("SUPPLIER_ADMIN manages the whole supplier");
    const form = await asked({ role: "FORM", siteIds: [site.a] }, server.adminToken);
    expect(form.errors?.[0]?.message).toContain("belongs to no supplier");
  });

  it("of a key are stored sorted and without duplicates", async () => {
    const sites = [site.b, site.a, site.b];
    const input = {
      role: "SUPPLIER_SALES",
      label: "deux fois",
      supplierId: supplier.id,
      siteIds: sites,
      waiveGoLive,
    };
    const { createApiKey } = await must(server, server.adminToken, {
      query: createKey,
      variables: { input },
    });
    expect(createApiKey.key.limits).toEqual({ siteIds: [site.a, site.b].sort(), campaignIds: [] });
  });

  it("are listed with keys and members, for the administrator and for staff", async () => {
    const fields = "id role label supplierId revokedAt limits { siteIds campaignIds }";
    const query = `query ($first: Int, $after: Cursor, $of: ID) { apiKeys(first: $first, after: $after, supplierId: $of) {
      edges { cursor node { ${fields} } } pageInfo { hasNextPage endCursor } } }`;
    const found: any[] = [];
    for (let after: string | null = null; ;) {
      const { apiKeys } = await must(server, boss, { query, variables: { first: 2, after } });
      found.push(...apiKeys.edges.map(({ node }: any) => node));
      if (!apiKeys.pageInfo.hasNextPage) break;
      after = apiKeys.pageInfo.endCursor;
    }
    expect(new Set(found.map(({ supplierId }) => supplierId))).toEqual(new Set([supplier.id]));
    const limited = found.filter(({ limits }) => limits !== null);
    expect(limited.map(({ limits }) => limits)).toContainEqual({ siteIds: [site.a], campaignIds: [] });
    expect(limited.map(({ limits }) => limits)).toContainEqual({ siteIds: [], campaignIds: [campaign.b] });
    const byStaff = await must(server, server.adminToken, {
      query,
      variables: { first: 100, of: supplier.id },
    });
    expect(byStaff.apiKeys.edges.map(({ node }: any) => node)).toEqual(found);
    expect(JSON.stringify(byStaff)).not.toMatch(/ca_supplier|hash/i);

    const { id } = await newMember({ campaignIds: [campaign.a] });
    const people =
      "query ($of: ID) { members(supplierId: $of) { edges { node { id name limits { campaignIds } disabledAt } } } }";
    const { members } = await must(server, boss, { query: people });
    expect(members.edges[0].node).toEqual({
      ...{ id, name: "Vendeuse", limits: { campaignIds: [campaign.a] }, disabledAt: null },
    });
    // Reading personal data of members as staff is audited.
    const readings =
      "SELECT count(*)::int AS count FROM audit_event WHERE action = 'MEMBERS_READ' AND supplier_id = $1";
    const before = (await owner.rows(readings, [supplier.id]))[0]?.["count"] as number;
    expect(await must(server, server.adminToken, { query: people, variables: { of: supplier.id } })).toEqual({
      members,
    });
    expect((await owner.rows(readings, [supplier.id]))[0]?.["count"]).toBe(before + 1);
    expect(codeOf(await ask(server, key.ofA, { query: people }))).toBe("FORBIDDEN");
  });
});

describe("a key limited to one site", () => {
  type Check = (token: string) => Promise<void>;
  const answers =
    (code: string, query: string, variables: () => Record<string, unknown> = () => ({})): Check =>
    async (token) =>
      expect(codeOf(await ask(server, token, { query, variables: variables() }))).toBe(code);
  const open = (query: string): Check => answers("OK", query);
  const ids = (edges: any[]): string[] => edges.map(({ node }) => node.id as string);
  const socketAnswers =
    (message: string, query: string, variables: () => Record<string, unknown>): Check =>
    async (token) => {
      const subscription = subscribe(server, token, { query, variables: variables() });
      await expect(subscription.next()).rejects.toThrow(message);
      await subscription.stop();
    };
  const someId = randomUUID();
  /** Only unlimited callers manage endpoints. */
  const ofTheWholeCompany = (answer: typeof answers): Record<string, Check> => {
    const byId = (name: string, fields: string): [string, Check] => [
      name,
      answer("FORBIDDEN", `mutation { ${name}(id: "${someId}") { ${fields} } }`),
    ];
    return {
      endpoints: answer("FORBIDDEN", "{ endpoints { edges { cursor } } }"),
      endpoint: answer("FORBIDDEN", `{ endpoint(id: "${someId}") { id } }`),
      createEndpoint: answer(
        "FORBIDDEN",
        'mutation { createEndpoint(input: { label: "x", target: "https://exemple.example/" }) { secret } }',
      ),
      updateEndpoint: answer(
        "FORBIDDEN",
        `mutation { updateEndpoint(id: "${someId}", input: { label: "x", target: "https://exemple.example/" }) { id } }`,
      ),
      ...Object.fromEntries([
        ...["pauseEndpoint", "resumeEndpoint"].map((name) => byId(name, "id")),
        byId("rotateEndpointSecret", "secret"),
      ]),
      ...Object.fromEntries(
        ["replayEndpoint", "testEndpoint", "resendDeadLetter"].map((name) => [
          name,
          answer("FORBIDDEN", `mutation { ${name}(id: "${someId}", idempotencyKey: "k") { __typename } }`),
        ]),
      ),
      deleteEndpoint: answer("FORBIDDEN", `mutation { deleteEndpoint(id: "${someId}") { endpointId } }`),
    };
  };
  /** A limited key of the real supplier is not a key of its sandbox. */
  const ofTheSandbox = (answer: typeof answers): Record<string, Check> => ({
    sandboxMatch: answer("FORBIDDEN", 'mutation { sandboxMatch(input: { product: "NEW_CAR" }) { leadId } }'),
    sandboxUpdate: answer(
      "FORBIDDEN",
      `mutation { sandboxUpdate(leadId: "${someId}", withdraw: [PHONE]) { leadId } }`,
    ),
    sandboxRevoke: answer("FORBIDDEN", `mutation { sandboxRevoke(leadId: "${someId}") { leadId } }`),
    sandboxCapReached: answer(
      "FORBIDDEN",
      `mutation { sandboxCapReached(campaignId: "${someId}") { campaignId } }`,
    ),
    sandboxReturnDecided: answer(
      "FORBIDDEN",
      `mutation { sandboxReturnDecided(leadId: "${someId}", accepted: true) { leadId } }`,
    ),
    sandboxDuplicate: answer("FORBIDDEN", `mutation { sandboxDuplicate(leadId: "${someId}") { leadId } }`),
  });
  const inputAt = (at: string | null): Record<string, unknown> =>
    campaignInput({ zones: [{ departement: "75" }], site: at });

  /** What each field that a supplier may use answers to the key of site A. A new field must be added here. */
  const checks: Record<string, Check> = {
    products: open("{ products { id } }"),
    form: open('{ form(product: "NEW_CAR") { version } }'),
    vehicleMakes: open("{ vehicleMakes { id } }"),
    vehicleModels: open('{ vehicleModels(make: "Renault") { __typename } }'),
    communes: open('{ communes(postcode: "69003") { name } }'),
    onboarding: open("{ onboarding { complete } }"),
    priceFloors: open('{ priceFloors(product: "NEW_CAR") { floorCents } }'),
    signOut: answers("INVALID_INPUT", "mutation { signOut }"),
    viewer: async (token) => {
      const { viewer } = await must(server, token, {
        query:
          "{ viewer { name limits { siteIds campaignIds } supplier { id sites { id } account { mode } qualityReviews { score } } } }",
      });
      expect(viewer).toEqual({
        name: "limitée",
        limits: { siteIds: [site.a], campaignIds: [] },
        supplier: { id: supplier.id, sites: [{ id: site.a }], account: null, qualityReviews: null },
      });
    },
    campaigns: async (token) => {
      const { campaigns } = await must(server, token, {
        query: "{ campaigns { edges { node { id caps { used } } } } }",
      });
      expect(campaigns.edges).toEqual([{ node: { id: campaign.a, caps: [{ used: 1 }] } }]);
    },
    campaign: answers("NOT_FOUND", "query ($id: ID!) { campaign(id: $id) { id } }", () => ({
      id: campaign.b,
    })),
    leads: async (token) => {
      const query =
        "query ($filter: LeadFilter) { leads(filter: $filter) { edges { node { id campaign { id } outcome { status } } } } }";
      const { leads } = await must(server, token, { query });
      expect(leads.edges).toEqual([
        { node: { id: lead.a, campaign: { id: campaign.a }, outcome: { status: "CONTACTED" } } },
      ]);
      const other = await must(server, token, { query, variables: { filter: { campaign: campaign.b } } });
      expect(other.leads.edges).toEqual([]);
    },
    lead: answers("NOT_FOUND", "query ($id: ID!) { lead(id: $id) { id } }", () => ({ id: lead.b })),
    feed: async (token) => {
      const { feed } = await must(server, token, { query: feedQuery, variables: { first: 1 } });
      expect(feed.events.map((event: any) => event.lead?.id)).toEqual([lead.a]);
      const whole = await must(server, supplier.token, { query: feedQuery });
      // Cursors are the same for every reader, and events outside the limits are skipped for good.
      expect(whole.feed.events.map(({ cursor }: any) => cursor)[1]).toBe(feed.events[0].cursor);
      expect(feed.hasMore).toBe(false);
      expect(feed.endCursor).toBe(whole.feed.endCursor);
    },
    leadFeed: async (token) => {
      const subscription = subscribe(server, token, {
        query: "subscription { leadFeed { ... on LeadMatched { lead { id } } } }",
      });
      expect(await subscription.next()).toEqual({ lead: { id: lead.a } });
      await subscription.stop();
    },
    leadStatement: answers("FORBIDDEN", '{ leadStatement(month: "2026-11", as: CSV) { id } }'),
    accountChanged: socketAnswers(
      "limited to some sites",
      "subscription { accountChanged { balanceCents } }",
      () => ({}),
    ),
    requestReturn: answers(
      "NOT_FOUND",
      "mutation ($id: ID!) { requestReturn(input: { leadId: $id, reason: FRAUD }) { __typename } }",
      () => ({ id: lead.b }),
    ),
    withdrawReturn: async (token) => {
      const { requestReturn } = await must(server, boss, {
        query: `mutation ($id: ID!) { requestReturn(input: { leadId: $id, reason: CRITERIA_NOT_MET }, idempotencyKey: "b") {
          __typename ... on LeadReturn { id } ... on ReturnRefused { reason message } } }`,
        variables: { id: lead.b },
      });
      expect(requestReturn).toEqual({ __typename: "LeadReturn", id: expect.any(String) as string });
      const query = "mutation ($id: ID!) { withdrawReturn(id: $id) { id } }";
      const variables = { id: requestReturn.id as string };
      expect(codeOf(await ask(server, token, { query, variables }))).toBe("NOT_FOUND");
    },
    returns: open("{ returns { edges { cursor } } }"),
    billingDocuments: answers("FORBIDDEN", "{ billingDocuments { edges { cursor } } }"),
    billingDocument: answers("FORBIDDEN", `{ billingDocument(id: "${"0".repeat(8)}") { id } }`),
    account: answers("FORBIDDEN", "{ account { balanceCents postings { edges { cursor } } } }"),
    campaignCaps: socketAnswers(
      "NOT_FOUND",
      "subscription ($id: ID!) { campaignCaps(campaign: $id) { at } }",
      () => ({ id: campaign.b }),
    ),
    missedLeads: answers("NOT_FOUND", "query ($id: ID!) { missedLeads(campaignId: $id) { until } }", () => ({
      id: campaign.b,
    })),
    whyNot: answers("NOT_FOUND", "query ($id: ID!) { whyNot(sample: $id) { campaign { id } } }", () => ({
      id: new SampleTokens(server.keys.tokenKey).write({
        ...{ supplierId: supplier.id, campaignId: campaign.b, version: 1 },
        ...{ leadId: lead.b, until: new Date() },
      }),
    })),
    simulate: async (token) => {
      const query =
        "query ($campaign: CampaignInput!, $instead: ID) { simulate(campaign: $campaign, instead: $instead) { overlaps { campaign { id } } } }";
      const asked = async (at: string | null, instead: string | null): Promise<string> =>
        codeOf(await ask(server, token, { query, variables: { campaign: inputAt(at), instead } }));
      expect(await asked(site.b, null)).toBe("NOT_FOUND");
      expect(await asked(site.a, campaign.b)).toBe("NOT_FOUND");
      expect(await asked(null, null)).toBe("INVALID_INPUT");
      const { simulate } = await must(server, token, { query, variables: { campaign: inputAt(site.a) } });
      expect(simulate.overlaps.map((overlap: any) => overlap.campaign.id)).toEqual([campaign.a]);
    },
    createCampaign: async (token) => {
      const query = "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }";
      const asked = async (at: string | null): Promise<string> =>
        codeOf(await ask(server, token, { query, variables: { input: inputAt(at) } }));
      expect(await asked(site.b)).toBe("NOT_FOUND");
      expect(await asked(null)).toBe("INVALID_INPUT");
    },
    updateCampaign: async (token) => {
      const query =
        "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { id } }";
      const asked = async (id: string, at: string | null): Promise<string> =>
        codeOf(await ask(server, token, { query, variables: { id, input: inputAt(at) } }));
      expect(await asked(campaign.b, site.a)).toBe("NOT_FOUND");
      expect(await asked(campaign.none, site.a)).toBe("NOT_FOUND");
      expect(await asked(campaign.a, site.b)).toBe("NOT_FOUND");
      expect(await asked(campaign.a, null)).toBe("FORBIDDEN");
    },
    setCampaignStatus: answers(
      "NOT_FOUND",
      "mutation ($id: ID!) { setCampaignStatus(id: $id, status: PAUSED) { id } }",
      () => ({ id: campaign.b }),
    ),
    acknowledge: async (token) => {
      const { feed } = await must(server, token, { query: feedQuery });
      const query = "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }";
      const { acknowledge } = await must(server, await limitedKey({ siteIds: [site.a] }), {
        query,
        variables: { upTo: feed.endCursor },
      });
      expect(acknowledge.cursor).toBe(feed.endCursor);
    },
    acknowledgeRevocation: answers(
      "NOT_FOUND",
      "mutation ($id: ID!) { acknowledgeRevocation(leadId: $id, disposition: DELETED) { leadId } }",
      () => ({ id: lead.b }),
    ),
    reportOutcomes: async (token) => {
      const query =
        "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { leadId accepted error } }";
      const status = { status: "QUOTED", occurredAt: new Date().toISOString() };
      const input = [lead.b, lead.a].map((leadId) => ({ leadId, ...status }));
      const { reportOutcomes } = await must(server, token, { query, variables: { input } });
      expect(reportOutcomes).toEqual([
        { leadId: lead.b, accepted: false, error: "NOT_FOUND: there is no such lead, or it is not yours." },
        { leadId: lead.a, accepted: true, error: null },
      ]);
    },
    ownCustomerList: answers("FORBIDDEN", "{ ownCustomerList { count } }"),
    addOwnCustomers: answers(
      "FORBIDDEN",
      `mutation { addOwnCustomers(hashes: ["${"cd".repeat(32)}"]) { count } }`,
    ),
    removeOwnCustomers: answers(
      "FORBIDDEN",
      `mutation { removeOwnCustomers(hashes: ["${"ab".repeat(32)}"]) { count } }`,
    ),
    goLive: answers("FORBIDDEN", "{ goLive { ready } }"),
    ...ofTheWholeCompany(answers),
    ...ofTheSandbox(answers),
  };

  const limitable = ["SUPPLIER_SALES", "SUPPLIER_INTEGRATION"] as const;
  const fields = Object.entries(permissions)
    .filter(([, may]) => may !== "PUBLIC" && limitable.some((role) => may.includes(role)))
    .map(([name]) => name);

  it("is tested with every field that a supplier may use", () => {
    expect(Object.keys(checks).sort()).toEqual([...fields].sort());
  });

  it.each(Object.keys(checks))("%s: reveals nothing outside the limits", async (name) => {
    await checks[name]?.(key.ofA);
  });

  it("changed nothing outside the limits", async () => {
    const rows = await owner.rows(
      "SELECT id, version, status, site_id FROM campaign WHERE id = ANY ($1) ORDER BY id",
      [Object.values(campaign)],
    );
    const expected = [
      ["a", site.a],
      ["b", site.b],
      ["none", null],
    ] as const;
    expect(rows).toEqual(
      expected
        .map(([name, site_id]) => ({ id: campaign[name], version: 1, status: "ACTIVE", site_id }))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
    );
    const outcomes = await owner.rows("SELECT status FROM outcome WHERE delivery_id = $1", [lead.b]);
    expect(outcomes).toEqual([{ status: "CONTACTED" }]);
  });

  it("works on its site, including campaigns created there later", async () => {
    const token = await limitedKey({ siteIds: [site.b] });
    const create = "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id site } }";
    const made = await must(server, token, { query: create, variables: { input: inputAt(site.b) } });
    expect(made.createCampaign.site).toBe(site.b);
    const later = await newCampaign(server, supplier, { site: site.b, zones: [{ departement: "56" }] });
    const { campaigns } = await must(server, token, { query: "{ campaigns { edges { node { id } } } }" });
    expect(ids(campaigns.edges)).toEqual([later, made.createCampaign.id, campaign.b]);
    const update =
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { version } }";
    expect(
      await must(server, token, { query: update, variables: { id: later, input: inputAt(site.b) } }),
    ).toEqual({
      updateCampaign: { version: 2 },
    });
    // The supplier moves the campaign to another site, so it is gone for the key of this site.
    await must(server, boss, { query: update, variables: { id: later, input: inputAt(site.a) } });
    expect(
      codeOf(await ask(server, token, { query: update, variables: { id: later, input: inputAt(site.b) } })),
    ).toBe("NOT_FOUND");
    for (const id of [later, made.createCampaign.id])
      await must(server, boss, {
        query: "mutation ($id: ID!) { setCampaignStatus(id: $id, status: ARCHIVED) { id } }",
        variables: { id },
      });
  });

  it("or to campaigns may edit these in place and create none", async () => {
    const token = key.ofCampaignB;
    const { campaigns, leads, viewer } = await must(server, token, {
      query:
        "{ campaigns { edges { node { id } } } leads { edges { node { id } } } viewer { supplier { sites { id } } } }",
    });
    expect([ids(campaigns.edges), ids(leads.edges)]).toEqual([[campaign.b], [lead.b]]);
    // The site of the campaign remains visible through the campaign.
    expect(viewer.supplier.sites).toEqual([{ id: site.b }]);
    const create = "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }";
    for (const at of [site.b, null]) {
      const refused = await ask(server, token, { query: create, variables: { input: inputAt(at) } });
      expect(refused.errors?.[0]?.message).toContain("limited to existing campaigns");
    }
    const update =
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { site } }";
    const input = campaignInput({ zones: [{ departement: "33" }], site: site.b });
    expect(await must(server, token, { query: update, variables: { id: campaign.b, input } })).toEqual({
      updateCampaign: { site: site.b },
    });
    const moved = async (at: string | null): Promise<string> =>
      codeOf(await ask(server, token, { query: update, variables: { id: campaign.b, input: inputAt(at) } }));
    // A site that the key cannot see does not exist for it, and it may not remove the campaign from its site.
    expect([await moved(site.a), await moved(null)]).toEqual(["NOT_FOUND", "FORBIDDEN"]);
  });
});

describe("a followed feed", () => {
  const followed =
    "subscription ($after: Cursor) { leadFeed(after: $after) { cursor ... on LeadMatched { leadId lead { id } } ... on LeadRevoked { leadId } } }";

  it("delivers a limited member's own events live, including revocations, and skips the others", async () => {
    const { token } = await newMember({ siteIds: [site.a] });
    const start = (await must(server, supplier.token, { query: feedQuery, variables: { first: 100 } })).feed
      .endCursor;
    const mine = subscribe(server, token, { query: followed, variables: { after: start } });
    const all = subscribe(server, supplier.token, { query: followed, variables: { after: start } });
    await send("b");
    const first = await all.next();
    const withdrawn = await send("a");
    const second = await all.next();
    await send("none");
    const third = await all.next();
    await must(server, withdrawn.personalToken, {
      query: "mutation { withdrawConsent(input: {}) { state } }",
    });
    const fourth = await all.next();
    expect(await mine.next()).toEqual(second);
    expect(await mine.next()).toEqual({ ...fourth, leadId: second.leadId });
    expect(mine.queue).toEqual([]);
    // The skipped events do not appear in a later page either.
    const { feed } = await must(server, token, { query: feedQuery, variables: { after: first.cursor } });
    expect(feed.events.map(({ cursor }: any) => cursor)).toEqual([second.cursor, fourth.cursor]);
    expect(third.cursor).not.toBe(fourth.cursor);
    await Promise.all([mine.stop(), all.stop()]);
  });

  it("is closed when a member's limits change, and applies the new ones on reconnecting", async () => {
    const { id, token } = await newMember();
    const leadsOf = async (): Promise<Set<string>> => {
      const { campaigns } = await must(server, token, { query: "{ campaigns { edges { node { id } } } }" });
      return new Set(campaigns.edges.map(({ node }: any) => node.id));
    };
    // Each input names one list; the other one stays as it is.
    const none = { siteIds: [], campaignIds: [] };
    const turns: [input: object, limits: object | null, seen: string[]][] = [
      [{ siteIds: [site.a] }, { ...none, siteIds: [site.a] }, [campaign.a]],
      [
        { campaignIds: [campaign.b] },
        { siteIds: [site.a], campaignIds: [campaign.b] },
        [campaign.a, campaign.b],
      ],
      [{ siteIds: null }, { ...none, campaignIds: [campaign.b] }, [campaign.b]],
      [{ campaignIds: null }, null, Object.values(campaign)],
    ];
    for (const [input, limits, seen] of turns) {
      const feed = subscribe(server, token, { query: followed });
      await feed.next();
      const variables = { id, input };
      const { limitMember: limited } = await must(server, boss, { query: limitMember, variables });
      expect(limited.limits).toEqual(limits);
      expect(await feed.closed).toBe(4403);
      await feed.stop();
      const now = await leadsOf();
      expect(
        Object.values(campaign)
          .filter((one) => now.has(one))
          .sort(),
      ).toEqual([...seen].sort());
    }
    const trace = await owner.rows(
      "SELECT detail FROM audit_event WHERE subject = $1 AND action = 'MEMBER_LIMITED'",
      [`member:${id}`],
    );
    expect(trace).toHaveLength(turns.length);
  });

  it("are changed from the version that was read", async () => {
    const { id } = await newMember();
    const change = (input: object, ifVersion: number | null): Promise<GraphQLAnswer> =>
      ask(server, boss, { query: limitMember, variables: { id, input, ifVersion } });
    expect((await change({ siteIds: [site.a] }, 1)).data?.limitMember.version).toBe(2);
    const late = await change({ siteIds: null }, 1);
    expect(late.errors?.[0]?.extensions).toMatchObject({
      ...{ code: "CONFLICT", reason: "VERSION_CHANGED", field: "ifVersion", version: 2 },
    });
    const empty = await change({ siteIds: [], campaignIds: [] }, 2);
    expect(empty.errors?.[0]?.extensions).toMatchObject({
      code: "INVALID_INPUT",
      faults: [
        { reason: "EMPTY", field: "siteIds" },
        { reason: "EMPTY", field: "campaignIds" },
      ],
    });
  });

  it("stay as they are, in the same version and without a trace, when no list is sent", async () => {
    const { id, token } = await newMember({ siteIds: [site.a] });
    const feed = subscribe(server, token, { query: followed });
    await feed.next();
    for (const input of [{}, { siteIds: [site.a, site.a] }]) {
      const { limitMember: same } = await must(server, boss, {
        query: limitMember,
        variables: { id, input },
      });
      expect(same).toEqual({ version: 1, limits: { siteIds: [site.a], campaignIds: [] } });
    }
    expect(
      await owner.rows("SELECT FROM audit_event WHERE subject = $1 AND action = 'MEMBER_LIMITED'", [
        `member:${id}`,
      ]),
    ).toEqual([]);
    await must(server, boss, { query: limitMember, variables: { id, input: { siteIds: [site.b] } } });
    expect(await feed.closed).toBe(4403);
    await feed.stop();
  });

  it("stays open when another member's limits change or its own are set to the same values", async () => {
    const [one, other] = [await newMember({ siteIds: [site.a] }), await newMember()];
    const feed = subscribe(server, one.token, { query: followed });
    await feed.next();
    const leaving = subscribe(server, other.token, { query: followed });
    await leaving.next();
    await must(server, boss, {
      query: limitMember,
      variables: { id: one.id, input: { siteIds: [site.a, site.a] } },
    });
    await must(server, boss, {
      query: limitMember,
      variables: { id: other.id, input: { siteIds: [site.a] } },
    });
    // The close of this socket shows that the sessions were checked.
    expect(await leaving.closed).toBe(4403);
    const before = feed.queue.length;
    await send("a");
    await until("the event comes on the socket that stayed", () =>
      Promise.resolve(feed.queue.length > before),
    );
    await Promise.all([feed.stop(), leaving.stop()]);
  });
});

describe("in the database", () => {
  let login: Client;
  beforeAll(async () => {
    login = new Client({ connectionString: server.database.ownerUrl });
    await login.connect();
  });
  afterAll(() => login.end());

  /** Runs one statement as a limited member. A refusal by row-level security is returned as REFUSED. */
  async function limited(
    limits: Limits,
    sql: string,
    parameters: unknown[] = [],
  ): Promise<Row[] | "REFUSED"> {
    const listed = (ids: readonly string[]): string => `'{${ids.join(",")}}'`;
    await login.query(
      `BEGIN; SET LOCAL ROLE caratlas_supplier; SET LOCAL caratlas.supplier_id = '${supplier.id}';
       SET LOCAL caratlas.sites = ${listed(limits.sites)}; SET LOCAL caratlas.campaigns = ${listed(limits.campaigns)}`,
    );
    try {
      return (await login.query<Row>(sql, parameters)).rows;
    } catch (error) {
      if ((error as { code: string }).code !== "42501") throw error;
      return "REFUSED";
    } finally {
      await login.query("ROLLBACK");
    }
  }

  /**
   * For each table that a supplier's role may read, the campaign that decides whether a limited member sees a
   * row; null if no row is visible.
   */
  const seen: Record<string, string | null> = {
    campaign: "id",
    campaign_version: "campaign_id",
    cap_usage: "campaign_id",
    delivery: "campaign_id",
    feed_event: "campaign_id",
    stripe_customer: null,
    stripe_payment: null,
    stripe_refund: null,
    document_sending: null,
    einvoice_flow: null,
    einvoice_status: null,
    dunning_step: null,
    lead_return: "campaign_id",
    outcome: "(SELECT campaign_id FROM delivery d WHERE d.month = t.month AND d.id = t.delivery_id)",
    lead_need: "(SELECT campaign_id FROM delivery d WHERE d.month = t.month AND d.lead_id = t.lead_id)",
    lead_secret: "(SELECT campaign_id FROM delivery d WHERE d.month = t.month AND d.lead_id = t.lead_id)",
    // Tables about the supplier as a whole are not visible.
    ...{
      billing_profile: null,
      billing_document: null,
      billed_posting: null,
      advance: null,
      settlement: null,
      made_file: null,
    },
    ...{ posting: null, bank_transfer: null, own_customer: null, quality_review: null },
    ...{ member: null, session: null, api_key: null },
    ...{ endpoint: null, endpoint_attempt: null, dead_letter: null },
  };
  const otherwise = [
    "site",
    // The supplier's identity, which its members may know.
    "supplier",
    // Every change of a campaign locks this row, which also holds the end of the feed. No API field shows it.
    "supplier_account",
    // The state of onboarding, which explains why a campaign is refused.
    ...["register_check", "terms_acceptance", "onboarding_waiver"],
    // The floor of the feed: a position and two times.
    "feed_floor",
    // Ids and digests of the supplier's own requests and consumers; each caller reads only its own.
    ...["idempotency_key", "feed_position"],
  ];

  it("every table readable by a supplier's role is bounded by the limits or listed here with a reason", async () => {
    const readable = await owner.rows(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relrowsecurity AND has_any_column_privilege('caratlas_supplier', oid, 'SELECT') ORDER BY 1`,
    );
    expect(readable.map(({ name }) => name).sort()).toEqual([...Object.keys(seen), ...otherwise].sort());
  });

  it("an unfiltered query returns exactly the rows within the limits", async () => {
    const cases: Limits[] = [
      { sites: [site.a], campaigns: [] },
      { sites: [], campaigns: [campaign.b, campaign.none] },
      { sites: [site.a], campaigns: [campaign.none] },
      { sites: [], campaigns: [] },
    ];
    for (const limits of cases) {
      const listed = [limits.sites, limits.campaigns];
      const held = await owner.rows(
        "SELECT id FROM campaign WHERE site_id = ANY ($1) OR id = ANY ($2)",
        listed,
      );
      const within = held.map(({ id }) => id as string);
      const sites = await limited(limits, "SELECT id FROM site");
      const shown = await owner.rows(
        "SELECT DISTINCT s FROM (SELECT unnest($1::uuid[]) UNION SELECT site_id FROM campaign WHERE id = ANY ($2)) AS seen (s) WHERE s IS NOT NULL",
        listed,
      );
      expect(sites).toHaveLength(shown.length);
      for (const [table, column] of Object.entries(seen)) {
        // A supplier may read some columns of these tables only, and the place is none of them.
        const isPartly = ["stripe_customer", "member", "api_key", "session"].includes(table);
        const place = isPartly ? "supplier_id" : "ctid";
        const all = `SELECT t.${place}::text AS place FROM ${table} t`;
        const found = await limited(limits, all);
        if (column === null) {
          expect([table, found]).toEqual([table, []]);
          continue;
        }
        const expected = await ownRows(table, column, within);
        expect([table, placesOf(found)]).toEqual([table, placesOf(expected)]);
        if (within.length > 0) expect([table, expected.length > 0]).toEqual([table, true]);
        // The limits must have hidden some rows, or the test proves nothing.
        const whole = await ownRows(table, column, null);
        expect([table, whole.length > expected.length]).toEqual([table, true]);
      }
    }
  });

  const placesOf = (rows: Row[] | "REFUSED"): string[] =>
    rows === "REFUSED" ? [rows] : rows.map(({ place }) => place as string).sort();

  /** The rows the supplier sees without limits, filtered by this test. */
  async function ownRows(table: string, column: string, within: string[] | null): Promise<Row[]> {
    await login.query(
      `BEGIN; SET LOCAL ROLE caratlas_supplier; SET LOCAL caratlas.supplier_id = '${supplier.id}'`,
    );
    const { rows } = await login.query<Row>(
      `SELECT t.ctid::text AS place FROM ${table} t WHERE $1::uuid[] IS NULL OR ${column} = ANY ($1)`,
      [within],
    );
    await login.query("ROLLBACK");
    return rows;
  }

  it("rows outside the limits cannot be written, and no row can be moved outside", async () => {
    const ofA = { sites: [site.a], campaigns: [] };
    const none: [string, unknown[]][] = [
      ["UPDATE campaign SET status = 'PAUSED' WHERE id = $1 RETURNING id", [campaign.b]],
      ["UPDATE delivery SET disposition = 'KEPT' WHERE id = $1 RETURNING id", [lead.b]],
      ["UPDATE member SET disabled_at = now() RETURNING id", []],
      ["UPDATE api_key SET revoked_at = now() RETURNING id", []],
      ["DELETE FROM own_customer RETURNING hash", []],
    ];
    for (const [sql, parameters] of none)
      expect([sql, await limited(ofA, sql, parameters)]).toEqual([sql, []]);
    const refused: [string, unknown[]][] = [
      ["UPDATE campaign SET site_id = $1 WHERE id = $2", [site.b, campaign.a]],
      [
        "INSERT INTO campaign (id, supplier_id, product_id, status, version, created_at, site_id) VALUES (gen_random_uuid(), $1, 'NEW_CAR', 'ACTIVE', 1, now(), $2)",
        [supplier.id, site.b],
      ],
      [
        "INSERT INTO campaign_version (campaign_id, version, supplier_id, terms, created_at, created_by) VALUES ($1, 9, $2, '{}', now(), 'x')",
        [campaign.b, supplier.id],
      ],
      [
        `INSERT INTO outcome (month, delivery_id, number, supplier_id, report_key, report_digest, report_key_id, status, occurred_at, reported_at, reported_by)
         VALUES (month_of_id($1::uuid), $1::uuid, 9, $2, 'x', '\\x00', 1, 'SOLD', now(), now(), 'x')`,
        [lead.b, supplier.id],
      ],
      [
        "INSERT INTO own_customer (supplier_id, hash, key_id, uploaded_at) VALUES ($1, sha256('x'), 1, now())",
        [supplier.id],
      ],
    ];
    for (const [sql, parameters] of refused)
      expect([sql, await limited(ofA, sql, parameters)]).toEqual([sql, "REFUSED"]);
  });

  it("the site column of a campaign agrees with its terms", async () => {
    const differing = await owner.rows(
      `SELECT c.id FROM campaign c JOIN campaign_version v ON v.campaign_id = c.id AND v.version = c.version
       WHERE c.site_id::text IS DISTINCT FROM v.terms->>'site'`,
    );
    expect(differing).toEqual([]);
  });

  it("the feed contains each event within the limits once and in order, for any limits and page size", async () => {
    const { reads: feedReads } = server.running.services.account.feed;
    const other = await newSupplier(server);
    const campaigns: string[] = [];
    for (const departement of ["01", "02", "03"])
      campaigns.push(await newCampaign(server, other, { zones: [{ departement }] }));
    // The campaigns of 60 events.
    const drawn = Array.from({ length: 60 }, (_, index) => campaigns[(index * 7 + (index >> 2)) % 3] ?? "");
    await owner.rows(
      `INSERT INTO feed_event (supplier_id, position, month, at, kind, delivery_id, campaign_id, detail)
       SELECT $1, n, $3, now(), 'LEAD_MATCHED', NULL, c, '{}' FROM unnest($2::uuid[]) WITH ORDINALITY AS e (c, n)`,
      [other.id, drawn, monthIndexOf(new Date())],
    );
    await owner.rows("UPDATE supplier_account SET last_position = $2 WHERE supplier_id = $1", [
      other.id,
      drawn.length,
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(campaigns, { minLength: 1 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 60 }),
        async (within, size, from) => {
          const scope = {
            role: "supplier" as const,
            supplierId: other.id,
            limits: { sites: [], campaigns: within },
          };
          const seenPositions: number[] = [];
          let after = from;
          for (let entries = size; entries === size;) {
            const reading = await feedReads.after({ scope, after, limit: size });
            expect(reading.through).toBeGreaterThanOrEqual(after);
            seenPositions.push(...reading.events.map(({ position }) => position));
            after = reading.through;
            entries = reading.events.length;
          }
          const expected = drawn.flatMap((one, index) =>
            within.includes(one) && index + 1 > from ? [index + 1] : [],
          );
          expect(seenPositions).toEqual(expected);
          expect(after).toBe(60);
        },
      ),
      { numRuns: 30 },
    );
  });
});
