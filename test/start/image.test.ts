/** What an operator does with the image: every program and the server run from the files that it contains. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { publishedCluster } from "../support/cluster";
import { cloneDatabase, emptyDatabase, type TestDatabase } from "../support/database";
import { installImage, type Environment, type Image } from "../support/image";
import { projectFolder } from "../support/launched";
import { environmentOf } from "../support/production";

let image: Image;
let database: TestDatabase;

beforeAll(async () => {
  [image, database] = await Promise.all([installImage(), emptyDatabase()]);
});
afterAll(async () => {
  await image.remove();
  await database.drop();
});

const production = (more: Environment = {}): Environment => ({ ...environmentOf(database), ...more });

const scripts = (
  JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  }
).scripts;
const programs = Object.keys(scripts).filter((name) => scripts[name]?.includes("dist/src/cli/"));

it("has what the Dockerfile copies, and neither sources nor a compiler", () => {
  expect(programs.length).toBeGreaterThan(7);
  expect(() => readFileSync(path.join(image.folder, "src"))).toThrow(/ENOENT/);
  expect(() => readFileSync(path.join(image.folder, "node_modules/@swc/core/package.json"))).toThrow(
    /ENOENT/,
  );
});

it.each(programs)("npm run %s answers in words from the image", async (name) => {
  const { code, output } = await image.npm(name);
  expect(output).not.toMatch(/Cannot find module|MODULE_NOT_FOUND|^\s+at /m);
  expect(output).toMatch(/Usage: |DATABASE_URL is missing|No demo has run/);
  expect(code).not.toBe(0);
});

it("lists every program in docs/operations.md", () => {
  const text = readFileSync(path.join(projectFolder, "docs/operations.md"), "utf8");
  for (const name of programs) expect(text).toContain(`npm run ${name}`);
});

it("serves only after npm run migrate, and without the owner's password", async () => {
  const early = await image.serve(production()).ended;
  expect(early.code).toBe(1);
  expect(early.output.trim()).toMatch(/^The database lacks \d+ of this version's migrations: [^\n]+$/);

  const owner = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
  const first = await image.npm("migrate", [], owner);
  expect(first).toEqual({ code: 0, output: expect.stringMatching(/^Migrations applied: \d+\./) as unknown });
  const again = await image.npm("migrate", [], owner);
  expect(again).toEqual({
    code: 0,
    output: expect.stringMatching(/^Nothing was to be migrated\./) as unknown,
  });

  const admin = await image.npm("admin:create", ["camille@example.fr", "Camille Essai"], production());
  expect(admin).toEqual({ code: 0, output: expect.stringContaining("can sign in now") as unknown });

  const server = image.serve(production());
  await server.says(/CarAtlas listens/);
  expect((await server.stop()).code).toBe(0);
});

describe("refuses in one sentence", () => {
  let migrated: TestDatabase;
  beforeAll(async () => (migrated = await cloneDatabase()));
  afterAll(() => migrated.drop());

  it.each(["SUPERUSER", "BYPASSRLS"])("a login with %s", async (right) => {
    const name = `mighty_${migrated.url.slice(-6)}_${right.toLowerCase()}`;
    const owner = new Client({ connectionString: migrated.ownerUrl });
    await owner.connect();
    await owner.query(
      `CREATE ROLE ${name} LOGIN ${right} PASSWORD 'mighty'; GRANT SELECT ON migration TO ${name}`,
    );
    try {
      const { host, pathname } = new URL(migrated.url);
      const url = `postgres://${name}:mighty@${host}${pathname}`;
      const { code, output } = await image.serve(production({ DATABASE_URL: url })).ended;
      expect([code, output.trim()]).toEqual([1, expect.stringMatching(/^DATABASE_URL names a login[^\n]+$/)]);
    } finally {
      await owner.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
      await owner.end();
    }
  });

  it("a database that is not there", async () => {
    const url = new URL(database.url);
    url.port = "1";
    for (const ended of [
      image.serve(production({ DATABASE_URL: url.href })).ended,
      image.npm("migrate", [], { DATABASE_URL: url.href }),
      image.npm("admin:create", ["a@example.fr", "A"], production({ DATABASE_URL: url.href })),
    ]) {
      const { code, output } = await ended;
      expect(code).toBe(1);
      expect(output.trim()).toMatch(/^The database at \S+ as \w+ cannot be used: nothing listens there\.$/);
      expect(output).not.toContain(publishedCluster().login.password);
    }
  });

  it("a public address without NODE_ENV", async () => {
    const { code, output } = await image.serve({ HOST: "0.0.0.0", PORT: "0" }).ended;
    expect([code, output]).toEqual([1, expect.stringContaining("NODE_ENV is missing")]);
  });
});
