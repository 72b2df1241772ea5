/**
 * The feed is kept for a limited number of months, and only its beginning is dropped. A reader whose position
 * was dropped first receives a FeedGap, from the query and the subscription alike. Neither two concurrent
 * jobs nor a concurrent reader produces a gap without that notice.
 */
import { FeedRetention } from "../../src/account/feed/feed-retention.job";
import { transactOn, type Transact } from "../../src/platform/database";
import { openDatabase } from "../../src/platform/pools";
import { entities } from "../../src/app/entities";
import { monthIndexOf } from "../../src/shared/months";
import { clockShowing } from "../support/clock";
import { faultsIn } from "../support/books";
import { must, subscribe } from "../support/client";
import { newKey, newSupplier, type TestSupplier } from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let transact: Transact;
let close: () => Promise<void>;

// Registered before the server's own clean-up, so that it runs first.
afterAll(() => close());
useServer(async (started) => {
  ({ server, owner } = started);
  const source = await openDatabase({ url: server.database.url, entities, poolSizes: 4 });
  transact = transactOn(source);
  close = () => source.destroy();
});

const clock = clockShowing(() => new Date("2026-11-15T12:00:00Z"));
const retention = (batchSize?: number, by = transact): FeedRetention =>
  new FeedRetention(by, clock, batchSize);
const run = (job: FeedRetention): Promise<number> => job.run(new AbortController().signal);

/** Creates a supplier whose feed holds events at these times, in this order. */
async function supplierWith(instants: readonly string[]): Promise<TestSupplier> {
  const supplier = await newSupplier(server);
  await append(supplier, instants);
  return supplier;
}

async function append({ id }: TestSupplier, instants: readonly string[]): Promise<void> {
  const days = instants.map((text) => new Date(text));
  await owner.rows(
    `INSERT INTO feed_event (supplier_id, position, month, at, kind, delivery_id, detail)
     SELECT a.supplier_id, a.last_position + e.n, e.month, e.at, 'LEAD_REVOKED', gen_random_uuid(), '{"reason":"ERASED"}'
     FROM supplier_account a, unnest($2::int[], $3::timestamptz[]) WITH ORDINALITY AS e (month, at, n) WHERE a.supplier_id = $1`,
    [id, days.map(monthIndexOf), days],
  );
  await owner.rows("UPDATE supplier_account SET last_position = last_position + $2 WHERE supplier_id = $1", [
    id,
    days.length,
  ]);
}

const left = async ({ id }: TestSupplier): Promise<number[]> =>
  (
    await owner.rows("SELECT position::int FROM feed_event WHERE supplier_id = $1 ORDER BY position", [id])
  ).map(({ position }) => position as number);
const floorOf = async ({ id }: TestSupplier): Promise<number | undefined> =>
  (await owner.rows("SELECT position::int FROM feed_floor WHERE supplier_id = $1", [id]))[0]?.["position"];

const fields = "__typename cursor at ... on FeedGap { droppedBefore } ... on LeadRevoked { leadId }";
interface Seen {
  readonly __typename: string;
  readonly cursor: string;
  readonly at: string;
  readonly droppedBefore?: string;
}
const page = async (token: string, first: number, after: string | null) =>
  (
    await must(server, token, {
      query: `query ($first: Int, $after: Cursor) { feed(first: $first, after: $after) { hasMore endCursor events { ${fields} } } }`,
      variables: { first, after },
    })
  ).feed as { hasMore: boolean; endCursor: string; events: Seen[] };
const followed = async (token: string, after: string | null, count: number): Promise<Seen[]> => {
  const feed = subscribe<Seen>(server, token, {
    query: `subscription ($after: Cursor) { leadFeed(after: $after) { ${fields} } }`,
    variables: { after },
  });
  const events: Seen[] = [];
  while (events.length < count) events.push(await feed.next());
  await feed.stop();
  return events;
};

const march = ["2026-03-01T00:00:00Z", "2026-03-31T23:59:59Z"];
const april = ["2026-04-01T00:00:00Z", "2026-04-20T00:00:00Z"];

test("a reader from below the floor receives a FeedGap first and then every event that is kept", async () => {
  // An event of March stands after one of April, as can happen at midnight.
  const supplier = await supplierWith([
    "2025-12-24T00:00:00Z",
    ...march,
    april[0] ?? "",
    march[1] ?? "",
    april[1] ?? "",
  ]);
  const before = (await page(supplier.token, 100, null)).events;
  expect(before.map(({ __typename }) => __typename)).toEqual(Array(6).fill("LeadRevoked"));
  expect(await run(retention())).toBe(3);
  expect(await left(supplier)).toEqual([4, 5, 6]);
  expect(await faultsIn(owner)).not.toContainEqual(expect.stringContaining("feed have a gap"));

  const gap = {
    __typename: "FeedGap",
    cursor: before[2]?.cursor,
    at: clock.now().toISOString(),
    droppedBefore: "2026-04-01T00:00:00.000Z",
  };
  const [first, second] = before.map(({ cursor }) => cursor);
  // A key that has acknowledged nothing, and cursors from below the floor.
  for (const [token, after] of [
    [await newKey(server, supplier.id), null],
    [supplier.token, first],
    [supplier.token, second],
  ] as [string, string | null][]) {
    expect((await page(token, 100, after)).events).toEqual([gap, ...before.slice(3)]);
    expect(await followed(token, after, 4)).toEqual([gap, ...before.slice(3)]);
  }
  const one = await page(supplier.token, 1, first ?? null);
  expect(one).toEqual({ hasMore: true, endCursor: gap.cursor, events: [gap] });
  // Readers at or above the floor miss nothing and receive no FeedGap.
  for (const known of [2, 3, 4]) {
    const after = before[known]?.cursor ?? null;
    expect((await page(supplier.token, 100, after)).events).toEqual(before.slice(known + 1));
  }
  await must(server, supplier.token, {
    query: "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }",
    variables: { upTo: gap.cursor },
  });
  expect(await followed(supplier.token, null, 3)).toEqual(before.slice(3));
});

