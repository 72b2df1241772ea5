/** While the database is away, every door says so: 503 with Retry-After and the code UNAVAILABLE, never INTERNAL. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import WebSocket from "ws";
import { ask, must } from "../support/client";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { MovableClock } from "../support/clock";
import { Passage } from "../support/passage";
import { asOwnerOf, type Owner } from "../support/rows";
import { newKeys, startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

const webhookSecret = "whsec_invented";
let database: TestDatabase;
let owner: Owner;
let passage: Passage;
let server: TestServer;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  passage = await Passage.open();
  comeBack();
  const beside = {
    database: { ...database, url: passage.through(database.url) },
    keys: newKeys(),
    clock: new MovableClock(),
  };
  const environment = { STRIPE_SECRET_KEY: "sk_test_invented", STRIPE_WEBHOOK_SECRET: webhookSecret };
  server = await startTestServer({ beside, environment });
});
afterAll(async () => {
  await server.stop();
  await passage.close();
  await owner.end();
  await database.drop();
});

const comeBack = (): void => passage.leadTo(Number(new URL(database.url).port));
const keyed = (): Record<string, string> => ({ authorization: `Bearer ${server.adminToken}` });
const json = { "content-type": "application/json" };
const viewer = { query: "{ suppliers(first: 1) { edges { cursor } } }" };

function signedEvent(): RequestInit {
  const body = JSON.stringify({ id: "evt_1", object: "event", type: "payout.paid", data: { object: {} } });
  const at = Math.floor(Date.now() / 1000);
  const signed = createHmac("sha256", webhookSecret).update(`${at}.${body}`).digest("hex");
  return { method: "POST", headers: { ...json, "stripe-signature": `t=${at},v1=${signed}` }, body };
}

const doors: readonly [string, () => Promise<Response>][] = [
  [
    "GraphQL",
    () =>
      fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { ...json, ...keyed() },
        body: JSON.stringify(viewer),
      }),
  ],
  [
    "event streams",
    () =>
      fetch(`${server.url}/graphql/stream`, {
        method: "POST",
        headers: { ...json, ...keyed(), accept: "text/event-stream" },
        body: JSON.stringify({ query: "subscription { leadFeed { cursor } }" }),
      }),
  ],
  ["the schema of a key", () => fetch(`${server.url}/schema.graphql`, { headers: keyed() })],
  ["files", () => fetch(`${server.url}/files/x`, { headers: keyed() })],
  ["Stripe's events", () => fetch(`${server.url}/stripe/events`, signedEvent())],
];

interface Socket {
  readonly socket: WebSocket;
  next(): Promise<{ type: string; payload?: any }>;
  say(message: object): void;
}

async function openSocket(): Promise<Socket> {
  const socket = new WebSocket(server.wsUrl, "graphql-transport-ws");
  const received: any[] = [];
  socket.on("message", (data: Buffer) => received.push(JSON.parse(data.toString())));
  await once(socket, "open");
  return {
    socket,
    next: async () => {
      while (received.length === 0) await once(socket, "message");
      return received.shift();
    },
    say: (message) => socket.send(JSON.stringify(message)),
  };
}

const init = (): object => ({ type: "connection_init", payload: keyed() });

const whenBack = (): Promise<unknown> =>
  until("the server is ready again", async () => (await fetch(`${server.url}/readyz`)).status === 200);

it("answers 503 at every door, and works again afterwards", async () => {
  const open = await openSocket();
  open.say(init());
  expect(await open.next()).toEqual({ type: "connection_ack" });
  passage.cut();

  for (const [door, knock] of doors) {
    const response = await knock();
    const text = await response.text();
    expect([door, response.status, response.headers.get("retry-after")]).toEqual([door, 503, "5"]);
    expect(text).toContain('"code":"UNAVAILABLE"');
    expect(text).toContain('"retryAfterSeconds":5');
  }
  open.say({ type: "subscribe", id: "1", payload: viewer });
  const answer = await open.next();
  expect(answer.payload.errors?.[0] ?? answer.payload[0]).toMatchObject({
    extensions: { code: "UNAVAILABLE", retryAfterSeconds: 5 },
  });
  const fresh = await openSocket();
  fresh.say(init());
  const [code] = (await once(fresh.socket, "close")) as [number];
  expect(code).toBe(1013);
  const ready = await fetch(`${server.url}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { checks: { database: "not reachable" } }]);
  expect(server.log.filter((line) => line.includes("Something failed"))).toEqual([]);

  comeBack();
  await whenBack();
  expect(await must(server, server.adminToken, viewer)).toHaveProperty("suppliers");
  open.socket.terminate();
});

it.each([
  ["default_transaction_read_only = on", "on a standby"],
  ["temp_file_limit = 0", "when no file can grow, as on a full disk"],
])("is not ready with %s: %s", async (setting) => {
  const name = new URL(database.url).pathname.slice(1);
  const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await owner.rows(`ALTER DATABASE ${name} SET ${setting}`);
  await owner.rows(others);
  await until("it is not ready", async () => {
    const response = await fetch(`${server.url}/readyz`);
    const { checks } = (await response.json()) as { checks: { database: string } };
    return response.status === 503 && checks.database === "not writable";
  });
  if (setting.startsWith("default")) {
    const write = {
      query: 'mutation { createApiKey(input: { role: FORM, label: "Essai" }) { token } }',
    };
    const { status, errors } = await ask(server, server.adminToken, write);
    expect([status, errors?.[0]?.extensions.code]).toEqual([503, "UNAVAILABLE"]);
  }
  await owner.rows(`ALTER DATABASE ${name} RESET ALL`);
  await owner.rows(others);
  await whenBack();
});
