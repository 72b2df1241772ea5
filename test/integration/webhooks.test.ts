/**
 * Delivers events to suppliers' webhooks: signed, in order, at least once, and with the consent at the time
 * of sending, whatever the receiver does and whichever process dies.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { GraphQLInterfaceType } from "graphql";
import { buildApi } from "../../src/app/api";
import { SchemaDocuments } from "../../src/app/event-documents";
import type { EndpointEntity } from "../../src/delivery/endpoints/endpoint.entity";
import { Leases } from "../../src/delivery/endpoints/leases.service";
import { typeNameOf } from "../../src/delivery/endpoints/webhook";
import { webhookDocument } from "../../src/delivery/endpoints/webhook-document";
import { feedKinds } from "../../src/account/feed";
import { networksOf } from "../../src/platform/outbound/addresses";
import { Outbound, outboundTimeoutMs } from "../../src/platform/outbound/post";
import { clockShowing } from "../support/clock";
import { ask, must } from "../support/client";
import {
  inventedPhone,
  newCampaign,
  newKey,
  newSupplier,
  person,
  sendLead,
  wholeFeed,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import { projectFolder } from "../support/launched";
import {
  answering,
  newAuthority,
  Receiver,
  verified,
  type Authority,
  type Received,
} from "../support/receiver";
import { asOwnerOf, firstKeys, type Owner, type Row } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { killServers, spawnServer } from "../support/server-process";
import { cloneDatabase } from "../support/database";
import { newKeys } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
let owner: Owner;
let authority: Authority;
const receivers: Receiver[] = [];

const minutes = 60_000;
const days = 86_400_000;
/** Long, so that a busy machine renews in time; its test moves the clock. */
const leaseMs = 45_000;
/** Short, because the other process takes over in real time when one was killed. */
const pairLeaseMs = 2_000;
const environmentOf = ({ caFile }: Authority, leasedForMs = leaseMs): Record<string, string> => ({
  OUTBOUND_ALLOW: "127.0.0.0/8",
  OUTBOUND_CA_FILE: caFile,
  DELIVERY_LEASE_SECONDS: String(leasedForMs / 1_000),
});

beforeAll(async () => {
  authority = newAuthority();
  server = await startTestServer({ environment: environmentOf(authority) });
  owner = await asOwnerOf(server.database);
  pair = startPair();
  pair.catch(() => undefined);
});

afterAll(async () => {
  await owner.end();
  await server.stop();
  await killServers();
  await Promise.all(receivers.map((receiver) => receiver.stop()));
  await authority.remove();
});

/** Two processes on a database of their own, which start while other tests run. */
let pair: ReturnType<typeof startPair>;

async function startPair() {
  const database = await cloneDatabase();
  const keys = newKeys();
  const environment = environmentOf(authority, pairLeaseMs);
  const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
  const [first, second] = [
    spawnServer({ database, keys, environment }),
    spawnServer({ database, keys, environment }),
  ];
  const [address, other] = await Promise.all([first.listening, second.listening]);
  if (!address || !other) throw new Error(first.said() + second.said());
  return { database, first, second, address, access: { ...address, adminToken, formToken } };
}

async function newReceiver(): Promise<Receiver> {
  const receiver = await Receiver.start(authority);
  receivers.push(receiver);
  return receiver;
}

interface Made {
  readonly id: string;
  readonly secret: string;
}

const endpointFields = `id kind label target events document status pauseReason circuit attemptsInHand failingSince
  nextTryAt position oldSecretUntil attempts(first: 50) { edges { node { at event number delivered status reason durationMs } } }
  deadLetters { edges { node { id event attempts status reason cursor } } }`;

async function newEndpoint(
  { token }: Pick<TestSupplier, "token">,
  input: Record<string, unknown>,
  at: Pick<TestServer, "url"> = server,
): Promise<Made> {
  const { createEndpoint } = await must(at, token, {
    query:
      "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { secret endpoint { id status } } }",
    variables: { input: { label: "test", ...input } },
  });
  expect(createEndpoint.endpoint.status).toBe("ACTIVE");
  return { id: createEndpoint.endpoint.id, secret: createEndpoint.secret };
}

async function look({ token }: TestSupplier, id: string, at = server): Promise<any> {
  const query = `query ($id: ID!) { endpoint(id: $id) { ${endpointFields} } }`;
  return (await must(at, token, { query, variables: { id } })).endpoint;
}

const testOf = (supplier: TestSupplier, id: string): Promise<any> =>
  must(server, supplier.token, {
    query:
      "mutation ($id: ID!, $key: String!) { testEndpoint(id: $id, idempotencyKey: $key) { attempt { delivered status reason durationMs } } }",
    variables: { id, key: randomUUID() },
  }).then(({ testEndpoint }) => testEndpoint.attempt);

const resendDeadLetter =
  "mutation ($id: ID!, $key: String!) { resendDeadLetter(id: $id, idempotencyKey: $key) { attempt { delivered status reason } } }";

const doing = (supplier: TestSupplier, what: string, id: string): Promise<any> =>
  must(server, supplier.token, {
    query: `mutation ($id: ID!) { ${what}(id: $id) { ${endpointFields} } }`,
    variables: { id },
  }).then((data) => data[what]);

async function withdraw(lead: SentLead, channels?: string[]): Promise<void> {
  await must(server, lead.personalToken, {
    query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { state } }",
    variables: { input: channels ? { channels } : {} },
  });
}