test("after all events were dropped, FeedGap is the only event, and later events follow it", async () => {
  const supplier = await supplierWith(march);
  const [first] = (await page(supplier.token, 1, null)).events;
  expect(await run(retention())).toBe(2);
  const { events, hasMore, endCursor } = await page(supplier.token, 100, first?.cursor ?? null);
  expect(events.map(({ __typename }) => __typename)).toEqual(["FeedGap"]);
  expect({ hasMore, endCursor }).toEqual({ hasMore: false, endCursor: events[0]?.cursor });
  expect((await page(supplier.token, 100, endCursor)).events).toEqual([]);
  await append(supplier, april);
  const kinds = (await followed(supplier.token, first?.cursor ?? null, 3)).map(
    ({ __typename }) => __typename,
  );
  expect(kinds).toEqual(["FeedGap", "LeadRevoked", "LeadRevoked"]);
});

test("another supplier receives no FeedGap, and one job checks a month only once", async () => {
  const [old, young] = [await supplierWith(march), await supplierWith(april)];
  const job = retention();
  expect(await run(job)).toBe(2);
  expect([await floorOf(old), await floorOf(young)]).toEqual([2, undefined]);
  expect((await page(young.token, 100, null)).events).toHaveLength(2);
  await append(old, march);
  expect(await run(job)).toBe(0);
  expect(await run(retention())).toBe(2);
});

test("two processes drop each event once while concurrent readers find no gap without a FeedGap", async () => {
  const supplier = await supplierWith([
    ...Array<string>(120).fill(march[0] ?? ""),
    ...Array<string>(20).fill(april[0] ?? ""),
  ]);
  const { reads: feedReads } = server.running.services.account.feed;
  const scope = { role: "supplier", supplierId: supplier.id, limits: null } as const;
  const reading = { done: false };
  /** Reads from a position to the end and returns the number of FeedGap events. */
  const readFrom = async (start: number): Promise<number> => {
    let [after, told] = [start, 0];
    while (after < 140) {
      const { events } = await feedReads.after({ scope, after, limit: 7 });
      for (const { kind, position } of events) {
        if (kind === "FEED_GAP") told += 1;
        else expect(position).toBe(after + 1);
        expect(position).toBeGreaterThan(after);
        after = position;
      }
    }
    return told;
  };
  const finished = [0, 0, 0];
  const readers = [0, 37, 80].map(async (start, index) => {
    let told = 0;
    while (!reading.done) {
      told += await readFrom(start);
      finished[index] = (finished[index] ?? 0) + 1;
    }
    return told;
  });
  /** After each batch, waits until every reader has begun and finished another reading. */
  const betweenReadings: Transact = async (scope_, work) => {
    const result = await transact(scope_, work);
    const enough = finished.map((count) => count + 2);
    const readersEnded = Promise.all(readers).then(() => true);
    await until("every reader has read", () =>
      Promise.race([readersEnded, Promise.resolve(enough.every((count, i) => (finished[i] ?? 0) >= count))]),
    );
    return result;
  };
  const dropped = await Promise.all([15, 25].map((batchSize) => run(retention(batchSize, betweenReadings))));
  reading.done = true;
  const told = await Promise.all(readers);
  expect((dropped[0] ?? 0) + (dropped[1] ?? 0)).toBe(120);
  expect(await floorOf(supplier)).toBe(120);
  expect(await left(supplier)).toEqual(Array.from({ length: 20 }, (_, index) => 121 + index));
  // Every reader must have met a gap, or this test proves nothing.
  expect(Math.min(...told)).toBeGreaterThan(0);
});

test("the database refuses to delete events above the floor and to lower or delete the floor", async () => {
  const supplier = await supplierWith([...march, ...april]);
  await run(retention());
  const asWorker = (sql: string): Promise<unknown> =>
    transact({ role: "worker" }, (tx) => tx.query(sql, [supplier.id]));
  const refused = /append-only/;
  for (const sql of [
    "DELETE FROM feed_event WHERE supplier_id = $1 AND position = 3",
    "UPDATE feed_floor SET position = 1 WHERE supplier_id = $1",
    "UPDATE feed_floor SET dropped_before = '2020-01-01' WHERE supplier_id = $1",
  ]) {
    await expect(asWorker(sql)).rejects.toThrow(refused);
    await expect(owner.rows(sql, [supplier.id])).rejects.toThrow(refused);
  }
  await expect(asWorker("DELETE FROM feed_floor WHERE supplier_id = $1")).rejects.toThrow(
    /permission denied/,
  );
  await expect(owner.rows("DELETE FROM feed_floor WHERE supplier_id = $1", [supplier.id])).rejects.toThrow(
    refused,
  );
  const asSupplier = transact({ role: "supplier", supplierId: supplier.id, limits: null }, (tx) =>
    tx.query("DELETE FROM feed_event WHERE supplier_id = $1", [supplier.id]),
  );
  await expect(asSupplier).rejects.toThrow(/permission denied/);
  expect(await left(supplier)).toEqual([3, 4]);
});
