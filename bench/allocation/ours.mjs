/** Runs the product's own services on a database and measures how fast they allocate leads. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { built } from "../matching/built.mjs";
import { connect } from "../matching/server.mjs";
import { tripsIn } from "./trips.mjs";
import { NewLeads } from "./world.mjs";

const { Allocator } = built("allocation/assign/allocator.job");
const { readConfig } = built("app/settings/config");
const { entities } = built("app/entities");
const { composeModules } = built("app/compose");
const { systemClock } = built("platform/clock");
const { transactOn } = built("platform/database");
const { openDatabase } = built("platform/pools");
const { Hints } = built("platform/hints");
const { listenTransport } = built("platform/listen.adapter");
const { createLog } = built("platform/log");
const { createMetrics } = built("platform/metrics");
const { ringOf } = built("platform/sealed/key-ring");

const atOnce = 8;
const silent = {
  version: () => 0,
  publish: () => undefined,
  changed: (_topic, _seen, { signal }) => aborted(signal),
};
const aborted = (signal) => new Promise((resolve) => signal.addEventListener("abort", resolve));
const fail = (error) => {
  throw error;
};

const newKeys = () => ({
  ...Object.fromEntries(["masterKey", "indexKey", "tokenKey"].map((name) => [name, ringOf(randomBytes(32))])),
  receiptKey: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "der" }),
});

export class Ours {
  /** Every lead that was handed over for allocation. */
  given = [];

  static async start({ url, ownerUrl, seed }) {
    const ours = new Ours();
    const keys = newKeys();
    ours.owner = await connect(ownerUrl);
    ours.listener = await connect(url);
    await ours.listener.query("LISTEN caratlas");
    ours.database = await openDatabase({ url, entities });
    ours.hints = new Hints(listenTransport(url), { onError: fail });
    await ours.hints.start();
    ours.leads = new NewLeads(keys, seed);
    const log = createLog({ format: "json", level: "warn", write: (text) => process.stderr.write(text) });
    const foundation = {
      database: ours.database,
      transact: transactOn(ours.database),
      keys,
      feedEpoch: "",
      log,
      metrics: createMetrics(),
      publicUrl: () => "",
      clock: systemClock,
    };
    const given = { config: readConfig({}), collector: null, documents: null };
    const assignOn = (hints) => composeModules({ ...foundation, hints }, given).allocation.services.assign;
    ours.services = assignOn(ours.hints);
    ours.unsignalled = assignOn(silent);
    ours.stopIdle = new AbortController();
    return ours;
  }

  async stop() {
    await this.hints.stop();
    await this.database.destroy();
    await Promise.all([this.owner.end(), this.listener.end()]);
  }

  async prepare(count) {
    const ids = await this.leads.add(this.owner, count);
    this.given.push(...ids);
    return ids;
  }

  /** One lead per transaction, eight at once. */
  async oneByOne(count, { signals = true } = {}) {
    const { allocation } = signals ? this.services : this.unsignalled;
    const ids = await this.prepare(count);
    return this.rateOf(ids, async () => {
      const queue = [...ids];
      const work = async () => {
        for (let id = queue.pop(); id; id = queue.pop()) noError(await allocation.allocate([id]));
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    });
  }

  /** Through the job that the server runs, with all leads waiting. */
  async batched(count) {
    const ids = await this.prepare(count);
    return this.rateOf(ids, () => this.byJob(ids));
  }

  /**
   * The time per lead on an idle server, from handing it over to the end of its attempt, through the job or
   * directly.
   */
  async latencies(count, way) {
    const ids = await this.prepare(count);
    const times = [];
    for (const id of ids) {
      const begun = performance.now();
      if (way === "job") await this.byJob([id]);
      else noError(await this.services.allocation.allocate([id]));
      times.push(performance.now() - begun);
    }
    return times;
  }

  /** Statements and round trips per lead. */
  async trips(count, batched) {
    const ids = await this.prepare(count);
    return tripsIn(async () => {
      if (batched) await this.byJob(ids);
      else for (const id of ids) noError(await this.services.allocation.allocate([id]));
    }, count);
  }

  async byJob(ids) {
    let left = ids.length;
    await new Promise((resolve, reject) => {
      const allocate = async (leadIds) => {
        const tried = await this.services.allocation.allocate(leadIds);
        left -= tried.length;
        if (left === 0) resolve();
        return tried;
      };
      const job = new Allocator({ allocation: { allocate }, clock: systemClock, onError: reject });
      for (const id of ids) job.submit(id);
    });
  }

  async rateOf(ids, work) {
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1_000;
    const { rows } = await this.owner.query(
      "SELECT count(*) FROM lead WHERE id = ANY ($1) AND state = 'CLOSED' AND seats_taken = 3",
      [ids],
    );
    if (Number(rows[0].count) !== ids.length)
      throw new Error("Not every lead was allocated to three suppliers.");
    return ids.length / seconds;
  }
}

function noError(tried) {
  for (const one of tried) if ("error" in one) throw one.error;
}
