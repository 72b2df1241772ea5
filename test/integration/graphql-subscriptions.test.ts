/**
 * Many subscribers to one source over WebSocket and event stream: shared execution, slow readers, mass
 * reconnection and shutdown.
 */
import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { createClient, type Client } from "graphql-sse";
import { WebSocket } from "ws";
import { limits } from "../../src/platform/graphql/limits";
import { Outbox } from "../../src/platform/graphql/outbox";
import { Board } from "../support/board";
import { bell, guests, post, posts, serve, soon, Wire, type TestServer } from "./graphql-server-fixture";

let server: TestServer;

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

beforeEach(() => {
  Object.assign(posts, { board: new Board(), rendered: 0, words: "", failures: 0 });
  server.revoked.clear();
});
afterEach(() => jest.restoreAllMocks());

const query = "subscription ($after: Int, $loud: Boolean) { posted(after: $after, loud: $loud) }";
const upTo = (end: number, start = 0): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index + 1);

/** The numbers of the next posts. */
async function numbers(wire: Wire, many: number): Promise<number[]> {
  const heard: number[] = [];
  while (heard.length < many) heard.push(numberIn(await wire.next()));
  return heard;
}
const numberIn = ({ payload }: { payload?: any }): number => Number.parseInt(payload.data.posted, 10);

async function enter(at = server): Promise<Wire> {
  return Wire.enter(at.wsUrl, "sales-key");
}

