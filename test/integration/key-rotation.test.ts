/**
 * A server is stopped and restarted with settings that list new keys before the old ones. Everything written before
 * can still be opened and found, and everything new names the new keys.
 */
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { loadKeys, type Keys } from "../../src/app/keys";
import { readConfig } from "../../src/app/settings/config";
import { ask, must } from "../support/client";
import { MovableClock } from "../support/clock";
import { cloneDatabase, type TestDatabase } from "../support/database";
import {
  confirmMutation,
  feedQuery,
  inventedSiren,
  newCampaign,
  newSupplier,
  person,
  preview,
  sendLead,
  submit,
  transmitTo,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import { asOwnerOf, type Owner, type Row } from "../support/rows";
import { newKeys, startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

const names = ["MASTER_KEY", "INDEX_KEY", "TOKEN_KEY"];
const receiptKey = newKeys().receiptKey.toString("base64");
const texts = new Map(names.map((name) => [name, [randomText(), randomText()] as const]));

function randomText(): string {
  return randomBytes(32).toString("base64");
}

/** The keys of a server whose three settings are written like this. */
function keysOf(written: (first: string, second: string) => string): Promise<Keys> {
  const settings = [...texts].map(([name, [first, second]]) => [name, written(first, second)]);
  return loadKeys(readConfig({ ...Object.fromEntries(settings), RECEIPT_KEY: receiptKey }));
}

const clock = new MovableClock();
let database: TestDatabase;
let owner: Owner;
let server: TestServer;

const start = async (...written: Parameters<typeof keysOf>): Promise<TestServer> =>
  startTestServer({ beside: { database, keys: await keysOf(...written), clock } });
const one = async (sql: string, ...values: unknown[]): Promise<Row> => {
  const [row] = await owner.rows(sql, values);
  if (!row) throw new Error(`No row: ${sql}`);
  return row;
};

/** What was written under the first keys. */
interface Before {
  /** Kept because an idempotency key belongs to the caller who used it. */
  readonly adminToken: string;
  readonly garage: TestSupplier;
  readonly knowing: TestSupplier;
  readonly contact: Record<string, unknown>;
  readonly lead: SentLead;
  readonly leadId: string;
  readonly cursor: string;
  readonly createdOnce: Record<string, unknown>;
  readonly outcome: Record<string, unknown>;
  readonly endpointId: string;
  readonly pending: { readonly reference: string; readonly code: string };
}

const member = { email: "chef@garage.example", password: "a sentence of several words" };
const createMember = (supplierId: string, email: string) => ({
  query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
  variables: {
    input: { role: "SUPPLIER_ADMIN", name: "Cheffe", supplierId, password: member.password, email },
  },
});
const signIn = {
  query: `mutation ($email: String!, $password: String!) {
    signIn(email: $email, password: $password) { ... on SignedIn { token viewer { name } } } }`,
  variables: member,
};
const createSupplier = (input: Record<string, unknown>) => ({
  query:
    "mutation ($input: CreateSupplierInput!, $key: String) { createSupplier(input: $input, idempotencyKey: $key) { id } }",
  variables: { input, key: "once" },
});
const report = (outcome: Record<string, unknown>) => ({
  query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }",
  variables: { input: [outcome] },
});

const deliveredTo = async (reference: string): Promise<string[]> => {
  await until("the lead was decided", async () => {
    const [row] = await owner.rows(
      "SELECT FROM lead JOIN decision d ON d.lead_id = lead.id WHERE reference = $1",
      [reference],
    );
    return row;
  });
  const rows = await owner.rows(
    "SELECT d.supplier_id FROM delivery d JOIN lead l ON l.id = d.lead_id WHERE l.reference = $1",
    [reference],
  );
  return rows.map(({ supplier_id }) => supplier_id as string);
};

async function knows({ token }: TestSupplier, email: unknown): Promise<void> {
  const { ownCustomerList } = await must(server, token, { query: "{ ownCustomerList { key } }" });
  const hash = createHmac("sha256", Buffer.from(ownCustomerList.key, "base64"))
    .update(`EMAIL:${String(email)}`)
    .digest("hex");
  await must(server, token, {
    query: "mutation ($hashes: [String!]!) { addOwnCustomers(hashes: $hashes) { count } }",
    variables: { hashes: [hash] },
  });
}

async function unconfirmed(to: TestSupplier, contact: Record<string, unknown>): Promise<Before["pending"]> {
  const { token } = await preview(server);
  const { data } = await submit(server, { token, contact, grants: [transmitTo([to.id])] });
  const { reference, demoCode: code } = data?.["submitLead"] ?? {};
  return { reference, code };
}

async function writeBefore(): Promise<Before> {
  const garage = await newSupplier(server);
  await newCampaign(server, garage);
  const knowing = await newSupplier(server);
  await newCampaign(server, knowing);
  const contact = person();
  const lead = await sendLead(server, { to: [garage], contact });
  expect(await deliveredTo(lead.reference)).toEqual([garage.id]);
  const { feed } = await must(server, garage.token, { query: feedQuery, variables: { first: 1 } });
  const leadId = feed.events[0].leadId as string;
  const occurredAt = clock.now().toISOString();
  const outcome = { leadId, status: "CONTACTED", occurredAt, externalId: "CRM-1" };
  await must(server, garage.token, report(outcome));
  const { createEndpoint } = await must(server, garage.token, {
    query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { endpoint { id } } }",
    variables: { input: { kind: "WEBHOOK", label: "crm", target: "https://crm.example/hook" } },
  });
  await must(server, server.adminToken, createMember(garage.id, member.email));
  const supplier = {
    ...{ name: "Garage Une Fois", siren: inventedSiren(), street: "1 rue de l'Essai", postcode: "69001" },
    ...{ city: "Lyon", departement: "69", billingMode: "PREPAID", creditLimitCents: 0 },
  };
  await knows(knowing, "client@exemple.example");
  const { createSupplier: created } = await must(server, server.adminToken, createSupplier(supplier));
  return {
    adminToken: server.adminToken,
    ...{ garage, knowing, contact, lead, leadId, outcome, cursor: feed.endCursor },
    createdOnce: { ...supplier, id: created.id },
    endpointId: createEndpoint.endpoint.id,
    pending: await unconfirmed(garage, person()),
  };
}

