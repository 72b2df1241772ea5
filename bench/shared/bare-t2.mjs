/**
 * Bare T2: the least database work for one lead to three suppliers, as one call of one function. It writes a lead,
 * three deliveries and six ledger rows, and takes from three caps and three balances. It has no rules, no consent, no
 * secrets and no events.
 */
const price = 3_000;

const tables = `
CREATE TABLE t2_lead (id bigserial PRIMARY KEY, need jsonb NOT NULL, contact bytea NOT NULL, at timestamptz NOT NULL);
CREATE TABLE t2_supplier (id integer PRIMARY KEY, balance bigint NOT NULL);
CREATE TABLE t2_cap (supplier integer PRIMARY KEY, used bigint NOT NULL, at_most bigint NOT NULL);
CREATE TABLE t2_delivery (id bigserial PRIMARY KEY, lead bigint NOT NULL, supplier integer NOT NULL,
  price bigint NOT NULL, at timestamptz NOT NULL, UNIQUE (lead, supplier));
CREATE TABLE t2_ledger (id bigserial PRIMARY KEY, supplier integer NOT NULL, delivery bigint NOT NULL,
  account text NOT NULL, amount bigint NOT NULL);
CREATE FUNCTION t2(wanted integer[], need jsonb, contact bytea, price bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE new_lead bigint; new_delivery bigint; one integer;
BEGIN
  INSERT INTO t2_lead (need, contact, at) VALUES (need, contact, now()) RETURNING id INTO new_lead;
  -- In one order, so that two leads never wait for each other.
  FOR one IN SELECT unnest(wanted) ORDER BY 1 LOOP
    UPDATE t2_cap SET used = used + 1 WHERE supplier = one AND used < at_most;
    IF NOT FOUND THEN CONTINUE; END IF;
    UPDATE t2_supplier SET balance = balance - price WHERE id = one;
    INSERT INTO t2_delivery (lead, supplier, price, at) VALUES (new_lead, one, price, now())
      RETURNING id INTO new_delivery;
    INSERT INTO t2_ledger (supplier, delivery, account, amount)
      VALUES (one, new_delivery, '4191', -price), (one, new_delivery, '706', price);
  END LOOP;
END $$`;

const need = JSON.stringify({
  makes: ["PEUGEOT"],
  energy: ["ELECTRIC"],
  budgetEuros: 28_000,
  place: "69123",
});
const contact = Buffer.alloc(250, 7);

/** Creates the tables and the suppliers in an empty database. */
export async function setUp(client, suppliers = 500) {
  await client.query(tables);
  await client.query("INSERT INTO t2_supplier SELECT n, 0 FROM generate_series(1, $1::integer) AS n", [
    suppliers,
  ]);
  await client.query("INSERT INTO t2_cap SELECT id, 0, 1000000000 FROM t2_supplier");
}

/** Makes one commit. `batch` holds the numbers of the three suppliers of each lead, starting at 1. */
export async function call(client, batch) {
  if (batch.length === 1) return one(client, batch[0]);
  await client.query("BEGIN");
  for (const suppliers of batch) await one(client, suppliers);
  await client.query("COMMIT");
}

const one = (client, suppliers) =>
  client.query({ name: "t2", text: "SELECT t2($1, $2, $3, $4)", values: [suppliers, need, contact, price] });

/** Returns the number of leads. Throws if a balance or a cap does not add up. */
export async function check(client) {
  const { rows } = await client.query(`SELECT (SELECT count(*)::int FROM t2_lead) AS leads,
    (SELECT count(*)::int FROM t2_delivery) AS deliveries, (SELECT sum(used)::int FROM t2_cap) AS used,
    (SELECT -sum(balance)::bigint FROM t2_supplier) AS spent,
    (SELECT sum(amount)::bigint FROM t2_ledger WHERE account = '706') AS earned`);
  const [{ leads, deliveries, used, spent, earned }] = rows;
  if (
    deliveries !== 3 * leads ||
    used !== deliveries ||
    spent !== earned ||
    Number(spent) !== price * deliveries
  )
    throw new Error(`Bare T2 does not add up: ${JSON.stringify(rows[0])}`);
  return leads;
}
