/**
 * The demo around a running server, never in production. Only the first way in for staff is made here; everything
 * else is src/demo, a client of the public API like any other.
 */
import { keyWorks } from "../demo/accesses";
import { Api } from "../demo/api";
import { demoFileIn, readDemoFile, type DemoFile, type StaffAccess } from "../demo/demo-file";
import { withFreeEmail } from "../demo/free-email";
import { furnish } from "../demo/furnish";
import { play, present, type RunOptions } from "../demo/run";
import { CentroidImport } from "../reference/geo/centroid-import.service";
import { demoCentroids } from "../reference/geo/demo-centroids";
import { withoutControls, type Log } from "../platform/log";
import type { Config } from "./settings/config";
import { subscribe } from "./demo-socket";
import { createAdmin, createAdminKey } from "./staff-access";
import type { RunningCarAtlas } from "./start";

export interface Demo {
  /** Resolves when demo.json is written, or cannot be. */
  readonly prepared: Promise<void>;
  /** Ends what is under way at once; nothing of the demo runs afterwards. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly config: Config;
  readonly log: Log;
  readonly running: RunningCarAtlas;
  /** Takes lines with the demo's secrets, which the log must not hold. Default: the terminal. */
  readonly print?: (line: string) => void;
}

/** Resolves at once: the demo is prepared while the server already serves, and can be stopped meanwhile. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  if (options.config.nodeEnv === "production") throw new Error("There is no demo in production.");
  const stopping = new AbortController();
  const api = new Api(options.running.url, options.running.wsUrl, stopping.signal);
  const run = runOptions(options, api);
  const preparing = prepare(options, run);
  const failed = (error: unknown): void => {
    if (!stopping.signal.aborted)
      run.onError("the demo could not be prepared; the server runs without it", error);
  };
  const playing = preparing.then((demo) => play(run, demo)).catch(failed);
  return {
    prepared: preparing.then(
      () => undefined,
      () => undefined,
    ),
    stop: async () => {
      stopping.abort();
      await playing;
    },
  };
}

function runOptions({ config, log, print = toTerminal }: DemoOptions, api: Api): RunOptions {
  const isQuiet = !log.isLevelEnabled("info");
  return {
    api,
    subscribe,
    perMinute: config.demo.trafficPerMinute,
    dataDir: config.dataDir,
    print: (line) => {
      if (!isQuiet) print(withoutControls(line));
    },
    say: (line) => {
      log.info(line);
    },
    onError: (what, error) => {
      log.warn({ err: error }, what);
    },
  };
}

const toTerminal = (line: string): void => void process.stdout.write(`${line}\n`);

// Any number will do that nothing else locks.
const lockNumber = 4_120_251_123;

/** Of several servers that start at once on one database, one prepares it and the others find it prepared. */
function prepare(options: DemoOptions, run: RunOptions): Promise<DemoFile> {
  const { transact } = options.running.services;
  return transact({ role: "staff" }, async (tx) => {
    // Whoever waits here waits for another server's whole preparation.
    await tx.query("SET LOCAL statement_timeout = '60s'");
    // This connection only holds the lock while the preparation goes over HTTP: on a busy machine for longer than usual.
    await tx.query("SET LOCAL idle_in_transaction_session_timeout = '120s'");
    await tx.query("SELECT pg_advisory_xact_lock($1)", [lockNumber]);
    await placeCommunes(options.running.services);
    const kept = (await readDemoFile(demoFileIn(options.config.dataDir))) ?? {};
    const staff = await staffAccess(options, run.api, kept);
    const demo = await furnish({ api: run.api, staff, kept });
    await present(run, demo);
    return demo;
  });
}

/** Unless the operator imported a file: then that is better. */
async function placeCommunes({ transact, reference }: RunningCarAtlas["services"]): Promise<void> {
  const { centroids } = reference.geo;
  if (centroids.count > 0) return;
  await transact({ role: "worker" }, async (tx) => {
    const target = new CentroidImport(tx, "demo");
    const entries = Object.entries(demoCentroids).map(([inseeCode, [longitude, latitude]]) => ({
      inseeCode,
      position: { longitude, latitude },
    }));
    await target.add(entries);
    await target.flush();
  });
  await transact({ role: "worker" }, (tx) => centroids.load(tx));
}

async function staffAccess(
  { running }: DemoOptions,
  api: Api,
  kept: Partial<DemoFile>,
): Promise<StaffAccess> {
  if (kept.staff && (await keyWorks(api, kept.staff.token, { role: "ADMIN" }))) return kept.staff;
  const { transact, access } = running.services;
  const { identity } = access;
  const actor = "demo";
  let password = "";
  const email = await withFreeEmail("admin@caratlas.example", async (free) => {
    const admin = { email: free, name: "Demo administrator", actor };
    ({ password } = await createAdmin(transact, identity.members, admin));
  });
  return { email, password, token: await createAdminKey(transact, identity.keys, actor) };
}
