/**
 * Hints over NATS: two servers on one database share a NATS connection, and a failure of NATS delays events
 * by seconds but loses none. Invariants 2 to 5 and market-race show that two processes are equally correct
 * with NOTIFY alone.
 */
import { listenTransport } from "../../src/platform/listen.adapter";
import { Hints, publishOnce } from "../../src/platform/hints";
import { natsTransport } from "../../src/platform/nats.adapter";
import { subscribe, type Address, type Subscription } from "../support/client";
import { confirmLead, prepareLeads, type PreparedLead } from "../support/crowd";
import { newCampaign, newSupplier, type TestSupplier } from "../support/journey";
import { killNats, NatsServer, noNats } from "../support/nats-server";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

if (noNats !== null) process.stdout.write(`skipped: ${noNats}\n`);
const whereThere = noNats === null ? describe : describe.skip;

afterAll(killNats);

whereThere("a hint by NATS", () => {
  // So long that a test can only pass because a hint woke the waiter.
  const backstopMs = 600_000;
  let nats: NatsServer;
  let opened: Hints[] = [];
  let errors: Error[] = [];
  let carried: string[] = [];

  beforeEach(async () => {
    [errors, carried] = [[], []];
    nats = await NatsServer.atFreePort();
    await nats.start();
  });
  afterEach(async () => {
    await Promise.all(opened.map((hints) => hints.stop()));
    opened = [];
    await nats.kill();
  });

  const startHints = async (url = nats.url): Promise<Hints> => {
    const hints = new Hints(natsTransport(url), {
      onError: (error) => errors.push(error),
      onCarried: (direction, topics) => carried.push(`${direction} ${topics}`),
    });
    opened.push(hints);
    await hints.start();
    return hints;
  };
  const changed = (hints: Hints, topic: string, seen = hints.version(topic)): Promise<void> =>
    hints.changed(topic, seen, { signal: new AbortController().signal, backstopMs });
  const isOver = (promise: Promise<void>): Promise<boolean> =>
    Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
  const connected = (hints: Hints, wanted = true): Promise<boolean> =>
    until(`connected: ${String(wanted)}`, () => Promise.resolve(hints.isConnected === wanted));

  it("wakes those who wait for its topic in the other process, and nobody else, and is counted", async () => {
    const [one, other] = [await startHints(), await startHints()];
    const seen = one.version("a");
    const [woken, elsewhere] = [changed(other, "a"), changed(other, "b")];
    one.publish(["a", "c"]);
    await woken;
    expect(await isOver(elsewhere)).toBe(false);
    // The publisher does not receive its own hint.
    expect(one.version("a")).toBe(seen + 1);
    expect(carried).toEqual(["sent 2", "received 2"]);
    expect(errors).toEqual([]);
  });

  it("is sent after a reconnection, which also wakes every waiter", async () => {
    const [one, other] = [await startHints(), await startHints()];
    const looked = other.version("never published");
    await nats.kill();
    await Promise.all([connected(one, false), connected(other, false)]);
    const waiting = changed(other, "never published", looked);
    one.publish(["said meanwhile"]);
    expect(await isOver(waiting)).toBe(false);
    await nats.start();
    await waiting;
    await Promise.all([connected(one), connected(other)]);
    await until("it was sent", () => Promise.resolve(carried.includes("sent 1")));
    expect(errors.length).toBeGreaterThan(1);

    const woken = changed(other, "a");
    one.publish(["a"]);
    await woken;
  });

  it("can be sent by a short-lived program over the transport of the servers", async () => {
    const other = await startHints();
    const woken = changed(other, "geo");
    expect(await publishOnce(natsTransport(nats.url), "geo")).toBe(true);
    await woken;
    await nats.kill();
    expect(await publishOnce(natsTransport(nats.url), "geo")).toBe(false);
    expect(await publishOnce(listenTransport(`postgres://nobody@127.0.0.1:${nats.port}/none`), "geo")).toBe(
      false,
    );
  });

  it("is refused with a wrong password, which appears in no error", async () => {
    const hints = await startHints(nats.urlWith("wrong-secret"));
    await until("it was refused twice", () => Promise.resolve(errors.length >= 2));
    expect(hints.isConnected).toBe(false);
    expect(errors.map(({ name }) => name)).toContain("AuthorizationError");
    const told = errors.map((error) => `${error.message} ${error.stack} ${String(error.cause)}`).join("\n");
    expect(told).not.toContain("wrong-secret");
    await hints.stop();
    expect((await startHints()).isConnected).toBe(true);
  });

  it("does not prevent a stop while it cannot connect", async () => {
    await nats.kill();
    const hints = await startHints(`nats://nobody.invalid:4222,${nats.url}`);
    const waiting = changed(hints, "a");
    await hints.stop();
    await waiting;
  });
});

