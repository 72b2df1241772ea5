/**
 * The demo as a newcomer meets it: the printed accesses work, and a consumer's lead reaches a supplier's
 * feed.
 */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDemo, type Demo } from "../../src/app/demo-mode";
import { readConfig } from "../../src/app/settings/config";
import { cast } from "../../src/demo/cast";
import type { DemoFile } from "../../src/demo/demo-file";
import { inventedSiren, inventedSiret } from "../../src/demo/registration";
import { createLog } from "../../src/platform/log";
import { isSiren, isSiret } from "../../src/shared/registration";
import { must } from "../support/client";
import { newSupplier } from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";

/** Collects what the demo prints and lets a test wait for a line. */
class Terminal {
  readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();

  readonly print = (line: string): void => {
    this.lines.push(line);
    for (const look of this.waiting) look();
  };

  /** Waits for a matching line, up to the timeout of the test. */
  async until(wanted: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        const line = this.lines.find((one) => wanted.test(one));
        if (line === undefined) return;
        this.waiting.delete(look);
        resolve(line);
      };
      this.waiting.add(look);
      look();
    });
  }
}

let server: TestServer;
let owner: Owner;
const folders: string[] = [];
const demos: Demo[] = [];

beforeAll(async () => {
  server = await startTestServer();
  owner = await asOwnerOf(server.database);
});

afterAll(async () => {
  await Promise.all(demos.map((demo) => demo.stop()));
  await owner.end();
  await server.stop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "caratlas-demo-"));
  folders.push(folder);
  return folder;
}

/** Starts the demo and waits until it is prepared; traffic runs if `perMinute` is above 0. */
async function start(dataDir: string, perMinute: number, at = server): Promise<[Demo, Terminal]> {
  const terminal = new Terminal();
  const demo = await begin(dataDir, { perMinute, at, terminal });
  await demo.prepared;
  return [demo, terminal];
}

async function begin(
  dataDir: string,
  { perMinute, at, terminal }: { perMinute: number; at: TestServer; terminal: Terminal },
): Promise<Demo> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO_TRAFFIC: String(perMinute) });
  const log = createLog({ format: "lines", level: "info", write: terminal.print });
  const demo = await startDemo({ config, log, running: at.running, print: terminal.print });
  demos.push(demo);
  return demo;
}

const read = async (dataDir: string): Promise<DemoFile> =>
  JSON.parse(await readFile(path.join(dataDir, "demo.json"), "utf8")) as DemoFile;

const viewer = { query: "{ viewer { role name supplier { id } } }" };
const signIn = (email: string, password: string): Parameters<typeof must>[2] => ({
  query: `mutation ($email: String!, $password: String!) {
    signIn(email: $email, password: $password) { ... on SignedIn { viewer { role supplier { id } } } } }`,
  variables: { email, password },
});

test("the demo's company numbers are valid and start with 00000, which no real company has", () => {
  for (let number = 1; number < 200; number++) {
    const siren = inventedSiren(number);
    expect(siren).toMatch(/^00000/);
    expect([isSiren(siren), isSiret(inventedSiret(siren))]).toEqual([true, true]);
  }
});

test("a lead of the demo reaches a supplier's feed, and every access in demo.json works", async () => {
  const folder = await newFolder();
  const [demo, terminal] = await start(folder, 1);
  const request = await terminal.until(/request CA-\S+ for new car in Lyon: confirmed/);
  const reference = /CA-\S+/.exec(request)?.[0] ?? "";
  const line = await terminal.until(new RegExp(`lead ${reference} .*: sent to `));
  expect(line).toMatch(/ for new car in Lyon: sent to .+ \(seat 1 of 1, 48\.00 EUR\)/);
  await demo.stop();

  const file = await read(folder);
  expect((await stat(path.join(folder, "demo.json"))).mode & 0o777).toBe(0o600);
  expect([file.url, file.wsUrl, file.suppliers.length]).toEqual([server.url, server.wsUrl, 6]);
  expect((await must(server, file.staff.token, viewer)).viewer.role).toBe("ADMIN");
  expect((await must(server, file.formKey, viewer)).viewer.role).toBe("FORM");
  for (const { id, apiKey, memberEmail, memberPassword } of file.suppliers) {
    const { viewer: machine } = await must(server, apiKey, viewer);
    expect(machine).toMatchObject({ role: "SUPPLIER_INTEGRATION", supplier: { id } });
    const answer = await must(server, null, signIn(memberEmail, memberPassword));
    expect(answer.signIn.viewer).toEqual({ role: "SUPPLIER_ADMIN", supplier: { id } });
  }
  const staff = await must(server, null, signIn(file.staff.email, file.staff.password));
  expect(staff.signIn.viewer.role).toBe("ADMIN");

  const secrets = [file.staff.token, file.staff.password, file.formKey, file.suppliers[0]?.apiKey];
  for (const secret of secrets) expect(terminal.lines.join("\n")).toContain(secret);
  expect(terminal.lines.join("\n")).not.toMatch(/courriel\.example|\+3319900/);
});

