/**
 * The catalogue of a database: everything that a migration can create, as facts grouped by the object they
 * describe. Two databases with equal catalogues have the same schema. What extensions create is left out.
 */
import pg from "pg";

const ofSchema = (schema) => `${schema} NOT LIKE 'pg\\_%' AND ${schema} <> 'information_schema'`;
/** The roles of the application. Roles of the cluster, such as the owner, have names that the operator chooses. */
const isOurs = (role) => `${role} LIKE 'caratlas\\_%'`;
const notOfExtension = (catalog, oid) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

const kind = `CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'f' THEN 'table' WHEN 'S' THEN 'sequence' ELSE 'view' END`;
const relation = `concat(${kind}, ' ', quote_ident(n.nspname), '.', quote_ident(c.relname))`;
const routine = `CASE WHEN p.prokind = 'p' THEN 'procedure ' ELSE 'function ' END || p.oid::regprocedure::text`;
const notOwnedByDatabaseOwner = (owner) =>
  `${owner} <> (SELECT datdba FROM pg_database WHERE datname = current_database())`;
const relations = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND ${ofSchema("n.nspname")}
  AND ${notOfExtension("pg_class", "c.oid")}`;

/** What differs from the privileges that the owner and everybody have without any GRANT or REVOKE. */
function privileges({ object, from, acl, type, owner, column = "NULL::text" }) {
  const byDefault = `acldefault('${type}', ${owner})`;
  const changed = (word, preposition, present, absent) => `
    SELECT ${object}, concat_ws(' ', '${word}', string_agg(privilege_type, ', ' ORDER BY privilege_type), ${column}, '${preposition}',
        CASE grantee WHEN 0 THEN 'PUBLIC' WHEN ${owner} THEN 'its owner' ELSE pg_get_userbyid(grantee)::text END,
        CASE WHEN is_grantable THEN 'with grant option' END)
      FROM ${from},
        LATERAL (SELECT grantee, privilege_type, is_grantable FROM aclexplode(${present})
          EXCEPT SELECT grantee, privilege_type, is_grantable FROM aclexplode(${absent})) g
     WHERE ${acl} IS NOT NULL GROUP BY 1, grantee, is_grantable, ${owner}, ${column}`;
  return [changed("grant", "to", acl, byDefault), changed("revoke", "from", byDefault, acl)];
}

/** Each query gives pairs of an object and a fact. Facts keep the order of the queries, then their own. */
const queries = [
  `SELECT 'extensions', concat_ws(' ', extname, extversion) FROM pg_extension`,

  `SELECT 'roles', concat_ws(' ', rolname, CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN NOT rolinherit THEN 'noinherit' END,
       CASE WHEN rolcanlogin THEN 'login' END, CASE WHEN rolcreaterole THEN 'createrole' END,
       CASE WHEN rolcreatedb THEN 'createdb' END, CASE WHEN rolbypassrls THEN 'bypassrls' END, array_to_string(rolconfig, ','))
     FROM pg_roles WHERE ${isOurs("rolname")}`,

  `SELECT 'roles', concat_ws(' ', 'member', pg_get_userbyid(member), 'of', pg_get_userbyid(roleid),
       to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor')
     FROM pg_auth_members m WHERE ${isOurs("pg_get_userbyid(member)")}`,

  `SELECT concat('schema ', nspname), concat('owner ', pg_get_userbyid(nspowner))
     FROM pg_namespace WHERE ${ofSchema("nspname")}`,
  ...privileges({
    object: "concat('schema ', nspname)",
    from: `(SELECT nspname, nspacl, nspowner FROM pg_namespace WHERE ${ofSchema("nspname")}) n`,
    acl: "nspacl",
    type: "n",
    owner: "nspowner",
  }),

  `SELECT 'default privileges', concat_ws(' ', pg_get_userbyid(defaclrole), defaclnamespace::regnamespace, defaclobjtype,
       defaclacl) FROM pg_default_acl`,

  `SELECT concat('type ', t.oid::regtype), concat_ws(' ', CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'range' END,
       'of ' || nullif(t.typbasetype, 0)::regtype::text, t.typacl,
       (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
       (SELECT string_agg(pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid))
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE ${ofSchema("n.nspname")} AND t.typtype IN ('e', 'd', 'r') AND ${notOfExtension("pg_type", "t.oid")}`,

  `SELECT ${relation}, concat_ws(', ',
       CASE c.relkind WHEN 'm' THEN 'materialized' WHEN 'f' THEN 'foreign' END,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
       'owner ' || CASE WHEN ${notOwnedByDatabaseOwner("c.relowner")} THEN pg_get_userbyid(c.relowner) END,
       'partition by ' || pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
       'with ' || array_to_string(c.reloptions, ','),
       CASE WHEN c.relkind IN ('r', 'p') THEN concat(CASE WHEN c.relrowsecurity THEN '' ELSE 'no ' END, 'row-level security') END,
       CASE WHEN c.relforcerowsecurity THEN 'forced' END,
       'as' || CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
       CASE WHEN c.relkind = 'S' THEN (SELECT concat_ws(' ', data_type, 'start', start_value, 'from', min_value, 'to', max_value,
           'by', increment_by, 'cache', cache_size, CASE WHEN cycle THEN 'cycle' END)
         FROM pg_sequences s WHERE s.schemaname = n.nspname AND s.sequencename = c.relname) END)
     FROM ${relations} WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')`,
  ...privileges({
    object: relation,
    from: `${relations} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    acl: "c.relacl",
    type: "r",
    owner: "c.relowner",
  }),
  ...privileges({
    object: relation,
    from: `${relations} AND c.relkind = 'S'`,
    acl: "c.relacl",
    type: "s",
    owner: "c.relowner",
  }),

  `SELECT ${relation}, concat_ws(' ', 'column', lpad(row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum)::text, 2, '0'),
       quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
       'collate ' || CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
       CASE WHEN a.attnotnull THEN 'not null' END,
       CASE a.attgenerated WHEN '' THEN 'default ' WHEN 's' THEN 'generated stored ' ELSE 'generated virtual ' END
         || pg_get_expr(d.adbin, d.adrelid),
       CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END)
     FROM ${relations} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')`,

  ...privileges({
    object: relation,
    from: `${relations} JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped`,
    acl: "a.attacl",
    type: "c",
    owner: "c.relowner",
    column: "'(' || quote_ident(a.attname) || ')'",
  }),

  // A valid NOT NULL is said by its column.
  `SELECT ${relation}, concat_ws(' ', 'constraint', quote_ident(k.conname), pg_get_constraintdef(k.oid))
     FROM ${relations} JOIN pg_constraint k ON k.conrelid = c.oid WHERE k.contype <> 'n' OR NOT k.convalidated`,

  `SELECT ${relation}, concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
     FROM ${relations} JOIN pg_index i ON i.indrelid = c.oid`,

  `SELECT ${relation}, pg_get_statisticsobjdef(s.oid)
     FROM ${relations} JOIN pg_statistic_ext s ON s.stxrelid = c.oid`,

  `SELECT ${relation}, concat_ws(' ', 'policy', quote_ident(p.policyname), lower(p.permissive), 'for', lower(p.cmd),
       'to', array_to_string(p.roles, ', '), 'using ' || p.qual, 'with check ' || p.with_check)
     FROM ${relations} JOIN pg_policies p ON p.schemaname = n.nspname AND p.tablename = c.relname`,

  `SELECT ${relation}, concat_ws(' ', pg_get_triggerdef(t.oid), CASE t.tgenabled WHEN 'O' THEN NULL ELSE 'enabled ' || t.tgenabled::text END)
     FROM ${relations} JOIN pg_trigger t ON t.tgrelid = c.oid WHERE NOT t.tgisinternal`,

  `SELECT ${routine}, concat_ws(' ', 'owner ' || CASE WHEN ${notOwnedByDatabaseOwner("p.proowner")} THEN pg_get_userbyid(p.proowner) END,
       CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) ELSE 'aggregate' END)
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${ofSchema("n.nspname")} AND ${notOfExtension("pg_proc", "p.oid")}`,
  ...privileges({
    object: routine,
    from: `pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND ${ofSchema("n.nspname")} AND ${notOfExtension("pg_proc", "p.oid")}`,
    acl: "p.proacl",
    type: "f",
    owner: "p.proowner",
  }),
];

const tables = `SELECT ${relation} AS object, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
  FROM ${relations} WHERE c.relkind IN ('r', 'p')`;

/** The facts by object. Connect as a superuser: row-level security hides rows that must be counted. */
export async function readCatalogue(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const catalogue = new Map();
    for (const text of queries) {
      const { rows } = await client.query({ text, rowMode: "array" });
      for (const [object, fact] of rows.sort(inOrder)) add(catalogue, object, fact);
    }
    // The list of migrations grows by one row with each of them.
    for (const { object, name } of (await client.query(tables)).rows.filter(
      (row) => row.name !== "public.migration",
    )) {
      const { rows } = await client.query(`SELECT count(*) FROM ${name}`);
      if (rows[0].count !== "0") add(catalogue, object, `rows after the migrations: ${rows[0].count}`);
    }
    return catalogue;
  } finally {
    await client.end();
  }
}

const inOrder = ([, one], [, other]) => (one < other ? -1 : Number(one > other));

function add(catalogue, object, fact) {
  catalogue.set(object, [...(catalogue.get(object) ?? []), fact]);
}
