/**
 * The first operations that an integrator and a finance tool write, in the order in which they write them. Each shows
 * what surprised people before the API had one style (docs/api-style.md), and what it does now.
 */
import { ask, must, subscribe, type GraphQLAnswer } from "../support/client";
import { campaignInput, newKey, newSupplier, sendLead, type TestSupplier } from "../support/journey";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let garage: TestSupplier;
let rival: TestSupplier;
let admin: string;

useServer(async (started) => {
  ({ server } = started);
  [garage, rival] = [await newSupplier(server), await newSupplier(server)];
  admin = await newKey(server, garage.id, "SUPPLIER_ADMIN");
});

type Variables = Record<string, unknown>;
const as =
  (token: () => string) =>
  (query: string, variables: Variables = {}): Promise<GraphQLAnswer> =>
    ask(server, token(), { query, variables });
const data =
  (token: () => string) =>
  (query: string, variables: Variables = {}): Promise<Record<string, any>> =>
    must(server, token(), { query, variables });

const extensionsOf = ({ errors }: GraphQLAnswer): Record<string, unknown> => ({ ...errors?.[0]?.extensions });
const get = (path: string, token: string): Promise<Response> =>
  fetch(new URL(path, server.url), { headers: { authorization: `Bearer ${token}` } });

describe("an integrator", () => {
  const answerTo = as(() => admin);
  const read = data(() => admin);
  let campaignId: string;
  let leadId: string;
  let endpointId: string;

  const terms = `id version name maxSeats maxAgeHours pricePerLeadCents product { id } zones { input }
    excludedZones { input } criteria { field oneOf noneOf min max isSet } caps { unit period limit }`;
  const update = `mutation ($id: ID!, $input: CampaignInput!, $ifVersion: Int) {
    updateCampaign(id: $id, input: $input, ifVersion: $ifVersion) { ${terms} } }`;

  it("1. asks who it is, and for the schema of its key", async () => {
    expect(await read("{ viewer { role supplier { id } } }")).toEqual({
      viewer: { role: "SUPPLIER_ADMIN", supplier: { id: garage.id } },
    });
    const schema = await (await get("/schema.graphql", admin)).text();
    expect(schema).toContain("createCampaign(");
    expect(schema).not.toContain("importBankStatement");
  });

  it("2. creates a campaign once, however often the request is sent", async () => {
    const query = `mutation ($input: CampaignInput!, $key: String) {
      createCampaign(input: $input, idempotencyKey: $key) { id } }`;
    const input = campaignInput({
      name: "Exclusives",
      maxSeats: 1,
      zones: [{ departement: "69" }, { circle: { longitude: 4.85, latitude: 45.75, radiusKm: 20 } }],
      excludedZones: [{ commune: "69266" }],
      criteria: [{ field: "budgetEuros", min: 10_000 }],
      caps: [{ unit: "LEADS", period: "DAY", limit: 20 }],
    });
    const key = "create-exclusives";
    const [first, again] = [await read(query, { input, key }), await read(query, { input, key })];
    expect(again).toEqual(first);
    expect((await read("{ campaigns { edges { node { id } } } }")).campaigns.edges).toHaveLength(1);
    const other = await answerTo(query, { input: { ...input, name: "Other" }, key });
    expect(extensionsOf(other).code).toBe("CONFLICT");
    campaignId = first.createCampaign.id;
  });

  it("3. sends a campaign back as it was read, and nothing changes but the version", async () => {
    const { campaign } = await read(`query ($id: ID!) { campaign(id: $id) { ${terms} } }`, {
      id: campaignId,
    });
    const zonesOf = (zones: { input: unknown }[]): unknown[] => zones.map(({ input }) => input);
    const input = {
      name: campaign.name,
      product: campaign.product.id,
      zones: zonesOf(campaign.zones),
      excludedZones: zonesOf(campaign.excludedZones),
      criteria: campaign.criteria,
      caps: campaign.caps,
      pricePerLeadCents: campaign.pricePerLeadCents,
    };
    const { updateCampaign } = await read(update, { id: campaignId, input });
    expect(updateCampaign).toEqual({ ...campaign, version: Number(campaign.version) + 1 });
  });

  it("4. changes a price without touching what it does not name", async () => {
    const input = {
      ...campaignInput({ name: "Exclusives", pricePerLeadCents: 3_500 }),
      criteria: [{ field: "budgetEuros", min: 10_000 }],
    };
    const { updateCampaign } = await read(update, { id: campaignId, input, ifVersion: 2 });
    expect(updateCampaign).toMatchObject({ pricePerLeadCents: 3_500, maxSeats: 1, version: 3 });
    expect(updateCampaign.excludedZones).toEqual([{ input: { commune: "69266" } }]);
    const late = await answerTo(update, { id: campaignId, input, ifVersion: 2 });
    expect(extensionsOf(late)).toMatchObject({ code: "CONFLICT", reason: "VERSION_CHANGED", version: 3 });
    const shared = await read(update, {
      id: campaignId,
      input: { ...input, maxSeats: null, excludedZones: null },
    });
    expect(shared.updateCampaign).toMatchObject({ maxSeats: null, excludedZones: [] });
  });

  it("5. learns all faults of an input at once, by their place", async () => {
    const input = campaignInput({
      name: " ",
      zones: [{ departement: "999" }],
      criteria: [{ field: "colour", oneOf: ["RED"] }],
      caps: [{ unit: "LEADS", period: "DAY", limit: 0 }],
      maxSeats: 0,
      maxAgeHours: -1,
    });
    const answer = await answerTo(
      "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
      {
        input,
      },
    );
    expect(answer.errors).toHaveLength(1);
    const { code, reason, field, faults } = extensionsOf(answer) as Record<string, any>;
    expect({ code, reason, field }).toEqual({
      code: "INVALID_INPUT",
      reason: faults[0].reason,
      field: faults[0].field,
    });
    expect(faults.map((fault: { field: string }) => fault.field)).toEqual(
      expect.arrayContaining([
        "name",
        "zones[0].departement",
        "criteria[0].field",
        "caps[0].limit",
        "maxSeats",
        "maxAgeHours",
      ]),
    );
  });

  it("6. cannot lose the answer of a mutation to a later one", async () => {
    const query = `mutation ($id: ID!) { __typename first: setCampaignStatus(id: $id, status: PAUSED) { status } ...Rest }
      fragment Rest on Mutation { second: setCampaignStatus(id: "wrong", status: ACTIVE) { status } }`;
    const answer = await answerTo(query, { id: campaignId });
    expect(extensionsOf(answer)).toMatchObject({
      code: "INVALID_INPUT",
      reason: "ONE_MUTATION_PER_OPERATION",
    });
    const { campaign } = await read("query ($id: ID!) { campaign(id: $id) { status } }", { id: campaignId });
    expect(campaign.status).toBe("ACTIVE");
  });

  it("7. receives a lead, in its own language", async () => {
    await sendLead(server, { to: [garage] });
    const feed = subscribe(server, admin, {
      query: "subscription { leadFeed { ... on LeadMatched { leadId } } }",
    });
    leadId = ((await feed.next()) as { leadId: string }).leadId;
    await feed.stop();
    const { lead } = await read(
      `query ($id: ID!) { lead(id: $id) { product { french: label english: label(language: EN) }
        answers { field value french: text english: text(language: EN) } why { text(language: EN) } } }`,
      { id: leadId },
    );
    const horizon = lead.answers.find(({ field }: { field: string }) => field === "horizon");
    expect(horizon.value).toBe("WITHIN_3_MONTHS");
    expect(horizon.english).not.toBe(horizon.french);
    expect(lead.product.english).not.toBe(lead.product.french);
    expect(lead.why.length).toBeGreaterThan(0);
  });

  it("8. reports outcomes, and learns of each report what was wrong", async () => {
    const occurredAt = server.clock.now().toISOString();
    const { reportOutcomes } = await read(
      `mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { leadId accepted code message } }`,
      {
        input: [
          { leadId, status: "CONTACTED", occurredAt },
          { leadId: "00000000-0000-4000-8000-000000000000", status: "SOLD", occurredAt },
        ],
      },
    );
    expect(reportOutcomes).toMatchObject([
      { accepted: true, code: null, message: null },
      { accepted: false, code: "NOT_FOUND", message: expect.any(String) },
    ]);
  });

  it("9. returns a lead, and handles a refusal by its interface", async () => {
    const query = `mutation ($input: ReturnInput!, $key: String) { requestReturn(input: $input, idempotencyKey: $key) {
      __typename ... on LeadReturn { id status explanation(language: EN) } ... on Refusal { message } } }`;
    const input = { leadId, reason: "CRITERIA_NOT_MET" };
    const [first, again] = [
      await read(query, { input, key: "return-1" }),
      await read(query, { input, key: "return-1" }),
    ];
    expect(again).toEqual(first);
    expect(first.requestReturn).toMatchObject({ __typename: "LeadReturn", status: "PENDING" });
    const { requestReturn } = await read(query, { input, key: "return-2" });
    expect(requestReturn).toEqual({ __typename: "ReturnRefused", message: expect.any(String) });
  });

  it("10. renames an endpoint without losing its settings", async () => {
    const { createEndpoint } = await read(
      `mutation ($input: EndpointInput!) { createEndpoint(input: $input) { endpoint { id version } secret } }`,
      {
        input: {
          label: "CRM",
          target: "https://crm.garage.example/leads",
          events: ["LEAD_MATCHED"],
          document: "subscription { leadFeed { cursor } }",
        },
      },
    );
    endpointId = createEndpoint.endpoint.id;
    const rename = `mutation ($id: ID!, $input: UpdateEndpointInput!, $ifVersion: Int) {
      updateEndpoint(id: $id, input: $input, ifVersion: $ifVersion) { label events document version } }`;
    const { version } = createEndpoint.endpoint;
    const variables = { id: endpointId, input: { label: "Our CRM" }, ifVersion: version };
    expect((await read(rename, variables)).updateEndpoint).toEqual({
      label: "Our CRM",
      events: ["LEAD_MATCHED"],
      document: expect.stringContaining("leadFeed"),
      version: Number(version) + 1,
    });
    expect(extensionsOf(await answerTo(rename, variables))).toMatchObject({ reason: "VERSION_CHANGED" });
    const looked = await read(
      'query ($id: ID!) { endpoint(id: $id) { id } wrong: endpoint(id: "wrong") { id } }',
      {
        id: endpointId,
      },
    );
    expect(looked).toEqual({ endpoint: { id: endpointId }, wrong: null });
    expect(
      await read("mutation ($id: ID!) { deleteEndpoint(id: $id) { endpointId } }", { id: endpointId }),
    ).toEqual({ deleteEndpoint: { endpointId } });
  });
});

