/**
 * Stops a server that an earlier run left behind because its launcher was killed. Our servers are recognized by
 * their cluster name. A server on the folder that CarAtlas did not start is left alone, and the start fails. The
 * caller holds the folder's lock, so no other launcher is running.
 */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { comesTrue, commandLineOf, isAlive, processesIn, signal } from "./processes";

/** Part of the server's command line and of the title of each of its processes. */
export const serverMark = "caratlas-embedded";

export type WriteLine = (message: string) => void;

const fastMs = 5_000;
const immediateMs = 2_000;
const killMs = 2_000;

export async function clearOrphan(cluster: string, log: WriteLine): Promise<void> {
  const pid = await recordedPid(cluster);
  if (pid !== null && (await worksOn(pid, cluster))) {
    const command = await commandLineOf(pid);
    if (!command.includes(serverMark)) throw runByAnother(cluster, pid);
    log(`Stopping the PostgreSQL (process ${pid}) that an earlier run left behind.`);
    await end([pid], ["SIGINT", "SIGQUIT", "SIGKILL"]);
  }
  // Its workers may outlive it for a moment, and two servers on one folder would corrupt the data.
  await end(await processesIn(cluster), ["SIGQUIT", "SIGKILL"]);
  // Otherwise PostgreSQL would take a zombie, or another process with the same pid, for the running server.
  await rm(path.join(cluster, "postmaster.pid"), { force: true });
}

async function recordedPid(cluster: string): Promise<number | null> {
  const text = await readFile(path.join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : null;
}

/** Pids are reused, so a living process counts only if it works in this folder. */
async function worksOn(pid: number, cluster: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  if ((await processesIn(cluster)).includes(pid)) return true;
  const command = await commandLineOf(pid);
  return command.includes("postgres") && command.includes(cluster);
}

async function end(pids: readonly number[], signals: readonly NodeJS.Signals[]): Promise<void> {
  const waitMs: Partial<Record<NodeJS.Signals, number>> = {
    SIGINT: fastMs,
    SIGQUIT: immediateMs,
    SIGKILL: killMs,
  };
  const allGone = async (): Promise<boolean> =>
    (await Promise.all(pids.map(isAlive))).every((alive) => !alive);
  for (const name of signals) {
    if (await allGone()) return;
    for (const pid of pids) signal(pid, name);
    if (await comesTrue(waitMs[name] ?? killMs, allGone)) return;
  }
  if (!(await allGone()))
    throw new Error(`Processes ${pids.join(", ")} of an earlier PostgreSQL cannot be stopped.`);
}

function runByAnother(cluster: string, pid: number): Error {
  return new Error(
    `Another PostgreSQL server (process ${pid}) runs on ${cluster}, and CarAtlas did not start it. ` +
      "Stop it, or set DATA_DIR to another folder.",
  );
}
