/**
 * A server's clock can be moved in tests: its services, its SQL and the waits of its jobs follow. In
 * production it cannot.
 */
import { readConfig } from "../../src/app/settings/config";
import { startCarAtlas } from "../../src/app/start";
import { createLog } from "../../src/platform/log";
import { repeat } from "../../src/platform/every";
import { presentOf } from "../../src/platform/present";
import { MovableClock } from "../support/clock";
import { cloneDatabase } from "../support/database";
import { newCampaign, newSupplier } from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { newKeys, startTestServer, type TestServer } from "../support/server";

const [minuteMs, dayMs] = [60_000, 86_400_000];

describe("a moved clock", () => {
  let server: TestServer;
  let owner: Owner;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await asOwnerOf(server.database);
  });
  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  it.each([3 * dayMs, -10 * dayMs])("moves services and SQL together, here by %i ms", async (ms) => {
    server.clock.forward(ms);
    const before = server.clock.now().getTime();
    const inSql = await server.running.services.transact({ role: "worker" }, presentOf);
    const supplier = await newSupplier(server);
    await newCampaign(server, supplier, {});
    const [row] = await owner.rows(
      "SELECT s.created_at, a.opened_at FROM supplier s JOIN supplier_account a ON a.supplier_id = s.id WHERE s.id = $1",
      [supplier.id],
    );
    const after = server.clock.now().getTime();
    // The service wrote created_at and the database wrote opened_at.
    for (const instant of [inSql, row?.created_at, row?.opened_at] as Date[]) {
      expect(instant.getTime()).toBeGreaterThanOrEqual(before);
      expect(instant.getTime()).toBeLessThanOrEqual(after);
    }
  });

  it("applies to each transaction of a pooled connection and does not remain on the connection", async () => {
    const { transact } = server.running.services;
    server.clock.forward(dayMs);
    await Promise.all(Array.from({ length: 30 }, () => transact({ role: "worker" }, presentOf)));
    const connections = await server.running.services.transact({ role: "worker" }, (tx) =>
      tx.query("SELECT current_setting('caratlas.present_offset') AS moved"),
    );
    expect(connections).toEqual([{ moved: `${String(server.clock.movedMs)} ms` }]);
    server.clock.forward(-server.clock.movedMs);
    const [{ moved }] = await transact({ role: "worker" }, (tx) =>
      tx.query("SELECT present() = statement_timestamp() AS moved"),
    );
    expect(moved).toBe(true);
  });
});

it("wakes only the jobs that have become due when the clock moves", async () => {
  const clock = new MovableClock();
  const runs = { hourly: 0, daily: 0 };
  const onError = (error: unknown): never => {
    throw error;
  };
  const count = (kind: keyof typeof runs) => async (): Promise<void> => {
    runs[kind]++;
  };
  const jobs = [
    repeat(count("hourly"), { clock, pauseMs: 60 * minuteMs, onError }),
    repeat(count("daily"), { clock, pauseMs: dayMs, onError }),
  ];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await settled();
  clock.forward(59 * minuteMs);
  clock.ringDue();
  await settled();
  expect(runs).toEqual({ hourly: 1, daily: 1 });
  clock.forward(2 * minuteMs);
  clock.ringDue();
  await settled();
  expect(runs).toEqual({ hourly: 2, daily: 1 });
  for (const job of jobs) await job.stop();
});

describe("production", () => {
  const start = async (
    prepare: (owner: Owner, name: string) => Promise<unknown>,
    options: { readonly clock?: MovableClock } = {},
  ): Promise<void> => {
    const database = await cloneDatabase();
    const owner = await asOwnerOf(database);
    try {
      await prepare(owner, new URL(database.url).pathname.slice(1));
      const log = createLog({ format: "json", level: "silent" });
      const config = { ...readConfig({ PORT: "0", DEMO_TRAFFIC: "0" }), nodeEnv: "production" as const };
      const urls = { databaseUrl: database.url, databaseOwnerUrl: database.ownerUrl };
      const running = await startCarAtlas({ config, keys: newKeys(), log, ...urls, ...options });
      await running.stop();
    } finally {
      await owner.end();
      await database.drop();
    }
  };
  const nothing = (): Promise<void> => Promise.resolve();

  it("starts on the real clock", async () => {
    await expect(start(nothing)).resolves.toBeUndefined();
  });

  it("refuses to start on another clock, even one that was not moved", async () => {
    await expect(start(nothing, { clock: new MovableClock() })).rejects.toThrow("clock cannot be replaced");
  });

  it("refuses to start on a database whose setting moves the present", async () => {
    const moved = (owner: Owner, name: string): Promise<unknown> =>
      owner.rows(`ALTER DATABASE ${name} SET caratlas.present_offset = '1 hour'`);
    await expect(start(moved)).rejects.toThrow("caratlas.present_offset");
  });
});
