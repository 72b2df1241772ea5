/** What must be true of a database before anything works with it. */
import type { DataSource } from "typeorm";
import { CannotStart } from "../platform/cannot-start";
import { databaseRoles } from "../platform/logins";
import { pendingMigrations } from "../platform/migrate";
import { openDatabase, openSource, type Database, type DatabaseOptions } from "../platform/pools";
import type { Config } from "./settings/config";

type Checked = Pick<Config, "nodeEnv">;

/** Throws one sentence when the database is not migrated or when row-level security does not bind a login. */
export async function openChecked(config: Checked, options: DatabaseOptions): Promise<Database> {
  const base = await openSource({ ...options, entities: [], poolSize: 1 });
  try {
    await checkDatabase(base, config);
  } finally {
    await base.destroy();
  }
  const database = await openDatabase(options);
  if (config.nodeEnv !== "production") return database;
  for (const role of options.roles ?? databaseRoles) await refuseUnboundLogin(database.of(role));
  return database;
}

async function checkDatabase(source: DataSource, { nodeEnv }: Checked): Promise<void> {
  const pending = await pendingMigrations(source);
  if (pending > 0) {
    throw new CannotStart(
      `The database lacks ${String(pending)} of this version's migrations: run \`npm run migrate\` (in the image: node dist/src/cli/migrate.js), then start again.`,
    );
  }
  if (nodeEnv === "production") await refuseUnboundLogin(source);
}

async function refuseUnboundLogin(source: DataSource): Promise<void> {
  const rows: unknown[] = await source.query(
    "SELECT FROM pg_roles r WHERE (rolsuper OR rolbypassrls) AND pg_has_role(session_user, r.oid, 'MEMBER')",
  );
  if (rows.length === 0) return;
  throw new CannotStart(
    "DATABASE_URL names a login that is a superuser or bypasses row-level security, or may become one that does: give the server a login without these rights.",
  );
}

/** What a program prints when it ends with an error: a stack only for an error that nobody foresaw. */
export function wordsFor(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
