/**
 * `npm run admin:create -- EMAIL "NAME"`: creates the first administrator of a new database, where nobody can sign
 * in yet. It needs the server's settings, because it seals the name with the server's keys.
 */
import "reflect-metadata";
import { AuditService } from "../access/identity/audit.service";
import { MemberVault } from "../access/identity/member-vault.service";
import { limitCheck } from "../access/identity/limits.service";
import { holdings } from "../app/deps/holdings";
import { MembersService } from "../access/identity/members.service";
import { systemClock } from "../platform/clock";
import { transactOn } from "../platform/database";
import { checkInstallation } from "../platform/installation.service";
import { AppError, invalid } from "../shared/errors";
import { openChecked, wordsFor } from "../app/database-check";
import { configOfProcess, type Config } from "../app/settings/config";
import { entities } from "../app/entities";
import { loadKeys } from "../app/keys";
import { createAdmin, type Admin } from "../app/staff-access";

const usage = 'Usage: npm run admin:create -- EMAIL "NAME"';

async function main([email, name, ...more]: readonly string[]): Promise<void> {
  if (email === undefined || name === undefined || more.length > 0) throw invalid(usage);
  const admin = await create(configOfProcess(), { email, name });
  process.stdout.write(
    [
      `${admin.email} can sign in now, with the role ADMIN and the password`,
      `  ${admin.password}`,
      "This password is shown only once and cannot be read again. Keep it in a safe place.",
      "",
    ].join("\n"),
  );
}

async function create(config: Config, who: { email: string; name: string }): Promise<Admin> {
  const { databaseUrl } = config;
  if (databaseUrl === null) {
    throw invalid(
      "DATABASE_URL is missing: the address of the database that the server works with. " +
        "The demo has already created an administrator; its sign-in is in demo.json in the demo's data folder.",
    );
  }
  const keys = await loadKeys(config);
  const server = { url: databaseUrl, loginSecret: config.databaseLoginSecret };
  const database = await openChecked(config, {
    ...server,
    entities,
    poolSizes: 1,
    roles: ["staff", "worker"],
  });
  try {
    const transact = transactOn(database);
    await checkInstallation(transact, keys);
    const members = new MembersService(
      new MemberVault(keys),
      new AuditService(systemClock),
      systemClock,
      limitCheck(holdings),
    );
    return await createAdmin(transact, members, { ...who, actor: "admin:create" });
  } finally {
    await database.destroy();
  }
}

function explain(error: unknown): string {
  if (error instanceof AppError && error.code === "CONFLICT") {
    return "This e-mail address is already in use, so nothing was changed. Give another address, or sign in with this one.";
  }
  return error instanceof AppError ? error.message : wordsFor(error);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
