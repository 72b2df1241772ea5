/**
 * Runs before the first test under test/: builds dist/ and starts a PostgreSQL with a migrated template database, which
 * each test file copies. TEST_DATABASE_URL names a superuser of another server to use instead.
 */
import "reflect-metadata";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { removeEmbeddedPostgres, startEmbeddedPostgres } from "../../src/platform/embedded-postgres";
import { databaseRoles } from "../../src/platform/logins";
import { migrate } from "../../src/platform/migrate";
import { addressOf, publishCluster, type TestCluster } from "./cluster";

declare global {
  var tearDownTestCluster: (() => Promise<void>) | undefined;
}

const folderPrefix = "caratlas-test-";

export default async function setUp(): Promise<void> {
  await build();
  const given = process.env["TEST_DATABASE_URL"] ?? "";
  if (given === "") return prepareOwn();
  const cluster = await makeTemplate(given);
  globalThis.tearDownTestCluster = () => leave(cluster);
  publishCluster(cluster);
}

/** Builds dist/, from which tests start servers and commands as separate processes. */
async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.resolve(__dirname, "../../scripts/build.mjs")]);
}

async function prepareOwn(): Promise<void> {
  const { ownerUrl, stop } = await startOwn();
  globalThis.tearDownTestCluster = stop;
  try {
    publishCluster(await makeTemplate(ownerUrl));
  } catch (error) {
    // Jest runs no teardown when the set-up fails.
    await stop();
    throw error;
  }
}

async function startOwn(): Promise<{ ownerUrl: string; stop: () => Promise<void> }> {
  await sweepEarlierRuns();
  const dataDir = await mkdtemp(path.join(tmpdir(), folderPrefix));
  // mkdtemp creates a folder that the user to whom root switches cannot read.
  await chmod(dataDir, 0o711);
  const log = (message: string): void => console.error(message);
  const started = await startEmbeddedPostgres({ dataDir, durable: false, log });
  const stop = async (): Promise<void> => {
    await started.stop();
    await removeEmbeddedPostgres(dataDir);
  };
  return { ownerUrl: started.ownerUrl, stop };
}

/** Stops the servers of earlier runs that were killed. A run that is still active holds the lock of its folder. */
async function sweepEarlierRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = path.join(tmpdir(), name);
    const found = await stat(folder).catch(() => null);
    if (found?.uid !== process.getuid?.()) continue;
    await removeEmbeddedPostgres(folder).catch(() => undefined);
  }
}

async function makeTemplate(ownerUrl: string): Promise<TestCluster> {
  const mark = randomBytes(6).toString("hex");
  const login = { user: `caratlas_login_${mark}`, password: randomBytes(16).toString("hex") };
  const cluster = { ownerUrl, template: `caratlas_test_${mark}`, login };
  await asOwner(ownerUrl, [
    `CREATE ROLE ${login.user} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${login.password}'`,
    `CREATE DATABASE ${cluster.template} TEMPLATE template0`,
  ]);
  const template = addressOf(ownerUrl, cluster.template);
  await migrate({ ownerUrl: template, url: addressOf(ownerUrl, cluster.template, login) });
  // Copying fails while a client is connected to the template, so connections are refused.
  await asOwner(ownerUrl, [`ALTER DATABASE ${cluster.template} ALLOW_CONNECTIONS false`]);
  return cluster;
}

/** Removes everything that this run created on the server in TEST_DATABASE_URL. */
async function leave({ ownerUrl, template, login }: TestCluster): Promise<void> {
  const databases = await asOwner(ownerUrl, [
    `SELECT datname AS name FROM pg_database WHERE starts_with(datname, '${template}')`,
  ]);
  const drops = databases.map(({ name }) => `DROP DATABASE ${name} WITH (FORCE)`);
  const logins = databaseRoles.map((role) => `${login.user}_${role}`);
  await asOwner(ownerUrl, [...drops, `DROP ROLE ${[login.user, ...logins].join(", ")}`]);
}

async function asOwner(ownerUrl: string, statements: readonly string[]): Promise<{ name: string }[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    let rows: { name: string }[] = [];
    for (const statement of statements) ({ rows } = await client.query<{ name: string }>(statement));
    return rows;
  } finally {
    await client.end();
  }
}
