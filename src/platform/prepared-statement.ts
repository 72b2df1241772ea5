/**
 * Named prepared statements for queries that run for every lead, where parsing and planning would take longer than
 * the execution. Each connection parses a statement once. Statements issued together with `Promise.all` are sent
 * in one packet.
 *
 * PostgreSQL keeps the plan while tables grow, so each statement must use indexes whatever the size of its tables:
 * look rows up one by one (`CROSS JOIN LATERAL`), and see `byIndexOnly`. The planner may reorder a join of several
 * tables and read one of them completely. To prevent that, separate the steps with `OFFSET 0` and compare with
 * `= ANY (ARRAY[…])`, which gains nothing from the order of a table.
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
 * For the rest of the transaction, forces generic plans that use indexes. Otherwise a plan made for empty tables
 * would use sequential scans and be kept when the tables are full.
 */
export async function byIndexOnly(tx: EntityManager): Promise<void> {
  await (
    await connectionOf(tx)
  ).query(
    `SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
     SET LOCAL plan_cache_mode = force_generic_plan`,
  );
}

/** Resolves at once, because a transaction has its connection from the beginning. */
async function connectionOf({ queryRunner: runner }: EntityManager): Promise<ClientBase> {
  if (!runner || runner.isReleased) throw new Error("A prepared statement runs only inside a transaction.");
  return clientOf(runner);
}