let before: Before;
beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  server = await start((first) => first);
  before = await writeBefore();
  await server.stop();
  server = await start((first, second) => `2:${second},1:${first}`);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await owner.end();
  await database.drop();
});

describe("after a key rotation", () => {
  it("everything written before names key 1", async () => {
    for (const [table, column] of [
      ["lead_secret", "key_id"],
      ["lead_index", "key_id"],
      ["own_customer", "key_id"],
      ["outcome", "report_key_id"],
      ["endpoint", "target_key_id"],
      ["endpoint", "secret_key_id"],
    ] as const)
      expect(await owner.rows(`SELECT DISTINCT ${column} AS id FROM ${table}`)).toEqual([{ id: 1 }]);
  });

  it("an old cursor continues, and an old lead opens for its supplier and its person", async () => {
    const { garage, leadId, cursor, lead, contact } = before;
    const { feed } = await must(server, garage.token, {
      query: feedQuery,
      variables: { first: 9, after: cursor },
    });
    expect(feed.events).toEqual([]);
    expect(feed.endCursor).toMatch(/^k2\./);
    const { lead: seen } = await must(server, garage.token, {
      query: "query ($id: ID!) { lead(id: $id) { contact { email } } }",
      variables: { id: leadId },
    });
    expect(seen.contact.email).toBe(contact["email"]);
    const { myRequest } = await must(server, lead.personalToken, { query: "{ myRequest { reference } }" });
    expect(myRequest.reference).toBe(lead.reference);
  });

  it("a member signs in with their address, which no other member can take", async () => {
    const { signIn: signedIn } = await must(server, null, signIn);
    expect(signedIn.viewer.name).toBe("Cheffe");
    const taken = await ask(server, server.adminToken, createMember(before.garage.id, member.email));
    expect(taken.errors?.[0]?.extensions.code).toBe("CONFLICT");
    await must(server, signedIn.token, createMember(before.garage.id, "neuf@garage.example"));
    const ids = "SELECT identity_key_id, email_key_id FROM member ORDER BY created_at";
    expect(await owner.rows(ids)).toEqual([
      { identity_key_id: 1, email_key_id: 1 },
      { identity_key_id: 2, email_key_id: 2 },
    ]);
    const again = await ask(server, server.adminToken, createMember(before.garage.id, "neuf@garage.example"));
    expect(again.errors?.[0]?.extensions.code).toBe("CONFLICT");
  });

  it("a repeated idempotency key returns its first answer, and another input is refused", async () => {
    const { id, ...input } = before.createdOnce;
    expect((await must(server, before.adminToken, createSupplier(input))).createSupplier.id).toBe(id);
    const other = await ask(server, before.adminToken, createSupplier({ ...input, name: "Other" }));
    expect(other.errors?.[0]?.extensions.code).toBe("CONFLICT");
  });

  it("a repeated outcome report is accepted without a second row, and a changed one is refused", async () => {
    const { garage, outcome, leadId } = before;
    expect((await must(server, garage.token, report(outcome))).reportOutcomes[0].accepted).toBe(true);
    const changed = await must(server, garage.token, report({ ...outcome, status: "SOLD" }));
    expect(changed.reportOutcomes[0].accepted).toBe(false);
    expect(await owner.rows("SELECT FROM outcome WHERE delivery_id = $1", [leadId])).toHaveLength(1);
  });

  it("an earlier code still confirms, and a new request of the same person joins the earlier one", async () => {
    const { pending, garage, contact, lead } = before;
    const { confirmPhone } = await must(server, server.formToken, {
      query: confirmMutation,
      variables: { input: pending },
    });
    expect(confirmPhone.__typename).toBe("LeadSubmitted");
    const again = await sendLead(server, { to: [garage], contact });
    const ids = await one(
      "SELECT joined_lead_id, (SELECT id FROM lead WHERE reference = $2) AS first FROM lead WHERE reference = $1",
      again.reference,
      lead.reference,
    );
    expect(ids["joined_lead_id"]).toBe(ids["first"]);
    const { key_id } = await one(
      "SELECT key_id FROM lead_secret s JOIN lead l ON l.id = s.lead_id WHERE reference = $1",
      again.reference,
    );
    expect(key_id).toBe(2);
    const indexed = await owner.rows(
      "SELECT key_id, proven FROM lead_index i JOIN lead l ON l.id = i.lead_id WHERE reference = $1 ORDER BY 1",
      [again.reference],
    );
    expect(indexed).toEqual([
      { key_id: 1, proven: true },
      { key_id: 2, proven: true },
    ]);
  });

  it("a supplier's own customers are excluded, whether hashed with the old or the new key", async () => {
    const { knowing } = before;
    const fresh = `neu.${randomUUID()}@exemple.example`;
    await knows(knowing, fresh);
    for (const email of ["client@exemple.example", fresh]) {
      const { reference } = await sendLead(server, { to: [knowing], contact: person({ email }) });
      expect(await deliveredTo(reference)).toEqual([]);
    }
    const { reference } = await sendLead(server, { to: [knowing] });
    expect(await deliveredTo(reference)).toEqual([knowing.id]);
  });

  it("rotating an endpoint's secret keeps the previous secret under the key that sealed it", async () => {
    const { garage, endpointId: id } = before;
    await must(server, garage.token, {
      query: "mutation ($id: ID!) { rotateEndpointSecret(id: $id) { secret endpoint { target } } }",
      variables: { id },
    });
    const row = "SELECT target_key_id, secret_key_id, previous_secret_key_id FROM endpoint WHERE id = $1";
    expect(await one(row, id)).toEqual({ target_key_id: 1, secret_key_id: 2, previous_secret_key_id: 1 });
    const { endpoints } = await must(server, garage.token, {
      query: "{ endpoints { nodes: edges { node { id target } } } }",
    });
    expect(endpoints.nodes).toMatchObject([{ node: { id, target: expect.stringContaining("crm.example") } }]);
  });

  it("a server that knows the new keys and still seals with the old ones reads both", async () => {
    const { garage, leadId } = before;
    const { reference, personalToken } = await sendLead(server, { to: [garage] });
    expect(await deliveredTo(reference)).toEqual([garage.id]);
    const beside = await start((first, second) => `1:${first},2:${second}`);
    const { myRequest } = await must(beside, personalToken, { query: "{ myRequest { reference } }" });
    expect(myRequest.reference).toBe(reference);
    const { feed } = await must(beside, garage.token, { query: feedQuery, variables: { first: 9 } });
    expect(feed.events.map((event: { leadId: string }) => event.leadId)).toContain(leadId);
    expect(feed.endCursor).toMatch(/^k1\./);
    await beside.stop();
  });

  it("a server needs the new keys to start, but not the old ones", async () => {
    const refused = "This database was sealed with other keys";
    await expect(start((first) => first)).rejects.toThrow(refused);
    await expect(start((first, second) => `1:${second},2:${first}`)).rejects.toThrow(refused);
    const alone = await start((_, second) => `2:${second}`);
    const { errors } = await ask(alone, before.lead.personalToken, { query: "{ myRequest { reference } }" });
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    await alone.stop();
  });
});
