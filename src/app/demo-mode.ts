/**
 * Runs the demo beside a server, never in production. Only the staff access is created here, because nobody can ask
 * the API for the first one. Everything else is src/demo, an ordinary client of the public API.
 */
import { keyWorks } from "../demo/accesses";
import { Api } from "../demo/api";
import { demoFileIn, readDemoFile, writeDemoFile, type DemoFile, type StaffAccess } from "../demo/demo-file";
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
  /** Resolves when demo.json is written or when that has failed. */
  readonly prepared: Promise<void>;
  /** Aborts what is running. Nothing of the demo runs after this resolves. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly config: Config;
  readonly log: Log;
  readonly running: RunningCarAtlas;
  /** Prints lines that contain the demo's secrets, which must not be logged. Default: the terminal. */
  readonly print?: (line: string) => void;
}

/** Resolves at once. The demo is prepared while the server already serves requests, and can be stopped meanwhile. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  if (options.config.nodeEnv === "production") throw new Error("The demo does not run in production.");
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

// Any number that no other code locks.
const lockNumber = 4_120_251_123;

/** When several servers start at once on one database, one prepares the demo and the others find it prepared. */
function prepare(options: DemoOptions, run: RunOptions): Promise<DemoFile> {
  const { transact } = options.running.services;
  return transact({ role: "staff" }, async (tx) => {
    // A server may wait here for another server's whole preparation.
    await tx.query("SET LOCAL statement_timeout = '60s'");
    // This connection is idle while the preparation runs over HTTP, for longer than usual on a busy machine.
    await tx.query("SET LOCAL idle_in_transaction_session_timeout = '120s'");
    await tx.query("SELECT pg_advisory_xact_lock($1)", [lockNumber]);
    await placeCommunes(options.running.services);
    const kept = await keptFile(options, run);
    const staff = await staffAccess(options, run.api, kept);
    const demo = await furnish({ api: run.api, staff, kept });
    await present(run, demo);
    return demo;
  });
}

/** The file of an earlier start, which names the addresses of this one even if the preparation fails. */
async function keptFile({ config }: DemoOptions, { api }: RunOptions): Promise<Partial<DemoFile>> {
  const file = demoFileIn(config.dataDir);
  const kept = (await readDemoFile(file)) ?? {};
  if (isWhole(kept)) await writeDemoFile(file, { ...kept, url: api.url, wsUrl: api.wsUrl });
  return kept;
}

const isWhole = (kept: Partial<DemoFile>): kept is DemoFile => kept.staff !== undefined;

/** Loads the demo's positions of communes, unless the operator has imported a file. */
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
