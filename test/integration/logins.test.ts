/** The walls between the logins of a server, tried from each login as an injected statement would. */
import { Client } from "pg";
import { databaseRoles, loginOf, loginsOf, type DatabaseRole } from "../../src/platform/logins";
import { migrate } from "../../src/platform/migrate";
import { addressOf, publishedCluster } from "../support/cluster";
import { cloneDatabase, type TestDatabase } from "../support/database";
import { asOwnerOf, type Owner } from "../support/rows";

let database: TestDatabase;
let owner: Owner;
const clients = new Map<DatabaseRole, Client>();

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  for (const { role, url } of loginsOf(database)) {
    const client = new Client({ connectionString: url });
    await client.connect();
    clients.set(role, client);
  }
});
afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.end()));
  await owner.end();
  await database.drop();
});

/** "OK", or the code with which PostgreSQL refuses the statement. Nothing that it does is kept. */
async function tried(role: DatabaseRole, sql: string): Promise<string> {
  const client = clients.get(role);
  if (!client) throw new Error(`There is no login for ${role}.`);
  await client.query("BEGIN");
  try {
    await client.query(sql);
    return "OK";
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query("ROLLBACK");
  }
}

interface Column {
  readonly relation: string;
  readonly name: string;
  readonly isTable: boolean;
}

async function columns(): Promise<Column[]> {
  const rows = await owner.rows(
    `SELECT c.relname AS relation, quote_ident(a.attname) AS name, c.relkind IN ('r', 'p') AS "isTable"
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') ORDER BY 1, a.attnum`,
  );
  return rows as unknown as Column[];
}

/** What the catalogue grants to the role itself, as "SELECT relation.column" and "DELETE relation". */
async function grantsTo(role: DatabaseRole): Promise<ReadonlySet<string>> {
  const rows = await owner.rows(
    `SELECT DISTINCT upper(privilege) || ' ' || what AS grant FROM (
       SELECT g.privilege_type AS privilege, table_name || '.' || quote_ident(column_name) AS what
         FROM information_schema.column_privileges g WHERE grantee = $1 AND table_schema = 'public'
       UNION ALL SELECT privilege_type, table_name FROM information_schema.table_privileges
         WHERE grantee = $1 AND table_schema = 'public') AS granted`,
    [`caratlas_${role}`],
  );
  return new Set(rows.map((row) => String(row["grant"])));
}

it.each(databaseRoles)("%s cannot become another role, nor gain rights", async (role) => {
  const others = await owner.rows("SELECT quote_ident(rolname) AS name FROM pg_roles WHERE rolname <> $1", [
    loginOf(database, role).name,
  ]);
  expect(others.length).toBeGreaterThan(15);
  const [version] = await owner.rows("SELECT current_setting('server_version_num')::int AS number");
  // PostgreSQL 15 cannot forbid a login to set its own role, which gives it nothing more.
  const own = Number(version?.["number"]) < 160_000 ? `caratlas_${role}` : null;
  for (const { name } of others) {
    const answer = name === own ? "OK" : "42501";
    expect([name, await tried(role, `SET ROLE ${String(name)}`)]).toEqual([name, answer]);
    const session = await tried(role, `SET SESSION AUTHORIZATION ${String(name)}`);
    expect([name, session]).toEqual([name, "42501"]);
  }
  for (const sql of [
    "CREATE TABLE public.mine (id int)",
    "CREATE ROLE mine",
    "ALTER TABLE lead DISABLE ROW LEVEL SECURITY",
    "SELECT * FROM pg_authid",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY lead TO PROGRAM 'cat'",
    "SET session_replication_role = replica",
  ])
    expect([sql, await tried(role, sql)]).toEqual([sql, expect.stringMatching(/^42(501|P17)$/)]);
});

