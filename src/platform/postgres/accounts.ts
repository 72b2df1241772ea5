/** Creates the database and its two roles: the owner, which runs the migrations, and the role the server logs in as. */
import { Client } from "pg";
import { ownerRole } from "./cluster";
import type { Settings } from "./home";

export const loginRole = "caratlas_login";

const database = "caratlas";

export interface Addresses {
  /** The address of a superuser. Used for migrations, never for a request. */
  readonly ownerUrl: string;
  /** The address of a role that owns nothing and has no rights until it sets another role. */
  readonly url: string;
}

/** Sets both roles and their passwords as in the settings. Safe to repeat. */
export async function ensureAccounts(port: number, settings: Settings): Promise<Addresses> {
  const at = (role: string, password: string, name: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${name}`;
  const client = new Client({ connectionString: at(ownerRole, settings.ownerPassword, "postgres") });
  await client.connect();
  try {
    const databases = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
    const roles = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [loginRole]);
    if (roles.rowCount === 0) await client.query(`CREATE ROLE ${loginRole}`);
    await client.query(
      `ALTER ROLE ${loginRole} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION ` +
        `PASSWORD '${settings.loginPassword}'`,
    );
  } finally {
    await client.end();
  }
  return {
    ownerUrl: at(ownerRole, settings.ownerPassword, database),
    url: at(loginRole, settings.loginPassword, database),
  };
}