const standing: { supplier: TestSupplier; campaignId: string }[] = [];

async function supplierWith(campaign: Record<string, unknown> = {}): Promise<TestSupplier> {
  const supplier = await newSupplier(server);
  standing.push({ supplier, campaignId: await newCampaign(server, supplier, campaign) });
  return supplier;
}

// Pauses the campaigns of finished tests, because a preview shows only a limited number.
afterEach(async () => {
  for (const { supplier, campaignId } of standing.splice(0)) {
    await must(server, supplier.token, {
      query: "mutation ($id: ID!) { setCampaignStatus(id: $id, status: PAUSED) { id } }",
      variables: { id: campaignId },
    });
  }
});

/** Moves the clock past the waits of all endpoints and wakes the workers. */
function later(ms: number): void {
  server.clock.forward(ms);
  void owner.rows("SELECT pg_notify('caratlas', 'test feeds')");
}

function report(what: string, sent: number, { all, distinct }: Pick<Receiver, "all" | "distinct">): void {
  const lost = sent - distinct.length;
  process.stdout.write(
    `${what}: sent ${sent}, received ${all.length}, lost ${lost}, doubled ${all.length - distinct.length}\n`,
  );
  expect(lost).toBe(0);
}

const schemaFile = path.join(projectFolder, "docs/schemas/webhook-event.schema.json");

/** The published schema, and a stricter one that refuses fields the published one does not define. */
function validators() {
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const strict = JSON.parse(JSON.stringify(schema));
  delete strict.$id;
  const close = (node: any): void => {
    if (typeof node !== "object" || node === null) return;
    if (node.properties) node.additionalProperties = false;
    Object.values(node).forEach(close);
  };
  close(strict.$defs);
  const ajv = addFormats(new Ajv2020({ allErrors: true, strictTypes: false }));
  return { published: ajv.compile(schema), strict: ajv.compile(strict) };
}

const { published, strict } = validators();

describe("the default webhook document", () => {
  it("is valid and, like its JSON schema, covers every event type", () => {
    const schema = buildApi();
    const types = schema.getPossibleTypes(schema.getType("FeedEvent") as GraphQLInterfaceType);
    const described = JSON.parse(readFileSync(schemaFile, "utf8"));
    expect(types.length).toBeGreaterThan(4);
    for (const { name } of types) {
      expect(webhookDocument).toContain(`... on ${name} {`);
      expect(described.$defs[name].properties.__typename).toEqual({ const: name });
      expect(JSON.stringify(described.allOf)).toContain(`"#/$defs/${name}"`);
      expect(feedKinds.map(typeNameOf)).toContain(name);
    }
    const documents = new SchemaDocuments();
    documents.serve({ schema, contextOf: () => ({}) });
    expect(documents.faultsOf(webhookDocument)).toEqual([]);
  });
});

