/** Migrates a database to the current schema as its owner, and creates the logins of its servers. */
import { DataSource } from "typeorm";
import { pause } from "./clock";
import { createLogins } from "./create-logins";
import { explainingFaults } from "./database-fault";
import type { Server } from "./logins";
import { migrations } from "./migrations";
import { integerOf } from "../shared/integer";

export interface MigrateOptions extends Server {
  readonly ownerUrl: string;
}

/** Returns the number of migrations that were applied. */
export async function migrate({ ownerUrl, ...server }: MigrateOptions): Promise<number> {
  return asOwner(ownerUrl, async (source) => {
    // When two servers start at once, the second waits here and then has nothing left to do.
    await source.query("SELECT pg_advisory_lock(4120251122)");
    const applied = await withoutBlocking(source);
    await createLogins(source, ownerUrl, server);
    return applied.length;
  });
}

const lockTimeout = "2s";
const lockAttempts = 60;
const lockPauseMs = 500;

/**
 * A statement that waits for a table also holds back everybody who comes after it. Servers may be serving, so it gives up
 * its place after two seconds and begins anew.
 */
async function withoutBlocking(source: DataSource): Promise<readonly unknown[]> {
  await source.query(`SET lock_timeout = '${lockTimeout}'`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await source.runMigrations({ transaction: "all" });
    } catch (error) {
      const isBusy = ["55P03", "40P01"].includes(String((error as { code?: unknown }).code));
      if (!isBusy || attempt === lockAttempts) throw error;
      await pause(lockPauseMs);
    }
  }
}

/**
 * Reverts every migration. All data is lost: only scripts/check-migrations.mjs uses it.
 * @public
 */
export async function revertAll({ ownerUrl }: Pick<MigrateOptions, "ownerUrl">): Promise<void> {
  await asOwner(ownerUrl, async (source) => {
    for (const _ of migrations) await source.undoLastMigration({ transaction: "all" });
  });
}

/** The number of migrations of this build that the database lacks. */
export async function pendingMigrations(source: DataSource): Promise<number> {
  const names = migrations.map((migration) => migration.name);
  const rows = await source
    .query<{ count: string }[]>("SELECT count(*) FROM migration WHERE name = ANY ($1)", [names])
    .catch((error: unknown) => {
      // Nobody has migrated this database, or not for this login.
      if (["42P01", "42501"].includes(String((error as { code?: unknown }).code))) return [];
      throw error;
    });
  return migrations.length - integerOf(rows[0]?.count ?? 0);
}

async function asOwner<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = new DataSource({
    type: "postgres",
    url,
    migrations,
    migrationsTableName: "migration",
    installExtensions: false,
    // The advisory lock above belongs to the session, so there must be only one connection.
    poolSize: 1,
    connectTimeoutMS: 5_000,
  });
  await explainingFaults(url, () => source.initialize());
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
