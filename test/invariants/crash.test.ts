/**
 * Invariants 3 and 5 while processes die: SIGKILL at every failpoint, n times each, and one of two servers
 * killed under load. Clients ask again as real ones do; then everything that was acknowledged is counted.
 * SOAK_ROUNDS raises n, SOAK_RESULTS names a file for the counts.
 */
import { appendFileSync } from "node:fs";
import { readConfig } from "../../src/app/config";
import { failpointNames, type FailpointName } from "../../src/platform/failpoint";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { Fleet, type FleetOptions } from "../support/fleet";
import { submitMutation } from "../support/journey";
import { build } from "../support/launched";
import { reckonBooks, reckonLives, type Reckoning } from "../support/reckoning";
import { asOwnerOf, firstKeys, type Owner } from "../support/rows";
import { newKeys } from "../support/server";
import { killServers } from "../support/server-process";
import { Integrator, live, openGarage, type Life, type World } from "../support/tireless";
import { until } from "../support/until";

const rounds = Number(process.env["SOAK_ROUNDS"] ?? 2);
const timeoutMs = 60_000 + rounds * 60_000;
const reachedWithinMs = 25_000;

interface Ground {
  readonly database: TestDatabase;
  readonly owner: Owner;
  readonly world: World;
  clear(): Promise<void>;
}

async function prepare(options: Omit<FleetOptions, "database" | "keys">): Promise<Ground> {
  const database = await cloneDatabase();
  const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
  const fleet = new Fleet({ database, keys: newKeys(), ...options });
  fleet.start();
  const garages = [await openGarage(fleet, adminToken), await openGarage(fleet, adminToken)];
  const integrators = garages.map((garage) => new Integrator(fleet, garage));
  for (const integrator of integrators) integrator.start();
  const owner = await asOwnerOf(database);
  const clear = async (): Promise<void> => {
    await owner.end();
    await database.drop();
  };
  return { database, owner, world: { fleet, formToken, integrators }, clear };
}

/** Until what is in the feed has reached everybody. */
async function caughtUp({ owner, world }: Ground): Promise<void> {
  for (const integrator of world.integrators) {
    await until("the feed is read to its end", async () => {
      const [row] = await owner.rows(
        "SELECT last_position::int AS last FROM supplier_account WHERE supplier_id = $1",
        [integrator.garage.id],
      );
      return row?.["last"] === integrator.acknowledged;
    });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
  const file = process.env["SOAK_RESULTS"];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}

const columns = (name: string, kills: number | string, { acknowledged, lost, doubled }: Reckoning): string =>
  `${name.padEnd(28)} ${String(kills).padStart(5)} kills ${String(acknowledged).padStart(5)} acknowledged ${lost.length} lost ${doubled.length} doubled`;

const problemsOf = (name: string, { lost, doubled }: Reckoning): string[] => [
  ...lost.map((what) => `${name}: lost ${what}`),
  ...doubled.map((what) => `${name}: doubled ${what}`),
];

/** Keeps sending requests, several at once, until it is told to finish; each is lived to its end. */
class Traffic {
  /** Each with the deaths that fell into its time. */
  readonly lives: (Life & { readonly deaths: readonly string[] })[] = [];
  private finishing = false;
  private number = 0;
  private readonly lanes: Promise<void>[];

  constructor(
    private readonly world: World,
    /** Grows while the traffic runs. */
    private readonly deaths: readonly string[],
    lanes: number,
  ) {
    this.lanes = Array.from({ length: lanes }, () => this.drive());
    for (const lane of this.lanes) lane.catch(() => undefined);
  }

  private async drive(): Promise<void> {
    while (!this.finishing) {
      const before = this.deaths.length;
      const life = await live(this.world, this.number++);
      this.lives.push({ ...life, deaths: this.deaths.slice(before) });
    }
  }

  async finish(): Promise<void> {
    this.finishing = true;
    await Promise.all(this.lanes);
  }
}

beforeAll(build, 60_000);
afterAll(killServers);

it(
  "loses and doubles nothing that it acknowledged, wherever the process is killed",
  async () => {
    const deaths: FailpointName[] = [];
    const killsOf = (name: FailpointName): number => deaths.filter((death) => death === name).length;
    const armed = (): FailpointName | undefined => failpointNames.find((name) => killsOf(name) < rounds);
    const ground = await prepare({
      size: 1,
      arm: () => {
        const name = armed();
        // The first time it is reached, the second, the third; and again.
        return name && `${name}@${(killsOf(name) % 3) + 1}`;
      },
      onKilled: () => {
        const name = armed();
        if (name) deaths.push(name);
      },
    });
    const { world, owner } = ground;
    const traffic = new Traffic(world, deaths, 2);
    for (const name of failpointNames) {
      const isDone = (): Promise<boolean> => Promise.resolve(killsOf(name) >= rounds);
      await until(`${name} is reached ${rounds} times`, isDone, reachedWithinMs * rounds);
    }
    await traffic.finish();
    await caughtUp(ground);

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

    // A restart changes no answer to an old key.
    const first = traffic.lives[0];
    const again = await world.fleet.must(world.formToken, {
      query: submitMutation,
      variables: { input: first?.input },
    });
    expect(again.submitLead).toMatchObject({
      reference: first?.reference,
      personalToken: first?.personalToken,
    });

    await Promise.all(world.integrators.map((integrator) => integrator.stop()));
    expect(await world.fleet.stop()).toEqual([0]);
    await ground.clear();
  },
  timeoutMs,
);

it(
  "loses and doubles nothing when one of two servers on a database is killed under load",
  async () => {
    const deaths: string[] = [];
    const ground = await prepare({ size: 2, onKilled: () => deaths.push("one of two") });
    const { world, owner } = ground;
    const traffic = new Traffic(world, deaths, 4);
    for (let kill = 1; kill <= rounds + 1; kill++) {
      const wanted = traffic.lives.length + 5;
      await until("requests are answered", () => Promise.resolve(traffic.lives.length >= wanted), 60_000);
      expect(world.fleet.kill(kill % 2)).toBe(true);
      await until("it is dead", () => Promise.resolve(deaths.length === kill));
    }
    await traffic.finish();
    await caughtUp(ground);

    const reckoning = await reckonLives(owner, traffic.lives, world.integrators.length);
    say(columns("one of two servers", deaths.length, reckoning));
    expect(problemsOf("one of two", reckoning)).toEqual([]);
    expect(await reckonBooks(owner, world.integrators, traffic.lives.length)).toEqual([]);
    // The feeds were cut, and went on at the other server.
    expect(world.integrators.some(({ reconnects }) => reconnects > 0)).toBe(true);

    await Promise.all(world.integrators.map((integrator) => integrator.stop()));
    expect(await world.fleet.stop()).toEqual([0, 0]);
    await ground.clear();
  },
  timeoutMs,
);

it("refuses to start in production with a failpoint, or with one that does not exist", () => {
  const start =
    (environment: Record<string, string>): (() => unknown) =>
    () =>
      readConfig(environment);
  for (const name of failpointNames) {
    expect(start({ NODE_ENV: "production", FAILPOINTS: name })).toThrow(
      "FAILPOINTS: it ends the process on purpose and must not be set in production.",
    );
  }
  expect(start({ NODE_ENV: "test", FAILPOINTS: failpointNames[0] })).not.toThrow();
});
