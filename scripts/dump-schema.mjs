/**
 * Everything a migration can make, as sorted lines of text that two databases can be compared by:
 * tables, columns, defaults, constraints, indexes, policies, privileges, triggers, functions, types,
 * roles, and how many rows each table was born with. What extensions bring is theirs and left out.
 */
import pg from "pg";

const acl = (column) =>
  `coalesce((SELECT string_agg(item::text, ' ' ORDER BY item::text) FROM unnest(${column}) item), 'default')`;
const ours = (schema) => `${schema} NOT LIKE 'pg\\_%' AND ${schema} <> 'information_schema'`;
const notOfExtension = (catalog, oid) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
const name = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

const queries = [
  `SELECT format('schema %I owner %I privileges %s', n.nspname, pg_get_userbyid(n.nspowner), ${acl("n.nspacl")})
     FROM pg_namespace n WHERE ${ours("n.nspname")}`,

  `SELECT concat_ws(' ',
       CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'view' END, ${name},
       'kind', c.relkind, 'persistence', c.relpersistence, 'owner', pg_get_userbyid(c.relowner),
       'rls', c.relrowsecurity, 'forced', c.relforcerowsecurity, 'privileges', ${acl("c.relacl")},
       'partition', pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
       'options', array_to_string(c.reloptions, ','), 'as', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours("n.nspname")} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${notOfExtension("pg_class", "c.oid")}`,

  `SELECT concat_ws(' ', 'column', ${name}, 'number', row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
       quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
       'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity, 'generated', a.attgenerated,
       'collation', nullif(a.attcollation, 0)::regcollation, 'privileges', ${acl("a.attacl")})
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE ${ours("n.nspname")} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
      AND ${notOfExtension("pg_class", "c.oid")}`,

  `SELECT concat_ws(' ', 'constraint', ${name}, quote_ident(k.conname), pg_get_constraintdef(k.oid), 'valid', k.convalidated)
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours("n.nspname")}`,

  `SELECT concat_ws(' ', 'index', ${name}, pg_get_indexdef(i.indexrelid), 'valid', i.indisvalid)
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours("n.nspname")}`,

  `SELECT concat_ws(' ', 'policy', quote_ident(schemaname) || '.' || quote_ident(tablename), quote_ident(policyname),
       permissive, 'for', cmd, 'to', array_to_string(roles, ','), 'using', qual, 'check', with_check)
     FROM pg_policies WHERE ${ours("schemaname")}`,

  `SELECT concat_ws(' ', 'trigger', ${name}, pg_get_triggerdef(t.oid), 'enabled', t.tgenabled)
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${ours("n.nspname")} AND NOT t.tgisinternal`,

  `SELECT concat_ws(' ', 'function', p.oid::regprocedure, 'owner', pg_get_userbyid(p.proowner), 'privileges', ${acl("p.proacl")},
       CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END)
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${ours("n.nspname")} AND ${notOfExtension("pg_proc", "p.oid")}`,

  `SELECT concat_ws(' ', 'type', t.oid::regtype, t.typtype, 'of', nullif(t.typbasetype, 0)::regtype, 'privileges', ${acl("t.typacl")},
       (SELECT string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
       (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid))
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE ${ours("n.nspname")} AND t.typtype IN ('e', 'd', 'r') AND ${notOfExtension("pg_type", "t.oid")}`,

  `SELECT concat_ws(' ', 'counter', quote_ident(schemaname) || '.' || quote_ident(sequencename), data_type, start_value,
       min_value, max_value, increment_by, cycle, cache_size) FROM pg_sequences WHERE ${ours("schemaname")}`,

  `SELECT concat_ws(' ', 'extension', extname, extversion) FROM pg_extension`,

  `SELECT concat_ws(' ', 'default privileges', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace, defaclobjtype,
       ${acl("defaclacl")}) FROM pg_default_acl`,

  `SELECT concat_ws(' ', 'role', rolname, 'super', rolsuper, 'inherit', rolinherit, 'login', rolcanlogin, 'creates roles',
       rolcreaterole, 'creates databases', rolcreatedb, 'bypasses rls', rolbypassrls, 'settings', array_to_string(rolconfig, ','))
     FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%'`,

  `SELECT concat_ws(' ', 'membership', pg_get_userbyid(member), 'in', pg_get_userbyid(roleid), to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor')
     FROM pg_auth_members m WHERE pg_get_userbyid(roleid) NOT LIKE 'pg\\_%'`,
];

const tables = `SELECT ${name} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${ours("n.nspname")} AND c.relkind IN ('r', 'p')`;

/** Asked as a superuser, or rows that policies hide are not counted. */
export async function dumpSchema(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const lines = [];
    for (const text of queries) {
      const { rows } = await client.query({ text, rowMode: "array" });
      lines.push(...rows.map(([line]) => line));
    }
    for (const { name: table } of (await client.query(tables)).rows) {
      const { rows } = await client.query(`SELECT count(*) FROM ${table}`);
      lines.push(`rows ${table} ${rows[0].count}`);
    }
    return lines.sort();
  } finally {
    await client.end();
  }
}
