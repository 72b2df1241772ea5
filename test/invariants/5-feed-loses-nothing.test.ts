/**
 * A supplier's feed loses no event and keeps their order: positions are gapless in commit order, and a client
 * that reconnects with its last cursor, to either server, receives every later event exactly once.
 */
import { randomInt } from "node:crypto";
import { Cursors } from "../../src/account/feed/cursor.service";
import { faultsIn } from "../support/books";
import { ask, must, subscribe, type Subscription } from "../support/client";
import { confirmLead, prepareLeads, storm, receiversOf, type PreparedLead } from "../support/crowd";
import {
  feedQuery,
  newCampaign,
  newKey,
  newSupplier,
  wholeFeed,
  type TestSupplier,
} from "../support/journey";
import { roundsOf, say } from "../support/rounds";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";
import { useTwoServers } from "../support/use-server";

/** `npm run soak -- feed` kills sockets more often. */
const wantedKills = roundsOf(30);

let servers: [TestServer, TestServer];
let owner: Owner;

useTwoServers((started) => {
  ({ servers, owner } = started);
});

afterEach(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
});

const references = `subscription ($after: Cursor) { leadFeed(after: $after) { __typename cursor
  ... on LeadMatched { leadId } ... on LeadUpdated { leadId } ... on LeadRevoked { leadId } } }`;

const follow = (server: TestServer, token: string, after: string | null): Subscription<any> =>
  subscribe(server, token, { query: references, variables: { after } });

async function supplierWithCampaign(): Promise<TestSupplier> {
  const supplier = await newSupplier(servers[0]);
  await newCampaign(servers[0], supplier);
  return supplier;
}

const withdrawAll = (server: TestServer, { personalToken }: PreparedLead): Promise<unknown> =>
  must(server, personalToken, { query: "mutation { withdrawConsent(input: {}) { reference } }" });

/** The supplier's events in the table, in the order of their positions. */
const written = async ({ id }: TestSupplier): Promise<{ kind: string; lead: string }[]> =>
  (
    await owner.rows("SELECT kind, delivery_id FROM feed_event WHERE supplier_id = $1 ORDER BY position", [
      id,
    ])
  ).map(({ kind, delivery_id }) => ({ kind, lead: delivery_id }));

const kinds: Record<string, string> = {
  LeadMatched: "LEAD_MATCHED",
  LeadUpdated: "LEAD_UPDATED",
  LeadRevoked: "LEAD_REVOKED",
};
const asWritten = (events: readonly any[]): { kind: string; lead: string }[] =>
  events.map(({ __typename, leadId }) => ({ kind: kinds[__typename] as string, lead: leadId }));

test("a reader never finds an event before one it has already read while other transactions write", async () => {
  const supplier = await supplierWithCampaign();
  const portions: PreparedLead[][] = [];
  for (let turn = 0; turn < 5; turn++)
    portions.push(await prepareLeads(servers[0], owner, { count: 8, to: [supplier] }));
  const writing = { done: false };
  const sightings = { readings: 0, growing: 0 };
  const rows = async (): Promise<void> => {
    const reader = await asOwnerOf(servers[0].database);
    let seen = 0;
    for (let last = false; !last;) {
      last = writing.done;
      const found = await reader.rows(
        "SELECT position::int FROM feed_event WHERE supplier_id = $1 ORDER BY position",
        [supplier.id],
      );
      expect(found.map(({ position }) => position)).toEqual(found.map((_, index) => index + 1));
      expect(found.length).toBeGreaterThanOrEqual(seen);
      sightings.readings++;
      if (found.length > seen && seen > 0) sightings.growing++;
      seen = found.length;
    }
    await reader.end();
  };
  const pages = async (server: TestServer): Promise<any[]> => {
    const events: any[] = [];
    let after: string | null = null;
    for (let last = false; !last;) {
      last = writing.done;
      const { feed } = await must(server, supplier.token, {
        query: feedQuery,
        variables: { first: 3, after },
      });
      events.push(...feed.events);
      after = feed.endCursor;
      if (feed.hasMore) last = false;
    }
    return events;
  };
  const write = async (): Promise<void> => {
    for (const [turn, portion] of portions.entries()) {
      const before = sightings.growing;
      const earlier = (portions[turn - 1] ?? []).slice(0, 5);
      await Promise.all([
        storm(servers, portion),
        ...earlier.map((lead, i) => withdrawAll(servers[i % 2] as TestServer, lead)),
      ]);
      // Goes on when a reader has seen the feed grow, so that readings fall into every part of the writing.
      if (turn > 0) await until("a reader saw it grow", () => Promise.resolve(sightings.growing > before));
    }
    writing.done = true;
  };
  const [, , byFirst, bySecond] = await Promise.all([
    rows(),
    rows(),
    pages(servers[0]),
    pages(servers[1]),
    write(),
  ]);
  const all = await written(supplier);
  expect(all).toHaveLength(60);
  expect(asWritten(byFirst)).toEqual(all);
  expect(asWritten(bySecond)).toEqual(all);
  // The readers have seen the feed grow several times, or this test proves nothing.
  expect(sightings.growing).toBeGreaterThan(3);
});

