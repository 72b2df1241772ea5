import type { DataSource, QueryRunner } from "typeorm";
import type { Pool } from "pg";
import { openSource } from "../../src/platform/pools";
import {
  clientOf,
  markTransactionActive,
  queryMany,
  sendTogether,
  streamOf,
} from "../../src/platform/typeorm-internals.adapter";
import { cloneDatabase, type TestDatabase } from "../support/database";

let database: TestDatabase;
let source: DataSource;
let runner: QueryRunner;

beforeAll(async () => {
  database = await cloneDatabase();
  source = await openSource({ url: database.url, entities: [], poolSize: 1 });
});
beforeEach(() => {
  runner = source.createQueryRunner();
});
afterEach(async () => {
  await runner.release();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const transactionState = "SELECT now() = statement_timestamp() AS single";

describe("the internals of TypeORM and pg that we use", () => {
  it("give access to the runner's own pg client", async () => {
    const client = await clientOf(runner);
    const [{ pid }] = await runner.query("SELECT pg_backend_pid() AS pid");
    expect((await client.query("SELECT pg_backend_pid() AS pid")).rows).toEqual([{ pid }]);
  });

  it("let the runner commit a transaction begun on the client", async () => {
    const client = await clientOf(runner);
    await client.query("START TRANSACTION");
    markTransactionActive(runner);
    expect(runner.isTransactionActive).toBe(true);
    expect(await runner.query(transactionState)).toEqual([{ single: false }]);
    await runner.commitTransaction();
    expect(runner.isTransactionActive).toBe(false);
    expect(await runner.query(transactionState)).toEqual([{ single: true }]);
  });

  it("return one result per statement", async () => {
    const results = await queryMany(
      await clientOf(runner),
      "BEGIN; SELECT 1 AS one; SELECT 2 AS two; COMMIT",
    );
    expect(results.map(({ command }) => command)).toEqual(["BEGIN", "SELECT", "SELECT", "COMMIT"]);
    expect(results.map(({ rows }) => rows)).toEqual([[], [{ one: 1 }], [{ two: 2 }], []]);
  });

  it("hold back the socket's writes until the end of the turn", async () => {
    const client = await clientOf(runner);
    sendTogether(client);
    expect(streamOf(client).writableCorked).toBe(1);
    const [one, two] = await Promise.all([client.query("SELECT 1 AS n"), client.query("SELECT 2 AS n")]);
    expect([one.rows, two.rows]).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    expect(streamOf(client).writableCorked).toBe(0);
  });

  it("listen for errors of a new connection before anybody works with it", async () => {
    const { master } = source.driver as unknown as { master: Pool };
    const first = await master.connect();
    first.release(true);
    const second = await master.connect();
    expect(second.listenerCount("error")).toBe(1);
    second.release();
  });
});
