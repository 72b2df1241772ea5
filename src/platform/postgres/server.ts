/**
 * Starts and stops the PostgreSQL server process. It listens on a free port of 127.0.0.1 and has its own process group,
 * so that Ctrl-C reaches CarAtlas and not the database. The process has ended when `stop` resolves.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { elapsedMs, pause } from "../clock";
import { plainEnvironment, type ClusterPlan } from "./cluster";
import { clusterIn } from "./home";
import { serverMark } from "./orphan";

export interface Server {
  readonly port: number;
  /** Resolves to how the process ended. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

// Long enough for the recovery after a power cut.
const startTimeoutMs = 60_000;
const fastStopMs = 3_500;
const immediateStopMs = 1_000;
const pollMs = 10;
const portAttempts = 5;

/** Without `onPort`, the server gets a free port. */
export async function startPostgres(plan: ClusterPlan, onPort?: number): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = onPort ?? (await freePort());
    const child = await launch(plan, port);
    try {
      await becomesReady(child, plan.home);
      return running(child, port);
    } catch (error) {
      await stopProcess(child);
      // Another process may have taken the port after it was found free.
      if (attempt === portAttempts || !/could not bind/i.test(String(error))) throw error;
    }
  }
}

async function launch(plan: ClusterPlan, port: number): Promise<ChildProcess> {
  const args = [
    "-D",
    clusterIn(plan.home),
    ...settings(plan.durable, port).flatMap((setting) => ["-c", setting]),
  ];
  const logFile = await open(logIn(plan.home), "w", 0o600);
  try {
    const child = spawn(path.join(plan.programs, "bin", "postgres"), args, {
      cwd: "/",
      detached: true,
      env: plainEnvironment,
      stdio: ["ignore", logFile.fd, logFile.fd],
      ...plan.user.ids,
    });
    await Promise.race([
      once(child, "spawn"),
      once(child, "error").then(([error]) => Promise.reject(error as Error)),
    ]);
    // The child does not keep this process alive if the caller forgets to stop it.
    child.unref();
    return child;
  } finally {
    await logFile.close();
  }
}

function settings(durable: boolean, port: number): string[] {
  const lasting = durable ? "on" : "off";
  return [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `cluster_name=${serverMark}`,
    "max_connections=300",
    "password_encryption=scram-sha-256",
    "timezone=UTC",
    "log_timezone=UTC",
    // Errors may contain values, so they go to the client and not to the log.
    "log_min_messages=log",
    "log_error_verbosity=terse",
    "log_statement=none",
    `fsync=${lasting}`,
    `synchronous_commit=${lasting}`,
    `full_page_writes=${lasting}`,
  ];
}

async function becomesReady(child: ChildProcess, home: string): Promise<void> {
  const endsAtMs = elapsedMs() + startTimeoutMs;
  while (elapsedMs() < endsAtMs) {
    if (hasEnded(child)) throw await failure(home, "stopped while it started");
    const lines = (
      await readFile(path.join(clusterIn(home), "postmaster.pid"), "utf8").catch(() => "")
    ).split("\n");
    // Line 1 is the pid and line 8 the state. A file left by an earlier server has another pid.
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return;
    await pause(pollMs);
  }
  throw await failure(home, `was not ready after ${startTimeoutMs / 1000} s`);
}

function running(child: ChildProcess, port: number): Server {
  let stopping: Promise<void> | null = null;
  const ended = once(child, "exit").then(([code, signal]) => String(signal ?? `exit code ${String(code)}`));
  return { port, ended, stop: () => (stopping ??= stopProcess(child)) };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  const steps = [
    { name: "SIGINT", waitMs: fastStopMs },
    { name: "SIGQUIT", waitMs: immediateStopMs },
    { name: "SIGKILL", waitMs: immediateStopMs },
  ] as const;
  child.ref();
  for (const { name, waitMs } of steps) {
    if (hasEnded(child)) return;
    child.kill(name);
    await endsWithin(child, waitMs);
  }
}

async function endsWithin(child: ChildProcess, waitMs: number): Promise<void> {
  const timer = new AbortController();
  const ended = hasEnded(child) ? Promise.resolve() : once(child, "exit");
  await Promise.race([ended, pause(waitMs, timer.signal)]);
  timer.abort();
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const logIn = (home: string): string => path.join(home, "postgres.log");

async function failure(home: string, what: string): Promise<Error> {
  const written = await readFile(logIn(home), "utf8").catch(() => "");
  return new Error(`PostgreSQL ${what}. The end of ${logIn(home)}:\n${written.trim().slice(-2_000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