describe("a webhook", () => {
  it("receives every event once, in feed order, signed and valid by the published schema", async () => {
    const supplier = await supplierWith({ caps: [{ unit: "LEADS", period: "MONTH", limit: 4 }] });
    const receiver = await newReceiver();
    const { id, secret } = await newEndpoint(supplier, { target: receiver.url("/hook?token=abc") });
    const leads = await Promise.all(
      Array.from({ length: 4 }, () =>
        sendLead(server, {
          to: [supplier],
          channels: ["EMAIL", "PHONE"],
          contact: person({ phone: inventedPhone() }),
        }),
      ),
    );
    await until("all are delivered", async () => (await wholeFeed(server, supplier)).length >= 5);
    await withdraw(leads[0] as SentLead, ["PHONE"]);
    await withdraw(leads[1] as SentLead);
    const feed = await until("the feed is whole", async () => {
      const events = await wholeFeed(server, supplier);
      return events.length >= 7 && events;
    });
    await receiver.received(feed.length);
    expect(receiver.all.map(({ body }) => body.data.cursor)).toEqual(feed.map(({ cursor }) => cursor));
    expect(receiver.all.map(({ body }) => body.type)).toEqual(feed.map(({ __typename }) => __typename));
    for (const received of receiver.all) {
      expect(verified(secret, received)).toEqual(received.body);
      expect([received.body.type, published(received.body), published.errors]).toEqual([
        received.body.type,
        true,
        null,
      ]);
      expect([received.body.type, strict(received.body), strict.errors]).toEqual([
        received.body.type,
        true,
        null,
      ]);
      expect(received.headers["content-type"]).toBe("application/json; charset=utf-8");
    }
    expect(new Set(receiver.all.map(({ body }) => body.type))).toEqual(
      new Set(["LeadMatched", "LeadUpdated", "LeadRevoked", "CapReached"]),
    );
    expect(published({ ...receiver.all[0]?.body, data: {} })).toBe(false);
    report("webhook", feed.length, receiver);
    expect(receiver.all.length).toBe(feed.length);
    // Another secret and an altered body fail the verification.
    const [first] = receiver.all as [Received];
    expect(() => verified(`whsec_${Buffer.alloc(32).toString("base64")}`, first)).toThrow();
    expect(() =>
      verified(secret, { ...first, text: first.text.replace("LeadMatched", "LeadMatcheD") }),
    ).toThrow();
    const seen = await look(supplier, id);
    expect(seen).toMatchObject({
      status: "ACTIVE",
      circuit: "CLOSED",
      target: receiver.url("/hook?token=abc"),
    });
    expect(seen.attempts.edges.length).toBe(feed.length);
    expect(seen.attempts.edges[0].node).toMatchObject({
      delivered: true,
      status: 204,
      reason: null,
      number: 1,
    });
    // The target URL is readable neither in the table nor in the log.
    const [row] = await owner.rows("SELECT e::text AS text FROM endpoint e WHERE id = $1", [id]);
    expect(row?.["text"]).not.toContain(Buffer.from("token=abc").toString("hex"));
    expect(server.log.join("")).not.toContain("token=abc");
  });

  it("contains no person when the lead was withdrawn between two attempts", async () => {
    const supplier = await supplierWith();
    const [plain, own] = [await newReceiver(), await newReceiver()];
    const ids: string[] = [];
    for (const [receiver, document] of [
      [plain, null],
      [
        own,
        "subscription { leadFeed { cursor ... on LeadMatched { lead { contact { lastName email } } } } }",
      ],
    ] as const) {
      receiver.behave = answering(503);
      ids.push((await newEndpoint(supplier, { target: receiver.url(), document })).id);
    }
    const contact = person({ lastName: "Retiree" });
    const lead = await sendLead(server, { to: [supplier], contact });
    await Promise.all([plain.received(1), own.received(1)]);
    for (const { all } of [plain, own]) expect(all[0]?.text).toContain(contact["email"]);
    await withdraw(lead);
    for (const receiver of [plain, own]) receiver.behave = answering(200);
    later(1 * minutes);
    await Promise.all([plain.received(3), own.received(3)]);
    for (const receiver of [plain, own]) {
      const [first, retry, revoked] = receiver.all as [Received, Received, Received];
      expect(retry.id).toBe(first.id);
      expect(retry.body.type).toBe("LeadMatched");
      expect(revoked.body.type).toBe("LeadRevoked");
      for (const { text } of [retry, revoked]) expect(text).not.toMatch(/Retiree|@exemple|Zélie/);
      report("withdrawn between attempts", 2, receiver);
    }
    expect((plain.all[1] as Received).body.data.lead).toBeNull();
    expect((own.all[1] as Received).body.data).toEqual({
      leadFeed: { cursor: expect.any(String), lead: null },
    });
    // An attempt is logged after its answer has arrived.
    const logged = await until("all attempts are logged", async () => {
      const { edges } = (await look(supplier, ids[0] as string)).attempts;
      return edges.length >= 3 && edges.map(({ node }: any) => node);
    });
    expect(logged).toMatchObject([
      { event: "LEAD_REVOKED", delivered: true },
      { event: "LEAD_MATCHED", delivered: true, number: 2 },
      { event: "LEAD_MATCHED", delivered: false, number: 1, status: 503, reason: "NOT_ACCEPTED" },
    ]);
  });

  it("sends the supplier's own document, which is subject to the usual limits", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const input = { label: "x", target: receiver.url() };
    const deep = (n: number): string => (n === 0 ? "{ id }" : `{ campaign ${deep(n - 1)} }`);
    for (const [document, says] of [
      ["{ leads { edges { node { id } } } }", "must be subscription { leadFeed"],
      ['subscription { campaignCaps(campaignIds: ["x"]) { __typename } }', ""],
      ["subscription { x: leadFeed { cursor } }", "must be subscription { leadFeed"],
      ["subscription ($a: Cursor) { leadFeed(after: $a) { cursor } }", "must be subscription { leadFeed"],
      ["subscription { leadFeed { nothing } }", 'Cannot query field "nothing"'],
      ["subscription { leadFeed { ", "Syntax Error"],
      [`subscription { leadFeed { ... on LeadMatched { lead ${deep(9)} } } }`, ""],
      [`subscription { leadFeed { ${"cursor ".repeat(1_100)} } }`, ""],
    ] as const) {
      const { errors } = await ask(server, supplier.token, {
        query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { secret } }",
        variables: { input: { ...input, document } },
      });
      expect([document.slice(0, 60), errors?.[0]?.extensions.code]).toEqual([
        document.slice(0, 60),
        "INVALID_INPUT",
      ]);
      expect(errors?.[0]?.message).toContain(says);
    }
    const { id } = await newEndpoint(supplier, {
      ...input,
      events: ["LEAD_MATCHED"],
      document:
        "subscription { leadFeed { __typename ... on LeadMatched { lead { contact { firstName phone } } } } }",
    });
    const lead = await sendLead(server, { to: [supplier] });
    await receiver.received(1);
    expect(receiver.all[0]?.body.data).toEqual({
      leadFeed: { __typename: "LeadMatched", lead: { contact: { firstName: "Zélie", phone: null } } },
    });
    // An event type that was not requested moves the position but is not sent.
    await withdraw(lead);
    const end = (await until("the revocation stands", async () => (await wholeFeed(server, supplier)).at(1)))
      .cursor;
    await until("it is passed over", async () => (await look(supplier, id)).position === end);
    expect(receiver.all.length).toBe(1);
    // A document that no longer matches the schema pauses its endpoint instead of sending less.
    await owner.rows(
      "UPDATE endpoint SET document = 'subscription { leadFeed { gone } }', events = NULL WHERE id = $1",
      [id],
    );
    await sendLead(server, { to: [supplier] });
    await until("it is paused", async () => (await look(supplier, id)).pauseReason === "DOCUMENT_INVALID");
    expect((await wholeFeed(server, supplier)).at(-1).__typename).toBe("EndpointPaused");
    expect(receiver.all.length).toBe(1);
  });

  it("accepts only HTTPS and public addresses", async () => {
    const supplier = await supplierWith();
    for (const target of [
      "http://leads.example.fr/",
      "https://10.0.0.1/",
      "https://[::ffff:10.0.0.1]/",
      "https://169.254.169.254/latest/",
      "https://user:secret@leads.example.fr/",
      "https://0xa9fea9fe/",
    ]) {
      const { errors } = await ask(server, supplier.token, {
        query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { secret } }",
        variables: { input: { label: "x", target } },
      });
      expect([target, errors?.[0]?.extensions.code]).toEqual([target, "INVALID_INPUT"]);
      expect(errors?.[0]?.message).not.toContain("secret");
    }
  });

  it("checks the address after each resolution and does not follow a name that moves to an internal one", async () => {
    const receiver = await newReceiver();
    let answers: string[] = [];
    const ca = authority.cert;
    const outbound = new Outbound({ allowed: networksOf(["127.0.0.1"]), ca, resolve: async () => answers });
    const post = (): Promise<unknown> =>
      outbound.post(
        `https://receiver.example:${receiver.port}/`,
        async () => ({ headers: { "webhook-id": "1" }, body: "{}" }),
        new AbortController().signal,
      );
    answers = ["127.0.0.1"];
    expect(await post()).toMatchObject({ kind: "ANSWERED", status: 204 });
    const { connections } = receiver;
    for (const rebound of [
      ["10.0.0.1"],
      ["127.0.0.1", "10.0.0.1"],
      ["::1"],
      ["169.254.169.254"],
      ["fd00:ec2::254"],
    ]) {
      answers = rebound;
      expect(await post()).toEqual({ kind: "FAILED", reason: "ADDRESS_REFUSED" });
    }
    answers = [];
    expect(await post()).toEqual({ kind: "FAILED", reason: "NAME_NOT_FOUND" });
    // No connection was opened, and the certificate must match the name.
    expect(receiver.connections).toBe(connections);
    answers = ["127.0.0.1"];
    const other = new Outbound({ allowed: networksOf(["127.0.0.1"]), ca, resolve: async () => answers });
    expect(
      await other.post(
        `https://somebody-else.example:${receiver.port}/`,
        async () => ({ headers: {}, body: "{}" }),
        new AbortController().signal,
      ),
    ).toEqual({ kind: "FAILED", reason: "TLS_FAILED" });
    expect(receiver.all.length).toBe(1);
  });
});

