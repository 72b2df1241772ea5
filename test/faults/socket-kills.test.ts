/**
 * Invariant 5 while connections break without a close frame, under load, over two server processes on one
 * database.
 */
import { cloneDatabase } from "../support/database";
import { Fleet } from "../support/fleet";
import { firstKeys } from "../support/rows";
import { newKeys } from "../support/server";
import { killServers } from "../support/server-process";
import { roundsOf } from "../support/rounds";
import { prepareGround, settle, Traffic } from "../support/trial";
import { until } from "../support/until";

const kills = roundsOf(4);
const lanes = 4;

afterAll(killServers);

it(
  "loses and duplicates nothing when sockets break under load",
  async () => {
    const database = await cloneDatabase();
    const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
    const fleet = new Fleet({ database, keys: newKeys(), size: 2 });
    fleet.start();
    const ground = await prepareGround({ database, servers: fleet, adminToken, formToken });
    const { integrators } = ground.world;
    const traffic = new Traffic(ground.world, [], lanes);
    await traffic.more(1);
    for (let kill = 0; kill < kills; kill++) {
      const integrator = integrators[kill % integrators.length];
      if (!integrator) throw new Error("There is nobody to cut off.");
      const { reconnects, events } = integrator;
      const before = events.length;
      // Breaks connections in the middle of a stream, and every third time while it is being opened.
      if (kill % 3 !== 0) await until("an event came", () => Promise.resolve(events.length > before));
      await until("it was cut off", () => {
        if (integrator.reconnects > reconnects) return Promise.resolve(true);
        // Again each time: its client may not have opened a socket yet.
        integrator.cut();
        return Promise.resolve(false);
      });
    }
    const name = "sockets cut, two servers";
    expect(await settle(ground, { name, broken: kills, traffic })).toEqual([]);
    await ground.leave();
    expect(await fleet.stop()).toEqual([0, 0]);
    await database.drop();
  },
  120_000 + kills * 2_000,
);
