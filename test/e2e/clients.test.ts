/**
 * Runs the example integrations of docs/clients against a real server in the sandbox: each passes the go-live
 * checks on its own. The TypeScript example is killed between storing and acknowledging, and loses and
 * duplicates nothing.
 */
import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { transformFileSync } from "@swc/core";
import { must } from "../support/client";
import { newSupplier } from "../support/journey";
import { projectFolder } from "../support/launched";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

const clients = path.join(projectFolder, "docs/clients");
const run = promisify(execFile);
const running = new Set<ChildProcess>();

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = mkdtempSync(path.join(tmpdir(), "caratlas-clients-"));
});

afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

/** Skips the test, with a printed reason, on a machine that lacks the command. */
function whenThere(command: string): typeof it {
  if (spawnSync(command, ["--version"]).status === 0) return it;
  process.stdout.write(`skipped: ${command} is not installed, so the example that needs it was not run\n`);
  return it.skip;
}

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

async function checks(key: string): Promise<{ ready: boolean; text: string }> {
  const { goLive } = await must(server, key, {
    query:
      "{ goLive { ready acknowledgedMatch { todo } acknowledgedRevocation { todo } survivedDuplicate { todo } } }",
  });
  return { ready: goLive.ready, text: JSON.stringify(goLive) };
}

describe("the example in TypeScript", () => {
  it("has types that match the schema", async () => {
    await run(process.execPath, [path.join(clients, "typescript/generate.mjs"), "--check"], {
      cwd: projectFolder,
    });
  });

  /** Compiles it as its README does, but faster with swc. */
  function build(): string {
    const target = mkdtempSync(path.join(folder, "typescript-"));
    for (const name of ["api", "generated", "main", "store"]) {
      const file = path.join(clients, `typescript/${name}.ts`);
      const { code } = transformFileSync(file, {
        swcrc: false,
        module: { type: "commonjs" },
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
      });
      writeFileSync(path.join(target, `${name}.js`), code);
    }
    copyFileSync(
      path.join(clients, "typescript/operations.graphql"),
      path.join(target, "operations.graphql"),
    );
    return path.join(target, "main.js");
  }

  /** A proxy between the client and the server that holds back acknowledgements while `hold` is set. */
  async function gate(): Promise<{ url: string; hold: boolean; held: number; server: Server }> {
    const it = { url: "", hold: false, held: 0, server: createServer() };
    it.server.on("request", (request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        if (it.hold && body.includes('"operationName":"Acknowledge"')) {
          it.held += 1;
          return;
        }
        const { authorization = "" } = request.headers;
        const headers = { "content-type": "application/json", authorization };
        void fetch(`${server.url}/graphql`, { method: "POST", headers, body })
          .then(async (answer) => response.end(await answer.text()))
          .catch(() => response.destroy());
      });
    });
    it.server.listen(0, "127.0.0.1");
    await once(it.server, "listening");
    it.url = `http://127.0.0.1:${String((it.server.address() as AddressInfo).port)}/graphql`;
    return it;
  }

  interface StoredLine {
    readonly event?: {
      readonly __typename: string;
      readonly cursor: string;
      readonly leadId?: string;
      lead?: unknown;
    };
  }
  const linesOf = (file: string): StoredLine[] =>
    readFileSync(file, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as StoredLine);

  it("passes the go-live checks and, killed between storing and acknowledging, loses and duplicates nothing", async () => {
    const [main, key, between] = [build(), await sandboxKey(), await gate()];
    const file = path.join(folder, "typescript.jsonl");
    const start = (): ChildProcess => {
      const child = spawn(process.execPath, [main], {
        env: {
          PATH: process.env["PATH"],
          NODE_PATH: path.join(projectFolder, "node_modules"),
          ...{ CARATLAS_URL: between.url, CARATLAS_WS_URL: server.wsUrl, CARATLAS_KEY: key, STORE: file },
        },
        stdio: ["ignore", "ignore", "inherit"],
      });
      running.add(child);
      child.once("exit", () => running.delete(child));
      return child;
    };
    const kill = async (child: ChildProcess): Promise<void> => {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    };

    const first = await act(key, "sandboxMatch");
    between.hold = true;
    let child = start();
    await until("it has stored and wants to acknowledge", () => Promise.resolve(between.held > 0));
    await kill(child);
    expect(linesOf(file).map(({ event }) => event?.leadId)).toEqual([first]);
    // Simulates a crash in the middle of writing a line.
    writeFileSync(file, `${readFileSync(file, "utf8")}{"event":{"__type`);
    between.hold = false;
    child = start();

    const second = await act(key, "sandboxMatch");
    const matched = (): Promise<boolean> =>
      Promise.resolve(linesOf(file).filter(({ event }) => event?.__typename === "LeadMatched").length === 2);
    await until("it has gone on", matched);
    await act(key, "sandboxRevoke", first);
    await until("the revocation is answered", async () =>
      (await checks(key)).text.includes('"acknowledgedRevocation":{"todo":null}'),
    );
    await act(key, "sandboxDuplicate", second);
    await kill(child);
    child = start();
    await until("the checks have passed", async () => (await checks(key)).ready);
    await kill(child);
    between.server.close();

    const events = linesOf(file).flatMap(({ event }) => event ?? []);
    expect(events.map(({ __typename, leadId }) => [__typename, leadId])).toEqual([
      ["LeadMatched", first],
      ["LeadMatched", second],
      ["LeadRevoked", first],
    ]);
    // The file no longer contains the person whose consent was withdrawn.
    expect(events.map(({ lead }) => lead != null)).toEqual([false, true, false]);
  });

  it("exits with an error when its key is unknown", async () => {
    const env = { PATH: process.env["PATH"], NODE_PATH: path.join(projectFolder, "node_modules") };
    const access = {
      CARATLAS_URL: `${server.url}/graphql`,
      CARATLAS_WS_URL: server.wsUrl,
      CARATLAS_KEY: "ca_supplier_nobodysKeyNobodysKey",
    };
    const ended = run(process.execPath, [build()], {
      env: { ...env, ...access, STORE: path.join(folder, "none") },
    });
    await expect(ended).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("cannot be followed"),
    });
  });
});

