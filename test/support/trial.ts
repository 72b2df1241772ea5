/**
 * The common part of the fault tests: suppliers and form sites that keep retrying on failing servers, and the final
 * count of events sent, received, lost and duplicated.
 */
import type { TestDatabase } from "./database";
import type { Reachable } from "./reachable";
import { reckonBooks, reckonLives, type Reckoning } from "./reckoning";
import { say } from "./rounds";
import { asOwnerOf, type Owner } from "./rows";
import { Integrator, live, openGarage, type Life, type World } from "./tireless";
import { until } from "./until";

export interface Ground {
  readonly owner: Owner;
  readonly world: World;
  /** Disconnects all clients. */
  leave(): Promise<void>;
}

interface GroundOptions {
  readonly database: TestDatabase;
  readonly servers: Reachable;
  readonly adminToken: string;
  readonly formToken: string;
}

/** Creates two suppliers with a campaign each, which follow their feeds. */
export async function prepareGround(options: GroundOptions): Promise<Ground> {
  const { database, servers, adminToken, formToken } = options;
  const garages = [await openGarage(servers, adminToken), await openGarage(servers, adminToken)];
  const integrators = garages.map((one) => new Integrator(servers, one));
  for (const integrator of integrators) integrator.start();
  const owner = await asOwnerOf(database);
  const leave = async (): Promise<void> => {
    await Promise.all(integrators.map((integrator) => integrator.stop()));
    await owner.end();
  };
  return { owner, world: { servers, formToken, integrators }, leave };
}

/** Waits until every event in the feed has reached every client. */
export async function caughtUp(owner: Owner, { integrators }: World): Promise<void> {
  for (const integrator of integrators) {
    await until("the feed is read to its end", async () => {
      const [row] = await owner.rows(
        "SELECT last_position::int AS last FROM supplier_account WHERE supplier_id = $1",
        [integrator.garage.id],
      );
      return row?.["last"] === integrator.acknowledged;
    });
  }
}

export const columns = (
  name: string,
  kills: number | string,
  { acknowledged, lost, doubled }: Reckoning,
): string =>
  `${name.padEnd(28)} ${String(kills).padStart(5)} kills ${String(acknowledged).padStart(5)} acknowledged ${lost.length} lost ${doubled.length} doubled`;

export const problemsOf = (name: string, { lost, doubled }: Reckoning): string[] => [
  ...lost.map((what) => `${name}: lost ${what}`),
  ...doubled.map((what) => `${name}: doubled ${what}`),
];

/** Sends several requests at once until it is finished. Each request runs to its end. */
export class Traffic {
  /** Each request, with the servers that were killed while it ran. */
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

  /** Waits until more requests have ended. Rejects if they do not. */
  async more(count: number): Promise<void> {
    const wanted = this.lives.length + count;
    const grown = until("more requests have ended", () => Promise.resolve(this.lives.length >= wanted));
    await this.during(grown);
  }

  /** Waits for `waiting`, but rejects at once if a request fails meanwhile. */
  during<T>(waiting: Promise<T>): Promise<T> {
    return Promise.race([waiting, Promise.all(this.lanes).then(() => waiting)]);
  }

  async finish(): Promise<void> {
    this.finishing = true;
    await Promise.all(this.lanes);
  }
}

/** Waits for the last event, counts, prints the result and returns every violation. */
export async function settle(
  { owner, world }: Ground,
  trial: { readonly name: string; readonly broken: number; readonly traffic: Traffic },
): Promise<string[]> {
  const { name, broken, traffic } = trial;
  await traffic.finish();
  await caughtUp(owner, world);
  const reckoning = await reckonLives(owner, traffic.lives, world.integrators.length);
  const [feed] = await owner.rows("SELECT count(*)::int AS events FROM feed_event");
  const received = world.integrators.reduce((sum, { events }) => sum + events.length, 0);
  const twice = world.integrators.reduce((sum, { doubled }) => sum + doubled, 0);
  say(
    [
      `${name.padEnd(36)} ${String(broken).padStart(5)} times`,
      `requests ${traffic.lives.length}, lost ${reckoning.lost.length}, doubled ${reckoning.doubled.length}`,
      `events sent ${feed?.["events"]}, received ${received}, lost ${feed?.["events"] - received}, doubled ${twice}`,
    ].join(" | "),
  );
  return [
    ...problemsOf(name, reckoning),
    ...(await reckonBooks(owner, world.integrators, traffic.lives.length)),
  ];
}
