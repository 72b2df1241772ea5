/** The program: reads the settings, starts what is needed, tells where it is, and stops when asked to. */
import "reflect-metadata";
import path from "node:path";
import { armFailpoints } from "../platform/failpoint";
import { createLog, type Log } from "../platform/log";
import { startEmbeddedPostgres } from "../platform/embedded-postgres";
import { configOfProcess, ConfigError, type Config } from "./config";
import { startDemo, type Demo } from "./demo-mode";
import { loadKeys } from "./keys";
import { startCarAtlas } from "./start";

interface Databases {
  readonly url: string;
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

async function main(): Promise<void> {
  const config = configOfProcess();
  const log = createLog({
    format: config.nodeEnv === "production" ? "json" : "lines",
    level: config.logLevel,
  });
  armFailpoints(config.failpoints);
  const database = await databaseOf(config, log);
  try {
    await serve(config, log, database);
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function serve(config: Config, log: Log, database: Databases): Promise<void> {
  const keys = await loadKeys(config);
  const running = await startCarAtlas({
    config,
    keys,
    log,
    databaseUrl: database.url,
    databaseOwnerUrl: database.ownerUrl,
  });
  let demo: Demo | null = null;
  stopOnSignal(log, async () => {
    await demo?.stop();
    await running.stop();
    await database.stop();
  });
  log.info({ url: running.url, wsUrl: running.wsUrl }, "CarAtlas listens");
  if (config.demo.enabled) demo = await startDemo({ config, log, running });
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

function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    // Something that hangs must not keep the process: what matters is committed.
    setTimeout(() => process.exit(1), deadlineMs).unref();
    stop().then(
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
