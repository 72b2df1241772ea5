/** Creates the cluster's folder atomically, and checks that an existing one has the version of these programs. */
import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { randomBytes } from "../random";
import { clusterIn } from "./home";
import type { RunUser } from "./run-user";

export const ownerRole = "caratlas_owner";

export interface ClusterPlan {
  readonly home: string;
  readonly programs: string;
  readonly user: RunUser;
  readonly ownerPassword: string;
  readonly durable: boolean;
}

/** The environment of PostgreSQL's programs. Nothing is inherited, in particular no PGDATA or PGPORT. */
export const plainEnvironment = { PATH: "/usr/bin:/bin", LANG: "C", LC_ALL: "C", TZ: "UTC" };

const draftPrefix = "postgres.new-";

export async function ensureCluster(plan: ClusterPlan): Promise<void> {
  const cluster = clusterIn(plan.home);
  const version = await readFile(path.join(cluster, "PG_VERSION"), "utf8").catch(() => null);
  if (version === null) return makeCluster(plan);
  const major = await majorOf(plan);
  if (version.trim() === major) return;
  throw new Error(
    `The database in ${cluster} was created by PostgreSQL ${version.trim()}, but this CarAtlas has version ${major}. ` +
      "Dump the data with the CarAtlas that created it, or delete the data folder to start with empty data.",
  );
}

async function makeCluster(plan: ClusterPlan): Promise<void> {
  await removeDrafts(plan.home);
  // Created under another name and then renamed, so that an interrupted start leaves no half-made database.
  const draft = path.join(plan.home, draftPrefix + randomBytes(6).toString("hex"));
  const passwordFile = `${draft}.password`;
  try {
    await writeFile(passwordFile, plan.ownerPassword, { mode: 0o600, flag: "wx" });
    await mkdir(draft);
    await chmod(draft, 0o700);
    for (const file of [draft, passwordFile]) await give(file, plan.user);
    await initdb(plan, draft, passwordFile);
    await rename(draft, clusterIn(plan.home));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function initdb(plan: ClusterPlan, folder: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${folder}`,
    `--username=${ownerRole}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The built-in provider sorts and folds case the same way on every system, whatever its locales.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(plan.durable ? [] : ["--no-sync"]),
  ];
  await run(plan, "initdb", args);
}

async function majorOf(plan: ClusterPlan): Promise<string> {
  const answer = await run(plan, "postgres", ["--version"]);
  return /(\d+)[.\w]*\s*$/.exec(answer)?.[1] ?? answer.trim();
}

async function run(plan: ClusterPlan, program: string, args: string[]): Promise<string> {
  const options = { cwd: "/", env: plainEnvironment, ...plan.user.ids };
  try {
    return (await promisify(execFile)(path.join(plan.programs, "bin", program), args, options)).stdout;
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? "";
    throw new Error(
      `PostgreSQL's ${program} failed, run by ${plan.user.name}: ${said.trim() || String(error)}`,
    );
  }
}

async function removeDrafts(home: string): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(draftPrefix));
  for (const name of drafts) await rm(path.join(home, name), { recursive: true, force: true, maxRetries: 3 });
}

async function give(file: string, user: RunUser): Promise<void> {
  if (user.ids !== null) await chown(file, user.ids.uid, user.ids.gid);
}
