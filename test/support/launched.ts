import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export const projectFolder = path.resolve(__dirname, "../..");
const compiledLauncher = path.join(projectFolder, "dist/src/platform/embedded-postgres.js");

export interface Launched {
  readonly child: ChildProcess;
  readonly ownerUrl: string;
  /** What it has written to stderr so far. */
  said(): string;
}

const launched = new Set<ChildProcess>();

/** Starts the launcher in a process group of its own. Rejects with its output if it ends. */
export async function launch(dataDir: string, launcher = compiledLauncher): Promise<Launched> {
  const script = path.join(projectFolder, "test/support/launcher.cjs");
  const child = spawn(process.execPath, [script, launcher, dataDir], { detached: true });
  launched.add(child);
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString()));
  const line = once(createInterface(child.stdout), "line").then(([first]) => String(first));
  const ended = once(child, "close").then(() => Promise.reject(new Error(words)));
  const { ownerUrl } = JSON.parse(await Promise.race([line, ended])) as { ownerUrl: string };
  ended.catch(() => undefined);
  return { child, ownerUrl, said: () => words };
}

/** Resolves to its exit code or the signal that ended it. */
export async function end({ child }: Launched, signal: NodeJS.Signals): Promise<number | string> {
  const ended = once(child, "close");
  process.kill(signal === "SIGINT" ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
  const [code, by] = (await ended) as [number | null, string | null];
  return code ?? by ?? "unknown";
}

/** Ends processes that a failed test left running, because Jest would wait for them. */
export async function killLaunched(): Promise<void> {
  const running = [...launched].filter((child) => child.exitCode === null && child.signalCode === null);
  launched.clear();
  await Promise.all(running.map((child) => (child.kill("SIGKILL"), once(child, "close"))));
}
