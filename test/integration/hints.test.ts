import { Client } from "pg";
import { Hints } from "../../src/platform/hints";
import { listenTransport } from "../../src/platform/listen.adapter";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf, type Owner } from "../support/rows";
import { until } from "../support/until";

// So long that a test can only pass because a hint woke the waiter.
const backstopMs = 600_000;

let database: TestDatabase;
let owner: Owner;
let opened: Hints[] = [];
let errors: Error[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
});
afterEach(async () => {
  await Promise.all(opened.map((hints) => hints.stop()));
  [opened, errors] = [[], []];
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const newHints = (): Hints => {
  const hints = new Hints(listenTransport(database.url), { onError: (error) => errors.push(error) });
  opened.push(hints);
  return hints;
};
const startHints = async (): Promise<Hints> => {
  const hints = newHints();
  await hints.start();
  return hints;
};
const changed = (hints: Hints, topic: string, seen = hints.version(topic)): Promise<void> =>
  hints.changed(topic, seen, { signal: new AbortController().signal, backstopMs });
/** Whether the promise is already settled, without waiting for it. */
const isOver = (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

const listeners = async (): Promise<number[]> => {
  const rows = await owner.rows(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user",
  );
  return rows.map(({ pid }) => pid as number);
};
const cut = async (): Promise<void> => {
  for (const pid of await listeners()) await owner.rows("SELECT pg_terminate_backend($1, 5000)", [pid]);
};

/** Records the notifications in the database as another process would receive them. */
async function spy(): Promise<{ heard: string[][]; end: () => Promise<void> }> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  const heard: string[][] = [];
  client.on("notification", ({ payload = "" }) => heard.push(payload.split(" ").slice(1)));
  await client.query("LISTEN caratlas");
  return { heard, end: () => client.end() };
}

describe("a hint", () => {
  it("wakes those who wait for its topic in this process and in the other, and nobody else", async () => {
    const [one, other] = [await startHints(), await startHints()];
    const woken = [changed(one, "a"), changed(other, "a"), changed(other, "a")];
    const elsewhere = [changed(one, "b"), changed(other, "b")];
    one.publish(["a"]);
    await Promise.all(woken);
    for (const waiting of elsewhere) expect(await isOver(waiting)).toBe(false);
  });

  it("is not lost between reading the version and waiting, wherever it was published", async () => {
    const [one, other] = [await startHints(), await startHints()];
    const seen = [one.version("a"), other.version("a")] as const;
    const arrived = changed(other, "a");
    one.publish(["a"]);
    await changed(one, "a", seen[0]);
    await arrived;
    // The hint came while nobody waited, so a waiter with the older version must return at once.
    await changed(other, "a", seen[1]);
    expect(other.version("a")).not.toBe(seen[1]);
  });

  it("counts once in the publishing process, although the database also sends it back", async () => {
    const [one, other] = [await startHints(), await startHints()];
    const seen = one.version("a");
    const [echo, back] = [changed(other, "a"), changed(one, "b")];
    one.publish(["a"]);
    await echo;
    other.publish(["b"]);
    await back;
    expect(one.version("a")).toBe(seen + 1);
  });

  it("is sent in batches of at most 100 topics, each topic once", async () => {
    const one = await startHints();
    const { heard, end } = await spy();
    const topics = Array.from({ length: 250 }, (_, n) => `t${String(n)}`);
    for (let times = 0; times < 3; times++) one.publish(topics);
    await until("the last topic is heard", () => Promise.resolve(heard.flat().includes("t249")));
    one.publish(["end"]);
    await until("the end is heard", () => Promise.resolve(heard.flat().includes("end")));
    expect(heard.map(({ length }) => length)).toEqual([100, 100, 50, 1]);
    expect(heard.flat()).toEqual([...topics, "end"]);
    await end();
  });

  it("is still sent when the process stops immediately", async () => {
    const [one, other] = [await startHints(), await startHints()];
    const woken = changed(other, "a");
    one.publish(["a"]);
    await one.stop();
    await woken;
  });
});

describe("a waiter", () => {
  it("returns after the backstop interval even without a hint", async () => {
    const one = await startHints();
    const seen = one.version("a");
    await one.changed("a", seen, { signal: new AbortController().signal, backstopMs: 5 });
    expect(one.version("a")).toBe(seen);
  });

  it("returns when its signal is aborted, before or during the wait", async () => {
    const one = await startHints();
    const calling = new AbortController();
    const waiting = one.changed("a", one.version("a"), { signal: calling.signal, backstopMs });
    expect(await isOver(waiting)).toBe(false);
    calling.abort();
    await waiting;
    await one.changed("a", one.version("a"), { signal: calling.signal, backstopMs });
  });

  it("returns when the process stops, and later waits return at once", async () => {
    const one = await startHints();
    const waiting = [changed(one, "a"), changed(one, "a"), changed(one, "b")];
    await one.stop();
    await Promise.all(waiting);
    await changed(one, "a");
    expect(errors).toEqual([]);
  });
});

describe("a dropped LISTEN connection", () => {
  it("is replaced: waiters are woken and hints arrive again", async () => {
    const other = await startHints();
    const waiting = changed(other, "a");
    await cut();
    await waiting;
    expect(errors.length).toBeGreaterThan(0);

    const one = await startHints();
    const woken = changed(other, "a");
    one.publish(["a"]);
    await woken;
  });

  it("changes the version of every topic, because hints may have been missed meanwhile", async () => {
    const one = await startHints();
    const seen = one.version("never published");
    await cut();
    await until("the version moved on", () => Promise.resolve(one.version("never published") !== seen));
    await changed(one, "never published", seen);
  });

  it("is replaced even after the database refused connections for a while", async () => {
    const name = new URL(database.url).pathname.slice(1);
    const other = await startHints();
    const waiting = changed(other, "a");
    await owner.rows(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
    try {
      await cut();
      await until("two tries to connect again have failed", () => Promise.resolve(errors.length >= 3));
      expect(await isOver(waiting)).toBe(false);
    } finally {
      await owner.rows(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
    }
    await waiting;
    expect(await listeners()).toHaveLength(1);
  });

  it("is not replaced after a stop, even one during the connection attempt", async () => {
    const hints = newHints();
    const starting = hints.start();
    await hints.stop();
    await starting;
    await until("nobody is connected", async () => (await listeners()).length === 0);

    const cutOff = await startHints();
    await cut();
    await until("it was noticed", () => Promise.resolve(errors.length > 0));
    await cutOff.stop();
    expect(await listeners()).toEqual([]);
  });
});