test("a second start reuses the accesses and adds no supplier", async () => {
  const folder = await newFolder();
  const [first] = await start(folder, 0);
  await first.stop();
  const before = await read(folder);
  const [second, terminal] = await start(folder, 1);
  // The terminal prints only what happens after the start, so leads of earlier tests do not appear.
  expect(await terminal.until(/sent to/)).toContain("lead CA-");
  await second.stop();
  expect(await read(folder)).toEqual(before);
  const { suppliers } = await must(server, before.staff.token, {
    query: "{ suppliers { edges { cursor } } }",
  });
  expect(suppliers.edges).toHaveLength(6);
});

test("another data folder gets its own accesses to the same suppliers, and a revoked key is replaced", async () => {
  const [one, another] = [await newFolder(), await newFolder()];
  await Promise.all([start(one, 0), start(another, 0)]);
  const [ofOne, ofAnother] = [await read(one), await read(another)];
  expect(ofAnother.suppliers.map(({ id }) => id)).toEqual(ofOne.suppliers.map(({ id }) => id));
  const addresses = [ofOne, ofAnother].map(({ staff, suppliers }) => [
    staff.email,
    ...suppliers.map(({ memberEmail }) => memberEmail),
  ]);
  expect(new Set(addresses.flat()).size).toBe(14);

  await owner.rows("UPDATE api_key SET revoked_at = now() WHERE token_hash = sha256($1::bytea)", [
    Buffer.from(ofOne.staff.token),
  ]);
  await start(one, 0);
  const anew = await read(one);
  expect(anew.staff.token).not.toBe(ofOne.staff.token);
  expect((await must(server, anew.staff.token, viewer)).viewer.role).toBe("ADMIN");
  expect(anew.suppliers).toEqual(ofOne.suppliers);
});

test("the next start completes one that was interrupted", async () => {
  const fresh = await startTestServer();
  try {
    const folder = await newFolder();
    const terminal = new Terminal();
    const stopped = await begin(folder, { perMinute: 60, at: fresh, terminal });
    await stopped.stop();
    await expect(read(folder)).rejects.toThrow(/ENOENT/);
    expect(terminal.lines).toEqual([]);

    const [member] = cast;
    await must(fresh, fresh.adminToken, {
      query: "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
      variables: { input: member?.supplier },
    });
    const [demo, next] = await start(folder, 1, fresh);
    expect((await read(folder)).suppliers).toHaveLength(6);
    expect(await next.until(/sent to/)).toContain(member?.supplier.name);
    await demo.stop();
  } finally {
    await fresh.stop();
  }
});

test("a price floor raised before a restart leaves a demo that is complete, with the new address", async () => {
  const first = await startTestServer();
  let beside: TestServer | null = null;
  try {
    const folder = await newFolder();
    // As after an interruption: a supplier of the demo is there, and its campaigns are not.
    await must(first, first.adminToken, {
      query: "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
      variables: { input: cast[0]?.supplier },
    });
    await must(first, first.adminToken, {
      query: "mutation ($input: PriceInput!) { setPrice(input: $input) { floorCents } }",
      variables: { input: { product: "NEW_CAR", floorCents: 9_000 } },
    });
    const [demo] = await start(folder, 0, first);
    await demo.stop();
    const before = await read(folder);
    expect(before.suppliers).toHaveLength(6);
    for (const [index, { apiKey }] of before.suppliers.entries()) {
      const { campaigns } = await must(first, apiKey, {
        query: "{ campaigns(first: 100) { edges { node { pricePerLeadCents } } } }",
      });
      const prices = campaigns.edges.map(({ node }: any) => node.pricePerLeadCents as number);
      expect(prices).toEqual(cast[index]?.campaigns.map(() => 9_000));
    }
    beside = await startTestServer({ beside: first });
    const [again] = await start(folder, 0, beside);
    await again.stop();
    expect(await read(folder)).toEqual({ ...before, url: beside.url, wsUrl: beside.wsUrl });
  } finally {
    await beside?.stop();
    await first.stop();
  }
});

test("demo.json names the address of this start even if the demo cannot be prepared", async () => {
  const fresh = await startTestServer();
  let beside: TestServer | null = null;
  try {
    const folder = await newFolder();
    const [demo] = await start(folder, 0, fresh);
    await demo.stop();
    const before = await read(folder);
    const rows = await asOwnerOf(fresh.database);
    await rows.rows("ALTER TABLE site RENAME COLUMN name TO unknown");
    await rows.end();
    beside = await startTestServer({ beside: fresh });
    const [again, terminal] = await start(folder, 0, beside);
    expect(terminal.lines.join("\n")).toContain("could not be prepared");
    await again.stop();
    expect(await read(folder)).toEqual({ ...before, url: beside.url, wsUrl: beside.wsUrl });
  } finally {
    await beside?.stop();
    await fresh.stop();
  }
});

test("a database that already has suppliers gets accesses to them and no invented ones", async () => {
  const fresh = await startTestServer();
  try {
    const { id } = await newSupplier(fresh, { name: "Garage Déjà Là" });
    const folder = await newFolder();
    const [demo] = await start(folder, 0, fresh);
    const { suppliers } = await read(folder);
    expect(suppliers.map((supplier) => supplier.id)).toEqual([id]);
    await demo.stop();
  } finally {
    await fresh.stop();
  }
});

test("the demo refuses to start in production", async () => {
  const config = { ...readConfig({}), nodeEnv: "production" as const };
  const log = createLog({ format: "json", level: "silent" });
  await expect(startDemo({ config, log, running: server.running })).rejects.toThrow(
    "The demo does not run in production.",
  );
});
