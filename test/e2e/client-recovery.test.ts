/**
 * The example clients meet what a client meets in the long run: a proxy that answers with a page, a gap in the feed,
 * and a database that was restored. Every block of their READMEs is run as it is written there.
 */
import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { must } from "../support/client";
import { newSupplier } from "../support/journey";
import { projectFolder } from "../support/launched";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

const clients = path.join(projectFolder, "docs/clients");
const run = promisify(execFile);

let server: TestServer;
let owner: Owner;
let folder: string;
let built: string;

beforeAll(async () => {
  server = await startTestServer();
  owner = await asOwnerOf(server.database);
  folder = mkdtempSync(path.join(tmpdir(), "caratlas-recovery-"));
  built = path.join(folder, "typescript/built/main.js");
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await owner.end();
  await server.stop();
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stdout.write("skipped: python3 is not installed, so its client was not run\n");
const withPython = hasPython ? it : it.skip;

async function sandboxKey(): Promise<string> {
  const { id } = await newSupplier(server);
  const { createApiKey } = await must(server, server.adminToken, {
    query: `mutation ($id: ID!) { createApiKey(input: {
      role: SUPPLIER_INTEGRATION, environment: SANDBOX, supplierId: $id, label: "client" }) { token } }`,
    variables: { id },
  });
  return createApiKey.token as string;
}

const act = async (key: string, field: string, leadId?: string): Promise<string> => {
  const query = leadId
    ? `mutation { ${field}(leadId: "${leadId}") { leadId } }`
    : `mutation { ${field}(input: { product: "NEW_CAR" }) { leadId } }`;
  return (await must(server, key, { query }))[field].leadId as string;
};

/** The first block of a README, with the placeholders filled in. */
function blockOf(client: string, to: Pick<TestServer, "url" | "wsUrl">, key: string): string {
  const text = readFileSync(path.join(clients, client, "README.md"), "utf8");
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
  expect([client, blocks.length, text.match(/^```/gm)?.length]).toEqual([client, 1, 2]);
  return (blocks[0] ?? "")
    .replace("https://…/graphql", `${to.url}/graphql`)
    .replace("wss://…/graphql", to.wsUrl)
    .replace("ca_sandbox_…", key);
}

/** Builds the client in TypeScript as its README says, without asking the registry for packages that are here. */
async function buildTypeScript(block: string): Promise<void> {
  const target = path.join(folder, "typescript");
  cpSync(path.join(clients, "typescript"), target, { recursive: true });
  symlinkSync(path.join(projectFolder, "node_modules"), path.join(target, "node_modules"));
  const lines = block.trim().split("\n");
  const installs = lines.filter((line) => line.startsWith("npm install"));
  const named = installs.flatMap((line) =>
    line
      .split(" ")
      .filter((word) => /^[@\w]/.test(word))
      .slice(2),
  );
  for (const name of named) require.resolve(`${name.replace(/(?<=.)@.*/, "")}/package.json`);
  expect(named.length).toBeGreaterThan(3);
  const rest = lines.filter((line) => !line.startsWith("npm install") && !line.startsWith("node "));
  await run("sh", ["-ec", rest.join("\n")], { cwd: target });
}

/** A server in front of the API that answers with `page` as long as it says one. */
async function proxy(page: () => { status: number; text: string } | null) {
  const front = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const instead = page();
      if (instead) {
        response.writeHead(instead.status, { "content-type": "text/html" }).end(instead.text);
        return;
      }
      const { authorization = "" } = request.headers;
      void fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization },
        body: Buffer.concat(chunks),
      }).then(async (answer) => response.writeHead(answer.status).end(await answer.text()));
    });
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  return { url: `http://127.0.0.1:${String((front.address() as AddressInfo).port)}/graphql`, front };
}

/** Deletes the events up to now, as the retention job does after seven months. */
async function dropEvents(leadId: string): Promise<void> {
  const [row] = await owner.rows(
    "SELECT supplier_id, position FROM feed_event WHERE delivery_id = $1 ORDER BY position DESC LIMIT 1",
    [leadId],
  );
  await owner.rows("ALTER TABLE feed_event DISABLE TRIGGER USER");
  await owner.rows("DELETE FROM feed_event WHERE supplier_id = $1 AND position <= $2", [
    row?.["supplier_id"],
    row?.["position"],
  ]);
  await owner.rows("ALTER TABLE feed_event ENABLE TRIGGER USER");
  await owner.rows(
    "INSERT INTO feed_floor (supplier_id, position, dropped_before, at) VALUES ($1, $2, now(), now())",
    [row?.["supplier_id"], row?.["position"]],
  );
}

/** The same database after a restore: a server whose feed has another epoch. */
async function restored(): Promise<TestServer> {
  await owner.rows("UPDATE installation SET feed_epoch = gen_random_uuid()");
  return startTestServer({ beside: server });
}

const python = (settings: Record<string, string>) =>
  run("python3", [path.join(clients, "python/feed.py")], {
    env: { PATH: process.env["PATH"], POLL_SECONDS: "0", ...settings },
  });

const pythonLeads = async (store: string): Promise<[string, number][]> => {
  const asked =
    "import json, sqlite3, sys; print(json.dumps(sqlite3.connect(sys.argv[1]).execute('SELECT lead_id, lead IS NULL FROM lead ORDER BY lead_id').fetchall()))";
  return JSON.parse((await run("python3", ["-c", asked, store])).stdout) as [string, number][];
};

describe("the client in Python", () => {
  withPython.each([
    ["a proxy's 502 in HTML", { status: 502, text: "<html><h1>502 Bad Gateway</h1></html>" }],
    ["a page with status 200", { status: 200, text: "<html>Maintenance</html>" }],
    ["a 503 without a body", { status: 503, text: "" }],
    ["JSON that is no answer", { status: 502, text: '"bad gateway"' }],
  ])("tries again after %s, and then loses nothing", async (_what, page) => {
    const key = await sandboxKey();
    const leadId = await act(key, "sandboxMatch");
    let bad = true;
    const { url, front } = await proxy(() => (bad ? page : null));
    const settings = { CARATLAS_URL: url, CARATLAS_KEY: key, STORE: path.join(folder, `${leadId}.sqlite`) };
    await expect(python(settings)).rejects.toMatchObject({
      code: 1,
      stderr: `It will be tried again: the server answered ${String(page.status)} without a result\n`,
    });
    bad = false;
    await python(settings);
    expect(await pythonLeads(settings.STORE)).toEqual([[leadId, 0]]);
    front.close();
  });

  withPython("reads leads again after a gap", async () => {
    const key = await sandboxKey();
    const settings = {
      ...{ CARATLAS_URL: `${server.url}/graphql`, CARATLAS_KEY: key },
      STORE: path.join(folder, "gap.sqlite"),
    };
    const seen = await act(key, "sandboxMatch");
    await python(settings);
    const missed = await act(key, "sandboxMatch");
    await act(key, "sandboxRevoke", seen);
    await dropEvents(seen);
    await python(settings);
    expect(await pythonLeads(settings.STORE)).toEqual([[seen, 1] as const, [missed, 0] as const].sort());
  });

  withPython("continues without a cursor after a restore, and stores each lead once", async () => {
    const key = await sandboxKey();
    const settings = { CARATLAS_KEY: key, STORE: path.join(folder, "restored.sqlite") };
    const first = await act(key, "sandboxMatch");
    await python({ ...settings, CARATLAS_URL: `${server.url}/graphql` });
    const second = await act(key, "sandboxMatch");
    const later = await restored();
    const { stderr } = await python({ ...settings, CARATLAS_URL: `${later.url}/graphql` });
    expect(stderr).toContain("undone by a restore: reading without it");
    expect((await python({ ...settings, CARATLAS_URL: `${later.url}/graphql` })).stderr).toBe("");
    expect(await pythonLeads(settings.STORE)).toEqual([[first, 0] as const, [second, 0] as const].sort());
    await later.stop();
  });

  withPython("is run as its README says", async () => {
    const key = await sandboxKey();
    const leadId = await act(key, "sandboxMatch");
    const block = blockOf("python", server, key).replace(/^python3/m, "POLL_SECONDS=0 python3");
    cpSync(path.join(clients, "python/feed.py"), path.join(folder, "feed.py"));
    await run("sh", ["-ec", block], { cwd: folder });
    expect(await pythonLeads(path.join(folder, "leads.sqlite"))).toEqual([[leadId, 0]]);
  });
});

describe("the client in TypeScript", () => {
  beforeAll(() => buildTypeScript(blockOf("typescript", server, "none")), 120_000);

  interface Line {
    readonly event?: { readonly __typename: string; readonly leadId?: string; readonly lead?: unknown };
    readonly leadId?: string;
    readonly lead?: unknown;
    readonly recordId?: string;
  }
  const linesOf = (store: string): Line[] =>
    readFileSync(store, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  /** The record's id and whether the person is kept, by lead. */
  const leadsIn = (store: string): Map<string, [string | undefined, boolean]> =>
    new Map(
      linesOf(store).flatMap((line) => {
        const { leadId, lead } = line.event ?? line;
        const isLead = line.event?.__typename === "LeadMatched" || line.leadId !== undefined;
        return isLead && leadId !== undefined ? [[leadId, [line.recordId, lead != null]] as const] : [];
      }),
    );

  interface Kept {
    readonly key: string;
    readonly store: string;
  }

  /** Runs until `done`, and returns what it wrote. */
  async function follow(at: TestServer, { key, store }: Kept, done: () => boolean): Promise<string> {
    const child = spawn(process.execPath, [built], {
      env: {
        PATH: process.env["PATH"],
        ...{ CARATLAS_URL: `${at.url}/graphql`, CARATLAS_WS_URL: at.wsUrl, CARATLAS_KEY: key, STORE: store },
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(child, "exit");
    await until("it is done", () => Promise.resolve(done()));
    child.kill("SIGKILL");
    await ended;
    return said;
  }

  const has = (store: string, leadId: string) => (): boolean => {
    try {
      return leadsIn(store).has(leadId);
    } catch {
      return false;
    }
  };

  it("says in one line that a key is not valid, or that a setting is missing", async () => {
    const access = { CARATLAS_URL: `${server.url}/graphql`, CARATLAS_WS_URL: server.wsUrl };
    const store = { STORE: path.join(folder, "none.jsonl") };
    const bad = { ...access, ...store, CARATLAS_KEY: "ca_supplier_nobodysKeyNobodysKey" };
    for (const [env, line] of [
      [bad, "The feed cannot be followed: 4403: the key is not valid\n"],
      [{ ...access, ...store }, "The feed cannot be followed: Set CARATLAS_KEY.\n"],
    ] as const)
      await expect(
        run(process.execPath, [built], { env: { PATH: process.env["PATH"], ...env } }),
      ).rejects.toMatchObject({ code: 1, stderr: line });
  });

  it("reads leads again after a gap", async () => {
    const [key, store] = [await sandboxKey(), path.join(folder, "gap.jsonl")];
    const seen = await act(key, "sandboxMatch");
    await follow(server, { key, store }, has(store, seen));
    const missed = await act(key, "sandboxMatch");
    await act(key, "sandboxRevoke", seen);
    await dropEvents(seen);
    // The gap is done once the leads were compared.
    const compared = (): boolean => linesOf(store).filter((line) => "done" in line).length === 2;
    await follow(server, { key, store }, () => has(store, missed)() && compared());
    const kept = [...leadsIn(store)].map(([leadId, [, isKept]]) => [leadId, isKept]);
    expect(new Map(kept as [string, boolean][])).toEqual(
      new Map([
        [seen, false],
        [missed, true],
      ]),
    );
  });

  it("continues without a cursor after a restore, and keeps the id of each record", async () => {
    const [key, store] = [await sandboxKey(), path.join(folder, "restored.jsonl")];
    const first = await act(key, "sandboxMatch");
    await follow(server, { key, store }, () => has(store, first)() && linesOf(store).length === 2);
    const [recordId] = leadsIn(store).get(first) ?? [];
    const second = await act(key, "sandboxMatch");
    const later = await restored();
    const said = await follow(later, { key, store }, has(store, second));
    expect(said).toContain("undone by a restore: reading without it");
    expect([...leadsIn(store).keys()].sort()).toEqual([first, second].sort());
    expect(leadsIn(store).get(first)).toEqual([recordId, true]);
    await later.stop();
  });

  it("is run as its README says", () => {
    expect(blockOf("typescript", server, "none").trim().split("\n").at(-1)).toBe("node built/main.js");
  });
});

describe("the steps with curl", () => {
  it("are run as their README says", async () => {
    const key = await sandboxKey();
    writeFileSync(path.join(folder, "feed.sh"), readFileSync(path.join(clients, "curl/feed.sh")));
    const [settings = "", ...steps] = blockOf("curl", server, key).trim().split("\n");
    let [lead, cursor, last] = ["", "", ""];
    for (const step of steps) {
      const line = step.replace("LEAD", lead).replace("CURSOR", cursor);
      const { stdout } = await run("sh", ["-ec", `${settings}\n${line}`], { cwd: folder });
      const answer = JSON.parse(stdout) as { leadId?: string; endCursor?: string };
      lead = answer.leadId ?? lead;
      cursor = answer.endCursor ?? cursor;
      last = stdout;
    }
    expect(steps.length).toBeGreaterThan(10);
    expect(JSON.parse(last)).toMatchObject({ ready: true });
  });

  it("say what came instead of JSON", async () => {
    const { url, front } = await proxy(() => ({ status: 502, text: "<html>502</html>" }));
    const env = { PATH: process.env["PATH"], CARATLAS_URL: url, CARATLAS_KEY: "x" };
    await expect(run("sh", [path.join(clients, "curl/feed.sh"), "feed"], { env })).rejects.toMatchObject({
      stderr: expect.stringContaining("did not answer with JSON") as string,
    });
    front.close();
  });
});