describe("a finance tool", () => {
  let finance: string;
  let documentId: string;
  const answerTo = as(() => finance);
  const read = data(() => finance);

  beforeAll(async () => {
    const { createApiKey } = await must(server, server.adminToken, {
      query: 'mutation { createApiKey(input: { role: FINANCE, label: "books" }) { token } }',
    });
    finance = createApiKey.token;
  });

  it("1. finds a supplier by its name", async () => {
    const { suppliers } = await read(
      "query ($text: String!) { suppliers(filter: { text: $text }) { edges { node { id } } } }",
      {
        text: garage.name,
      },
    );
    expect(suppliers.edges).toEqual([{ node: { id: garage.id } }]);
  });

  it("2. corrects a street without losing the e-mail address and the purchase order", async () => {
    const query = `mutation ($supplierId: ID!, $input: UpdateBillingProfileInput!, $ifVersion: Int) {
      updateBillingProfile(supplierId: $supplierId, input: $input, ifVersion: $ifVersion) { street email purchaseOrder version } }`;
    const whole = {
      ...{ street: "1 rue de l'Essai", postcode: "69001", city: "Lyon", country: "FR", language: "FR" },
      ...{ email: "factures@garage.example", purchaseOrder: "BC-1" },
    };
    const set = await read(query, { supplierId: garage.id, input: whole });
    const { version } = set.updateBillingProfile;
    const input = { street: "2 rue de l'Essai" };
    const corrected = await read(query, { supplierId: garage.id, input, ifVersion: version });
    expect(corrected.updateBillingProfile).toEqual({
      ...{ street: "2 rue de l'Essai", email: whole.email, purchaseOrder: "BC-1" },
      version: Number(version) + 1,
    });
    const stale = await answerTo(query, { supplierId: garage.id, input, ifVersion: version });
    expect(extensionsOf(stale)).toMatchObject({ code: "CONFLICT", reason: "VERSION_CHANGED" });
    const { supplier } = await read(
      "query ($id: ID!) { supplier(id: $id) { billingProfile { street version } } }",
      {
        id: garage.id,
      },
    );
    expect(supplier.billingProfile).toEqual({ street: "2 rue de l'Essai", version: Number(version) + 1 });
  });

  it("3. records a transfer once", async () => {
    const query = `mutation ($input: BankTransferInput!, $key: String) {
      recordBankTransfer(input: $input, idempotencyKey: $key) { transferId account { balanceCents } } }`;
    const input = {
      ...{ supplierId: garage.id, amountInclVatCents: 12_000 },
      ...{ receivedOn: "2026-11-20", bankReference: "TUTORIAL-1" },
    };
    const first = await read(query, { input, key: "transfer-1" });
    expect(await read(query, { input, key: "transfer-1" })).toEqual(first);
  });

  it("4. issues an invoice once, and gets a payload that can grow", async () => {
    const query = `mutation ($supplierId: ID!, $key: String!) {
      issueInvoice(supplierId: $supplierId, idempotencyKey: $key) { documents { id name } } }`;
    const variables = { supplierId: garage.id, key: "invoice-1" };
    const first = await until("the lead is charged", async () => {
      const { issueInvoice } = await read(query, variables);
      return issueInvoice.documents.length > 0 && issueInvoice;
    });
    documentId = first.documents.at(-1).id;
    expect((await read(query, variables)).issueInvoice).toEqual(first);
    const keyless = query.replace(", $key: String!", "").replace(", idempotencyKey: $key", "");
    expect(extensionsOf(await answerTo(keyless, { supplierId: garage.id })).code).toBe("INVALID_INPUT");
  });

  it("5. lists documents by a filter, and downloads one by its address and its own key", async () => {
    const { billingDocuments } = await read(
      `query ($supplierId: ID!) { billingDocuments(filter: { supplierId: $supplierId, kind: INVOICE }) {
        edges { node { id supplier { name } pdf { url mediaType } } } } }`,
      { supplierId: garage.id },
    );
    const [{ node }] = billingDocuments.edges;
    expect(node).toMatchObject({ id: documentId, supplier: { name: garage.name } });
    const { pathname } = new URL(node.pdf.url, server.url);
    const file = await get(pathname, finance);
    expect([file.status, file.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect((await fetch(new URL(pathname, server.url))).status).toBe(401);
    expect((await get(pathname, await newKey(server, rival.id, "SUPPLIER_ADMIN"))).status).toBe(404);
  });

  it("6. asks for several documents, and one wrong id does not take the others", async () => {
    const { right, wrong } = await read(
      `query ($id: ID!) { right: billingDocument(id: $id) { id } wrong: billingDocument(id: "no-such-id") { id } }`,
      { id: documentId },
    );
    expect([right, wrong]).toEqual([{ id: documentId }, null]);
  });

  it("7. learns what this server is not set up for", async () => {
    const answer = await answerTo(
      'mutation ($id: ID!) { collectInvoice(id: $id, idempotencyKey: "collect-1") { id } }',
      { id: documentId },
    );
    expect(answer.status).toBe(200);
    expect(extensionsOf(answer)).toMatchObject({ code: "UNAVAILABLE", reason: "NOT_CONFIGURED" });
    expect(await read("{ payments { edges { node { id } } } }")).toEqual({ payments: { edges: [] } });
  });

  it("8. imports a bank statement, and assigns the line that names nobody", async () => {
    const content = `reference,booked_on,amount,remittance,counterparty\nTUTORIAL-9,2026-11-21,50.00,VIREMENT,GARAGE INCONNU\n`;
    const { importBankStatement } = await read(
      `mutation ($content: String!) { importBankStatement(content: $content, format: CSV) { read unmatched } }`,
      { content },
    );
    expect(importBankStatement).toEqual({ read: 1, unmatched: 1 });
    const { bankLines } = await read(
      "{ bankLines(filter: { status: UNMATCHED }) { edges { node { id amountCents bookedOn } } } }",
    );
    const [{ node }] = bankLines.edges;
    expect(node).toMatchObject({ amountCents: 5_000, bookedOn: "2026-11-21" });
    const assign = `mutation ($id: ID!, $supplierId: ID!, $key: String!) {
      assignBankLine(id: $id, supplierId: $supplierId, idempotencyKey: $key) { line { id status supplier { id } } } }`;
    const variables = { id: node.id, supplierId: garage.id, key: "assign-1" };
    const first = await read(assign, variables);
    expect(first.assignBankLine.line).toEqual({
      id: node.id,
      status: "MATCHED",
      supplier: { id: garage.id },
    });
    expect(await read(assign, variables)).toEqual(first);
  });

  it("9. refunds once, whatever happens to the answer", async () => {
    const query = `mutation ($input: RefundBalanceInput!, $key: String!) {
      refundBalance(input: $input, idempotencyKey: $key) { account { balanceCents } documents { name } } }`;
    const input = { supplierId: garage.id, netCents: 1_000, bankReference: "TUTORIAL-OUT" };
    const first = await read(query, { input, key: "refund-1" });
    expect(await read(query, { input, key: "refund-1" })).toEqual(first);
    const other = await answerTo(query, { input: { ...input, netCents: 2_000 }, key: "refund-1" });
    expect(extensionsOf(other).code).toBe("CONFLICT");
  });

  it("10. reads a month with typed months and days, by pages", async () => {
    const { reconciliation, agedReceivables, previewInvoices } = await read(`{
      reconciliation(month: "2026-11") { month comparisons { name differing } }
      agedReceivables(on: "2026-12-31") { edges { node { supplier { name } openCents } } }
      previewInvoices(month: "2026-11") { edges { node { supplier { name } netCents } } } }`);
    expect(reconciliation.month).toBe("2026-11");
    expect([agedReceivables, previewInvoices].every(({ edges }) => Array.isArray(edges))).toBe(true);
    const wrong = await answerTo('{ reconciliation(month: "2026-13") { month } }');
    expect(extensionsOf(wrong)).toMatchObject({ code: "INVALID_INPUT" });
  });
});
