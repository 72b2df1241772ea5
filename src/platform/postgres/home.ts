/**
 * Chooses and records the folder and the passwords of the embedded database. The database is kept in the data
 * folder unless the user that runs the server cannot enter it, for example in a checkout below a folder that only
 * root may enter. Then it is kept in a folder elsewhere, which is recorded in the data folder.
 */
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { exists, readIfThere } from "../files";
import { randomBytes } from "../random";
import { mayEnter, type RunUser } from "./run-user";

export interface Settings {
  /** null when the database is in the data folder, so that a moved checkout keeps its database. */
  readonly home: string | null;
  readonly ownerPassword: string;
  readonly loginPassword: string;
}

const settingsFile = (dataDir: string): string => path.join(dataDir, "postgres.json");
export const clusterIn = (home: string): string => path.join(home, "postgres");

export async function readSettings(dataDir: string): Promise<Settings | null> {
  const text = await readIfThere(settingsFile(dataDir));
  if (text === null) return null;
  const settings = parse(text);
  if (settings === null) throw new Error(`${settingsFile(dataDir)} is damaged. ${mend(dataDir)}`);
  return settings;
}

/** Returns the recorded settings, or creates a home with new passwords. The home exists when this returns. */
export async function ensureHome(dataDir: string, user: RunUser): Promise<Settings> {
  const known = await readSettings(dataDir);
  if (known === null) return createHome(dataDir, user);
  const home = known.home ?? dataDir;
  if (!(await exists(home))) {
    throw new Error(`The database was kept in ${home}, which is gone. ${mend(dataDir)}`);
  }
  if (!mayEnter(user, home)) {
    throw new Error(
      `The database in ${home} cannot be entered by ${user.name}, who runs it. ` +
        `Move the checkout back, give that user access to its folders, or delete ${dataDir} to start with empty data.`,
    );
  }
  return known;
}

async function createHome(dataDir: string, user: RunUser): Promise<Settings> {
  if (await exists(clusterIn(dataDir))) {
    throw new Error(
      `There is a database in ${dataDir} but no postgres.json with its passwords. ${mend(dataDir)}`,
    );
  }
  const home = mayEnter(user, dataDir) ? null : await homeElsewhere(user);
  const settings = { home, ownerPassword: newPassword(), loginPassword: newPassword() };
  const draft = `${settingsFile(dataDir)}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  await rename(draft, settingsFile(dataDir));
  return settings;
}

async function homeElsewhere(user: RunUser): Promise<string> {
  for (const base of ["/var/lib", "/var/tmp", tmpdir()]) {
    const home = await mkdtemp(path.join(base, "caratlas-")).catch(() => null);
    if (home === null) continue;
    // The server can enter the folder, but other users cannot list it.
    await chmod(home, 0o711);
    if (mayEnter(user, home)) return home;
    await rm(home, { recursive: true });
  }
  throw new Error(
    `No folder was found that ${user.name}, who runs the database, may enter. Set DATA_DIR to one.`,
  );
}

function parse(text: string): Settings | null {
  try {
    const { home, ownerPassword, loginPassword } = JSON.parse(text) as Partial<Settings>;
    if (typeof ownerPassword !== "string" || typeof loginPassword !== "string") return null;
    return { home: home ?? null, ownerPassword, loginPassword };
  } catch {
    return null;
  }
}

// Hexadecimal, because it is used unescaped in a URL and in a statement.
const newPassword = (): string => randomBytes(24).toString("hex");

const mend = (dataDir: string): string => `Restore it, or start with empty data: delete ${dataDir}.`;
