/** Idempotency keys of work that calls another service between two transactions. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import type { JsonValue } from "../../src/access/identity";
import type { OnceKey } from "../../src/access/identity/idempotency-key";
import { IdempotencyService, type KeyTransact } from "../../src/access/identity/idempotency.service";
import { transactOn, type Transact } from "../../src/platform/database";
import { openDatabase, type Database } from "../../src/platform/pools";
import { newId } from "../../src/platform/ids";
import { ringOf } from "../../src/platform/sealed/key-ring";
import { clockShowing } from "../support/clock";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { projectFolder } from "../support/launched";

const minuteMs = 60_000;
const indexKey = randomBytes(32);

let database: TestDatabase;
let pools: Database;
let transact: Transact;
let now: Date;
let idempotency: IdempotencyService;

beforeAll(async () => {
  database = await cloneDatabase();
  pools = await openDatabase({
    ...{ url: database.url, entities: [], poolSizes: 10 },
    connectTimeoutMs: 60_000,
  });
  transact = transactOn(pools);
  idempotency = new IdempotencyService(
    ringOf(indexKey),
    clockShowing(() => now),
  );
});
afterAll(async () => {
  await pools.destroy();
  await database.drop();
});
beforeEach(() => {
  now = new Date();
});

const asStaff: KeyTransact = (work) => transact({ role: "staff" }, work);
const request = (key: string, change: Partial<OnceKey> = {}): OnceKey => ({
  ...{ principal: "key:test", operation: "test", key, supplierId: null, input: { a: 1 } },
  ...change,
});
const run = (
  key: string,
  work: (callKey: string) => Promise<JsonValue>,
  change?: Partial<OnceKey>,
): Promise<JsonValue> => idempotency.onceAcross(asStaff, request(key, change), work);
const never = (): Promise<JsonValue> => Promise.reject(new Error("This work must not run."));
const inProgress = {
  code: "CONFLICT",
  details: { reason: "IN_PROGRESS", field: "idempotencyKey", retryAfterSeconds: 5 },
};

/** Work that runs until it is told its answer. */
function heldWork(): {
  work: () => Promise<JsonValue>;
  started: Promise<void>;
  end: (answer: JsonValue) => void;
} {
  let end: (answer: JsonValue) => void = () => undefined;
  let start: () => void = () => undefined;
  const answer = new Promise<JsonValue>((resolve) => (end = resolve));
  const started = new Promise<void>((resolve) => (start = resolve));
  const work = (): Promise<JsonValue> => {
    start();
    return answer;
  };
  return { work, started, end };
}