async function killAgainAndAgain(): Promise<void> {
  const supplier = await supplierWithCampaign();
  const crowd = await prepareLeads(servers[0], owner, { count: 42, to: [supplier] });
  const progress = { arrived: false };
  const arriving = (async () => {
    for (const [index, lead] of crowd.entries()) {
      await confirmLead(servers[index % 2] as TestServer, lead);
      if (index % 7 !== 6) continue;
      await until("it was delivered", async () => (await receiversOf(owner, lead.id)).length === 1);
      await withdrawAll(servers[0], lead);
    }
  })();
  const received: any[] = [];
  let after: string | null = null;
  let kills = 0;
  void arriving.catch(() => undefined).then(() => (progress.arrived = true));
  while (kills < wantedKills || !progress.arrived) {
    const socket = follow(servers[randomInt(2)] as TestServer, supplier.token, after);
    // The socket is killed before it connects, while it waits, or with events on their way.
    for (let wanted = randomInt(4); wanted > 0; wanted--) {
      const event = await socket.next(randomInt(1, 120)).catch(() => null);
      if (event === null) break;
      received.push(event);
      after = event.cursor;
    }
    // Events that arrived but were not consumed are lost with the socket and must be sent again.
    socket.kill();
    kills++;
    await socket.stop();
  }
  await arriving;
  const rest = follow(servers[0], supplier.token, after);
  const sent = await until("all leads are through", async () => {
    const events = await written(supplier);
    return events.filter(({ kind }) => kind === "LEAD_MATCHED").length === crowd.length && events;
  });
  while (received.length < sent.length) {
    const event = await rest.next().catch(() => null);
    if (event === null) break;
    received.push(event);
  }
  await rest.stop();

  const keys = asWritten(received).map((event) => JSON.stringify(event));
  const lost = sent.filter((event) => !keys.includes(JSON.stringify(event))).length;
  const doubled = keys.length - new Set(keys).size;
  say(`feed: ${kills} kills, sent ${sent.length}, received ${keys.length}, lost ${lost}, doubled ${doubled}`);
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  expect(asWritten(received)).toEqual(sent);
}

test(
  "a client whose socket is killed again and again receives every event exactly once from either server",
  killAgainAndAgain,
  120_000 + wantedKills * 1_000,
);

test("without a cursor, each consumer continues after the last event it acknowledged itself", async () => {
  const supplier = await supplierWithCampaign();
  const other = await newKey(servers[0], supplier.id);
  await storm(servers, await prepareLeads(servers[0], owner, { count: 5, to: [supplier] }));
  const events = await wholeFeed(servers[0], supplier);
  const acknowledge = async (token: string, event: any): Promise<string> =>
    (
      await must(servers[1], token, {
        query: "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }",
        variables: { upTo: event.cursor },
      })
    ).acknowledge.cursor;
  expect(await acknowledge(supplier.token, events[2])).toBe(events[2].cursor);
  // Acknowledging an older cursor, such as one delayed on the network, changes nothing.
  expect(await acknowledge(supplier.token, events[0])).toBe(events[2].cursor);

  const resumed = follow(servers[1], supplier.token, null);
  expect([(await resumed.next()).cursor, (await resumed.next()).cursor]).toEqual([
    events[3].cursor,
    events[4].cursor,
  ]);
  const fresh = follow(servers[0], other, null);
  for (const { cursor } of events) expect((await fresh.next()).cursor).toBe(cursor);
  const { feed } = await must(servers[0], supplier.token, { query: feedQuery, variables: { first: 100 } });
  expect(feed.events.map(({ cursor }: any) => cursor)).toEqual([events[3].cursor, events[4].cursor]);

  const [one] = await prepareLeads(servers[0], owner, { count: 1, to: [supplier] });
  await confirmLead(servers[0], one as PreparedLead);
  const [toResumed, toFresh] = await Promise.all([resumed.next(), fresh.next()]);
  expect(toResumed.cursor).toBe(toFresh.cursor);
  expect([resumed.queue, fresh.queue]).toEqual([[], []]);
  await Promise.all([resumed.stop(), fresh.stop()]);
});