describe("any answer of the receiver", () => {
  it("is reported as a reason, and its content is not stored", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const elsewhere = await newReceiver();
    const { id, secret } = await newEndpoint(supplier, { target: receiver.url() });
    const endless = (chunk: string): string => chunk.repeat(20_000);
    const cases: readonly (readonly [string, Receiver["behave"], Record<string, unknown>])[] = [
      ["takes it", answering(200), { delivered: true, status: 200, reason: null }],
      [
        "redirects inside",
        answering(302, { location: "https://10.0.0.1/" }),
        { reason: "REDIRECTED", status: 302 },
      ],
      ["redirects on", answering(307, { location: elsewhere.url() }), { reason: "REDIRECTED", status: 307 }],
      ["refuses it", answering(422), { reason: "REFUSED", status: 422 }],
      ["fails", answering(500), { reason: "NOT_ACCEPTED", status: 500 }],
      ["hangs up", (response) => response.socket?.destroy(), { reason: "CONNECTION_LOST", status: null }],
      [
        "answers half",
        (response) => response.socket?.write("HTTP/1.1 20", () => response.socket?.destroy()),
        { reason: "CONNECTION_LOST", status: null },
      ],
      [
        "answers twice",
        (response) =>
          response.socket?.end("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 500 Internal Server Error\r\n\r\n"),
        { delivered: true, status: 204 },
      ],
      [
        "answers without end",
        (response) => void response.writeHead(200).write(endless("secret words ")),
        { delivered: true, status: 200 },
      ],
      [
        "talks nonsense",
        (response) => response.socket?.end("BONJOUR\r\n\r\n"),
        { reason: "CONNECTION_LOST" },
      ],
    ];
    for (const [name, behave, result] of cases) {
      receiver.behave = behave;
      expect([name, await testOf(supplier, id)]).toMatchObject([name, result]);
    }
    expect(elsewhere.connections).toBe(0);
    for (const one of receiver.all) {
      expect(one.body).toMatchObject({ type: "Test", data: { endpointId: id } });
      expect(one.id).toMatch(/^test_/);
      expect(strict(one.body)).toBe(true);
      expect(verified(secret, one)).toEqual(one.body);
    }
    expect(new Set(receiver.all.map((one) => one.id)).size).toBe(cases.length);
    const { attempts, position, circuit } = await look(supplier, id);
    expect(attempts.edges.length).toBe(cases.length);
    expect(attempts.edges.every(({ node }: any) => node.event === null)).toBe(true);
    // Test deliveries do not count towards the state of the endpoint.
    expect(circuit).toBe("CLOSED");
    expect(position).toBe((await look(supplier, id)).position);
    const [{ count } = {}] = await owner.rows(
      "SELECT count(*) FROM endpoint_attempt a WHERE a::text LIKE '%secret%'",
    );
    expect(Number(count)).toBe(0);
    await receiver.stop();
    expect(await testOf(supplier, id)).toMatchObject({
      delivered: false,
      reason: "NOT_CONNECTED",
      status: null,
    });
    const stranger = newAuthority();
    const impostor = await Receiver.start(stranger);
    receivers.push(impostor);
    const other = await newEndpoint(supplier, { target: impostor.url() });
    expect(await testOf(supplier, other.id)).toMatchObject({ reason: "TLS_FAILED" });
    expect(impostor.all).toEqual([]);
    await stranger.remove();
  });

  it("that hangs or fails does not delay another endpoint", async () => {
    const supplier = await supplierWith();
    const hanging = await newReceiver();
    let givenUp = 0;
    hanging.behave = (response) => void response.once("close", () => (givenUp += 1));
    const dead = await newReceiver();
    await dead.stop();
    const good = await newReceiver();
    for (let n = 0; n < 6; n++)
      await newEndpoint(supplier, { target: (n % 2 ? hanging : dead).url(`/${n}`) });
    const { id } = await newEndpoint(supplier, { target: good.url() });
    await Promise.all(Array.from({ length: 3 }, () => sendLead(server, { to: [supplier] })));
    await good.received(3);
    // It received everything while the hanging requests were still open.
    expect(givenUp).toBe(0);
    report("beside dead endpoints", 3, good);
    expect((await look(supplier, id)).circuit).toBe("CLOSED");
    await hanging.stop();
  });

  it("that does not come in time ends the request and is logged as a time-out", async () => {
    const timeoutMs = 500;
    const environment = environmentOf(authority);
    const hasty = await startTestServer({ environment, outboundTimeoutMs: timeoutMs });
    const supplier = await newSupplier(hasty);
    await newCampaign(hasty, supplier);
    const hanging = await newReceiver();
    hanging.behave = () => undefined;
    const { id } = await newEndpoint(supplier, { target: hanging.url() }, hasty);
    await sendLead(hasty, { to: [supplier] });
    const first = await until("it is given up", async () => {
      const { edges } = (await look(supplier, id, hasty)).attempts;
      return edges[0]?.node;
    });
    expect(first).toMatchObject({ delivered: false, status: null, number: 1, reason: "TIMED_OUT" });
    expect(first.durationMs).toBeGreaterThan(0.99 * timeoutMs);
    await until("the connection is closed", async () => hanging.open === 0);
    await hasty.stop();
  });

  it("may take as long as the documentation says", () => {
    const guide = readFileSync(path.join(projectFolder, "docs/webhooks.md"), "utf8");
    expect(guide).toContain(`any 2xx status within ${outboundTimeoutMs / 1_000} seconds`);
  });
});

