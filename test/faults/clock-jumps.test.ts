/**
 * The clocks of two servers on one database jump independently across the end of an hour and back under load.
 * Nothing is lost or duplicated, no hourly cap is exceeded in any hour that either server saw, and no lead
 * that waits for the next hour is forgotten.
 */
import { randomInt } from "node:crypto";
import { MovableClock } from "../support/clock";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { newCampaign, newSupplier, sendLead } from "../support/journey";
import { FixedServers } from "../support/reachable";
import { asOwnerOf, type Owner } from "../support/rows";
import { newKeys, startTestServer, type TestServer } from "../support/server";
import { roundsOf } from "../support/rounds";
import { prepareGround, settle, Traffic } from "../support/trial";
import { until } from "../support/until";

const jumps = roundsOf(6);
const hourMs = 3_600_000;
// Less than the lifetime of a code, or a person would have to request a new one.
const reachMs = 240_000;
const cap = { unit: "LEADS", period: "HOUR", limit: 4 };

let database: TestDatabase;
let servers: readonly [TestServer, TestServer];
let owner: Owner;

beforeAll(async () => {
  database = await cloneDatabase();
  const keys = newKeys();
  const start = (): Promise<TestServer> =>
    startTestServer({ beside: { database, keys, clock: new MovableClock({ movesDatabase: false }) } });
  servers = [await start(), await start()];
  owner = await asOwnerOf(database);
  for (const { clock } of servers) nearTheHour(clock);
});

afterAll(async () => {
  await owner.end();
  for (const server of servers) await server.stop();
  await database.drop();
});

/** A time around the next full hour, so that small jumps cross it. */
function nearTheHour(clock: MovableClock): void {
  const now = clock.now().getTime();
  const hour = Math.round(now / hourMs) * hourMs;
  clock.forward(hour - now + randomInt(-reachMs / 2, reachMs / 2));
}

/** The time until one minute past the next hour. */
const untilAfterTheHour = (clock: MovableClock): number =>
  (Math.floor(clock.now().getTime() / hourMs) + 1) * hourMs + 60_000 - clock.now().getTime();

const oneOf = (turn: number): TestServer => servers[turn % 2] as TestServer;

it(
  "loses and duplicates nothing",
  async () => {
    const [{ adminToken, formToken }] = servers;
    const access = { adminToken, formToken, servers: new FixedServers(servers) };
    const ground = await prepareGround({ database, ...access });
    const traffic = new Traffic(ground.world, [], 3);
    for (let jump = 0; jump < jumps; jump++) {
      await traffic.more(1);
      nearTheHour(oneOf(jump).clock);
    }
    const name = "jumps of one of two clocks";
    expect(await settle(ground, { name, broken: jumps, traffic })).toEqual([]);
    await ground.leave();
  },
  120_000 + jumps * 5_000,
);

it("exceeds no hourly cap and forgets no lead that waits for the next hour", async () => {
  const supplier = await newSupplier(servers[0]);
  await newCampaign(servers[0], supplier, { caps: [cap] });
  const sent = 18;
  for (let lead = 0; lead < sent; lead++) {
    await sendLead(oneOf(lead), { to: [supplier] });
    nearTheHour(oneOf(lead).clock);
  }
  const perHour = async (): Promise<number[]> =>
    (
      await owner.rows(
        `SELECT count(*)::int AS leads FROM delivery WHERE supplier_id = $1
         GROUP BY date_trunc('hour', matched_at, 'UTC')`,
        [supplier.id],
      )
    ).map(({ leads }) => leads as number);
  const taken = async (): Promise<number> => (await perHour()).reduce((sum, leads) => sum + leads, 0);
  // Later than every hour reached so far: an hour that a fast clock filled is full for the other server too.
  for (const { clock } of servers) clock.forward(untilAfterTheHour(clock) + hourMs);
  for (let before = await taken(); before < sent; before = await taken()) {
    for (const { clock } of servers) clock.forward(hourMs);
    await until("an hour later more are taken", async () => (await taken()) > before);
  }
  expect(Math.max(...(await perHour()))).toBeLessThanOrEqual(cap.limit);
  expect(await taken()).toBe(sent);
});
