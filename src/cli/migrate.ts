/**
 * `npm run migrate`: brings the database to the schema of this version, as its owner, and creates the logins of the
 * servers. It reads only the settings of the database. Servers in production do not migrate; run this before they start.
 */
import "reflect-metadata";
import { wordsFor } from "../app/database-check";
import { databaseConfigOfProcess } from "../app/settings/programs";
import { migrate } from "../platform/migrate";

async function main(): Promise<void> {
  const { databaseUrl: url, databaseLoginSecret: loginSecret, databaseOwnerUrl } = databaseConfigOfProcess();
  const count = await migrate({ url, loginSecret, ownerUrl: databaseOwnerUrl });
  const done = count === 0 ? "Nothing was to be migrated." : `Migrations applied: ${String(count)}.`;
  process.stdout.write(`${done} The database has the schema of this version.\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${wordsFor(error)}\n`);
  process.exitCode = 1;
});