test("a killed LISTEN connection is replaced, no event is lost, and hints arrive again", async () => {
  const supplier = await supplierWithCampaign();
  const crowd = await prepareLeads(servers[0], owner, { count: 7, to: [supplier] });
  const socket = follow(servers[1], supplier.token, null);
  const arrives = async (): Promise<void> => {
    await confirmLead(servers[0], crowd.pop() as PreparedLead);
    await socket.next();
  };
  // The LISTEN connection also sends the NOTIFYs and does nothing else.
  const listeners = async (): Promise<number[]> =>
    (
      await owner.rows(
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'caratlas hints'`,
      )
    ).map(({ pid }) => pid);
  await arrives();
  const before = await listeners();
  expect(before).toHaveLength(2);
  // With the regular look at all feeds switched off, an event can only arrive because of a hint.
  const hintsOnly = (): jest.SpyInstance =>
    jest.spyOn(servers[1].running.services.account.feed.watch, "look").mockResolvedValue(undefined);
  let looking = hintsOnly();
  await arrives();
  await arrives();

  looking.mockRestore();
  for (const pid of before) await owner.rows("SELECT pg_terminate_backend($1)", [pid]);
  await arrives();
  await until("both servers listen again", async () => {
    const now = await listeners();
    return now.length === 2 && now.every((pid) => !before.includes(pid));
  });
  looking = hintsOnly();
  for (let left = 3; left > 0; left--) await arrives();
  looking.mockRestore();
  expect(socket.queue).toEqual([]);
  await socket.stop();
});

test("a cursor that is foreign, altered, truncated or of another epoch is refused by every operation with a reason", async () => {
  const supplier = await supplierWithCampaign();
  const foreign = await newSupplier(servers[0]);
  await storm(servers, await prepareLeads(servers[0], owner, { count: 2, to: [supplier] }));
  const [{ cursor }] = (await wholeFeed(servers[0], supplier)) as [{ cursor: string }];
  const otherEpoch = new Cursors(servers[0].keys.tokenKey, "00000000-0000-8000-8000-000000000000").write(
    supplier.id,
    1,
  );
  const notYours = {
    message: "This is not a cursor of your feed. Pass a cursor back exactly as you received it.",
    extensions: { code: "INVALID_INPUT" },
  };
  const restored = {
    message:
      "The feed was restored to an earlier point since this cursor was given. Read on without a cursor, from your last acknowledged position, and expect events you may have seen.",
    extensions: { code: "CONFLICT" },
  };
  // Bytes 32 to 39 hold the position, which a forger would want to change.
  const moved = Buffer.from(cursor, "base64url");
  moved[39] = (moved[39] ?? 0) ^ 1;
  const cases: [string, string, object][] = [
    [foreign.token, cursor, notYours],
    [supplier.token, moved.toString("base64url"), notYours],
    [supplier.token, cursor.slice(0, -2), notYours],
    [supplier.token, `${cursor}=`, notYours],
    [supplier.token, "1", notYours],
    [supplier.token, otherEpoch, restored],
  ];
  for (const [token, after, error] of cases) {
    const page = await ask(servers[0], token, { query: feedQuery, variables: { after } });
    expect({ after, errors: page.errors }).toMatchObject({ after, errors: [error] });
    const upTo = await ask(servers[1], token, {
      query: "mutation ($c: Cursor!) { acknowledge(upTo: $c) { cursor } }",
      variables: { c: after },
    });
    expect({ after, errors: upTo.errors }).toMatchObject({ after, errors: [error] });
    const socket = follow(servers[1], token, after);
    const refusal = await socket.next().catch((caught: unknown) => caught);
    expect(JSON.parse((refusal as Error).message)).toMatchObject([error]);
    await socket.stop();
  }
});

test("after a restore every server refuses older cursors and continues after the acknowledged position", async () => {
  const supplier = await supplierWithCampaign();
  await storm(servers, await prepareLeads(servers[0], owner, { count: 3, to: [supplier] }));
  const [first, second] = await wholeFeed(servers[0], supplier);
  await must(servers[0], supplier.token, {
    query: "mutation ($c: Cursor!) { acknowledge(upTo: $c) { cursor } }",
    variables: { c: first.cursor },
  });
  await owner.rows("UPDATE installation SET feed_epoch = gen_random_uuid()");
  const restarted = await startTestServer({ beside: servers[0] });
  try {
    const old = await ask(restarted, supplier.token, {
      query: feedQuery,
      variables: { after: second.cursor },
    });
    expect(old.errors?.[0]?.extensions.code).toBe("CONFLICT");
    const { feed } = await must(restarted, supplier.token, { query: feedQuery, variables: { first: 100 } });
    expect(feed.events.map(({ leadId }: any) => leadId)).toEqual(
      (await written(supplier)).slice(1).map(({ lead }) => lead),
    );
  } finally {
    await restarted.stop();
  }
});