whereThere("two servers with NATS", () => {
  let nats: NatsServer;
  let owner: Owner;
  let doors: [TestServer, TestServer];
  let supplier: TestSupplier;

  beforeAll(async () => {
    nats = await NatsServer.atFreePort();
    // NATS does not listen yet, and one host name in the second list does not exist.
    const first = await startTestServer({ environment: { NATS_URL: nats.url } });
    const second = await startTestServer({
      beside: first,
      environment: { NATS_URL: `nats://nobody.invalid:4222,${nats.url}` },
    });
    doors = [first, second];
    owner = await asOwnerOf(first.database);
    supplier = await newSupplier(doors[0]);
    await newCampaign(doors[0], supplier);
  });
  afterAll(async () => {
    await owner.end();
    await doors[1].stop();
    await doors[0].stop();
    await nats.kill();
  });

  const readiness = async ({ url }: Address): Promise<{ status: number; hints: string }> => {
    const response = await fetch(`${url}/readyz`);
    const { checks } = (await response.json()) as { checks: { hints: string } };
    return { status: response.status, hints: checks.hints };
  };
  const travel = (): Promise<unknown> =>
    until("hints are delivered", async () =>
      (await Promise.all(doors.map(readiness))).every(({ hints }) => hints === "by nats"),
    );
  const follow = (door: Address, after: string | null): Subscription<any> =>
    subscribe(door, supplier.token, {
      query: `subscription ($after: Cursor) { leadFeed(after: $after) { cursor ... on LeadMatched { leadId } } }`,
      variables: { after },
    });
  const prepare = (count: number): Promise<PreparedLead[]> =>
    prepareLeads(doors[0], owner, { count, to: [supplier] });
  const written = async (): Promise<string[]> =>
    (
      await owner.rows("SELECT delivery_id FROM feed_event WHERE supplier_id = $1 ORDER BY position", [
        supplier.id,
      ])
    ).map(({ delivery_id }) => delivery_id as string);
  const end = async (): Promise<string | null> => {
    const events = follow(doors[0], null);
    let cursor: string | null = null;
    for (let left = (await written()).length; left > 0; left--) cursor = (await events.next()).cursor;
    await events.stop();
    return cursor;
  };
  const arrives = async (lead: PreparedLead | undefined, socket: Subscription<any>): Promise<void> => {
    await confirmLead(doors[0], lead as PreparedLead);
    await socket.next();
  };

  test("start and are ready while NATS is unreachable, report it, and deliver with a short delay", async () => {
    for (const door of doors) {
      await until("it is reported", async () => {
        const { status, hints } = await readiness(door);
        expect(status).toBe(200);
        return hints === "nats is not reachable: events show up to 5 seconds later";
      });
    }
    const [lead] = await prepare(1);
    const socket = follow(doors[1], await end());
    await confirmLead(doors[0], lead as PreparedLead);
    await socket.next();
    await socket.stop();
    for (const { log } of doors) {
      const told = (): string => log.join("");
      await until("it is logged", () => Promise.resolve(told().includes("hints are not delivered")));
      // Logged once, however many attempts fail, and without the password.
      const said = told();
      expect(said.match(/hints are not delivered/g)).toHaveLength(1);
      expect(said).not.toContain(nats.password);
      expect(said).not.toContain(encodeURIComponent(nats.password));
    }
  });

  test("deliver an event at the other server because of a hint, without listening to PostgreSQL", async () => {
    await nats.start();
    await travel();
    const leads = await prepare(3);
    const socket = follow(doors[1], await end());
    await arrives(leads.pop(), socket);
    // With the regular look at all feeds switched off, an event can only arrive because of a hint.
    const looking = jest
      .spyOn(doors[1].running.services.account.feed.watch, "look")
      .mockResolvedValue(undefined);
    for (const lead of leads) await arrives(lead, socket);
    looking.mockRestore();
    await socket.stop();
    expect(
      await owner.rows(
        `SELECT query FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'caratlas hints'`,
      ),
    ).toEqual([]);
    const metrics = await (await fetch(`${doors[0].url}/metrics`)).text();
    expect(metrics).toMatch(/^hints_total\{carrier="nats",direction="sent"\} [1-9]/m);
    expect(metrics).toMatch(/^hints_connected\{carrier="nats"\} 1$/m);
  });

  test("lose and duplicate no event and keep the order while nats-server is killed under load", async () => {
    const crowd = await prepare(24);
    const before = (await written()).length;
    const after = await end();
    const sockets = doors.map((door) => follow(door, after));
    for (const [index, lead] of crowd.entries()) {
      await confirmLead(doors[index % 2] as TestServer, lead);
      if (index === 7) await nats.kill();
      if (index === 15) await nats.start();
    }
    const sent = await until("every lead is through", async () => {
      const events = (await written()).slice(before);
      return events.length === crowd.length && events;
    });
    for (const socket of sockets) {
      const received: string[] = [];
      while (received.length < sent.length) received.push((await socket.next()).leadId);
      expect(received).toEqual(sent);
    }
    await travel();
    const [last] = await prepare(1);
    await arrives(last, sockets[1] as Subscription<any>);
    await (sockets[0] as Subscription<any>).next();
    for (const socket of sockets) {
      expect(socket.queue).toEqual([]);
      await socket.stop();
    }
    for (const { log } of doors) expect(log.join("")).not.toContain('"level":"error"');
  });
});
