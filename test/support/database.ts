import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { addressOf, publishedCluster } from "./cluster";

export interface TestDatabase {
  /** The address that the server uses, with a role that owns nothing. */
  readonly url: string;
  /** The address of a superuser, for setting up data and for checking it. */
  readonly ownerUrl: string;
  /** Also closes all connections. */
  drop(): Promise<void>;
}

/** Creates a migrated, empty database for one test file by copying the template. */
export function cloneDatabase(): Promise<TestDatabase> {
  return createDatabase(`TEMPLATE ${publishedCluster().template} STRATEGY FILE_COPY`);
}

/** A database without any table, for tests of the migrations. */
export function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase("TEMPLATE template0");
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
