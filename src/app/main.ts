/** The server program: reads the settings, starts what is needed, logs its address, and stops on SIGTERM or SIGINT. */
import "reflect-metadata";
import path from "node:path";
import { after } from "../platform/clock";
import { armFailpoints } from "../platform/failpoint";
import { createLog, type Log } from "../platform/log";
import { migrate } from "../platform/migrate";
import { startEmbeddedPostgres } from "../platform/embedded-postgres";
import { configOfProcess, type Config } from "./settings/config";
import { wordsFor } from "./database-check";
import { startDemo } from "./demo-mode";
import { loadKeys } from "./keys";
import { startCarAtlas } from "./start";

interface Database {
  readonly url: string;
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
  const server = await startCarAtlas({ config, keys, log, databaseUrl: database.url });
  running.unshift(() => server.stop());
  log.info({ url: server.url, wsUrl: server.wsUrl }, "CarAtlas listens");
  if (!config.demo.enabled) return;
  const demo = await startDemo({ config, log, running: server });
  running.unshift(() => demo.stop());
}

async function stopAll(running: Running): Promise<void> {
  for (let stop = running.shift(); stop; stop = running.shift()) await stop();
}

/** In production, migrating is a step of its own: a server does not have the owner's password. */
async function databaseOf(config: Config, log: Log): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl, databaseLoginSecret: loginSecret, dataDir } = config;
  if (databaseUrl !== null) {
    if (config.demo.enabled)
      await migrate({ url: databaseUrl, loginSecret, ownerUrl: databaseOwnerUrl ?? databaseUrl });
    return { url: databaseUrl, stop: () => Promise.resolve() };
  }
  const say = (message: string): void => {
    log.info(message);
  };
  const dataFolder = path.join(dataDir, "postgres");
  const postgres = await startEmbeddedPostgres({ dataDir: dataFolder, durable: true, log: say });
  try {
    await migrate({ url: postgres.url, loginSecret, ownerUrl: postgres.ownerUrl });
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
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
  process.stderr.write(`${wordsFor(error)}\n`);
  process.exit(1);
});
