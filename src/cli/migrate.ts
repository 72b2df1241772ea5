/**
 * `npm run migrate`: brings the database to the schema of this version, as its owner. It reads DATABASE_URL and
 * DATABASE_OWNER_URL only. Servers in production do not migrate; run this before they start.
 */
import "reflect-metadata";
import { migrateFor, wordsFor } from "../app/database-check";
import { databaseConfigOfProcess } from "../app/settings/programs";

async function main(): Promise<void> {
  const { databaseUrl, databaseOwnerUrl } = databaseConfigOfProcess();
  const count = await migrateFor(databaseUrl, databaseOwnerUrl);
  const done = count === 0 ? "Nothing was to be migrated." : `Migrations applied: ${String(count)}.`;
  process.stdout.write(`${done} The database has the schema of this version.\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${wordsFor(error)}\n`);
  process.exitCode = 1;
});