it.each(databaseRoles)("%s reads and changes what its role is granted, and no other column", async (role) => {
  const granted = await grantsTo(role);
  let refused = 0;
  for (const { relation, name, isTable } of await columns()) {
    const statements = {
      [`SELECT ${relation}.${name}`]: `SELECT ${name} FROM ${relation} LIMIT 0`,
      ...(isTable && {
        [`UPDATE ${relation}.${name}`]: `UPDATE ${relation} SET ${name} = DEFAULT WHERE false`,
        [`INSERT ${relation}.${name}`]: `INSERT INTO ${relation} (${name}) SELECT NULL WHERE false`,
      }),
    };
    for (const [grant, sql] of Object.entries(statements)) {
      const answer = await tried(role, sql);
      // 428C9: a generated column cannot be written by anybody.
      if (!granted.has(grant))
        expect([grant, answer]).toEqual([grant, expect.stringMatching(/^42501$|^428C9$/)]);
      // A view also needs the rights to what it reads.
      else if (isTable) expect([grant, answer]).not.toEqual([grant, "42501"]);
      if (answer === "42501") refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(500);
  for (const table of new Set(
    (await columns()).filter(({ isTable }) => isTable).map(({ relation }) => relation),
  )) {
    const answer = await tried(role, `DELETE FROM ${table} WHERE false`);
    expect([table, answer === "42501"]).toEqual([table, !granted.has(`DELETE ${table}`)]);
  }
});

it("only the gate reads the hashes of passwords and tokens", async () => {
  for (const column of ["member.password_hash", "api_key.token_hash", "session.token_hash"]) {
    const [table = "", name = ""] = column.split(".");
    const readers: string[] = [];
    for (const role of databaseRoles)
      if ((await tried(role, `SELECT ${name} FROM ${table} LIMIT 0`)) === "OK") readers.push(role);
    expect([column, readers]).toEqual([column, ["gate"]]);
    expect(await tried("gate", `UPDATE ${table} SET ${name} = ${name} WHERE false`)).toBe("42501");
    expect(await tried("staff", `UPDATE ${table} SET ${name} = DEFAULT WHERE false`)).toBe("42501");
  }
});

it("the login in DATABASE_URL may enter no role", async () => {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  for (const role of databaseRoles)
    await expect(client.query(`SET ROLE caratlas_${role}`)).rejects.toMatchObject({ code: "42501" });
  await client.end();
});

it("another secret gives other passwords, which migrate sets; a login of before that may enter roles loses that", async () => {
  const { ownerUrl } = publishedCluster();
  const name = new URL(database.url).pathname.slice(1);
  const user = `rotated_${name.slice(-6)}`;
  await owner.rows(
    `CREATE ROLE ${user} LOGIN PASSWORD 'of-a-passing-login'; GRANT caratlas_staff TO ${user}`,
  );
  const url = addressOf(ownerUrl, name, { user, password: "of-a-passing-login" });
  const [first, second] = ["the first secret of all", "the second one after it"];
  const connect = async (loginSecret: string): Promise<void> => {
    const client = new Client({ connectionString: loginOf({ url, loginSecret }, "worker").url });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("SELECT FROM lead");
    await client.end();
  };
  try {
    expect(await migrate({ ownerUrl: database.ownerUrl, url, loginSecret: first })).toBe(0);
    await connect(first);
    await migrate({ ownerUrl: database.ownerUrl, url, loginSecret: second });
    await connect(second);
    await expect(connect(first)).rejects.toMatchObject({ code: "28P01" });
    const [row] = await owner.rows("SELECT pg_has_role($1, 'caratlas_staff', 'MEMBER') AS enters", [user]);
    expect(row).toEqual({ enters: false });
  } finally {
    const names = databaseRoles.map((role) => `${user}_${role}`);
    const all = [user, ...names].join(", ");
    await owner.rows(`REVOKE ALL ON migration FROM ${user}; REVOKE ALL ON DATABASE ${name} FROM ${all}`);
    await owner.rows(`DROP ROLE ${all}`);
  }
});