describe("a failing endpoint", () => {
  it("makes an event a dead letter after three days, continues with the next, and the letter can be resent", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    receiver.behave = answering(500);
    await sendLead(server, { to: [supplier] });
    await receiver.received(1);
    later(3 * days);
    await receiver.received(2);
    const [letter] = await until("it is a dead letter", async () => {
      const { edges } = (await look(supplier, id)).deadLetters;
      return edges.length > 0 && edges;
    });
    expect(letter.node).toMatchObject({
      event: "LEAD_MATCHED",
      attempts: 2,
      status: 500,
      reason: "NOT_ACCEPTED",
    });
    expect(JSON.stringify(await owner.rows("SELECT * FROM dead_letter"))).not.toMatch(/Zélie|exemple/);
    receiver.behave = answering(204);
    await sendLead(server, { to: [supplier] });
    later(11 * 60 * minutes);
    await receiver.received(3);
    const resend = (): Promise<any> =>
      ask(server, supplier.token, {
        query: resendDeadLetter,
        variables: { id: letter.node.id, key: randomUUID() },
      });
    receiver.behave = answering(400);
    expect((await resend()).data.resendDeadLetter.attempt).toMatchObject({
      delivered: false,
      reason: "REFUSED",
    });
    receiver.behave = answering(204);
    expect((await resend()).data.resendDeadLetter.attempt).toMatchObject({ delivered: true, status: 204 });
    expect((await resend()).errors[0].extensions.code).toBe("NOT_FOUND");
    const names = receiver.all.map((one) => one.id);
    expect([names[1], names[3], names[4]]).toEqual([names[0], names[0], names[0]]);
    expect(names[2]).not.toBe(names[0]);
    report("with a dead letter sent again", 2, receiver);
    expect((await look(supplier, id)).deadLetters.edges).toEqual([]);
  });

  it("opens its circuit, is probed singly, is paused with a notice after five days, and loses nothing", async () => {
    const supplier = await supplierWith();
    const [receiver, watching] = [await newReceiver(), await newReceiver()];
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    await newEndpoint(supplier, { target: watching.url(), events: ["ENDPOINT_PAUSED"] });
    receiver.behave = answering(503);
    await Promise.all([1, 2, 3].map(() => sendLead(server, { to: [supplier] })));
    for (let tries = 1; tries < 5; tries++) {
      await receiver.received(tries);
      later(60 * minutes);
    }
    await receiver.received(5);
    const open = await until("the circuit is open", async () => {
      const seen = await look(supplier, id);
      return seen.circuit !== "CLOSED" && seen;
    });
    expect(open).toMatchObject({ attemptsInHand: 5, status: "ACTIVE" });
    // A probe sends one event, not three.
    expect(new Set(receiver.all.map((one) => one.id)).size).toBe(1);
    later(5 * days);
    await until("it is paused", async () => (await look(supplier, id)).status === "PAUSED");
    expect(await look(supplier, id)).toMatchObject({ pauseReason: "FAILING" });
    const told = (await wholeFeed(server, supplier)).at(-1);
    expect(told.__typename).toBe("EndpointPaused");
    const [notice] = await watching.received(1);
    expect(notice?.body).toMatchObject({
      type: "EndpointPaused",
      data: { endpointId: id, pauseReason: "FAILING" },
    });
    expect(strict(notice?.body)).toBe(true);
    // A paused endpoint receives no probe either.
    const before = receiver.all.length;
    later(1 * days);
    await sendLead(server, { to: [supplier] });
    await until("the lead is in the feed", async () => (await wholeFeed(server, supplier)).length === 5);
    receiver.behave = answering(204);
    expect(receiver.all.length).toBe(before);
    expect(await doing(supplier, "resumeEndpoint", id)).toMatchObject({
      status: "ACTIVE",
      circuit: "CLOSED",
    });
    await until("it caught up", async () => receiver.distinct.length === 5);
    // One event became a dead letter after three days and can be resent.
    const { deadLetters } = await look(supplier, id);
    report("through a pause of days", 5, receiver);
    expect(deadLetters.edges.length).toBe(1);
  });

  it("is paused at once when it answers 410 and continues at the same position", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id } = await newEndpoint(supplier, { target: receiver.url(), events: ["LEAD_MATCHED"] });
    receiver.behave = answering(410);
    await sendLead(server, { to: [supplier] });
    await until("it is paused", async () => (await look(supplier, id)).pauseReason === "GONE");
    await sendLead(server, { to: [supplier] });
    receiver.behave = answering(204);
    await doing(supplier, "resumeEndpoint", id);
    await until("both are there", async () => receiver.distinct.length === 2);
    report("after 410", 2, receiver);
    expect(await doing(supplier, "pauseEndpoint", id)).toMatchObject({
      status: "PAUSED",
      pauseReason: "BY_SUPPLIER",
    });
    await must(server, supplier.token, {
      query: "mutation ($id: ID!) { deleteEndpoint(id: $id) { endpointId } }",
      variables: { id },
    });
    const gone = await ask(server, supplier.token, {
      query: "query ($id: ID!) { endpoint(id: $id) { id } }",
      variables: { id },
    });
    expect([gone.data, gone.errors]).toEqual([{ endpoint: null }, undefined]);
  });

  it("is not blamed for an internal error, which is logged and becomes a dead letter in the end", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    const [sealed] = await owner.rows("SELECT target_sealed FROM endpoint WHERE id = $1", [id]);
    const setTarget = "UPDATE endpoint SET target_sealed = $2 WHERE id = $1";
    await owner.rows(setTarget, [id, Buffer.alloc(60)]);
    await sendLead(server, { to: [supplier] });
    const logged = (): Promise<Row[]> =>
      owner.rows("SELECT reason, delivered, status FROM endpoint_attempt WHERE endpoint_id = $1", [id]);
    await until("it stands in the log", async () => (await logged()).length > 0);
    expect((await logged())[0]).toEqual({ reason: "OUR_FAULT", delivered: false, status: null });
    later(3 * days);
    const [letter] = await until("it is a dead letter", async () => {
      const rows = await owner.rows("SELECT id, reason FROM dead_letter WHERE endpoint_id = $1", [id]);
      return rows.length > 0 && rows;
    });
    expect(letter?.["reason"]).toBe("OUR_FAULT");
    expect(server.log.join("")).toContain("failed on our side");
    await owner.rows(setTarget, [id, sealed?.["target_sealed"]]);
    expect(await look(supplier, id)).toMatchObject({
      status: "ACTIVE",
      circuit: "CLOSED",
      failingSince: null,
    });
    await must(server, supplier.token, {
      query: resendDeadLetter,
      variables: { id: letter?.["id"], key: randomUUID() },
    });
    report("after a fault of our own", 1, receiver);
  });

  it("cannot be resent a dead letter whose event was dropped from the feed", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    await sendLead(server, { to: [supplier] });
    await receiver.received(1);
    const [letter] = await owner.rows(
      `INSERT INTO dead_letter (id, endpoint_id, supplier_id, position, event, at, attempts, reason)
       VALUES (gen_random_uuid(), $1, $2, 1, 'LEAD_MATCHED', now(), 1, 'TIMED_OUT') RETURNING id`,
      [id, supplier.id],
    );
    await owner.rows(
      "INSERT INTO feed_floor (supplier_id, position, dropped_before, at) VALUES ($1, 1, now(), now())",
      [supplier.id],
    );
    const { errors } = await ask(server, supplier.token, {
      query: resendDeadLetter,
      variables: { id: letter?.["id"], key: randomUUID() },
    });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect(receiver.all.length).toBe(1);
  });

  it("is retried after the time in its Retry-After header", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    receiver.behave = answering(429, { "retry-after": "600" });
    await sendLead(server, { to: [supplier] });
    const { nextTryAt, attempts } = await until("it failed", async () => {
      const seen = await look(supplier, id);
      return seen.attemptsInHand === 1 && seen;
    });
    expect(Date.parse(nextTryAt) - Date.parse(attempts.edges[0].node.at)).toBe(600_000);
    receiver.behave = answering(204);
    await doing(supplier, "resumeEndpoint", id);
    await receiver.received(2);
  });
});

