import { once } from "node:events";
import { WebSocket } from "ws";
import { limits } from "../../src/platform/graphql/limits";
import { bell, gate, guests, serve, soon, Wire, type TestServer } from "./graphql-server-fixture";

let server: TestServer;

beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

const listening = (count: number): Promise<void> => soon(() => bell.listenerCount("ring") === count);

async function follow(key = "sales-key"): Promise<Wire> {
  const wire = await Wire.enter(server.wsUrl, key);
  const before = bell.listenerCount("ring");
  wire.ask("1", "subscription { rung }");
  await listening(before + 1);
  return wire;
}

describe("a subscription", () => {
  it("delivers each event once, in order and with a new context", async () => {
    const wire = await follow();
    bell.emit("ring", "ding");
    bell.emit("ring", "dong");
    const heard = [await wire.next(), await wire.next()] as { payload: { data: { rung: string } } }[];
    const [first = "", second = ""] = heard.map(({ payload }) => payload.data.rung);
    expect([first.split(" ")[0], second.split(" ")[0]]).toEqual(["ding", "dong"]);
    expect(Number(second.split(" ")[1])).toBeGreaterThan(Number(first.split(" ")[1]));
    await wire.close();
  });

  it("sends nothing after it was completed and releases its source", async () => {
    const wire = await follow();
    wire.say({ type: "complete", id: "1" });
    await listening(0);
    bell.emit("ring", "too late");
    wire.ask("2", "{ hello }");
    expect(await wire.next()).toMatchObject({ id: "2", type: "next" });
    await wire.close();
  });

  it("releases its source when the socket closes, even after an id was reused", async () => {
    const wire = await follow();
    wire.say({ type: "complete", id: "1" });
    wire.ask("1", "subscription { rung }");
    wire.ask("2", "subscription { rung }");
    await listening(2);
    wire.socket.terminate();
    await listening(0);
  });

  it("is refused to a role without permission", async () => {
    const wire = await Wire.enter(server.wsUrl, "admin-key");
    wire.ask("1", "subscription { rung }");
    expect(await wire.next()).toMatchObject({ payload: { errors: [{ extensions: { code: "FORBIDDEN" } }] } });
    expect(bell.listenerCount("ring")).toBe(0);
    await wire.close();
  });
});

describe("a socket", () => {
  it("also carries queries and mutations, with the same errors as HTTP", async () => {
    const wire = await Wire.enter(server.wsUrl, "admin-key");
    wire.ask("1", "{ secret }");
    expect(await wire.next()).toMatchObject({ id: "1", payload: { data: { secret: "for ADMIN" } } });
    expect(await wire.next()).toEqual({ id: "1", type: "complete" });
    wire.ask("2", "{ broken }");
    const failed = JSON.stringify(await wire.next());
    expect(failed).toMatch(/"code":"INTERNAL"/);
    expect(failed).not.toContain("dupont");
    await wire.close();
  });

  it.each([
    ["a syntax error", "{ hello(", {}],
    ["an unknown field", "{ nothing }", {}],
    ["nested too deep", `{ tree ${"{ branch ".repeat(10)}{ id }${" }".repeat(10)} }`, {}],
    ["too many tokens", `{ ${"hello ".repeat(1_100)} }`, {}],
    ["a wrong variable", "query ($c: ContactInput!) { hello(contact: $c) }", { c: { name: 5 } }],
  ])("applies the limits of HTTP and stays open: %s", async (_what, query, variables) => {
    const wire = await Wire.enter(server.wsUrl);
    wire.ask("1", query, variables);
    expect(await wire.next()).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "INVALID_INPUT" } }],
    });
    wire.ask("1", "{ hello }");
    expect(await wire.next()).toMatchObject({ type: "next", payload: { data: { hello: "hello you" } } });
    await wire.close();
  });

  it("hides the schema when introspection is off", async () => {
    const hidden = await serve({ introspection: false });
    const wire = await Wire.enter(hidden.wsUrl);
    wire.ask("1", "{ __schema { description } }");
    expect(await wire.next()).toMatchObject({
      type: "error",
      payload: [{ message: expect.stringContaining("introspection has been disabled") as string }],
    });
    await wire.close();
    await hidden.stop();
  });

  it("limits the operations per socket, even in one burst", async () => {
    const wire = await Wire.enter(server.wsUrl, "sales-key");
    for (let id = 0; id < limits.operationsPerSocket + 5; id += 1)
      wire.ask(String(id), "subscription { rung }");
    for (let refused = 0; refused < 5; refused += 1) {
      expect(await wire.next()).toMatchObject({
        type: "error",
        payload: [{ extensions: { code: "RATE_LIMITED" } }],
      });
    }
    await listening(limits.operationsPerSocket);
    wire.say({ type: "complete", id: "0" });
    await listening(limits.operationsPerSocket - 1);
    wire.ask("again", "subscription { rung }");
    await listening(limits.operationsPerSocket);
    await wire.close();
    await listening(0);
  });
});

