/**
 * A statement that each connection parses once and knows by its name from then on. For what is asked for
 * every lead: parsing and planning would cost more than the answer. Statements that are asked at once, with
 * `Promise.all`, travel together.
 *
 * Each must find its rows by an index whatever the size of its tables, because its plan is kept while they
 * grow: look rows up one by one (`CROSS JOIN LATERAL`), and see `byIndexOnly`. Where several tables are joined in
 * one step, or one that is updated to what it is given, PostgreSQL may turn the join around and go through all of
 * a table: keep the steps apart (`OFFSET 0`), and compare with `= ANY (ARRAY[…])`, which no order of a table serves.
 */
import type { Writable } from "node:stream";
import type { ClientBase } from "pg";
import type { EntityManager } from "typeorm";
import { soon } from "./clock";

export interface Statement<Row> {
  (tx: EntityManager, values?: readonly unknown[]): Promise<Row[]>;
}

const names = new Set<string>();

export function statement<Row = never>(name: string, text: string): Statement<Row> {
  if (names.has(name)) throw new Error(`There are two statements by the name ${name}.`);
  names.add(name);
  return async (tx, values = []) => {
    const client = await connectionOf(tx);
    holdBack(client);
    const { rows } = await client.query<Row & object>({ name, text, values: [...values] });
    return rows;
  };
}

/**
 * For the rest of the transaction, plans are made once and look rows up. A plan made for empty tables would
 * read them whole, and be kept when they are full.
 */
export async function byIndexOnly(tx: EntityManager): Promise<void> {
  await (
    await connectionOf(tx)
  ).query(
    `SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
     SET LOCAL plan_cache_mode = force_generic_plan`,
  );
}

/** What is asked in one turn of the program goes out in one piece: each write on its own costs as much as its statement. */
function holdBack(client: ClientBase): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  soon(() => {
    stream.uncork();
  });
}

/** Given at once: a transaction has its connection from its beginning. */
async function connectionOf({ queryRunner: runner }: EntityManager): Promise<ClientBase> {
  if (!runner || runner.isReleased) throw new Error("Nothing is asked outside of a transaction.");
  return runner.connect() as Promise<ClientBase>;
}
