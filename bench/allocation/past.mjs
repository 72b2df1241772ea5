/**
 * Creates past data: leads of the last year, all sold, with every row that was written about them. Inserted
 * by SQL without triggers and foreign keys, in the form in which the product would have left them.
 */
import { paidInCents, priceCents, supplierCount } from "./world.mjs";

const perStep = 50_000;
const filled = ["lead", "lead_need", "lead_index", "decision", "delivery", "posting", "feed_event"];
const month = "((extract(year FROM at)::int - 2000) * 12 + extract(month FROM at)::int - 1)";
const withMonth = (what) => `(lpad(to_hex(${month}), 4, '0') || substr(md5('${what}' || n), 5))::uuid`;

/** For any number of leads that divides evenly among the suppliers. */
export async function addPast(client, leads, say) {
  const count = Math.ceil(leads / supplierCount) * supplierCount;
  await client.query("SET session_replication_role = replica");
  await client.query("SET synchronous_commit = off");
  const began = performance.now();
  await withoutIndexes(client, async () => {
    for (let from = 0; from < count; from += perStep) {
      await addStep(client, from, Math.min(count, from + perStep), count);
      say(`${Math.min(count, from + perStep)} past leads`);
    }
  });
  say(`filled in ${Math.round((performance.now() - began) / 1_000)} s`);
  await client.query(
    `UPDATE supplier_account SET last_posting = 1 + $1, last_position = $1, balance_cents = $2`,
    [(3 * count) / supplierCount, paidInCents - ((3 * count) / supplierCount) * priceCents],
  );
  await client.query("SET session_replication_role = DEFAULT");
}

/** Building an index once costs a fraction of growing it row by row. Indexes that foreign keys refer to stay. */
async function withoutIndexes(client, work) {
  const { rows } = await client.query(
    `SELECT i.indrelid::regclass::text AS of, i.indexrelid::regclass::text AS index, pg_get_indexdef(i.indexrelid) AS made,
       c.conname AS name, pg_get_constraintdef(c.oid) AS rule
     FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u'
     WHERE i.indrelid = ANY ($1::regclass[]) AND NOT i.indisprimary
       AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conindid = i.indexrelid AND f.contype = 'f')`,
    [filled],
  );
  for (const { of, index, name } of rows)
    await client.query(name ? `ALTER TABLE ${of} DROP CONSTRAINT ${name}` : `DROP INDEX ${index}`);
  await work();
  for (const { of, made, name, rule } of rows)
    await client.query(name ? `ALTER TABLE ${of} ADD CONSTRAINT ${name} ${rule}` : made);
}

async function addStep(client, from, to, count) {
  await client.query("BEGIN");
  await client.query(
    `CREATE TEMPORARY TABLE past ON COMMIT DROP AS
     SELECT n, at, ${month} AS month, ${withMonth("lead")} AS id FROM (
       SELECT n, date_trunc('milliseconds', now() - interval '365 days' + interval '300 days' * (n::float8 / ${count})) AS at
       FROM generate_series(${from}, ${to - 1}) AS n) AS numbers`,
  );
  await client.query(
    `INSERT INTO lead (month, id, reference, product_id, state, close_reason, submitted_at, confirmed_at, wait_until,
       tried_at, waiting_for, seats, seats_taken, closed_at)
     SELECT month, id, 'CA-P' || n, 'NEW_CAR', 'CLOSED', 'SEATS_FILLED', at, at, at + interval '1 day', at, '{}', 3, 3, at FROM past`,
  );
  await client.query(
    `INSERT INTO lead_need SELECT month, id, 'NEW_CAR', 1, at, '{"budgetEuros": 20000, "energy": ["ELECTRIC"], "horizon": "NOW"}', '{}',
       '{"inseeCode": "69123", "postcode": "69003", "commune": "Lyon", "arrondissement": "69383", "departement": "69", "region": "84", "country": "FR", "position": null, "precision": "NONE"}' FROM past`,
  );
  await client.query(
    `INSERT INTO lead_index (month, lead_id, kind, digest, proven, key_id)
     SELECT month, id, kind, sha256((kind || n)::bytea), kind = 'EMAIL', 1 FROM past, unnest('{EMAIL,PHONE}'::text[]) AS kind`,
  );
  await client.query(
    `INSERT INTO decision (month, lead_id, number, at, packed)
     SELECT month, id, 1, at, decode(repeat(md5(n::text), 20), 'hex') FROM past`,
  );
  await client.query(
    `CREATE TEMPORARY TABLE given ON COMMIT DROP AS
     SELECT past.n, at, month, past.id AS lead_id, k, (lpad(to_hex(month), 4, '0') || substr(md5('delivery' || n || ' ' || k), 5))::uuid AS id,
       ('00000000-0000-4000-9000-' || lpad(to_hex((n + k * 167) % ${supplierCount}), 12, '0'))::uuid AS supplier_id,
       ('00000000-0000-4000-8000-' || lpad(to_hex((n + k * 167) % ${supplierCount}), 12, '0'))::uuid AS campaign_id,
       n / ${supplierCount} * 3 + k + 1 AS number
     FROM past, generate_series(0, 2) AS k`,
  );
  await client.query(
    `INSERT INTO delivery (month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, seats, price_cents, matched_at,
       channels, consent, why)
     SELECT month, id, lead_id, supplier_id, campaign_id, 1, k + 1, 3, ${priceCents}, at, '{EMAIL,PHONE}',
       '{"supplierName": "Garage du Banc", "channels": ["EMAIL", "PHONE"], "formVersion": 1, "language": "fr"}',
       '[{"kind": "CONSENT", "text": "The person named you, by EMAIL, PHONE."}, {"kind": "PRICE", "text": "Your price of 3000 cents."}]'
     FROM given`,
  );
  await client.query(
    `INSERT INTO posting (month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id,
       vat)
     SELECT month, supplier_id, number + 1, at, 'CHARGE', '4191', '706', ${priceCents}, 'DELIVERY', id::text, 'STANDARD' FROM given`,
  );
  await client.query(
    `INSERT INTO feed_event SELECT supplier_id, number, month, at, 'LEAD_MATCHED', id, campaign_id, '{}' FROM given`,
  );
  await client.query("COMMIT");
}