describe("the example in Python", () => {
  whenThere("python3")(
    "passes the go-live checks by polling and keeps each lead once",
    async () => {
      const key = await sandboxKey();
      const store = path.join(folder, "python.sqlite");
      const poll = (): Promise<unknown> =>
        run("python3", [path.join(clients, "python/feed.py")], {
          env: {
            ...process.env,
            CARATLAS_URL: `${server.url}/graphql`,
            CARATLAS_KEY: key,
            STORE: store,
            POLL_SECONDS: "0",
          },
        });
      const first = await act(key, "sandboxMatch");
      const second = await act(key, "sandboxMatch");
      await poll();
      await act(key, "sandboxDuplicate", second);
      await act(key, "sandboxRevoke", first);
      await poll();
      expect(await checks(key)).toMatchObject({ ready: true });
      const asked =
        "import json, sqlite3, sys; print(json.dumps(sqlite3.connect(sys.argv[1]).execute('SELECT lead_id, lead IS NULL FROM lead ORDER BY rowid').fetchall()))";
      const { stdout } = await run("python3", ["-c", asked, store]);
      expect(JSON.parse(stdout)).toEqual([
        [first, 1],
        [second, 0],
      ]);
      expect(readFileSync(store).includes("Exemple-Bac")).toBe(true);
    },
    60_000,
  );

  whenThere("python3")("exits with an error when its key is unknown", async () => {
    const env = {
      ...process.env,
      CARATLAS_URL: `${server.url}/graphql`,
      CARATLAS_KEY: "ca_supplier_nobodysKeyNobodysKey",
    };
    const ended = run("python3", [path.join(clients, "python/feed.py")], {
      env: { ...env, STORE: ":memory:" },
    });
    await expect(ended).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("UNAUTHENTICATED"),
    });
  });
});

describe("the example with curl", () => {
  whenThere("curl")(
    "passes the go-live checks step by step",
    async () => {
      const key = await sandboxKey();
      const env = { ...process.env, CARATLAS_URL: `${server.url}/graphql`, CARATLAS_KEY: key };
      const step = async (...words: string[]): Promise<any> =>
        JSON.parse((await run("sh", [path.join(clients, "curl/feed.sh"), ...words], { env })).stdout);
      const { leadId } = await step("match");
      const { events } = await step("feed");
      expect(events[0]).toMatchObject({ __typename: "LeadMatched", leadId });
      await step("acknowledge", events[0].cursor);
      await step("duplicate", leadId);
      const again = await step("feed");
      expect(again.events).toEqual(events);
      await step("acknowledge", again.endCursor);
      const reported = await step("report", leadId, "CONTACTED", new Date().toISOString(), "row 1");
      expect(reported).toEqual([{ accepted: true, code: null, message: null }]);
      await step("revoke", leadId);
      expect((await step("feed")).events[0]).toMatchObject({ __typename: "LeadRevoked", leadId });
      await step("deleted", leadId);
      expect(await step("go-live")).toMatchObject({ ready: true });
      expect(await step("sign-in", "nobody@example.com", "not the password")).toMatchObject({
        data: { signIn: { message: expect.any(String) } },
      });
      await expect(step("acknowledge", "x")).rejects.toMatchObject({
        stderr: expect.stringContaining("INVALID_INPUT"),
      });
    },
    60_000,
  );
});