describe("endpoint management", () => {
  it("replays everything after a cursor under the same message ids", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    for (let n = 1; n <= 3; n++) {
      await sendLead(server, { to: [supplier] });
      await receiver.received(n);
    }
    const replay = async (after: string | null): Promise<any> =>
      ask(server, supplier.token, {
        query:
          "mutation ($id: ID!, $after: Cursor, $key: String!) { replayEndpoint(id: $id, after: $after, idempotencyKey: $key) { position } }",
        variables: { id, after, key: randomUUID() },
      });
    const [first, , third] = receiver.all as [Received, Received, Received];
    await until("it is idle", async () => (await look(supplier, id)).position === third.body.data.cursor);
    expect((await replay(first.body.data.cursor)).errors).toBeUndefined();
    await receiver.received(5);
    expect(receiver.all.slice(3).map((one) => one.id)).toEqual(receiver.all.slice(1, 3).map((one) => one.id));
    await until("it is idle", async () => (await look(supplier, id)).position === third.body.data.cursor);
    await replay(null);
    await receiver.received(8);
    report("replayed by cursor and from the beginning", 3, receiver);
    await until("it is idle", async () => (await look(supplier, id)).position === third.body.data.cursor);
    const second = await newEndpoint(supplier, { target: receiver.url("/second") });
    expect((await look(supplier, second.id)).position).toBe(third.body.data.cursor);
    await owner.rows(
      "UPDATE endpoint SET position = 1, status = 'PAUSED', pause_reason = 'BY_SUPPLIER', paused_at = now() WHERE id = $1",
      [id],
    );
    expect((await replay(third.body.data.cursor)).errors?.[0]?.message).toContain(
      "ahead of the endpoint's position",
    );
    const stranger = await supplierWith();
    const theirs = await ask(server, stranger.token, {
      query: 'mutation ($id: ID!) { replayEndpoint(id: $id, idempotencyKey: "all") { id } }',
      variables: { id },
    });
    expect(theirs.errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });

  it("rotates the secret and signs with both secrets for a day", async () => {
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    const { id, secret } = await newEndpoint(supplier, { target: receiver.url() });
    const { rotateEndpointSecret } = await must(server, supplier.token, {
      query: "mutation ($id: ID!) { rotateEndpointSecret(id: $id) { secret endpoint { oldSecretUntil } } }",
      variables: { id },
    });
    const fresh = rotateEndpointSecret.secret as string;
    expect(fresh).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(fresh).not.toBe(secret);
    await testOf(supplier, id);
    const [during] = receiver.all as [Received];
    expect(during.headers["webhook-signature"]?.split(" ").length).toBe(2);
    // The library accepts only timestamps within five minutes, and this server's clock may have been moved.
    const now = (received: Received): Received => received;
    const skew = Math.abs(Number(during.headers["webhook-timestamp"]) - Date.now() / 1000) > 240;
    if (!skew) for (const one of [secret, fresh]) expect(verified(one, now(during))).toEqual(during.body);
    later(1 * days + 1_000);
    await testOf(supplier, id);
    expect(receiver.all[1]?.headers["webhook-signature"]?.split(" ").length).toBe(1);
    const [sealed] = await owner.rows("SELECT e::text AS text FROM endpoint e WHERE id = $1", [id]);
    for (const one of [secret, fresh]) {
      const bytes = Buffer.from(one.slice(6), "base64");
      expect(sealed?.["text"]).not.toContain(bytes.toString("hex"));
    }
  });

  it("limits a supplier to twenty endpoints under concurrency and creates one per idempotency key", async () => {
    const supplier = await supplierWith();
    const create = (key: string): Promise<any> =>
      ask(server, supplier.token, {
        query:
          "mutation ($input: EndpointInput!, $key: String) { createEndpoint(input: $input, idempotencyKey: $key) { secret endpoint { id } } }",
        variables: { input: { label: "x", target: "https://leads.example.fr/" }, key },
      });
    const same = await Promise.all([create("one"), create("one")]);
    expect(new Set(same.map(({ data }) => data.createEndpoint.endpoint.id)).size).toBe(1);
    expect(same.filter(({ data }) => data.createEndpoint.secret === null).length).toBe(1);
    const made = await Promise.all(Array.from({ length: 24 }, (_, n) => create(`key ${n}`)));
    expect(made.filter(({ data }) => data !== null).length).toBe(19);
    expect(
      new Set(made.filter(({ errors }) => errors).map(({ errors }) => errors[0].extensions.code)),
    ).toEqual(new Set(["CONFLICT"]));
    const { endpoints } = await must(server, supplier.token, {
      query: "{ endpoints(first: 7) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }",
    });
    expect([endpoints.edges.length, endpoints.pageInfo.hasNextPage]).toEqual([7, true]);
    const rest = await must(server, supplier.token, {
      query:
        "query ($after: Cursor) { endpoints(first: 100, after: $after) { edges { node { id } } pageInfo { hasNextPage } } }",
      variables: { after: endpoints.pageInfo.endCursor },
    });
    expect([rest["endpoints"].edges.length, rest["endpoints"].pageInfo.hasNextPage]).toEqual([13, false]);
    const sales = await newKey(server, supplier.id, "SUPPLIER_SALES");
    const refused = await ask(server, sales, { query: "{ endpoints { edges { node { id } } } }" });
    expect(refused.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("a server killed during a delivery", () => {
  it("is replaced by another, which sends the event again under the same message id", async () => {
    const { database, first, second, address, access } = await pair;
    const supplier = await newSupplier(access);
    await newCampaign(access, supplier);
    const receiver = await newReceiver();
    receiver.behave = () => undefined;
    await newEndpoint(supplier, { target: receiver.url() }, address);
    // The second server is suspended while the first one takes the event.
    second.kill("SIGSTOP");
    await sendLead(access, { to: [supplier] });
    await receiver.received(1);
    receiver.behave = answering(204);
    first.kill();
    second.kill("SIGCONT");
    await first.ended;
    await receiver.received(2);
    expect(receiver.all[1]?.id).toBe(receiver.all[0]?.id);
    report("through a kill -9", 1, receiver);
    second.kill("SIGTERM");
    expect(await second.ended).toBe(0);
    await database.drop();
  });
});

describe("an endpoint's lease", () => {
  it("is renewed with each claim, and one supplier can hold only some of the leases", async () => {
    const [one, other] = [await newSupplier(server), await newSupplier(server)];
    const target = "https://leads.example.fr/";
    for (const supplier of [one, one, one, one, other]) await newEndpoint(supplier, { target });
    // Due only on the clock of this test.
    const both = [[one.id, other.id]];
    await owner.rows("UPDATE supplier_account SET last_position = 1 WHERE supplier_id = ANY ($1)", both);
    await owner.rows("UPDATE endpoint SET next_try_at = '2100-01-01' WHERE supplier_id = ANY ($1)", both);
    const { transact } = server.running.services;
    const leases = new Leases({
      transact,
      clock: clockShowing(() => new Date("2100-01-02")),
      leaseSeconds: 40,
    });
    const claim = async (taken: readonly string[]): Promise<EndpointEntity[]> =>
      (await leases.claim({ free: 50, failing: false, each: 2, taken })).filter(({ supplierId }) =>
        both.flat().includes(supplierId),
      );
    const [mine, ...more] = await claim([one.id]);
    expect([mine, ...more].map((row) => row?.supplierId).sort()).toEqual([one.id, other.id].sort());
    expect((await claim([])).map(({ supplierId }) => supplierId)).toEqual([one.id, one.id]);
    expect(await claim([one.id, one.id])).toEqual([]);

    // The first lease ends, and the same process claims the endpoint again.
    const before = mine as EndpointEntity;
    await owner.rows("UPDATE endpoint SET leased_until = now() - interval '1 second' WHERE id = $1", [
      before.id,
    ]);
    const after = (await claim([])).find(({ id }) => id === before.id);
    expect(after).toBeDefined();
    expect(after?.leasedBy).not.toBe(before.leasedBy);
    await transact({ role: "worker" }, (tx) => leases.release(tx, before));
    const move = { from: 0, progress: { ...before, position: 1 } };
    expect(await transact({ role: "worker" }, (tx) => leases.move(tx, before, move))).toBe(false);
    expect(await leases.current(before)).toBeNull();
    expect(await leases.current(after as EndpointEntity)).toMatchObject({ position: 0 });
    await owner.rows("DELETE FROM endpoint WHERE supplier_id = ANY ($1)", both);
  });
});

describe("two servers", () => {
  it("send to one endpoint one at a time, even when an answer outlasts the lease", async () => {
    const second = await startTestServer({ beside: server, environment: environmentOf(authority) });
    const supplier = await supplierWith();
    const receiver = await newReceiver();
    let [open, most] = [0, 0];
    receiver.behave = (response) => {
      most = Math.max(most, ++open);
      const answer = (): unknown => (open--, response.writeHead(204).end());
      // The first answer comes after the lease would have ended without a renewal.
      if (receiver.all.length > 1) answer();
      else void outlived.then(answer);
    };
    const { id } = await newEndpoint(supplier, { target: receiver.url() });
    const leasedUntil = async (): Promise<Date | undefined> =>
      (await owner.rows("SELECT leased_until FROM endpoint WHERE id = $1", [id]))[0]?.["leased_until"];
    const outlived = receiver.received(1).then(async () => {
      const first = await until("it is leased", leasedUntil);
      for (let held = first; server.clock.now() <= first;) {
        server.clock.forward(leaseMs / 2);
        server.clock.ringDue();
        const before = held;
        held = await until("the lease is renewed", async () => {
          const now = await leasedUntil();
          return now !== undefined && now > before && now;
        });
      }
    });
    await Promise.all(Array.from({ length: 5 }, () => sendLead(server, { to: [supplier] })));
    await until("all came", async () => receiver.distinct.length === 5);
    const feed = await wholeFeed(server, supplier);
    expect(receiver.all.map(({ body }) => body.data.cursor)).toEqual(feed.map(({ cursor }) => cursor));
    expect(most).toBe(1);
    report("two servers, an answer after the end of the first lease", 5, receiver);
    await second.stop();
  });
});
