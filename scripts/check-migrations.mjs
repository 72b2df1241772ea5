/**
 * Asks three things of the migrations, on a database of their own: that what goes up comes down again,
 * that going up twice gives the same schema, and that the entities describe what the migrations made.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { dumpSchema } from "./dump-schema.mjs";

const root = path.resolve(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
/**
 * Indexes, foreign keys, checks and unique rules are made by migrations alone, so TypeORM, not knowing them,
 * would drop them. What it would add or alter, and any column it would drop, is drift.
 */
const databaseOnly = /^(?:ALTER TABLE \S+ DROP CONSTRAINT \S+|DROP INDEX \S+)$/;
const built = (name) => require(path.join(root, "dist/src", name));

build();
require("reflect-metadata");
const { startEmbeddedPostgres, removeEmbeddedPostgres } = built("platform/embedded-postgres.js");
const { migrate, revertAll } = built("platform/migrate.js");
const { openDatabase } = built("platform/database.js");

const dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-migrations-"));
const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined });
try {
  const complaints = await judge(postgres.ownerUrl, new URL(postgres.url).username);
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
} finally {
  await postgres.stop();
  await removeEmbeddedPostgres(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}

function build() {
  const { status } = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

async function judge(adminUrl, loginUser) {
  const ownerUrl = await plainOwner(adminUrl);
  const empty = await dumpSchema(adminUrl);
  await migrate({ ownerUrl, loginUser });
  const first = await dumpSchema(adminUrl);
  const { entities, drift, unlisted } = await driftOf(adminUrl);
  await revertAll({ ownerUrl });
  const bottom = await dumpSchema(adminUrl);
  await migrate({ ownerUrl, loginUser });
  const second = await dumpSchema(adminUrl);
  const tables = first.filter((line) => line.startsWith("table ")).length;
  console.log(`migrations: ${first.length} facts about ${tables} tables, ${entities} of them with an entity`);
  return [
    ...differences("Going down leaves something, or takes too much", empty.filter(goes), bottom.filter(goes)),
    ...differences("Going up a second time gives another schema", first, second),
    ...drift.map((query) => `An entity does not describe its table. TypeORM would run: ${query}`),
    ...unlisted.map((name) => `${name} is missing in src/app/entities.ts, so the server does not know it.`),
    ...(first.length > empty.length ? [] : ["The migrations made nothing."]),
    ...(entities > 0 ? [] : ["No entity was found below dist/src."]),
  ];
}

/** An owner as it is given in production: no superuser, so a migration that needs one fails here already. */
async function plainOwner(adminUrl) {
  const url = new URL(adminUrl);
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`CREATE ROLE plain_owner LOGIN CREATEROLE PASSWORD 'of-a-passing-database'`);
    await admin.query(`ALTER DATABASE "${url.pathname.slice(1)}" OWNER TO plain_owner`);
  } finally {
    await admin.end();
  }
  return Object.assign(url, { username: "plain_owner", password: "of-a-passing-database" }).href;
}

/** The list of migrations that ran is kept, and so are roles: they belong to the whole cluster. */
function goes(line) {
  return !/^(?:\w+ public\.migration\b|\w+ public\.migration_id_seq\b|role |membership )/.test(line);
}

function differences(complaint, before, after) {
  const gone = before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`);
  return gone.length + come.length === 0 ? [] : [[`${complaint}:`, ...gone, ...come].join("\n")];
}

async function driftOf(url) {
  const folder = path.join(root, "dist/src");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".entity.js"));
  const entities = files.flatMap((name) => Object.values(built(name))).filter(isClass);
  const unlisted = entities.filter((entity) => !built("app/entities.js").entities.includes(entity));
  // TypeORM reads the catalogue through one client in parallel, and pg warns about it; not ours to mend.
  process.noDeprecation = true;
  const source = await openDatabase({ url, entities, poolSize: 2 });
  try {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    const drift = upQueries.map(({ query }) => query).filter((query) => !databaseOnly.test(query));
    return { entities: source.entityMetadatas.length, drift, unlisted: unlisted.map(({ name }) => name) };
  } finally {
    await source.destroy();
  }
}

function isClass(value) {
  return typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
}
