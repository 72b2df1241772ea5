/**
 * Is that process still the one we knew? A number alone does not say: numbers are used again, and a
 * process that has ended but was never waited for (a zombie) still answers to signals.
 */
import { execFile } from "node:child_process";
import { readFile, readdir, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import { elapsedMs, pause } from "../clock";
import { codeOf } from "../files";

const isLinux = process.platform === "linux";
const pollMs = 20;

/** What tells this process from any other that has had or will have its number; null if it is dead. */
export async function identityOf(pid: number): Promise<string | null> {
  if (!isLinux) return identityFromPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The name may hold spaces and brackets, so the fields are counted from its last bracket.
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

/** The program and its arguments, separated by spaces; empty if that cannot be told. */
export async function commandLineOf(pid: number): Promise<string> {
  if (!isLinux) return ps("command=", pid);
  const raw = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return raw.replaceAll("\0", " ").trim();
}

/** The living processes that work in this folder. Only Linux can tell; elsewhere the list is empty. */
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

/** Looks again until it holds or the time is over; says which. */
export async function comesTrue(timeoutMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  const endsAtMs = elapsedMs() + timeoutMs;
  while (!(await holds())) {
    if (elapsedMs() > endsAtMs) return false;
    await pause(pollMs);
  }
  return true;
}

/** False if there is nobody to signal any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
    throw error;
  }
}

async function ps(columns: string, pid: number): Promise<string> {
  const answer = promisify(execFile)("ps", ["-ww", "-o", columns, "-p", String(pid)]);
  return answer.then(({ stdout }) => stdout.trim()).catch(() => "");
}
