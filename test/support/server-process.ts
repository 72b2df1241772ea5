/** Servers as separate processes, so that a test can kill them as a power cut would, without any clean-up. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Keys } from "../../src/app/keys";
import { currentKeyOf } from "../../src/platform/sealed/key-ring";
import type { Address } from "./client";
import type { TestDatabase } from "./database";
import { projectFolder } from "./launched";

export interface ProcessOptions {
  readonly database: TestDatabase;
  readonly keys: Keys;
  readonly failpoints?: string;
  /** Further settings. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ServerProcess {
  /** Its address, or null if it ended before it listened. */
  readonly listening: Promise<Address | null>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(signal?: NodeJS.Signals): void;
  /** Everything it has printed so far. */
  said(): string;
}

const running = new Set<ChildProcess>();
const dataDirs: string[] = [];

export function spawnServer(options: ProcessOptions): ServerProcess {
  const { database, keys, failpoints, environment } = options;
  const child = spawn(process.execPath, [path.join(projectFolder, "dist/src/app/main.js")], {
    cwd: projectFolder,
    env: {
      PATH: process.env["PATH"],
      ...environmentOf(database, keys),
      ...environment,
      FAILPOINTS: failpoints ?? "",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const ended = once(child, "close").then(([code, signal]) => {
    running.delete(child);
    return (code ?? signal) as number | string;
  });
  const output = outputOf(child);
  return {
    listening: Promise.race([output.listening, ended.then(() => null)]),
    ended,
    kill: (signal = "SIGKILL") => void child.kill(signal),
    said: output.said,
  };
}

function outputOf(child: ChildProcess): { listening: Promise<Address>; said: () => string } {
  let words = "";
  const listening = new Promise<Address>((resolve) => {
    const hear = (chunk: Buffer): void => {
      words += chunk.toString();
      const found = / url=(\S+) wsUrl=(\S+)/.exec(words);
      if (found?.[1] && found[2]) resolve({ url: found[1], wsUrl: found[2] });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
  });
  return { listening, said: () => words };
}

function environmentOf(database: TestDatabase, keys: Keys): Record<string, string> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "caratlas-process-"));
  dataDirs.push(dataDir);
  return {
    NODE_ENV: "test",
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    PORT: "0",
    DEMO_TRAFFIC: "0",
    MASTER_KEY: currentKeyOf(keys.masterKey).toString("base64"),
    INDEX_KEY: currentKeyOf(keys.indexKey).toString("base64"),
    TOKEN_KEY: currentKeyOf(keys.tokenKey).toString("base64"),
    RECEIPT_KEY: keys.receiptKey.toString("base64"),
  };
}

/** Ends processes that a failed test left running, because Jest would wait for them. */
export async function killServers(): Promise<void> {
  await Promise.all([...running].map((child) => (child.kill("SIGKILL"), once(child, "close"))));
  await Promise.all(dataDirs.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}
