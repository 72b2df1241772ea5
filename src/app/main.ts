/** The server program: reads the settings, starts what is needed, logs its address, and stops on SIGTERM or SIGINT. */
import "reflect-metadata";
import path from "node:path";
import { after } from "../platform/clock";
import { armFailpoints } from "../platform/failpoint";
import { createLog, type Log } from "../platform/log";
import { startEmbeddedPostgres } from "../platform/embedded-postgres";
import { configOfProcess, ConfigError, type Config } from "./settings/config";
import { startDemo } from "./demo-mode";
import { loadKeys } from "./keys";
import { startCarAtlas } from "./start";

interface Databases {
  readonly url: string;
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

/** How to stop what is running, in the order in which it is stopped: the last started first. */
type Running = (() => Promise<void>)[];

async function main(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const config = configOfProcess();
  const log = createLog({
    format: config.nodeEnv === "production" ? "json" : "lines",
    level: config.logLevel,
  });
  armFailpoints(config.failpoints);
  const running: Running = [];
  // Registered before anything starts, so that Ctrl-C during the first start leaves no database server behind.
  stopOnSignal(log, running);
  try {
    await start(config, log, running);
  } catch (error) {
    await stopAll(running);
    throw error;
  }
}

async function start(config: Config, log: Log, running: Running): Promise<void> {
  const database = await databaseOf(config, log);
  running.unshift(() => database.stop());
  const keys = await loadKeys(config);
  const databases = { databaseUrl: database.url, databaseOwnerUrl: database.ownerUrl };
  const server = await startCarAtlas({ config, keys, log, ...databases });
  running.unshift(() => server.stop());
  log.info({ url: server.url, wsUrl: server.wsUrl }, "CarAtlas listens");
  if (!config.demo.enabled) return;
  const demo = await startDemo({ config, log, running: server });
  running.unshift(() => demo.stop());
}

async function stopAll(running: Running): Promise<void> {
  for (let stop = running.shift(); stop; stop = running.shift()) await stop();
}

async function databaseOf(config: Config, log: Log): Promise<Databases> {
  const { databaseUrl, databaseOwnerUrl, dataDir } = config;
  if (databaseUrl !== null) {
    return { url: databaseUrl, ownerUrl: databaseOwnerUrl ?? databaseUrl, stop: () => Promise.resolve() };
  }
  const say = (message: string): void => {
    log.info(message);
  };
  return startEmbeddedPostgres({ dataDir: path.join(dataDir, "postgres"), durable: true, log: say });
}

const deadlineMs = 9_000;

function stopOnSignal(log: Log, running: Running): void {
  let stopping = false;
  const onSignal = (): void => {
    // npm also passes Ctrl-C on, so the signal arrives twice.
    if (stopping) return;
    stopping = true;
    // Exit even if something hangs. Everything that matters is committed.
    after(deadlineMs, () => process.exit(1)).unref();
    stopAll(running).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
