/**
 * `npm run bench:partitions [-- --json] [--rows N]`: what partitions by month would cost the two kinds of question
 * that are asked most, beside one table with the same rows and indexes: a feed read on from a position, whose
 * condition does not hold the month, and a delivery by its id, whose month the id carries. As the server asks:
 * planned each time, in a transaction under a role with a row policy.
 */
import { parseArgs } from "node:util";
import { conditions } from "./matching/report.mjs";
import { connect, startServer } from "./matching/server.mjs";
import { median, rounded } from "./matching/statistics.mjs";

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, rows: { type: "string", default: "1200000" } },
});
const rows = Number(options.rows);
const months = 24;
const suppliers = 200;
const perSupplier = rows / suppliers;
const rounds = 9;
const perRound = 60;
const layouts = [1, 8, 24];

const columns = `supplier_id uuid NOT NULL, position bigint NOT NULL, month integer NOT NULL, at timestamptz NOT NULL,
  kind text NOT NULL, delivery_id uuid NOT NULL, campaign_id uuid, detail jsonb NOT NULL`;

/** 24 months of events, oldest first; a layout of 8 partitions holds the last 8 months of the same. */
async function fill(client, count) {
  const name = `feed_${count}`;
  const kept = count === 8 ? 8 : months;
  await client.query(`CREATE TABLE ${name} (${columns}) ${count === 1 ? "" : "PARTITION BY RANGE (month)"}`);
  if (count > 1) {
    for (let month = months - kept; month < months; month++)
      await client.query(
        `CREATE TABLE ${name}_${month} PARTITION OF ${name} FOR VALUES FROM (${month}) TO (${month + 1})`,
      );
    await client.query(`CREATE TABLE ${name}_rest PARTITION OF ${name} DEFAULT`);
  }
  await client.query(
    `INSERT INTO ${name} SELECT md5('s' || s)::uuid, p, (p - 1) * ${months} / ${perSupplier}, now(), 'LEAD_MATCHED', md5(s || '-' || p)::uuid,
       md5('c' || s)::uuid, '{}' FROM generate_series(1, ${perSupplier}) p, generate_series(1, ${suppliers}) s
     WHERE (p - 1) * ${months} / ${perSupplier} >= ${months - kept}`,
  );
  await client.query(`ALTER TABLE ${name} ADD PRIMARY KEY (supplier_id, position, month)`);
  await client.query(`CREATE UNIQUE INDEX ON ${name} (month, delivery_id)`);
  await client.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
  await client.query(`GRANT SELECT, INSERT ON ${name} TO bench_role`);
  await client.query(
    `CREATE POLICY own ON ${name} TO bench_role USING (supplier_id = (SELECT current_setting('bench.supplier')::uuid)) WITH CHECK (true)`,
  );
  await client.query(`VACUUM ANALYZE ${name}`);
  return name;
}

let turn = 0;
const idOf = async (client, text) => (await client.query("SELECT md5($1)::uuid AS id", [text])).rows[0].id;

/** What is asked of each layout: the statement and its parameters, from a number that goes on. */
const questions = {
  "feed, the newest events": (name, n, { supplier }) => [
    `SELECT * FROM ${name} WHERE supplier_id = $1 AND position > $2 ORDER BY position LIMIT 100`,
    [supplier, perSupplier - 3 - (n % 3)],
  ],
  "feed, nothing new": (name, _, { supplier }) => [
    `SELECT * FROM ${name} WHERE supplier_id = $1 AND position > $2 ORDER BY position LIMIT 100`,
    [supplier, perSupplier],
  ],
  "feed, 100 from three months ago": (name, n, { supplier }) => [
    `SELECT * FROM ${name} WHERE supplier_id = $1 AND position > $2 ORDER BY position LIMIT 100`,
    [supplier, Math.floor(perSupplier * (1 - 3 / months)) - n],
  ],
  "by id, the month from the id": (name, _, { delivery }) => [
    `SELECT * FROM ${name} WHERE month = $1 AND delivery_id = $2`,
    [months - 1, delivery],
  ],
  "by id, without the month": (name, _, { delivery }) => [
    `SELECT * FROM ${name} WHERE delivery_id = $1`,
    [delivery],
  ],
  "insert 3 events": (name, n, { supplier }) => [
    `INSERT INTO ${name} SELECT $1, position, ${months - 1}, now(), 'LEAD_MATCHED', gen_random_uuid(), NULL, '{}' FROM unnest($2::bigint[]) AS position`,
    [supplier, [1, 2, 3].map((i) => 10_000_000 + 3 * n + i)],
  ],
};

async function timeOf(client, statement, parameters) {
  const begun = performance.now();
  await client.query(statement, parameters);
  return performance.now() - begun;
}

async function planningOf(client, statement, parameters) {
  const { rows: plan } = await client.query(
    `EXPLAIN (ANALYZE, SUMMARY, FORMAT JSON) ${statement}`,
    parameters,
  );
  return plan[0]["QUERY PLAN"][0]["Planning Time"];
}

const server = await startServer();
try {
  const client = await connect(server.ownerUrl);
  await client.query("CREATE ROLE bench_role NOLOGIN");
  const names = [];
  for (const count of layouts) names.push(await fill(client, count));
  // Without this, a question without the month would scan: it has an index of its own in the product.
  for (const name of names) await client.query(`CREATE INDEX ON ${name} (delivery_id)`);
  const results = {};
  const plans = {};
  for (let round = 0; round < rounds; round++) {
    for (const [question, make] of Object.entries(questions)) {
      // Alternating, so that what else the machine does meets all of them alike.
      const times = Object.fromEntries(names.map((name) => [name, []]));
      for (let repeat = 0; repeat < perRound; repeat++) {
        turn += 1;
        const s = 1 + (turn % suppliers);
        const known = {
          supplier: await idOf(client, `s${s}`),
          delivery: await idOf(client, `${s}-${perSupplier - 5}`),
        };
        for (const name of names) {
          await client.query(
            `BEGIN; SET LOCAL ROLE bench_role; SET LOCAL bench.supplier = '${known.supplier}'`,
          );
          const [statement, parameters] = make(name, turn, known);
          times[name].push(await timeOf(client, statement, parameters));
          if (repeat === 0 && !question.startsWith("insert"))
            ((plans[question] ??= {})[name] ??= []).push(await planningOf(client, statement, parameters));
          await client.query("ROLLBACK");
        }
      }
      for (const name of names) ((results[question] ??= {})[name] ??= []).push(median(times[name]));
    }
  }
  const table = Object.fromEntries(
    Object.keys(questions).map((question) => [
      question,
      Object.fromEntries(
        names.flatMap((name) => {
          const planning = plans[question]?.[name];
          return [
            [`${name} µs`, Math.round(1_000 * median(results[question][name]))],
            ...(planning ? [[`${name} planning µs`, Math.round(1_000 * median(planning))]] : []),
          ];
        }),
      ),
    ]),
  );
  const ratios = Object.fromEntries(
    Object.keys(questions).map((question) => [
      question,
      rounded(median(results[question].feed_24) / median(results[question].feed_1)),
    ]),
  );
  const about = { ...conditions(server.version), rows };
  if (options.json) console.log(JSON.stringify({ ...about, engine: table, ratios }));
  else {
    console.log(about);
    console.table(table);
    console.table(ratios);
  }
  await client.end();
} finally {
  await server.stop();
}
