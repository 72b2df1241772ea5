import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { addressOf, publishedCluster } from "./cluster";

export interface TestDatabase {
  /** As the server connects: a role that owns nothing. */
  readonly url: string;
  /** A superuser's, for arranging and for looking. */
  readonly ownerUrl: string;
  /** Closes whatever is still connected. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own for one test file, copied from the template. */
export function cloneDatabase(): Promise<TestDatabase> {
  return createDatabase(`TEMPLATE ${publishedCluster().template} STRATEGY FILE_COPY`);
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const { ownerUrl, template, login } = publishedCluster();
  const name = `${template}_${randomBytes(6).toString("hex")}`;
  await asOwner(ownerUrl, `CREATE DATABASE ${name} ${how}`);
  return {
    url: addressOf(ownerUrl, name, login),
    ownerUrl: addressOf(ownerUrl, name),
    drop: () => asOwner(ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asOwner(ownerUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