describe("a socket is closed", () => {
  it("with 4403 for an unknown key", async () => {
    const wire = await Wire.open(server.wsUrl);
    wire.say({ type: "connection_init", payload: { authorization: "Bearer forged" } });
    expect(await wire.closed).toBe(4403);
  });

  it("with 4403 once its key is revoked", async () => {
    const wire = await follow();
    for (const guest of guests.values()) server.revoked.add(guest);
    expect(await wire.closed).toBe(4403);
    await listening(0);
    server.revoked.clear();
  });

  it.each([
    ["invalid JSON", "{", 4400],
    ["a __proto__ key", '{"type":"connection_init","payload":{"__proto__":{"authorization":"x"}}}', 4400],
    ["a message that only a server sends", '{"type":"connection_ack"}', 4400],
    [
      "an operation before connection_init",
      '{"type":"subscribe","id":"1","payload":{"query":"{ hello }"}}',
      4401,
    ],
    ["a frame over the limit", JSON.stringify({ type: "ping", payload: { x: "x".repeat(70_000) } }), 1009],
  ])("for %s", async (_what, message, code) => {
    const wire = await Wire.open(server.wsUrl);
    wire.say(message);
    expect(await wire.closed).toBe(code);
  });

  it("when connection_init does not arrive in time", async () => {
    const patience = jest.replaceProperty(limits, "connectionInitMs", 100 as never);
    const hasty = await serve();
    const wire = await Wire.open(hasty.wsUrl);
    expect(await wire.closed).toBe(4408);
    patience.restore();
    await hasty.stop();
  });

  it("when it requests much and reads nothing, before the answers fill the memory", async () => {
    // It reads the reason afterwards, however long that takes on a busy machine.
    const patience = jest.replaceProperty(limits, "slowCloseMs", 60_000 as never);
    const wire = await Wire.enter(server.wsUrl);
    wire.socket.pause();
    for (let id = 0; id < 40; id += 1) wire.ask(String(id), "subscription { flood }");
    await soon(() => server.logged.some((line) => line.includes("too slowly")));
    wire.socket.resume();
    expect(await wire.closed).toBe(4413);
    patience.restore();
  });

  it("when it asks for another protocol or path", async () => {
    const old = new WebSocket(server.wsUrl, "graphql-ws");
    const [refusal] = (await once(old, "error")) as [Error];
    expect(refusal.message).toContain("no subprotocol");
    const elsewhere = new WebSocket(server.wsUrl.replace("/graphql", "/elsewhere"), "graphql-transport-ws");
    const [error] = (await once(elsewhere, "error")) as [Error];
    expect(error.message).toContain("404");
  });
});

describe("stopping the server", () => {
  it("closes subscriptions with 1001 after answers in progress were sent", async () => {
    const ending = await serve();
    const follower = await Wire.enter(ending.wsUrl, "sales-key");
    follower.ask("1", "subscription { rung }");
    await listening(1);
    const waiter = await Wire.enter(ending.wsUrl);
    const reached = once(gate, "reached");
    waiter.ask("1", "mutation { wait }");
    await reached;
    const stopping = ending.stop();
    expect(await follower.closed).toBe(1001);
    gate.emit("open");
    expect(await waiter.next()).toMatchObject({ payload: { data: { wait: "done" } } });
    expect(await waiter.next()).toMatchObject({ type: "complete" });
    expect(await waiter.closed).toBe(1001);
    await stopping;
    expect(bell.listenerCount("ring")).toBe(0);
  });
});
