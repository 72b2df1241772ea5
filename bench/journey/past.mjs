/**
 * Fills a database with past leads and all their rows, each delivered to three suppliers. They are copies of one lead
 * that the product itself processed; nothing reads their contents.
 */
import { connect } from "../matching/server.mjs";
import { copyRows } from "../shared/copies.mjs";

const batch = 25_000;
const pad = (number) => `lpad(to_hex(${number}), 12, '0')`;

/** The campaigns of the suppliers are numbered as in market.mjs. */
export async function fillPast(ownerUrl, { leads, suppliers, campaigns }) {
  const client = await connect(ownerUrl);
  try {
    // Triggers and foreign keys are off, because the rows are known to be valid.
    await client.query("SET session_replication_role = replica; SET synchronous_commit = off");
    const { rows } = await client.query(
      `SELECT d.month, d.lead_id AS lead, d.id AS delivery FROM delivery d JOIN lead l ON l.id = d.lead_id
       WHERE l.state = 'CLOSED' AND d.seat = 1 LIMIT 1`,
    );
    if (rows.length === 0) throw new Error("The first lead is not closed, so it cannot be copied.");
    await client.query(
      "CREATE TABLE bench_base AS SELECT supplier_id, last_position, last_posting FROM supplier_account",
    );
    await client.query("ALTER TABLE bench_base ADD PRIMARY KEY (supplier_id)");
    await client.query("ANALYZE bench_base");
    const indexes = await takeIndexes(client);
    for (let from = 0; from < leads; from += batch)
      await fillSome(client, { ...rows[0], from, to: Math.min(leads, from + batch), suppliers, campaigns });
    for (const definition of indexes) await client.query(definition);
    await settle(client);
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}

/** Indexes are created afterwards, in a fraction of the time. Unique indexes stay. */
async function takeIndexes(client) {
  const { rows } = await client.query(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE NOT indisunique AND indrelid::regclass::text = ANY ($1)`,
    [["lead", "lead_index", "delivery", "feed_event", "posting", "decision"]],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

async function fillSome(client, { month, lead, delivery, from, to, suppliers, campaigns }) {
  const leadId = `(lpad(to_hex(${month}), 4, '0') || 'ffff-0000-8000-8000-' || ${pad("n")})::uuid`;
  const one = `generate_series(${from}, ${to - 1}) AS n`;
  const of = (changed, column = "lead_id") => ({
    is: `month = ${month} AND ${column} = '${lead}'`,
    from: one,
    changed: { [column]: leadId, ...changed },
  });
  await client.query("BEGIN");
  const at = `now() - (n % 1000000) * interval '1 second'`;
  await copyRows(client, "lead", of({ reference: "'P-' || n", submitted_at: at }, "id"));
  await copyRows(client, "lead_need", of({ submitted_at: at }));
  await copyRows(client, "lead_secret", of());
  await copyRows(client, "lead_index", of({ digest: "sha256(n::text::bytea)" }));
  await copyRows(client, "consent_act", of());
  await copyRows(client, "decision", of());
  // Each lead has three deliveries, to the suppliers in turn, so that each supplier's are numbered without a gap.
  const place = `(3 * n + k)`;
  const three = `${one} CROSS JOIN generate_series(0, 2) AS k CROSS JOIN LATERAL (
    SELECT ('00000000-0000-4000-9000-' || ${pad(`${place} % ${suppliers}`)})::uuid AS supplier,
      (lpad(to_hex(${month}), 4, '0') || 'eeee-0000-8000-8000-' || ${pad(place)})::uuid AS id,
      ${place} / ${suppliers} + 1 AS nr) AS d`;
  const withBase = `${three} JOIN bench_base b ON b.supplier_id = d.supplier`;
  const campaign = `('00000000-0000-4000-8000-' || ${pad(`(${place} % ${suppliers} + ${suppliers} * (n % ${Math.floor(campaigns / suppliers)}))`)})::uuid`;
  await copyRows(client, "delivery", {
    ...{ is: `month = ${month} AND id = '${delivery}'`, from: three },
    changed: {
      ...{ id: "d.id", lead_id: leadId, supplier_id: "d.supplier", campaign_id: campaign },
      ...{ seat: "k + 1", seats: "3", matched_at: at },
    },
  });
  await copyRows(client, "feed_event", {
    ...{ is: `delivery_id = '${delivery}'`, from: withBase },
    changed: {
      supplier_id: "d.supplier",
      position: "b.last_position + d.nr",
      delivery_id: "d.id",
      campaign_id: campaign,
    },
  });
  await copyRows(client, "posting", {
    ...{ is: `cause_id = '${delivery}'`, from: withBase },
    changed: { supplier_id: "d.supplier", number: "b.last_posting + d.nr", cause_id: "d.id::text" },
  });
  await client.query("COMMIT");
}

async function settle(client) {
  await client.query(
    `UPDATE supplier_account a SET last_position = f.last, last_posting = p.last, balance_cents = -p.cents
     FROM (SELECT supplier_id, max(position) AS last FROM feed_event GROUP BY supplier_id) AS f,
       (SELECT supplier_id, max(number) AS last, sum(amount_cents) AS cents FROM posting GROUP BY supplier_id) AS p
     WHERE f.supplier_id = a.supplier_id AND p.supplier_id = a.supplier_id`,
  );
  // So that the sockets receive new events only.
  await client.query(
    `INSERT INTO feed_position (supplier_id, consumer, position, acknowledged_at)
     SELECT supplier_id, 'key:' || k.id, last_position, now() FROM supplier_account JOIN api_key k USING (supplier_id)
     ON CONFLICT (supplier_id, consumer) DO UPDATE SET position = excluded.position`,
  );
}
