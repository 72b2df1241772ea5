/**
 * Copies a row that the product itself wrote, except for the named columns. A benchmark therefore depends on few
 * columns, and its rows are as the product would have written them.
 */

/**
 * An INSERT of one copy of `table`'s row where `is` for each row of `from`. `changed` names columns and the
 * SQL of their values, in which `from`'s aliases and `t`, the copied row, are known.
 */
export async function copyStatement(client, table, { is, from, changed, into = table }) {
  const columns = await columnsOf(client, table);
  const values = columns.map((column) => changed[column] ?? `t.${column}`);
  const unknown = Object.keys(changed).filter((column) => !columns.includes(column));
  if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(", ")}.`);
  return `INSERT INTO ${into} (${columns.join(", ")}) SELECT ${values.join(", ")}
    FROM (SELECT * FROM ${table} WHERE ${is} LIMIT 1) AS t, ${from}`;
}

export async function copyRows(client, table, options) {
  const { rowCount } = await client.query(await copyStatement(client, table, options));
  if (rowCount === 0) throw new Error(`No row of ${table} was copied: is there a row where ${options.is}?`);
  return rowCount;
}

export async function columnsOf(client, table) {
  const { rows } = await client.query(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0
     AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}
