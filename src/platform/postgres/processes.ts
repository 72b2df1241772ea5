/**
 * Identifies processes across time. A pid alone is not enough: pids are reused, and a process that has ended but
 * was not waited for (a zombie) still accepts signals.
 */
import { execFile } from "node:child_process";
import { readFile, readdir, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import { elapsedMs, pause } from "../clock";
import { systemCodeOf } from "../files";

const isLinux = process.platform === "linux";
const pollMs = 20;

/** Identifies this process among all that ever have its pid. Returns null if it is dead. */
export async function identityOf(pid: number): Promise<string | null> {
  if (!isLinux) return identityFromPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The process name may contain spaces and brackets, so the fields are counted after its last bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${boot.trim()}/${fields[19] ?? ""}`;
}

async function identityFromPs(pid: number): Promise<string | null> {
  const line = await ps("stat=,lstart=", pid);
  return line === "" || line.startsWith("Z") ? null : line.slice(line.indexOf(" ")).trim();
}

export async function isAlive(pid: number): Promise<boolean> {
  return (await identityOf(pid)) !== null;
}

/** The program and its arguments separated by spaces, or an empty text if they are unknown. */
export async function commandLineOf(pid: number): Promise<string> {
  if (!isLinux) return ps("command=", pid);
  const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return raw.replaceAll("\0", " ").trim();
}

/** The living processes whose working folder this is. The list is empty on systems other than Linux. */
export async function processesIn(folder: string): Promise<number[]> {
  if (!isLinux) return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (const pid of pids) {
    const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    if (workingFolder === folder && (await isAlive(pid))) found.push(pid);
  }
  return found;
}

/** Polls until the condition holds or the time is over. Returns whether it holds. */
export async function comesTrue(timeoutMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const endsAtMs = elapsedMs() + timeoutMs;
  while (!(await holds())) {
    if (elapsedMs() > endsAtMs) return false;
    await pause(pollMs);
  }
  return true;
}

/** Returns false if the process no longer exists. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (systemCodeOf(error) === "ESRCH") return false;
    throw error;
  }
}

async function ps(columns: string, pid: number): Promise<string> {
  const answer = promisify(execFile)("ps", ["-ww", "-o", columns, "-p", String(pid)]);
  return answer.then(({ stdout }) => stdout.trim()).catch(() => "");
}
