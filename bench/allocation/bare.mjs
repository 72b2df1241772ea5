/**
 * The least that an allocation can be: the transaction T2 on tables with one key each and nothing else,
 * through plain pg and through pgbench.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "../matching/server.mjs";
import { randomOf } from "../matching/random.mjs";
import { supplierCount } from "./world.mjs";

const connections = 8;
export const perBatch = 16;
const pgbench = "/usr/bin/pgbench";

const schema = `
CREATE TABLE t2_lead (id bigserial PRIMARY KEY, at timestamptz NOT NULL, body text NOT NULL);
CREATE TABLE t2_delivery (id bigserial PRIMARY KEY, lead_id bigint NOT NULL, supplier_id int NOT NULL, seat int NOT NULL, price bigint NOT NULL, at timestamptz NOT NULL);
CREATE TABLE t2_ledger (id bigserial PRIMARY KEY, lead_id bigint NOT NULL, account int NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL);
CREATE TABLE t2_cap (supplier_id int PRIMARY KEY, used bigint NOT NULL, most bigint NOT NULL);
CREATE TABLE t2_balance (supplier_id int PRIMARY KEY, cents bigint NOT NULL);
INSERT INTO t2_cap SELECT n, 0, 1000000000 FROM generate_series(0, ${supplierCount - 1}) AS n;
INSERT INTO t2_balance SELECT n, 1000000000000 FROM generate_series(0, ${supplierCount - 1}) AS n;
-- Suppliers in order, or two of these would wait for each other.
CREATE FUNCTION t2(suppliers int[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE lead bigint; s int; seat int := 0;
BEGIN
  INSERT INTO t2_lead (at, body) VALUES (now(), repeat('x', 300)) RETURNING id INTO lead;
  FOR s IN SELECT unnest(suppliers) ORDER BY 1 LOOP
    seat := seat + 1;
    UPDATE t2_balance SET cents = cents - 3000 WHERE supplier_id = s AND cents >= 3000;
    IF NOT FOUND THEN RAISE EXCEPTION 'no money'; END IF;
    UPDATE t2_cap SET used = used + 1 WHERE supplier_id = s AND used < most;
    IF NOT FOUND THEN RAISE EXCEPTION 'no room'; END IF;
    INSERT INTO t2_delivery (lead_id, supplier_id, seat, price, at) VALUES (lead, s, seat, 3000, now());
    INSERT INTO t2_ledger (lead_id, account, amount, at) VALUES (lead, s, -3000, now()), (lead, -1, 3000, now());
  END LOOP;
END $$;
CREATE FUNCTION t2_batch(suppliers int[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM t2_balance WHERE supplier_id = ANY (suppliers) ORDER BY supplier_id FOR UPDATE;
  FOR i IN 0 .. cardinality(suppliers) / 3 - 1 LOOP PERFORM t2(suppliers[3 * i + 1 : 3 * i + 3]); END LOOP;
END $$`;

export async function startBare(url) {
  const clients = await Promise.all(Array.from({ length: connections }, () => connect(url)));
  await clients[0].query(schema);
  const random = randomOf(5, 1);
  const three = () => random.some(3, suppliers);
  const suppliers = Array.from({ length: supplierCount }, (_, number) => number);
  const hasPgbench = await access(pgbench).then(
    () => true,
    () => false,
  );
  const measure = (ask) => async (seconds) => rateOf(clients, seconds, ask);
  return {
    one: measure((client) => client.query({ name: "t2", text: "SELECT t2($1)", values: [three()] })),
    batched: measure((client) =>
      client.query({
        name: "t2_batch",
        text: "SELECT t2_batch($1)",
        values: [Array.from({ length: perBatch }, three).flat()],
      }),
    ),
    pgbench: hasPgbench ? (seconds) => byPgbench(url, seconds) : null,
    stop: () => Promise.all(clients.map((client) => client.end())),
  };
}

/** Leads per second, counted by the database. */
async function rateOf(clients, seconds, ask) {
  const before = await countIn(clients[0]);
  const begun = performance.now();
  const work = async (client) => {
    while (performance.now() - begun < seconds * 1_000) await ask(client);
  };
  await Promise.all(clients.map(work));
  const took = performance.now() - begun;
  return ((await countIn(clients[0])) - before) / (took / 1_000);
}

const countIn = async (client) => Number((await client.query("SELECT count(*) FROM t2_lead")).rows[0].count);

async function byPgbench(url, seconds) {
  const folder = await mkdtemp(path.join(tmpdir(), "caratlas-pgbench-"));
  const script = path.join(folder, "t2.sql");
  // Three different suppliers for any random number.
  await writeFile(
    script,
    `\\set a random(0, ${supplierCount - 1})\nSELECT t2(ARRAY[:a, (:a + 167) % ${supplierCount}, (:a + 334) % ${supplierCount}]);\n`,
  );
  const args = [
    "-n",
    "-c",
    connections,
    "-j",
    2,
    "-T",
    Math.max(1, seconds),
    "-M",
    "prepared",
    "-f",
    script,
    url,
  ];
  const child = spawn(pgbench, args.map(String), { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  await once(child, "close");
  await rm(folder, { recursive: true });
  const rate = Number(/tps = ([\d.]+)/.exec(text)?.[1]);
  if (!Number.isFinite(rate)) throw new Error(`pgbench did not report the number of transactions: ${text}`);
  return rate;
}
