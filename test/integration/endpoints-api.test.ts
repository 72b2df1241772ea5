/** What a supplier's client relies on when it edits endpoints: nothing is lost, and every fault is named at once. */
import { answering, newAuthority, Receiver, type Authority } from "../support/receiver";
import { ask, must, type GraphQLAnswer } from "../support/client";
import { newSupplier, type TestSupplier } from "../support/journey";
import { asOwnerOf } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
let authority: Authority;
let receiver: Receiver;
let supplier: TestSupplier;

beforeAll(async () => {
  authority = newAuthority();
  receiver = await Receiver.start(authority);
  receiver.behave = answering(200);
  const environment = { OUTBOUND_ALLOW: "127.0.0.0/8", OUTBOUND_CA_FILE: authority.caFile };
  server = await startTestServer({ environment });
  supplier = await newSupplier(server);
});
afterAll(async () => {
  await server.stop();
  await Promise.all([receiver.stop(), authority.remove()]);
});

const fields = "id version label target options events document position";
const document = "subscription { leadFeed { cursor } }";

async function newEndpoint(): Promise<Record<string, unknown>> {
  const { createEndpoint } = await must(server, supplier.token, {
    query: `mutation ($input: EndpointInput!) { createEndpoint(input: $input) { endpoint { ${fields} } } }`,
    variables: { input: { label: "CRM", target: receiver.url(), events: ["LEAD_MATCHED"], document } },
  });
  return createEndpoint.endpoint;
}

const extensionsOf = ({ errors }: GraphQLAnswer): Record<string, any> => errors?.[0]?.extensions ?? {};

const update = (id: unknown, input: object, ifVersion?: number): Promise<GraphQLAnswer> =>
  ask(server, supplier.token, {
    query: `mutation ($id: ID!, $input: UpdateEndpointInput!, $ifVersion: Int) {
      updateEndpoint(id: $id, input: $input, ifVersion: $ifVersion) { ${fields} } }`,
    variables: { id, input, ifVersion },
  });

describe("an update of an endpoint", () => {
  it("that only renames it keeps its events and its document", async () => {
    const made = await newEndpoint();
    const { data } = await update(made["id"], { label: "CRM 2" });
    expect(data?.updateEndpoint).toEqual({ ...made, label: "CRM 2", version: 2 });
  });

  it("sets the default where it says null, and refuses null where there is none", async () => {
    const made = await newEndpoint();
    const { data } = await update(made["id"], { events: null, document: null });
    expect(data?.updateEndpoint).toMatchObject({ events: null, document: null, label: "CRM" });
    const refused = await update(made["id"], { label: null, target: null });
    expect(extensionsOf(refused)).toMatchObject({
      code: "INVALID_INPUT",
      faults: [
        { reason: "NULL_NOT_ALLOWED", field: "label" },
        { reason: "NULL_NOT_ALLOWED", field: "target" },
      ],
    });
  });

  it("by the second of two editors is a CONFLICT, and changes nothing", async () => {
    const { id } = await newEndpoint();
    expect((await update(id, { label: "first" }, 1)).errors).toBeUndefined();
    const second = await update(id, { label: "second" }, 1);
    expect(extensionsOf(second)).toMatchObject({
      ...{ code: "CONFLICT", reason: "VERSION_CHANGED", version: 2 },
    });
    expect((await update(id, {})).data?.updateEndpoint).toMatchObject({ label: "first", version: 2 });
  });

  it("names every fault of its input at once", async () => {
    const { id } = await newEndpoint();
    const input = { label: " ", target: "http://leads.example.fr", options: { a: {} }, events: [] };
    const refused = await update(id, { ...input, document: "query { viewer { role } }" });
    expect(refused.errors).toHaveLength(1);
    expect(extensionsOf(refused)["faults"]).toMatchObject([
      { field: "label", reason: "EMPTY" },
      { field: "target", reason: "MALFORMED" },
      { field: "options", reason: "MALFORMED" },
      { field: "events", reason: "EMPTY" },
      { field: "document", reason: "DOCUMENT_INVALID" },
    ]);
  });
});

it("names every fault of a new endpoint at once, its limits included", async () => {
  const refused = await ask(server, supplier.token, {
    query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { secret } }",
    variables: { input: { label: "", target: "ftp://x", events: [], siteIds: [] } },
  });
  expect(extensionsOf(refused)["faults"]).toHaveLength(4);
});

it("answers null for an endpoint that does not exist", async () => {
  const { endpoint } = await must(server, supplier.token, { query: '{ endpoint(id: "x") { id } }' });
  expect(endpoint).toBeNull();
});

it("replays once for one key", async () => {
  const [{ id }, other] = [await newEndpoint(), await newEndpoint()];
  const replay = (endpointId: unknown): Promise<GraphQLAnswer> =>
    ask(server, supplier.token, {
      query: `mutation ($id: ID!) { replayEndpoint(id: $id, idempotencyKey: "once") { id } }`,
      variables: { id: endpointId },
    });
  expect((await replay(id)).data?.replayEndpoint).toEqual({ id });
  expect((await replay(id)).data?.replayEndpoint).toEqual({ id });
  expect(extensionsOf(await replay(other["id"]))).toMatchObject({ code: "CONFLICT" });
  const owner = await asOwnerOf(server.database);
  const replays = await owner.rows(
    "SELECT count(*)::int AS count FROM audit_event WHERE subject = $1 AND action = 'ENDPOINT_REPLAYED'",
    [`endpoint:${String(id)}`],
  );
  await owner.end();
  expect(replays).toEqual([{ count: 1 }]);
});

it("sends one test message for one key, and answers a repetition during the attempt with CONFLICT", async () => {
  const { id } = await newEndpoint();
  const test = (): Promise<GraphQLAnswer> =>
    ask(server, supplier.token, {
      query: `mutation ($id: ID!) { testEndpoint(id: $id, idempotencyKey: "test") {
        attempt { id event cursor number delivered status reason } } }`,
      variables: { id },
    });
  receiver.all.splice(0);
  const arrived = new Promise<() => void>((resolve) => {
    receiver.behave = (response) => {
      resolve(() => response.writeHead(204).end());
    };
  });
  const first = test();
  const answer = await arrived;
  expect(extensionsOf(await test())).toMatchObject({ code: "CONFLICT", reason: "IN_PROGRESS" });
  answer();
  const { data } = await first;
  expect(data?.testEndpoint.attempt).toMatchObject({
    ...{ event: null, cursor: null, number: 1, delivered: true, status: 204, reason: null },
  });
  expect((await test()).data).toEqual(data);
  expect(receiver.all).toHaveLength(1);
});