const metric = async (name: string, at = server): Promise<number> => {
  const text = await (await fetch(`${at.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, "m").exec(text)?.[1]);
};

const held = (at = server): { groups: number; members: number } => at.followers();

describe("subscribers of the same operation", () => {
  it("share one execution and receive it under their own ids, wherever they began", async () => {
    posts.board.post(3);
    const wires = await Promise.all(upTo(20).map(() => enter()));
    wires.forEach((wire, index) => wire.ask(`own "${index}"`, query, { after: index % 4 }));
    for (const [index, wire] of wires.entries())
      expect(await numbers(wire, 3 - (index % 4))).toEqual(upTo(3, index % 4));
    await soon(() => held().members === 20);
    const before = posts.rendered;
    posts.board.post();
    for (const [index, wire] of wires.entries())
      expect(await wire.next()).toEqual({
        id: `own "${index}"`,
        type: "next",
        payload: { data: { posted: "4 " } },
      });
    expect(posts.rendered - before).toBe(1);
    expect(held()).toEqual({ groups: 1, members: 20 });
    await Promise.all(wires.map((wire) => wire.close()));
    await soon(() => held().groups === 0);
  });

  it("are grouped by variables and leave their group when they complete", async () => {
    const [plain, loud] = [await enter(), await enter()];
    plain.ask("1", query, { after: 0, loud: false });
    loud.ask("1", query, { after: 0, loud: true });
    await soon(() => held().groups === 2);
    posts.board.post();
    expect([await plain.next(), await loud.next()]).toMatchObject([
      { payload: { data: { posted: "1 " } } },
      { payload: { data: { posted: "1! " } } },
    ]);
    loud.say({ type: "complete", id: "1" });
    await soon(() => held().groups === 1);
    posts.board.post();
    expect(await numbers(plain, 1)).toEqual([2]);
    loud.say({ type: "ping" });
    expect(await loud.next()).toEqual({ type: "pong" });
    await Promise.all([plain.close(), loud.close()]);
    await soon(() => held().groups === 0);
  });

  it("stay connected through a read failure and miss nothing", async () => {
    const wire = await enter();
    wire.ask("1", query);
    await soon(() => held().members === 1);
    const read = jest.spyOn(posts.board as any, "read").mockRejectedValueOnce(new Error("the table is away"));
    posts.board.post(2);
    expect(await numbers(wire, 2)).toEqual([1, 2]);
    expect(read.mock.calls.length).toBeGreaterThan(1);
    await wire.close();
  });
});

describe("an event that cannot be rendered at the moment", () => {
  it("is sent later and complete, to live and resuming subscribers", async () => {
    const following = await enter();
    following.ask("1", query);
    await soon(() => held().members === 1);
    posts.failures = 2;
    posts.board.post();
    expect(await numbers(following, 1)).toEqual([1]);
    expect(posts.failures).toBe(0);
    posts.failures = 2;
    const resuming = await enter();
    resuming.ask("1", query, { after: 0 });
    expect(await numbers(resuming, 1)).toEqual([1]);
    await Promise.all([following.close(), resuming.close()]);
  });
});

/** A client that reads nothing for `slowMs` is disconnected, and may take its time to read the reason. */
function readAfter(slowMs: number): void {
  jest.replaceProperty(limits, "slowReaderMs", slowMs as never);
  jest.replaceProperty(limits, "slowCloseMs", 60_000 as never);
}

describe("a slow reader", () => {
  it("costs little memory, delays nobody, is closed with a reason and resumes without loss", async () => {
    readAfter(100);
    posts.words = "x".repeat(20_000);
    posts.board.post(1_500);
    const [slow, quick] = [await enter(), await enter()];
    const goodbye = new Promise<[number, string]>((resolve) =>
      slow.socket.once("close", (code, reason) => resolve([code, String(reason)])),
    );
    slow.socket.pause();
    slow.ask("1", query, { after: 0 });
    await soon(() => posts.rendered >= limits.resumePage);
    quick.ask("1", query, { after: posts.board.end });
    await soon(() => held().members === 1);
    for (let i = 0; i < 20; i += 1) {
      posts.board.post();
      expect(await numbers(quick, 1)).toEqual([posts.board.end]);
    }
    await soon(() => server.logged.some((line) => line.includes("reads too slowly")));
    // Only what fits into the socket buffers and one page was rendered, not all 30 MB.
    expect(posts.rendered).toBeLessThan(posts.board.end);
    slow.socket.resume();
    expect(await goodbye).toEqual([4413, "Reads too slowly: resume from your last cursor"]);
    const got = slow.rest().map(numberIn);
    expect(got).toEqual(upTo(got.length));
    expect(got.length).toBeGreaterThan(0);
    const again = await enter();
    again.ask("1", query, { after: got.length });
    expect(await numbers(again, posts.board.end - got.length)).toEqual(upTo(posts.board.end, got.length));
    await Promise.all([quick.close(), again.close()]);
  });

  it("receives data as it is at the time of sending, however old the event", async () => {
    jest.replaceProperty(limits, "freshMs", 0 as never);
    const writing = jest.spyOn(Outbox.prototype, "writeTogether");
    const isBehind = (): boolean =>
      (writing.mock.contexts.at(-1) as Outbox | undefined)?.isDrained() === false;
    posts.words = "old ".repeat(5_000);
    posts.board.post(1_200);
    const slow = await enter();
    slow.socket.pause();
    slow.ask("1", query, { after: 0 });
    await soon(() => posts.rendered >= limits.resumePage && isBehind());
    posts.words = "new";
    const written = writing.mock.calls.flatMap(([all]) => all).length;
    slow.socket.resume();
    const texts: string[] = [];
    while (texts.length < 1_200) texts.push(((await slow.next()) as any).payload.data.posted);
    expect(texts.map((text) => Number.parseInt(text, 10))).toEqual(upTo(1_200));
    // Nothing out of date was sent from the page that waited for the reader.
    expect(texts.filter((text) => text.includes("old"))).toHaveLength(written);
    expect(texts.slice(written).every((text) => text.endsWith("new"))).toBe(true);
    await slow.close();
  });

  it("is disconnected when it does not even read the close frame", async () => {
    jest.replaceProperty(limits, "slowReaderMs", 100 as never);
    jest.replaceProperty(limits, "slowCloseMs", 100 as never);
    posts.words = "x".repeat(20_000);
    posts.board.post(1_500);
    const hasty = await serve();
    const slow = await enter(hasty);
    slow.socket.pause();
    slow.ask("1", query, { after: 0 });
    while ((await metric("graphql_open_sockets", hasty)) > 0);
    expect(posts.rendered).toBeGreaterThan(0);
    slow.socket.resume();
    // The close frame stood behind what the client did not read.
    expect(await slow.closed).toBe(1006);
    await hasty.stop();
  });
});

describe("mass reconnection", () => {
  it("lets a limited number catch up at a time, keeps the order and leaves HTTP responsive", async () => {
    jest.replaceProperty(limits, "resumesAtOnce", 3 as never);
    const busy = await serve();
    posts.board.post(30);
    const release = posts.board.hold();
    const wires = await Promise.all(upTo(300).map(() => enter(busy)));
    for (const wire of wires) wire.ask("1", query, { after: 10 });
    const waiting = 'graphql_catching_up\\{state="waiting"\\}';
    while ((await metric(waiting, busy)) < 297)
      expect((await post(busy.url, { query: "{ hello }" })).status).toBe(200);
    release();
    for (const wire of wires) expect(await numbers(wire, 20)).toEqual(upTo(30, 10));
    // Besides the three, the group of those who have caught up reads once.
    expect(posts.board.reading.most).toBeLessThanOrEqual(3 + 1);
    await Promise.all(wires.map((wire) => wire.close()));
    await busy.stop();
  });

  it("closes those beyond the waiting limit with 1013 and serves the others", async () => {
    jest.replaceProperty(limits, "resumesAtOnce", 1 as never);
    jest.replaceProperty(limits, "resumesWaiting", 5 as never);
    const busy = await serve();
    const release = posts.board.hold();
    posts.board.post();
    const wires = await Promise.all(upTo(12).map(() => enter(busy)));
    const codes: number[] = [];
    for (const wire of wires) {
      void wire.closed.then((code) => codes.push(code));
      wire.ask("1", query);
    }
    await soon(() => codes.length === 12 - 6);
    expect(new Set(codes)).toEqual(new Set([1013]));
    release();
    const served = wires.filter(({ socket }) => socket.readyState === WebSocket.OPEN);
    for (const wire of served) expect(await numbers(wire, 1)).toEqual([1]);
    expect(served).toHaveLength(6);
    await Promise.all(served.map((wire) => wire.close()));
    await busy.stop();
  });

  it("limits the number of unauthenticated sockets", async () => {
    jest.replaceProperty(limits, "authenticatingSockets", 2 as never);
    const silent = [await Wire.open(server.wsUrl), await Wire.open(server.wsUrl)];
    const refused = new WebSocket(server.wsUrl, "graphql-transport-ws");
    refused.on("error", () => undefined);
    const [, response] = await once(refused, "unexpected-response");
    expect([response.statusCode, response.headers["retry-after"]]).toEqual([503, "5"]);
    response.destroy();
    await silent[0]?.close();
    silent[1]?.say({ type: "connection_init", payload: {} });
    await silent[1]?.next();
    await (await enter()).close();
    await silent[1]?.close();
  });
});

const client = (at = server, key = "sales-key"): Client =>
  createClient({
    url: `${at.url}/graphql/stream`,
    headers: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });

const stream = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: "Bearer sales-key",
      ...headers,
    },
    body: JSON.stringify(body),
  });

describe("an event stream", () => {
  it("delivers the same events as a socket and resumes after the last one received", async () => {
    posts.board.post(2);
    const follow = (after: number) => client().iterate<any>({ query, variables: { after } });
    const first = follow(0);
    const heard = [await first.next(), await first.next()];
    const live = first.next();
    await soon(() => held().members === 1);
    posts.board.post();
    heard.push(await live);
    expect(heard.map(({ value }) => value.data.posted)).toEqual(["1 ", "2 ", "3 "]);
    await first.return?.();
    await soon(() => held().members === 0);
    posts.board.post();
    const again = follow(3);
    expect((await again.next()).value.data).toEqual({ posted: "4 " });
    await again.return?.();
    for (let open = 1; open > 0;) open = await metric("graphql_open_streams");
  });

  it("carries sources that are not shared and ends with them", async () => {
    const events = client().iterate<any>({ query: "subscription { rung }" });
    const next = events.next();
    await soon(() => bell.listenerCount("ring") === 1);
    bell.emit("ring", "ding");
    expect((await next).value.data.rung).toMatch(/^ding /);
    await events.return?.();
    await soon(() => bell.listenerCount("ring") === 0);
  });

  it("follows the protocol and sends the headers of every answer", async () => {
    const response = await stream({ query: "{ hello }" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).toBe(
      ':\n\nevent: next\ndata: {"data":{"hello":"hello you"}}\n\nevent: complete\ndata:\n\n',
    );
  });

  it.each([
    ["a syntax error", "{ hello(", "INVALID_INPUT"],
    ["too many tokens", `{ ${"hello ".repeat(1_100)} }`, "INVALID_INPUT"],
    ["a query not permitted to its role", "{ secret }", "FORBIDDEN"],
    ["a subscription not permitted to its role", "subscription { rung }", "FORBIDDEN", "admin-key"],
    ["an internal error", "{ broken }", "INTERNAL"],
  ])(
    "applies the limits, permissions and errors of HTTP: %s",
    async (_what, asked, code, key = "sales-key") => {
      const text = await (await stream({ query: asked }, { authorization: `Bearer ${key}` })).text();
      expect(text).toContain(`"code":"${code}"`);
      expect(text).toMatch(/event: complete\ndata:\n\n$/);
      expect(text).not.toContain("dupont");
    },
  );

  it.each([
    [401, { authorization: "Bearer forged" }, { query }],
    [406, { accept: "application/json" }, { query }],
    [415, { "content-type": "text/plain" }, { query }],
    [400, {}, { variables: {} }],
    [400, {}, { query, variables: [1] }],
  ])("is refused with %d", async (status, headers, body) => {
    expect((await stream(body, headers)).status).toBe(status);
  });

  it("cannot be opened with GET", async () => {
    const response = await fetch(`${server.url}/graphql/stream?query=${encodeURIComponent(query)}`, {
      headers: { accept: "text/event-stream", authorization: "Bearer sales-key" },
    });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("has a heartbeat and ends without `complete` when the server stops", async () => {
    jest.replaceProperty(limits, "keepAliveMs", 40 as never);
    const ending = await serve();
    const response = await fetch(`${ending.url}/graphql/stream`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        authorization: "Bearer sales-key",
      },
      body: JSON.stringify({ query }),
    });
    let text = "";
    const reading = (async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        text += Buffer.from(chunk).toString();
    })();
    await soon(() => text.length >= 9);
    expect(text).toMatch(/^(:\n\n)+$/);
    await ending.stop();
    await reading;
    expect(text).not.toContain("complete");
  });

  it("ends with an error once its key is revoked", async () => {
    const response = await stream({ query });
    await soon(() => held().members === 1);
    for (const guest of guests.values()) server.revoked.add(guest);
    expect(await response.text()).toMatch(/"code":"UNAUTHENTICATED".*\n\nevent: complete\ndata:\n\n$/);
    expect(held().members).toBe(0);
  });

  it("of a slow reader costs little memory, ends with a reason and resumes without loss", async () => {
    readAfter(100);
    posts.words = "x".repeat(20_000);
    posts.board.post(1_500);
    const { hostname, port } = new URL(server.url);
    const headers = {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: "Bearer sales-key",
    };
    const asking = request({ hostname, port, path: "/graphql/stream", method: "POST", headers });
    asking.end(JSON.stringify({ query, variables: { after: 0 } }));
    const [response] = (await once(asking, "response")) as [IncomingMessage];
    response.pause();
    await soon(() => server.logged.some((line) => line.includes("event stream was ended")));
    expect(posts.rendered).toBeLessThan(posts.board.end);
    let text = "";
    for await (const chunk of response) text += String(chunk);
    expect(text).toMatch(/Reads too slowly: resume from your last cursor.*\n\n$/);
    const got = [...text.matchAll(/"posted":"(\d+) /g)].map(([, number]) => Number(number));
    expect(got).toEqual(upTo(got.length));
    expect(got.length).toBeGreaterThan(0);
  });
});
