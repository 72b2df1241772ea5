/**
 * Everything that relies on how TypeORM and pg work inside, and not on what they document.
 * test/integration/typeorm-internals.test.ts fails when an upgrade of either changes it.
 */
import type { Writable } from "node:stream";
import type { Client, ClientBase, Pool, QueryResult } from "pg";
import type { DataSource, QueryRunner } from "typeorm";
import { soon } from "./clock";

/** TypeORM types the connection of a runner as `any`: for PostgreSQL it is a client of pg's pool. */
export const clientOf = (runner: QueryRunner): Promise<ClientBase> => runner.connect() as Promise<ClientBase>;

/**
 * Lets no connection of the pool end the process when it breaks. TypeORM listens for errors a moment after it got the
 * connection, and PostgreSQL may end it in that moment.
 */
export function surviveErrors(source: DataSource): void {
  const { master } = source.driver as unknown as { readonly master: Pool };
  master.on("connect", (client) => void client.on("error", () => undefined));
}

/**
 * Tells a runner that its transaction has begun. `startTransaction` would send a statement of its own and wait for
 * the answer before the role can be set.
 */
export function markTransactionActive(runner: QueryRunner): void {
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}

/** pg types the clients of a pool without `end`. */
export const endClient = (client: ClientBase): Promise<void> => (client as Client).end();

/** Returns one result per statement of the text. pg's types only describe texts with one statement. */
export async function queryMany(client: ClientBase, text: string): Promise<readonly QueryResult[]> {
  return (await client.query(text)) as unknown as readonly QueryResult[];
}

/**
 * Sends all statements of the same turn of the event loop in one packet. A separate write for each costs as much as
 * executing the statement.
 */
export function sendTogether(client: ClientBase): void {
  const stream = streamOf(client);
  if (stream.writableCorked > 0) return;
  stream.cork();
  soon(() => {
    stream.uncork();
  });
}

export function streamOf(client: ClientBase): Writable {
  return (client as unknown as { readonly connection: { readonly stream: Writable } }).connection.stream;
}
