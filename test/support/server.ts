/** A server for one test file, on a cloned database and with a movable clock. */
import { randomBytes, generateKeyPairSync } from "node:crypto";
import { readConfig } from "../../src/app/settings/config";
import type { Keys } from "../../src/app/keys";
import { startCarAtlas, type RunningCarAtlas } from "../../src/app/start";
import { createLog } from "../../src/platform/log";
import { ringOf } from "../../src/platform/sealed/key-ring";
import { MovableClock } from "./clock";
import { cloneDatabase, type TestDatabase } from "./database";

export interface TestServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly database: TestDatabase;
  readonly keys: Keys;
  readonly running: RunningCarAtlas;
  /** A key of role ADMIN. */
  readonly adminToken: string;
  readonly formToken: string;
  /** The server's clock, which can be moved. */
  readonly clock: MovableClock;
  /** Everything the server logged. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

export const newKeys = (): Keys => ({
  masterKey: ringOf(randomBytes(32)),
  indexKey: ringOf(randomBytes(32)),
  tokenKey: ringOf(randomBytes(32)),
  receiptKey: generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }),
});

/** Long, because it only decides how long a failing test takes. On a busy machine requests need many times their usual time. */
const requestMs = 60_000;
const connectTimeoutMs = 60_000;

export interface TestServerOptions {
  /** Starts a second server on the database and keys of another one. */
  readonly beside?: Pick<TestServer, "database" | "keys" | "clock">;
  readonly environment?: Record<string, string>;
  readonly outboundTimeoutMs?: number;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { beside, environment, outboundTimeoutMs } = options;
  const database = beside?.database ?? (await cloneDatabase());
  const keys = beside?.keys ?? newKeys();
  const clock = beside?.clock ?? new MovableClock();
  const lines: string[] = [];
  const config = readConfig({ PORT: "0", DEMO_TRAFFIC: "0", ...environment });
  const log = createLog({ format: "json", level: config.logLevel, write: (text) => lines.push(text) });
  const running = await startCarAtlas({
    ...{ config, keys, log, clock, requestMs, connectTimeoutMs, outboundTimeoutMs },
    databaseUrl: database.url,
  });
  const { keys: apiKeys } = running.services.access.identity;
  const [adminToken, formToken] = await running.services.transact({ role: "staff" }, async (tx) => {
    const common = { supplierId: null, origins: [], actor: "test" };
    const admin = await apiKeys.create(tx, { role: "ADMIN", label: "test", ...common });
    const form = await apiKeys.create(tx, { role: "FORM", label: "test", ...common });
    return [admin.token, form.token];
  });
  const stop = async (): Promise<void> => {
    await running.stop();
    if (!beside) await database.drop();
  };
  const { url, wsUrl } = running;
  return { url, wsUrl, database, keys, running, adminToken, formToken, clock, log: lines, stop };
}
