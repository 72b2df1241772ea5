/**
 * Long-lived feed connections on both transports: when they are closed, and when their events are rendered.
 */
import { createClient } from "graphql-sse";
import { must, subscribe } from "../support/client";
import {
  feedSubscription,
  newCampaign,
  newKey,
  newSupplier,
  sendLead,
  wholeFeed,
  type TestSupplier,
  waiveGoLive,
} from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let supplier: TestSupplier;

useServer(async (started) => {
  ({ server, owner } = started);
  supplier = await newSupplier(server);
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier] });
  await until("it is delivered", async () => (await wholeFeed(server, supplier)).length > 0);
});

const stream = (token: string, after: string | null = null): AsyncIterableIterator<any> => {
  const client = createClient({
    url: `${server.url}/graphql/stream`,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  return client.iterate<any>({ query: feedSubscription, variables: { after } });
};

const live = (members: number) =>
  until(`${members} follow live`, async () => server.running.followers().members === members);

it("an event stream delivers the same events as a socket from the same cursor", async () => {
  const events = stream(supplier.token);
  const first = (await events.next()).value.data.leadFeed;
  expect(first).toMatchObject({ __typename: "LeadMatched", lead: { seat: 1 } });
  await events.return?.();
  const [socket, again] = [
    subscribe(server, supplier.token, { query: feedSubscription, variables: { after: first.cursor } }),
    stream(supplier.token, first.cursor),
  ];
  const next = again.next();
  await sendLead(server, { to: [supplier] });
  const [bySocket, byStream] = [await socket.next(), (await next).value.data.leadFeed];
  expect(byStream).toEqual(bySocket);
  await socket.stop();
  await again.return?.();
});

it("keys of one supplier and role share a group of readers; suppliers and roles never do", async () => {
  const other = await newSupplier(server);
  const second = await newKey(server, supplier.id);
  const sales = await newKey(server, supplier.id, "SUPPLIER_SALES");
  const sockets = [supplier.token, second, sales, other.token].map((token) =>
    subscribe(server, token, { query: feedSubscription }),
  );
  await live(4);
  expect(server.running.followers().groups).toBe(3);
  await Promise.all(sockets.map((socket) => socket.stop()));
  await live(0);
});

const signInAs = async (email: string, password: string): Promise<string> =>
  (
    await must(server, null, {
      query: `mutation ($email: String!, $password: String!) {
        signIn(email: $email, password: $password) { ... on SignedIn { token } } }`,
      variables: { email, password },
    })
  ).signIn.token;

async function newMember(): Promise<{ id: string; token: string }> {
  const [email, password] = [`camille.${Math.random()}@exemple.example`, "a long enough password"];
  const { createMember } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: {
      input: { email, password, name: "Camille", role: "SUPPLIER_SALES", supplierId: supplier.id },
    },
  });
  return { id: createMember.id, token: await signInAs(email, password) };
}

const endings: [string, () => Promise<{ token: string; end: () => Promise<unknown> }>][] = [
  [
    "its key is revoked",
    async () => {
      const { createApiKey } = await must(server, server.adminToken, {
        query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token key { id } } }",
        variables: {
          input: { role: "SUPPLIER_INTEGRATION", supplierId: supplier.id, label: "test", waiveGoLive },
        },
      });
      const end = () =>
        must(server, server.adminToken, {
          query: "mutation ($id: ID!) { revokeApiKey(id: $id) { id } }",
          variables: { id: createApiKey.key.id },
        });
      return { token: createApiKey.token, end };
    },
  ],
  [
    "its member is disabled",
    async () => {
      const { id, token } = await newMember();
      const end = () =>
        must(server, server.adminToken, {
          query: "mutation ($id: ID!) { disableMember(id: $id) { id } }",
          variables: { id },
        });
      return { token, end };
    },
  ],
  [
    "its session has expired",
    async () => {
      const { token } = await newMember();
      return { token, end: async () => server.clock.forward(20 * 24 * 3_600_000) };
    },
  ],
];

it.each(endings)("a socket and a stream are closed once %s", async (_what, begin) => {
  const { token, end } = await begin();
  const [socket, events] = [subscribe(server, token, { query: feedSubscription }), stream(token)];
  await events.next();
  await live(2);
  const rest = (async () => {
    const texts: string[] = [];
    for await (const result of events) texts.push(JSON.stringify(result));
    return texts;
  })();
  await end();
  expect(await socket.closed).toBe(4403);
  expect((await rest).at(-1)).toContain("UNAUTHENTICATED");
  await live(0);
});

it("a lead whose consent ends between reading the event and sending it is not shown", async () => {
  for (const transport of ["socket", "stream"] as const) {
    const mine = await newSupplier(server);
    await newCampaign(server, mine);
    await sendLead(server, { to: [mine] });
    await until("it is delivered", async () => (await wholeFeed(server, mine)).length > 0);
    const blocker = await asOwnerOf(server.database);
    await blocker.rows("BEGIN");
    // The rendering now waits here, after the event was read and before it is sent.
    await blocker.rows("LOCK TABLE lead_need IN ACCESS EXCLUSIVE MODE");
    const socket = transport === "socket" ? subscribe(server, mine.token, { query: feedSubscription }) : null;
    const events = socket ? null : stream(mine.token);
    const next = socket ? socket.next() : (events?.next() as Promise<any>);
    await until("it is being rendered", async () => {
      const waiting = await owner.rows(
        "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'lead_need'::regclass",
      );
      return waiting.length > 0;
    });
    await blocker.rows(
      "UPDATE delivery SET revoked_at = now(), revocation_reason = 'CONSENT_WITHDRAWN', channels = '{}' WHERE supplier_id = $1",
      [mine.id],
    );
    await blocker.rows("COMMIT");
    await blocker.end();
    const event = socket ? await next : (await next).value.data.leadFeed;
    expect(event).toMatchObject({ __typename: "LeadMatched", lead: null });
    await socket?.stop();
    await events?.return?.();
  }
});

it("a single query over all followed feeds finds events whose hint was lost", async () => {
  const others = [await newSupplier(server), await newSupplier(server)];
  const sockets = others.map(({ token }) => subscribe(server, token, { query: feedSubscription }));
  await live(2);
  for (const { id } of others) {
    // Writes an event as another process would whose hint is lost.
    await owner.rows(
      `WITH account AS (UPDATE supplier_account SET last_position = last_position + 1 WHERE supplier_id = $1 RETURNING last_position)
       INSERT INTO feed_event SELECT $1, last_position, 300, now(), 'LEAD_REVOKED', gen_random_uuid(), NULL, '{"reason":"ERASED"}' FROM account`,
      [id],
    );
  }
  await server.running.services.account.feed.watch.look();
  for (const socket of sockets) expect(await socket.next()).toMatchObject({ reason: "ERASED" });
  await Promise.all(sockets.map((socket) => socket.stop()));
});
