/** COPY of rows that the product inserted into a copy of the database from before, with its indexes and triggers. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "../matching/server.mjs";
import { columnsOf } from "../shared/copies.mjs";

/** Writes the rows inserted since `begun` to files, table by table, so that each comes after those it refers to. */
export async function copyOut(client, begun, before) {
  const directory = await mkdtemp(path.join(tmpdir(), "caratlas-copy-"));
  // The server of PostgreSQL, which writes the files, runs as another user.
  await chmod(directory, 0o777);
  const files = [];
  for (const table of await tablesInOrder(client)) {
    const inserted = (await countOf(client, table)) - (before.get(table) ?? 0);
    const changed = await countOf(client, table, begun);
    if (inserted === 0) continue;
    // Rows that the import only changed, such as accounts and counters, are in the copy already.
    if (inserted !== changed) {
      if (inserted > 100) throw new Error(`${table}: ${inserted} rows were inserted, ${changed} written.`);
      continue;
    }
    const columns = (await columnsOf(client, table)).join(", ");
    const file = path.join(directory, table);
    const rows = `SELECT ${columns} FROM ${table} WHERE ${isSince(begun)}`;
    await client.query(`COPY (${rows}) TO '${file}'`);
    files.push({ table, columns, file, rows: inserted });
  }
  return { files, remove: () => rm(directory, { recursive: true, force: true }) };
}

/**
 * Seconds of COPY of all files into a database in one transaction: into the product's tables, or into bare ones that have
 * their indexes but neither triggers nor foreign keys.
 */
export async function copyIn(url, files, { bare }) {
  const client = await connect(url);
  try {
    if (bare) {
      await client.query("CREATE SCHEMA bare; SET search_path = bare");
      for (const { table } of files)
        await client.query(`CREATE TABLE ${table} (LIKE public.${table} INCLUDING ALL)`);
    }
    const begun = performance.now();
    await client.query("BEGIN");
    for (const { table, columns, file } of files)
      await client.query(`COPY ${table} (${columns}) FROM '${file}'`);
    await client.query("COMMIT");
    return (performance.now() - begun) / 1_000;
  } finally {
    await client.end();
  }
}

/** The first transaction that has not begun, by which later rows are known, and how many rows each table has. */
export async function presentState(client) {
  const { rows } = await client.query("SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS begun");
  const counts = new Map();
  for (const table of await tablesInOrder(client)) counts.set(table, await countOf(client, table));
  return { begun: rows[0].begun, counts };
}

const isSince = (begun) => `xmin::text::bigint >= ${begun}`;

async function countOf(client, table, begun = null) {
  const { rows } = await client.query(
    `SELECT count(*)::integer AS rows FROM ${table}${begun === null ? "" : ` WHERE ${isSince(begun)}`}`,
  );
  return rows[0].rows;
}

/** Tables, and partitions in place of partitioned tables, each after those that its foreign keys refer to. */
async function tablesInOrder(client) {
  const { rows } = await client.query(
    `SELECT c.oid::regclass::text AS name,
       ARRAY(SELECT k.confrelid::regclass::text FROM pg_constraint k
         WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS refers
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname`,
  );
  const refersTo = new Map(rows.map(({ name, refers }) => [name, refers]));
  const inOrder = new Set();
  const visit = (name, path) => {
    if (inOrder.has(name) || path.includes(name)) return;
    for (const other of refersTo.get(name) ?? []) visit(other, [...path, name]);
    inOrder.add(name);
  };
  for (const { name } of rows) visit(name, []);
  return [...inOrder];
}
