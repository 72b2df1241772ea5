/** What must be true of a database before anything works with it. */
import type { DataSource } from "typeorm";
import { CannotStart } from "../platform/cannot-start";
import { migrate, pendingMigrations } from "../platform/migrate";
import type { Config } from "./settings/config";

/** Returns the number of migrations that were applied. */
export const migrateFor = (databaseUrl: string, ownerUrl: string): Promise<number> =>
  migrate({ ownerUrl, loginUser: decodeURIComponent(new URL(databaseUrl).username) });

/** Throws one sentence when the database is not migrated or when row-level security does not bind the login. */
export async function checkDatabase(source: DataSource, { nodeEnv }: Pick<Config, "nodeEnv">): Promise<void> {
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
