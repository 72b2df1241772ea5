/**
 * Invariants 3 and 5 while processes die: SIGKILL at failpoints, and one of two servers killed under load.
 * Clients retry as real ones do; afterwards everything acknowledged is counted. Each kill costs the start of a
 * server, so a test run kills at a few failpoints and `npm run soak -- crash` at each of them many times.
 */
import { readConfig } from "../../src/app/settings/config";
import { failpointNames as allNames, type FailpointName } from "../../src/platform/failpoint";
import { cloneDatabase } from "../support/database";
import { Fleet, type FleetOptions } from "../support/fleet";
import { submitMutation } from "../support/journey";
import { reckonBooks, reckonLives } from "../support/reckoning";
import { firstKeys } from "../support/rows";
import { isSoak, roundsOf, say } from "../support/rounds";
import { newKeys } from "../support/server";
import { killServers } from "../support/server-process";
import { caughtUp, columns, prepareGround, problemsOf, settle, Traffic, type Ground } from "../support/trial";
import { until } from "../support/until";

const rounds = roundsOf(1);
/** Where most is at stake: what was committed and not yet answered, or sent and not yet recorded. */
const inEveryRun: readonly FailpointName[] = [
  "intake.after-commit",
  "allocation.before-commit",
  "feed.after-send",
  "withdrawal.after-commit",
];
/**
 * No supplier has an endpoint here, and no statement is imported; test/integration/webhooks.test.ts and
 * bank-files.test.ts kill the processes that do that.
 */
const failpointNames = isSoak ? allNames.filter((name) => !/^(?:endpoint|bank)\./.test(name)) : inEveryRun;
const timeoutMs = 60_000 + rounds * 60_000;
const reachedWithinMs = 25_000;

interface Setting extends Ground {
  readonly fleet: Fleet;
  clear(): Promise<void>;
}

async function prepare(options: Omit<FleetOptions, "database" | "keys">): Promise<Setting> {
  const database = await cloneDatabase();
  const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
  const fleet = new Fleet({ database, keys: newKeys(), ...options });
  fleet.start();
  const ground = await prepareGround({ database, servers: fleet, adminToken, formToken });
  return { ...ground, fleet, clear: () => database.drop() };
}

afterAll(killServers);

it(
  "loses and duplicates nothing acknowledged when the process is killed at a failpoint",
  async () => {
    const deaths: FailpointName[] = [];
    const killsOf = (name: FailpointName): number => deaths.filter((death) => death === name).length;
    const armed = (): FailpointName | undefined => failpointNames.find((name) => killsOf(name) < rounds);
    const ground = await prepare({
      size: 1,
      arm: () => {
        const name = armed();
        // Kills at the first, second and third arrival at the failpoint, in turn.
        return name && `${name}@${(killsOf(name) % 3) + 1}`;
      },
      onKilled: () => {
        const name = armed();
        if (name) deaths.push(name);
      },
    });
    const { world, owner, fleet } = ground;
    const traffic = new Traffic(world, deaths, 2);
    for (const name of failpointNames) {
      const isDone = (): Promise<boolean> => Promise.resolve(killsOf(name) >= rounds);
      const reached = until(`${name} is reached ${rounds} times`, isDone, reachedWithinMs * rounds);
      await traffic.during(reached);
    }
    await traffic.finish();
    await caughtUp(owner, world);

    const problems: string[] = [];
    for (const name of failpointNames) {
      const lives = traffic.lives.filter((life) => life.deaths.includes(name));
      const reckoning = await reckonLives(owner, lives, world.integrators.length);
      say(columns(name, killsOf(name), reckoning));
      if (lives.length === 0) problems.push(`${name}: no request was under way when it was reached`);
      problems.push(...problemsOf(name, reckoning));
    }
    const all = await reckonLives(owner, traffic.lives, world.integrators.length);
    say(columns("all, each request once", deaths.length, all));
    problems.push(...problemsOf("all", all));
    problems.push(...(await reckonBooks(owner, world.integrators, traffic.lives.length)));
    expect(problems).toEqual([]);

    // A restart changes no answer under an old idempotency key.
    const first = traffic.lives[0];
    const again = await fleet.must(world.formToken, {
      query: submitMutation,
      variables: { input: first?.input },
    });
    expect(again.submitLead).toMatchObject({
      reference: first?.reference,
      personalToken: first?.personalToken,
    });

    await ground.leave();
    expect(await fleet.stop()).toEqual([0]);
    await ground.clear();
  },
  timeoutMs,
);

it(
  "loses and duplicates nothing when one of two servers on a database is killed under load",
  async () => {
    const deaths: string[] = [];
    const ground = await prepare({ size: 2, onKilled: () => deaths.push("one of two") });
    const { world, fleet } = ground;
    const traffic = new Traffic(world, deaths, 4);
    for (let kill = 1; kill <= rounds + 1; kill++) {
      await traffic.more(3);
      expect(fleet.kill(kill % 2)).toBe(true);
      await until("it is dead", () => Promise.resolve(deaths.length === kill));
    }
    const name = "kill -9 of one of two servers";
    expect(await settle(ground, { name, broken: deaths.length, traffic })).toEqual([]);
    // The feeds were disconnected and continued at the other server.
    expect(world.integrators.some(({ reconnects }) => reconnects > 0)).toBe(true);

    await ground.leave();
    expect(await fleet.stop()).toEqual([0, 0]);
    await ground.clear();
  },
  timeoutMs,
);

it("refuses to start in production with a failpoint, and anywhere with an unknown one", () => {
  const start =
    (environment: Record<string, string>): (() => unknown) =>
    () =>
      readConfig(environment);
  for (const name of allNames) {
    expect(start({ NODE_ENV: "production", FAILPOINTS: name })).toThrow(
      "FAILPOINTS: it ends the process on purpose and must not be set in production.",
    );
  }
  expect(start({ NODE_ENV: "test", FAILPOINTS: allNames[0] })).not.toThrow();
});
