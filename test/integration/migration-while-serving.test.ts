/** A migration changes a table while a server works with it: no request may fail. */
import { randomUUID } from "node:crypto";
import { migrate } from "../../src/platform/migrate";
import { preparedStatement } from "../../src/platform/prepared-statement";
import { transactOn, type Transact } from "../../src/platform/database";
import { openDatabase, type Database } from "../../src/platform/pools";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf, type Owner } from "../support/rows";
import { until } from "../support/until";

let database: TestDatabase;
let owner: Owner;
let pools: Database;
let transact: Transact;
const size = 6;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  pools = await openDatabase({ url: database.url, entities: [], poolSizes: size, roles: ["worker"] });
  transact = transactOn(pools);
});
afterAll(async () => {
  await pools.destroy();
  await owner.end();
  await database.drop();
});

const read = preparedStatement<{ kind: string; pid: number }>(
  "test.migrated",
  "SELECT kind, pg_backend_pid() AS pid FROM confirmation_try WHERE id = $1",
);

it("closes connections whose prepared statements are stale, and repeats the transaction", async () => {
  const id = randomUUID();
  await owner.rows(
    "INSERT INTO confirmation_try (id, contact_digest, key_id, kind, at) VALUES ($1, 'x', 1, 'SEND', now())",
    [id],
  );
  const pids = new Set<number>();
  let isOver = false;
  let reads = 0;
  const client = async (): Promise<void> => {
    while (!isOver) {
      const [row] = await transact({ role: "worker" }, (tx) => read(tx, [id]));
      expect(row?.kind).toBe("SEND");
      pids.add(row?.pid ?? 0);
      reads += 1;
    }
  };
  const clients = Promise.all(Array.from({ length: 2 * size }, client));
  const more = async (): Promise<void> => {
    const wanted = reads + 20 * size;
    await Promise.race([clients, until("more reads", () => Promise.resolve(reads >= wanted))]);
  };
  for (const type of ["varchar", "text", "varchar", "text"]) {
    await more();
    const before = new Set(pids);
    await owner.rows(`ALTER TABLE confirmation_try ALTER COLUMN kind TYPE ${type}`);
    await until("connections are replaced", () => Promise.resolve([...pids].some((pid) => !before.has(pid))));
  }
  await more();
  isOver = true;
  await clients;
  expect(pids.size).toBeGreaterThan(size);
});

it("gives up its place in the queue for a table, so that requests behind it go on", async () => {
  await owner.rows("ALTER TABLE einvoice_status DROP COLUMN reasons");
  await owner.rows("DELETE FROM migration WHERE name LIKE 'AllReasons%'");
  const [request, following] = [await asOwnerOf(database), await asOwnerOf(database)];
  await request.rows("BEGIN");
  await request.rows("SELECT FROM einvoice_status");
  const migrated = migrate({ ownerUrl: database.ownerUrl, url: database.url });
  await until("the migration waits for the first request", async () => {
    const waiting = "SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'";
    return (await owner.rows(waiting)).length > 0;
  });
  // Would wait for the migration, and so for the first request, which does not end before.
  await following.rows("SET statement_timeout = '9500ms'");
  expect(await following.rows("SELECT FROM einvoice_status")).toEqual([]);
  await request.rows("COMMIT");
  expect(await migrated).toBe(1);
  await Promise.all([request.end(), following.end()]);
});
