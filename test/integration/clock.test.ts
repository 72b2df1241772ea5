/**
 * A server's clock can be moved in tests: its services, its SQL and the waits of its jobs follow. In
 * production it cannot.
 */
import { readConfig } from "../../src/app/settings/config";
import { codeLifetimeMs } from "../../src/consumer/intake/codes.service";
import { newId } from "../../src/platform/ids";
import { startCarAtlas } from "../../src/app/start";
import { createLog } from "../../src/platform/log";
import { repeat } from "../../src/platform/every";
import { presentOf } from "../../src/platform/present";
import { ask, must } from "../support/client";
import { MovableClock } from "../support/clock";
import { cloneDatabase } from "../support/database";
import {
  confirmMutation,
  newCampaign,
  newSupplier,
  person,
  preview,
  submit,
  transmitTo,
} from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { newKeys, startTestServer, type TestServer } from "../support/server";

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

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

describe("in a running server, when its clock moves", () => {
  let server: TestServer;
  let owner: Owner;
  beforeAll(async () => {
    server = await startTestServer({ environment: { SESSION_HOURS: "12" } });
    owner = await asOwnerOf(server.database);
  });
  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  it("a session ends", async () => {
    const login = { email: "chef@garage.example", password: "a sentence of several words" };
    await must(server, server.adminToken, {
      query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
      variables: { input: { role: "OPERATOR", name: "Cheffe", ...login } },
    });
    const { signIn } = await must(server, null, {
      query: `mutation ($email: String!, $password: String!) {
        signIn(email: $email, password: $password) { ... on SignedIn { token } } }`,
      variables: login,
    });
    const viewer = { query: "{ viewer { name } }" };
    server.clock.forward(11 * hourMs);
    expect((await must(server, signIn.token, viewer)).viewer.name).toBe("Cheffe");
    server.clock.forward(hourMs);
    expect((await ask(server, signIn.token, viewer)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  it("a code expires", async () => {
    const supplier = await newSupplier(server);
    await newCampaign(server, supplier);
    const send = async (): Promise<{ reference: string; code: string }> => {
      const { token } = await preview(server);
      const { data } = await submit(server, {
        token,
        contact: person(),
        grants: [transmitTo([supplier.id])],
      });
      const { reference, demoCode: code } = data?.["submitLead"] ?? {};
      return { reference, code };
    };
    const confirmAfter = async (ms: number): Promise<Record<string, unknown>> => {
      const input = await send();
      server.clock.forward(ms);
      return (await must(server, server.formToken, { query: confirmMutation, variables: { input } }))
        .confirmPhone;
    };
    expect(await confirmAfter(codeLifetimeMs / 2)).toMatchObject({ __typename: "LeadSubmitted" });
    expect(await confirmAfter(codeLifetimeMs)).toMatchObject({ reason: "CODE_EXPIRED" });
  });

  it("a lease that a killed server left behind ends, and its work is taken over", async () => {
    const { invoiceRunner } = server.running.services.billing.runs;
    const { signal } = new AbortController();
    const leasedUntil = new Date(server.clock.now().getTime() + 2 * hourMs);
    await owner.rows(
      `INSERT INTO invoice_run (id, month, requested_by, requested_at, suppliers, done, documents, failed, leased_until)
       VALUES ($1, '2026-01', 'test', $2, 0, 0, 0, '[]', $2)`,
      [newId(), leasedUntil],
    );
    const ended = async (): Promise<unknown> =>
      (await owner.rows("SELECT ended_at IS NOT NULL AS ended FROM invoice_run"))[0]?.["ended"];
    await invoiceRunner.run(signal);
    server.clock.forward(hourMs);
    await invoiceRunner.run(signal);
    expect(await ended()).toBe(false);
    server.clock.forward(hourMs);
    await invoiceRunner.run(signal);
    expect(await ended()).toBe(true);
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
      const databaseUrl = database.url;
      const running = await startCarAtlas({ config, keys: newKeys(), log, databaseUrl, ...options });
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
