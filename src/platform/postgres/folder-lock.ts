/**
 * Allows one launcher per data folder. The lock is a file that identifies a process. A lock whose process is dead
 * or a zombie is stale and is taken over.
 */
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { systemCodeOf } from "../files";
import { randomBytes } from "../random";
import { identityOf } from "./processes";

export type Unlock = () => Promise<void>;

const maxAttempts = 5;

/** Throws at once while another living process holds the lock; the error names that process. */
export async function lockFolder(folder: string): Promise<Unlock> {
  const lock = path.join(folder, "postgres.lock");
  const mine = JSON.stringify({ pid: process.pid, identity: await identityOf(process.pid) });
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    if (await place(lock, mine)) return () => rm(lock, { force: true });
    const found = await readFile(lock, "utf8").catch(() => null);
    if (found === null) continue;
    const holder = await livingHolder(found);
    if (holder !== null) throw inUse(folder, holder);
    await removeStale(lock, found);
  }
  throw inUse(folder, null);
}

async function place(lock: string, content: string): Promise<boolean> {
  const draft = `${lock}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, content, { mode: 0o600, flag: "wx" });
  try {
    // Creating a hard link is atomic and never replaces an existing file.
    await link(draft, lock);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeStale(lock: string, judged: string): Promise<void> {
  const aside = `${lock}.${randomBytes(6).toString("hex")}`;
  await rename(lock, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  // Another process replaced the lock meanwhile. Its lock is valid, so it is put back.
  if (moved !== null && moved !== judged) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

async function livingHolder(content: string): Promise<number | null> {
  const { pid, identity } = parse(content);
  return pid !== null && identity !== null && (await identityOf(pid)) === identity ? pid : null;
}

function parse(content: string): { pid: number | null; identity: string | null } {
  try {
    const { pid, identity } = JSON.parse(content) as { pid?: unknown; identity?: unknown };
    return {
      pid: typeof pid === "number" ? pid : null,
      identity: typeof identity === "string" ? identity : null,
    };
  } catch {
    return { pid: null, identity: null };
  }
}

function inUse(folder: string, pid: number | null): Error {
  const who = pid === null ? "another CarAtlas that is starting" : `another CarAtlas (process ${pid})`;
  return new Error(
    `The data folder ${folder} is in use by ${who}. Stop that one, or set DATA_DIR to another folder.`,
  );
}
