/**
 * Invariant 5 while nats-server, which carries the hints of two servers, is killed with SIGKILL and restarted
 * under load.
 */
import { cloneDatabase } from "../support/database";
import { Fleet } from "../support/fleet";
import { killNats, NatsServer, noNats } from "../support/nats-server";
import { firstKeys } from "../support/rows";
import { newKeys } from "../support/server";
import { killServers } from "../support/server-process";
import { roundsOf } from "../support/rounds";
import { prepareGround, settle, Traffic } from "../support/trial";

const kills = roundsOf(2);
const lanes = 4;

if (noNats !== null) process.stdout.write(`skipped: ${noNats}\n`);
const test = noNats === null ? it : it.skip;

afterAll(async () => {
  await killServers();
  killNats();
});

test(
  "loses and duplicates nothing when nats-server is killed under load",
  async () => {
    const nats = await NatsServer.atFreePort();
    await nats.start();
    const database = await cloneDatabase();
    const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
    const environment = { NATS_URL: nats.url };
    const fleet = new Fleet({ database, keys: newKeys(), size: 2, environment });
    fleet.start();
    const ground = await prepareGround({ database, servers: fleet, adminToken, formToken });
    const traffic = new Traffic(ground.world, [], lanes);
    await traffic.more(1);
    for (let kill = 0; kill < kills; kill++) {
      await nats.kill();
      // Waits for requests that complete without NATS, and then for some with it.
      await traffic.more(1);
      await nats.start();
      await traffic.more(1);
    }
    expect(
      await settle(ground, { name: "kill -9 of nats-server, two servers", broken: kills, traffic }),
    ).toEqual([]);
    await ground.leave();
    expect(await fleet.stop()).toEqual([0, 0]);
    await nats.kill();
    await database.drop();
  },
  120_000 + kills * 15_000,
);
