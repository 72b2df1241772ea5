/** Creates the logins of a server as the owner of the database, and gives each the rights of its role and no other. */
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { integerOf } from "../shared/integer";
import { loginsOf, userIn, type Login, type Server } from "./logins";
import { idleTimeoutMs, statementTimeoutMs } from "./pools";
import { randomBytes } from "./random";

const firstWithGrantOptions = 160_000;
const connectMs = 5_000;

/** Safe to repeat: changes only what differs. The secret may be a new one. */
export async function createLogins(owner: DataSource, ownerUrl: string, server: Server): Promise<void> {
  for (const login of loginsOf(server)) {
    await createRole(owner, login);
    await grantRole(owner, login);
    await grantConnect(owner, login.name);
    if (!(await isPasswordSet(ownerUrl, login)))
      await owner.query(`ALTER ROLE ${quoted(login.name)} PASSWORD '${verifierOf(login.password)}'`);
  }
  await limitBase(owner, userIn(server.url));
}

async function createRole(owner: DataSource, { name, password }: Login): Promise<void> {
  if (await holds(owner, "SELECT FROM pg_roles WHERE rolname = $1", [name])) return;
  await owner.query(`CREATE ROLE ${quoted(name)} LOGIN INHERIT PASSWORD '${verifierOf(password)}'`);
  // A server sets these when it connects, but PgBouncer does not pass them on.
  await owner.query(`ALTER ROLE ${quoted(name)} SET statement_timeout = '${String(statementTimeoutMs)}ms'`);
  await owner.query(
    `ALTER ROLE ${quoted(name)} SET idle_in_transaction_session_timeout = '${String(idleTimeoutMs)}ms'`,
  );
}

async function grantRole(owner: DataSource, { name, role }: Login): Promise<void> {
  const member = `SELECT FROM pg_auth_members WHERE member = $1::regrole AND roleid = $2::regrole`;
  if (await holds(owner, member, [quoted(name), `caratlas_${role}`])) return;
  const [row] = await owner.query<[{ server_version_num: string }]>("SHOW server_version_num");
  const options =
    integerOf(row.server_version_num) >= firstWithGrantOptions ? " WITH INHERIT TRUE, SET FALSE" : "";
  await owner.query(`GRANT caratlas_${role} TO ${quoted(name)}${options}`);
}

async function grantConnect(owner: DataSource, name: string): Promise<void> {
  if (await holds(owner, "SELECT WHERE has_database_privilege($1, current_database(), 'CONNECT')", [name]))
    return;
  const [row] = await owner.query<[{ name: string }]>("SELECT current_database() AS name");
  await owner.query(`GRANT CONNECT ON DATABASE ${quoted(row.name)} TO ${quoted(name)}`);
}

/** The login in DATABASE_URL could enter every role in earlier versions. Now it reads the list of migrations. */
async function limitBase(owner: DataSource, user: string): Promise<void> {
  await owner.query(`GRANT SELECT ON migration TO ${quoted(user)}`);
  if (await holds(owner, "SELECT WHERE current_user = $1", [user])) return;
  const entered = await owner.query<{ role: string }[]>(
    `SELECT DISTINCT roleid::regrole::text AS role FROM pg_auth_members
     WHERE member = $1::regrole AND roleid::regrole::text LIKE 'caratlas\\_%'`,
    [quoted(user)],
  );
  for (const { role } of entered) await owner.query(["REVOKE", role, "FROM", quoted(user)].join(" "));
}

/** Tries it on the owner's server, because the address in DATABASE_URL may be a pooler's. */
async function isPasswordSet(ownerUrl: string, { name, password }: Login): Promise<boolean> {
  const url = Object.assign(new URL(ownerUrl), { username: encodeURIComponent(name), password });
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: connectMs });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "28P01") return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What PostgreSQL stores of a password. Sent instead of it, so that no log of statements can contain the password. */
export function verifierOf(password: string): string {
  const [salt, rounds] = [randomBytes(16), 4096];
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const keyed = (text: string): Buffer => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${String(rounds)}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}

const holds = async (owner: DataSource, query: string, values: unknown[]): Promise<boolean> =>
  (await owner.query<unknown[]>(query, values)).length > 0;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
