/** Migrates a database to the current schema as its owner, and allows the login role to SET ROLE to the others. */
import { DataSource } from "typeorm";
import { explainingFaults } from "./database-fault";
import { migrations } from "./migrations";
import { integerOf } from "../shared/integer";

const databaseRoles = ["gate", "supplier", "person", "staff", "worker", "sandbox"];

export interface MigrateOptions {
  readonly ownerUrl: string;
  /** The role that the server connects as. */
  readonly loginUser: string;
}

/** Returns the number of migrations that were applied. */
export async function migrate({ ownerUrl, loginUser }: MigrateOptions): Promise<number> {
  return asOwner(ownerUrl, async (source) => {
    // When two servers start at once, the second waits here and then has nothing left to do.
    await source.query("SELECT pg_advisory_lock(4120251122)");
    const applied = await source.runMigrations({ transaction: "all" });
    await grantRoles(source, loginUser);
    return applied.length;
  });
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

async function grantRoles(source: DataSource, loginUser: string): Promise<void> {
  const user = `"${loginUser.replaceAll('"', '""')}"`;
  const roles = databaseRoles.map((role) => `caratlas_${role}`).join(", ");
  const rows: { server_version_num: string }[] = await source.query("SHOW server_version_num");
  const version = integerOf(rows[0]?.server_version_num);
  // Without inheritance, a statement can do nothing before SET LOCAL ROLE.
  if (version >= 160_000) await source.query(`GRANT ${roles} TO ${user} WITH INHERIT FALSE, SET TRUE`);
  else await source.query(`ALTER ROLE ${user} NOINHERIT; GRANT ${roles} TO ${user}`);
  await source.query(`GRANT SELECT ON migration TO ${user}`);
}
