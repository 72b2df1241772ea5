/**
 * Runs a PostgreSQL from an npm package on a data folder, for machines without one, and stops it with the program.
 * It provides an empty database; migrate.ts creates the schema.
 */
import { access, chmod, constants, mkdir, realpath, rm } from "node:fs/promises";
import { ensureAccounts, type Addresses } from "./postgres/accounts";
import { programsFor } from "./postgres/binaries";
import { ensureCluster, type ClusterPlan } from "./postgres/cluster";
import { lockFolder } from "./postgres/folder-lock";
import { clusterIn, readSettings, ensureHome } from "./postgres/home";
import { clearOrphan, type WriteLine } from "./postgres/orphan";
import { chooseRunUser } from "./postgres/run-user";
import { startPostgres, type Server } from "./postgres/server";
import { SupervisedServer } from "./postgres/supervise";

export interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  /** false gives up durability for speed. For tests. */
  readonly durable: boolean;
  readonly log: WriteLine;
}

export interface EmbeddedPostgres extends Addresses {
  /** Resolves when the server has ended, within 5 s unless the machine hangs. May be called twice. */
  stop(): Promise<void>;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await ensureFolder(options.dataDir);
  const unlock = await lockFolder(dataDir);
  try {
    const started = await startOn(dataDir, options);
    let stopping: Promise<void> | null = null;
    const stop = (): Promise<void> => (stopping ??= started.stop().finally(unlock));
    return { ownerUrl: started.ownerUrl, url: started.url, stop };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Deletes the data folder and a database that is kept for it elsewhere. Throws while the folder is in use. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const folder = await realpath(dataDir);
  await lockFolder(folder);
  const home = (await readSettings(folder))?.home ?? null;
  await clearOrphan(clusterIn(home ?? folder), () => undefined);
  if (home !== null) await rm(home, { recursive: true, force: true });
  // This deletes the lock as well.
  await rm(folder, { recursive: true, force: true });
}

async function startOn(
  dataDir: string,
  { durable, log }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const recorded = (await readSettings(dataDir))?.home ?? dataDir;
  const user = await chooseRunUser(clusterIn(recorded));
  const settings = await ensureHome(dataDir, user);
  const home = settings.home ?? dataDir;
  const programs = await programsFor(user, home);
  const { ownerPassword } = settings;
  const plan = { home, programs, user, ownerPassword, durable };
  await clearOrphan(clusterIn(home), log);
  await ensureCluster(plan);
  const server = await startPostgres(plan);
  try {
    const addresses = await ensureAccounts(server.port, settings);
    const supervised = new SupervisedServer(server, { startAgain: startAgain(plan, log), log });
    return { ...addresses, stop: () => supervised.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const startAgain =
  (plan: ClusterPlan, log: WriteLine) =>
  async (port: number): Promise<Server> => {
    // Processes of the server that ended may still be there, and two servers on one folder would corrupt the data.
    await clearOrphan(clusterIn(plan.home), log);
    return startPostgres(plan, port);
  };

async function ensureFolder(dataDir: string): Promise<string> {
  try {
    // No mode here, because `recursive` would apply it to the parent folders too.
    const made = await mkdir(dataDir, { recursive: true });
    const folder = await realpath(dataDir);
    // A strict umask must not lock out the user that runs the server. Secret files inside have their own mode.
    if (made !== undefined) await chmod(folder, 0o711);
    await access(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw new Error(
      `The data folder ${dataDir} cannot be used (${String(error)}). Set DATA_DIR to another folder.`,
    );
  }
}
