/** What still runs for a checkout, and where its database may live besides. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Elsewhere than in the checkout only where the server's user could not enter it. */
export async function databaseHome(checkout) {
  const text = await readFile(path.join(checkout, ".data/postgres/postgres.json"), "utf8").catch(() => "{}");
  return JSON.parse(text).home ?? null;
}

export async function processesOf(folders) {
  const { stdout } = await run("ps", ["-eww", "-o", "pid=,stat=,command="]);
  const lines = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line));
  const living = lines.filter((line) => line !== null && !line[2].startsWith("Z"));
  const found = living.map(([, pid, , command]) => ({ pid: Number(pid), command }));
  return found.filter(
    ({ pid, command }) => pid !== process.pid && folders.some((folder) => command.includes(folder)),
  );
}

export function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

export async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
