/**
 * Chooses the user that runs the server. PostgreSQL refuses to run as root, so root switches to an existing system
 * account; no account is created. Other users run the server themselves.
 */
import { spawnSync } from "node:child_process";
import { readFile, stat } from "node:fs/promises";

export interface RunUser {
  readonly name: string;
  /** Set only when a child process must switch from root to this user. */
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

const preferred = ["postgres", "_postgres", "nobody"];

/** When `cluster` exists already, its owner keeps running it. */
export async function chooseRunUser(cluster: string): Promise<RunUser> {
  const self = process.geteuid?.();
  if (self === undefined)
    throw new Error("The embedded PostgreSQL does not run on this system. Set DATABASE_URL.");
  const owner = await stat(cluster).catch(() => null);
  if (self !== 0) {
    if (owner !== null && owner.uid !== self) throw belongsToAnother(cluster, owner.uid);
    return { name: `user ${self}`, ids: null };
  }
  if (owner !== null && owner.uid !== 0) {
    return { name: `user ${owner.uid}`, ids: { uid: owner.uid, gid: owner.gid } };
  }
  return stepDown(await readFile("/etc/passwd", "utf8").catch(() => ""));
}

function stepDown(passwd: string): RunUser {
  const accounts = passwd.split("\n").map((line) => line.split(":"));
  for (const name of preferred) {
    const account = accounts.find(([found]) => found === name);
    if (account === undefined) continue;
    // Some systems write -2 for nobody.
    const ids = { uid: Number(account[2]) >>> 0, gid: Number(account[3]) >>> 0 };
    // A container may not allow switching to every user in its passwd.
    if (canRun({ name, ids }, ":")) return { name, ids };
  }
  throw new Error(
    `PostgreSQL does not run as root, and there is no account to switch to (${preferred.join(", ")}). ` +
      "Start CarAtlas as an ordinary user, or set DATABASE_URL.",
  );
}

/** Runs the script as this user, because access also depends on the permissions of all parent folders. */
export function canRun(user: RunUser, script: string, ...args: string[]): boolean {
  const options = { cwd: "/", stdio: "ignore" as const, ...user.ids };
  return spawnSync("/bin/sh", ["-c", script, "sh", ...args], options).status === 0;
}

export const mayEnter = (user: RunUser, folder: string): boolean => canRun(user, 'cd "$1"', folder);

function belongsToAnother(cluster: string, uid: number): Error {
  return new Error(
    `The database in ${cluster} belongs to user ${uid}. Start CarAtlas as that user or as root, ` +
      "or set DATA_DIR to another folder.",
  );
}
