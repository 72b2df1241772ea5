/**
 * The logins that a server works with, one for each role. None can become another. Their names and passwords follow
 * from DATABASE_URL and a secret, so one setting is enough for all of them.
 */
import { CannotStart } from "./cannot-start";
import { deriveKey, keyedDigest } from "./secrets";

export const databaseRoles = ["gate", "supplier", "sandbox", "person", "intake", "staff", "worker"] as const;

export type DatabaseRole = (typeof databaseRoles)[number];

export interface Server {
  /** The address of the database. Its login only reads which migrations ran, and listens to hints. */
  readonly url: string;
  /** What the passwords are derived from. Default: the password in the address. */
  readonly loginSecret?: string | null;
}

export interface Login {
  readonly role: DatabaseRole;
  readonly name: string;
  readonly password: string;
  readonly url: string;
}

export const userIn = (url: string): string => decodeURIComponent(new URL(url).username);

export const loginsOf = (server: Server): Login[] => databaseRoles.map((role) => loginOf(server, role));

export function loginOf({ url, loginSecret }: Server, role: DatabaseRole): Login {
  const name = `${userIn(url)}_${role}`;
  const password = passwordOf(loginSecret ?? decodeURIComponent(new URL(url).password), name);
  const address = new URL(url);
  address.username = encodeURIComponent(name);
  address.password = password;
  return { role, name, password, url: address.href };
}

function passwordOf(secret: string, name: string): string {
  if (secret === "") {
    throw new CannotStart(
      "DATABASE_LOGIN_SECRET is missing: DATABASE_URL has no password from which the passwords of the logins could be derived.",
    );
  }
  return keyedDigest(deriveKey(Buffer.from(secret), "database logins"), name).toString("hex");
}
