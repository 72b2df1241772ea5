import { randomBytes, randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { transactOn, type Transact } from "../../src/platform/database";
import { userIn } from "../../src/platform/logins";
import { openDatabase, type Database } from "../../src/platform/pools";
import { AppError } from "../../src/shared/errors";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf, type Owner } from "../support/rows";

let database: TestDatabase;
let owner: Owner;
let pools: Database;
let transact: Transact;
/** Pools of one connection each, so that the next transaction meets anything the last one left behind. */
let single: Database;
let transactOnSingle: Transact;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  pools = await openDatabase({ url: database.url, entities: [], poolSizes: 5 });
  single = await openDatabase({ url: database.url, entities: [], poolSizes: 1 });
  [transact, transactOnSingle] = [transactOn(pools), transactOn(single)];
});
afterAll(async () => {
  await Promise.all([pools.destroy(), single.destroy(), owner.end()]);
  await database.drop();
});

const worker = { role: "worker" } as const;
const supplierId = randomUUID();
const asSupplier = { role: "supplier", supplierId, limits: null } as const;

/** A random mark, which is in the table if and only if the transaction that wrote it committed. */
const mark = (): Buffer => randomBytes(16);
const write = (tx: EntityManager, digest: Buffer): Promise<unknown> =>
  tx.query(
    "INSERT INTO confirmation_try (id, contact_digest, key_id, kind, at) VALUES ($1, $2, 1, 'SEND', now())",
    [randomUUID(), digest],
  );
const written = async (digest: Buffer): Promise<number> =>
  (await owner.rows("SELECT FROM confirmation_try WHERE contact_digest = $1", [digest])).length;

/** A barrier that opens when `size` have arrived; later arrivals pass at once. */
function meeting(size: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  let come = 0;
  return () => {
    if (++come >= size) open();
    return all;
  };
}

const lock = (tx: EntityManager, key: number): Promise<unknown> =>
  tx.query("SELECT pg_advisory_xact_lock($1)", [key]);

describe("a transaction that PostgreSQL aborts", () => {
  it("is run again completely after a real deadlock, and both commit once", async () => {
    const bothHoldOne = meeting(2);
    const attempts: string[] = [];
    const work = (name: string, keys: readonly [number, number], digest: Buffer) =>
      transact(worker, async (tx) => {
        const [{ id }] = await tx.query<[{ id: string }]>("SELECT txid_current() AS id");
        attempts.push(`${name} ${id}`);
        await write(tx, digest);
        await lock(tx, keys[0]);
        await bothHoldOne();
        await lock(tx, keys[1]);
        return name;
      });
    const [first, second] = [mark(), mark()];
    const answers = await Promise.all([work("first", [1, 2], first), work("second", [2, 1], second)]);

    expect(answers).toEqual(["first", "second"]);
    expect(attempts).toHaveLength(3);
    expect(new Set(attempts).size).toBe(3);
    expect([await written(first), await written(second)]).toEqual([1, 1]);
  });

  /** Another connection changes the row after it was read, in the first `times` attempts. */
  const overtaken = (times: number, digest: Buffer) => {
    const attempts: string[] = [];
    const done = transact(worker, async (tx) => {
      await tx.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      const [who] = await tx.query<[{ current_user: string }]>("SELECT current_user FROM installation");
      attempts.push(who.current_user);
      await write(tx, digest);
      if (attempts.length <= times)
        await owner.rows("UPDATE installation SET feed_epoch = gen_random_uuid()");
      await tx.query("UPDATE installation SET feed_epoch = feed_epoch");
    });
    return { done, attempts };
  };

  it("is run again in the same role after a serialization failure and keeps nothing of the failed attempt", async () => {
    const digest = mark();
    const { done, attempts } = overtaken(2, digest);
    await done;
    expect(attempts).toEqual(Array(3).fill(loginOf("worker")));
    expect(await written(digest)).toBe(1);
  });

  it("fails after three attempts", async () => {
    const digest = mark();
    const { done, attempts } = overtaken(3, digest);
    await expect(done).rejects.toMatchObject({ code: "40001" });
    expect(attempts).toHaveLength(3);
    expect(await written(digest)).toBe(0);
  });

  it("is run again when it fails only at commit", async () => {
    const digest = mark();
    const bothHaveLooked = meeting(2);
    let attempts = 0;
    const writeIfFirst = () =>
      transact(worker, async (tx) => {
        attempts += 1;
        await tx.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        const seen = await tx.query<unknown[]>("SELECT FROM confirmation_try WHERE contact_digest = $1", [
          digest,
        ]);
        await bothHaveLooked();
        if (seen.length === 0) await write(tx, digest);
      });
    await Promise.all([writeIfFirst(), writeIfFirst()]);
    expect(attempts).toBe(3);
    expect(await written(digest)).toBe(1);
  });
});

