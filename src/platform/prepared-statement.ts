/**
 * A statement that each connection parses once and runs by its name from then on, for what is asked for every lead:
 * parsing and planning would take longer than the answer. Statements that are asked at once, with `Promise.all`,
 * travel together.
 *
 * PostgreSQL keeps the plan while tables grow, so each statement must find its rows by an index whatever the size of
 * its tables: look rows up one by one (`CROSS JOIN LATERAL`), and see `byIndexOnly`. PostgreSQL may turn a join of
 * several tables around and read all of one. To prevent that, keep the steps apart (`OFFSET 0`), and compare with
 * `= ANY (ARRAY[…])`, for which no order of a table helps.
 */
import type { ClientBase } from "pg";
import type { EntityManager } from "typeorm";
import { clientOf, sendTogether } from "./typeorm-internals.adapter";

export interface PreparedStatement<Row> {
  (tx: EntityManager, values?: readonly unknown[]): Promise<Row[]>;
}

const names = new Set<string>();

export function preparedStatement<Row = never>(name: string, text: string): PreparedStatement<Row> {
  if (names.has(name)) throw new Error(`There are two statements by the name ${name}.`);
  names.add(name);
  return async (tx, values = []) => {
    const client = await connectionOf(tx);
    sendTogether(client);
    const { rows } = await client.query<Row & object>({ name, text, values: [...values] });
    return rows;
  };
}

/**
 * For the rest of the transaction, plans use indexes and are made once. Otherwise a plan made for empty tables would
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

/** Resolves at once: a transaction has its connection from the beginning. */
async function connectionOf({ queryRunner: runner }: EntityManager): Promise<ClientBase> {
  if (!runner || runner.isReleased) throw new Error("A prepared statement runs only inside a transaction.");
  return clientOf(runner);
}