describe("an idempotency key of work outside a transaction", () => {
  it("refuses 20 duplicates during the work and gives them its answer afterwards", async () => {
    const { work, started, end } = heldWork();
    const first = run("race", work);
    await started;
    const during = await Promise.allSettled(Array.from({ length: 20 }, () => run("race", never)));
    for (const one of during) expect(one).toMatchObject({ status: "rejected", reason: inProgress });
    end({ id: "made" });
    expect(await first).toEqual({ id: "made" });
    expect(await run("race", never)).toEqual({ id: "made" });
  });

  it("lets one of 20 simultaneous requests do the work", async () => {
    let runs = 0;
    const { work, started, end } = heldWork();
    const counted = (): Promise<JsonValue> => {
      runs++;
      return work();
    };
    const all = Array.from({ length: 20 }, () => run("start", counted));
    const refused = all.map((one) => one.catch((error: unknown) => error));
    await started;
    end("done");
    const results = await Promise.all(refused);
    expect(runs).toBe(1);
    const others = results.filter((result) => result !== "done");
    expect(others.length).toBeLessThan(20);
    for (const other of others) expect(other).toMatchObject(inProgress);
  });

  it("answers null as any other answer", async () => {
    expect(await run("null", () => Promise.resolve(null))).toBeNull();
    expect(await run("null", never)).toBeNull();
  });

  it("can be used again after the work has failed, also for another input", async () => {
    const failed = run("again", () => Promise.reject(new Error("no answer")));
    await expect(failed).rejects.toThrow("no answer");
    expect(await run("again", () => Promise.resolve("done"), { input: { a: 2 } })).toBe("done");
  });

  it("answers CONFLICT to another input, during the work and afterwards", async () => {
    const { work, started, end } = heldWork();
    const first = run("input", work);
    await started;
    const other = { code: "CONFLICT", details: { reason: "KEY_REUSED" } };
    await expect(run("input", never, { input: { a: 2 } })).rejects.toMatchObject(other);
    end("first");
    await first;
    await expect(run("input", never, { input: { a: 2 } })).rejects.toMatchObject(other);
  });

  it("is refused by work within a transaction while it is claimed", async () => {
    const { work, started, end } = heldWork();
    const first = run("both", work);
    await started;
    const within = asStaff((tx) => idempotency.once(tx, request("both"), never));
    await expect(within).rejects.toMatchObject(inProgress);
    end("done");
    await first;
    expect(await asStaff((tx) => idempotency.once(tx, request("both"), never))).toBe("done");
  });

  it("is claimed and freed in a supplier's own scope", async () => {
    const supplierId = newId();
    const asSupplier: KeyTransact = (work) => transact({ role: "supplier", supplierId, limits: null }, work);
    const own = request("own", { supplierId });
    const failed = idempotency.onceAcross(asSupplier, own, () => Promise.reject(new Error("no answer")));
    await expect(failed).rejects.toThrow("no answer");
    expect(await idempotency.onceAcross(asSupplier, own, () => Promise.resolve(1))).toBe(1);
  });

  it("gives another service one key in each run, and different keys for different keys and callers", async () => {
    const callKeyOf = async (key: string, change?: Partial<OnceKey>): Promise<string> => {
      let callKey = "";
      const failed = run(
        key,
        (received) => {
          callKey = received;
          return Promise.reject(new Error("no answer"));
        },
        change,
      );
      await expect(failed).rejects.toThrow("no answer");
      return callKey;
    };
    const first = await callKeyOf("call");
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(await callKeyOf("call", { input: { a: 2 } })).toBe(first);
    const others = [
      await callKeyOf("call 2"),
      await callKeyOf("call", { principal: "key:2" }),
      await callKeyOf("call", { operation: "other" }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it("is optional: without it every request takes effect, each with a call key of its own", async () => {
    const callKeys: string[] = [];
    for (const key of [null, undefined]) {
      await idempotency.onceAcross(asStaff, { ...request(""), key }, (callKey) => {
        callKeys.push(callKey);
        return Promise.resolve(null);
      });
    }
    expect(new Set(callKeys).size).toBe(2);
  });
});

describe("a process that is killed during the work", () => {
  it("leaves the key claimed; after five minutes the same input runs again under the same call key", async () => {
    const child = spawn(process.execPath, [
      path.join(projectFolder, "test/support/claiming.cjs"),
      ...[database.url, indexKey.toString("hex"), JSON.stringify(request("killed"))],
    ]);
    const [firstCallKey] = (await once(createInterface(child.stdout), "line")) as [string];
    child.kill("SIGKILL");
    await once(child, "close");
    now = new Date();
    await expect(run("killed", never)).rejects.toMatchObject(inProgress);
    now = new Date(now.getTime() + 5 * minuteMs);
    const other = run("killed", never, { input: { a: 2 } });
    await expect(other).rejects.toMatchObject({ details: { reason: "KEY_REUSED" } });
    let callKey = "";
    const work = (key: string): Promise<JsonValue> => {
      callKey = key;
      return Promise.resolve("second");
    };
    expect(await run("killed", work)).toBe("second");
    expect(callKey).toBe(firstCallKey);
    expect(await run("killed", never)).toBe("second");
  });

  it("is replaced by one of several duplicates", async () => {
    const stuck = heldWork();
    const late = run("late", stuck.work);
    await stuck.started;
    now = new Date(now.getTime() + 5 * minuteMs);
    const next = heldWork();
    const second = run("late", next.work);
    await next.started;
    await expect(run("late", never)).rejects.toMatchObject(inProgress);
    // What the first one ends with no longer counts.
    stuck.end("first");
    expect(await late).toBe("first");
    await expect(run("late", never)).rejects.toMatchObject(inProgress);
    next.end("second");
    expect(await second).toBe("second");
    expect(await run("late", never)).toBe("second");
  });
});