describe("a transaction whose work fails", () => {
  it.each<[string, (tx: EntityManager) => Promise<unknown>, object]>([
    [
      "a mistake of the caller",
      () => Promise.reject(new AppError("NOT_FOUND", "Not here.")),
      { code: "NOT_FOUND" },
    ],
    ["a bug", () => Promise.reject(new TypeError("no")), { message: "no" }],
    [
      "a refusal of the database",
      (tx) => tx.query("INSERT INTO installation VALUES (false)"),
      { code: "42501" },
    ],
    ["a broken statement", (tx) => tx.query("SELEKT"), { code: "42601" }],
  ])("is rolled back and not retried: %s", async (_, fail, error) => {
    const digest = mark();
    let attempts = 0;
    const work = transactOnSingle(worker, async (tx) => {
      attempts += 1;
      await write(tx, digest);
      await fail(tx);
    });
    await expect(work).rejects.toMatchObject(error);
    expect(attempts).toBe(1);
    expect(await written(digest)).toBe(0);
    await expect(transactOnSingle(worker, () => Promise.resolve("next"))).resolves.toBe("next");
  });

  it("is not retried on a lost connection, and the next one gets a new connection", async () => {
    const digest = mark();
    let attempts = 0;
    const work = transactOnSingle(worker, async (tx) => {
      attempts += 1;
      await write(tx, digest);
      const [{ pid }] = await tx.query<[{ pid: number }]>("SELECT pg_backend_pid() AS pid");
      await owner.rows("SELECT pg_terminate_backend($1, 5000)", [pid]);
      await tx.query("SELECT 1");
    });
    await expect(work).rejects.toThrow();
    expect(attempts).toBe(1);
    expect(await written(digest)).toBe(0);
    await expect(transactOnSingle(worker, () => Promise.resolve("next"))).resolves.toBe("next");
  });
});

const loginOf = (role: string): string => `${userIn(database.url)}_${role}`;

describe("the role of a transaction", () => {
  const whoami = `SELECT current_user AS role, pg_backend_pid() AS pid, current_supplier() AS supplier, current_lead() AS lead`;
  const ask = async (tx: Pick<EntityManager, "query">) =>
    (await tx.query<Record<string, unknown>[]>(whoami))[0];

  it.each([
    [{ role: "gate" } as const, {}],
    [{ role: "staff" } as const, {}],
    [worker, {}],
    [{ role: "intake" } as const, {}],
    [asSupplier, { supplier: supplierId }],
    [{ role: "person", leadId: supplierId } as const, { lead: supplierId }],
  ])("is set for %j", async (scope, named) => {
    const role = loginOf(scope.role);
    expect(await transactOnSingle(scope, ask)).toMatchObject({ role, supplier: null, lead: null, ...named });
  });

  it.each(["committed", "rolled back"])("is reset on the connection once it is %s", async (how) => {
    let pid: unknown;
    await transactOnSingle(asSupplier, async (tx) => {
      pid = (await ask(tx))?.["pid"];
      if (how === "rolled back") throw new Error("enough");
    }).catch(() => undefined);

    const nobody = { pid, supplier: null, lead: null, role: loginOf("supplier") };
    expect(await ask(single.of("supplier"))).toEqual(nobody);
    const other = { ...asSupplier, supplierId: randomUUID() };
    expect(await transactOnSingle(other, ask)).toEqual({ ...nobody, supplier: other.supplierId });
  });

  it.each([
    "",
    "*",
    "' OR true; --",
    "x'; SET ROLE caratlas_staff; --",
    randomUUID().toUpperCase(),
    ` ${randomUUID()}`,
  ])("is refused before any statement when the supplier or lead is %j", async (id) => {
    const work = jest.fn(() => Promise.resolve());
    await expect(transactOnSingle({ role: "supplier", supplierId: id, limits: null }, work)).rejects.toThrow(
      "Not an id: a transaction cannot be entered for this supplier_id.",
    );
    await expect(transactOnSingle({ role: "person", leadId: id }, work)).rejects.toThrow(
      "Not an id: a transaction cannot be entered for this lead_id.",
    );
    expect(work).not.toHaveBeenCalled();
  });
});
