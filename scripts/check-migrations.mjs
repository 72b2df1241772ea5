/**
 * Checks the migrations on a database of their own: the catalogue they create is the one that is committed,
 * going down removes everything, going up again creates the same catalogue, and each entity describes its table.
 * With --write it writes the committed catalogue anew (`npm run catalogue`).
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { readCatalogue } from "./catalogue.mjs";
import { differences, toText } from "./catalogue-text.mjs";

const root = path.resolve(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const committedFile = path.join(root, "migrations/catalogue.txt");
/**
 * Only migrations know of indexes, foreign keys, checks and unique constraints, so TypeORM would drop them.
 * Anything it would add or alter, and any column it would drop, is drift.
 */
const databaseOnly = /^(?:ALTER TABLE \S+ DROP CONSTRAINT \S+|DROP INDEX \S+)$/;
const built = (name) => require(path.join(root, "dist/src", name));

build();
require("reflect-metadata");
const { startEmbeddedPostgres, removeEmbeddedPostgres } = built("platform/embedded-postgres.js");
const { migrate, revertAll } = built("platform/migrate.js");
const { openSource } = built("platform/pools.js");

const dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-migrations-"));
const postgres = await startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined });
try {
  const complaints = await judge(postgres.ownerUrl, postgres.url);
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

async function judge(adminUrl, url) {
  const ownerUrl = await plainOwner(adminUrl);
  const empty = await readCatalogue(adminUrl);
  await migrate({ ownerUrl, url });
  const first = await readCatalogue(adminUrl);
  const committed = await compareWithCommitted(toText(first));
  const { entities, drift, unlisted } = await driftOf(adminUrl);
  await revertAll({ ownerUrl });
  const bottom = await readCatalogue(adminUrl);
  await migrate({ ownerUrl, url });
  const second = await readCatalogue(adminUrl);
  const tables = [...first.keys()].filter((object) => object.startsWith("table ")).length;
  console.log(`migrations: ${tables} tables in the catalogue, ${entities} of them with an entity`);
  return [
    ...committed,
    ...complain(
      "Reverting the migrations leaves a difference",
      withoutCluster(empty),
      withoutCluster(bottom),
    ),
    ...complain("Migrating a second time creates another catalogue", toText(first), toText(second)),
    ...drift.map((query) => `An entity does not describe its table. TypeORM would run: ${query}`),
    ...unlisted.map(
      (name) => `${name} is missing in src/<module>/entities.ts, so the server does not know it.`,
    ),
    ...(first.size > empty.size ? [] : ["The migrations created nothing."]),
    ...(entities > 0 ? [] : ["No entity was found below dist/src."]),
  ];
}

async function compareWithCommitted(text) {
  const committed = await readFile(committedFile, "utf8").catch(() => "");
  if (process.argv.includes("--write")) {
    await writeFile(committedFile, text);
    console.log(`migrations/catalogue.txt ${committed === text ? "was up to date" : "is written anew"}.`);
    return [];
  }
  const advice = "Run `npm run catalogue` and read the change";
  return complain(`The migrations do not create migrations/catalogue.txt. ${advice}`, committed, text);
}

/** An owner as in production: not a superuser, so that a migration which needs one fails here. */
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

/** Roles belong to the whole cluster and stay, and so does the list of the migrations that ran. */
function withoutCluster(catalogue) {
  const stays = /^(?:roles|\w+ public\.migration(?:_id_seq)?)$/;
  return toText(new Map([...catalogue].filter(([object]) => !stays.test(object))));
}

function complain(complaint, before, after) {
  const lines = differences(before, after);
  return lines.length === 0 ? [] : [[`${complaint}:`, ...lines].join("\n  ")];
}

async function driftOf(url) {
  const folder = path.join(root, "dist/src");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".entity.js"));
  const entities = files.flatMap((name) => Object.values(built(name))).filter(isClass);
  const unlisted = entities.filter((entity) => !built("app/entities.js").entities.includes(entity));
  // TypeORM sends several queries through one client at once, and pg warns about it.
  process.noDeprecation = true;
  const source = await openSource({ url, entities, poolSize: 2 });
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
