/** The tables of the straightforward build, its campaigns as columns that one query can filter, and its past data. */
import { connect } from "../../matching/server.mjs";

const tables = `
CREATE TABLE supplier (id uuid PRIMARY KEY, name text NOT NULL, city text NOT NULL, key_hash bytea UNIQUE,
  balance_cents bigint NOT NULL, credit_limit_cents bigint NOT NULL, last_position bigint NOT NULL);
CREATE TABLE form_key (key_hash bytea PRIMARY KEY);
CREATE TABLE campaign (id uuid PRIMARY KEY, supplier_id uuid NOT NULL REFERENCES supplier, active boolean NOT NULL,
  zones text[] NOT NULL, has_circles boolean NOT NULL, makes text[], bodies text[], energies text[],
  financings text[], horizons text[], budget_min integer, budget_max integer, trade_in boolean NOT NULL,
  price_cents bigint NOT NULL, day_limit bigint NOT NULL, month_limit bigint NOT NULL);
CREATE TABLE circle (campaign_id uuid NOT NULL REFERENCES campaign, longitude float8 NOT NULL, latitude float8 NOT NULL,
  radius_km float8 NOT NULL);
CREATE TABLE lead (id uuid PRIMARY KEY, reference text NOT NULL UNIQUE, state text NOT NULL, need jsonb NOT NULL,
  contact_sealed bytea NOT NULL, email_digest bytea NOT NULL, code text, submitted_at timestamptz NOT NULL,
  confirmed_at timestamptz);
CREATE INDEX lead_email ON lead (email_digest);
CREATE TABLE consent (lead_id uuid NOT NULL REFERENCES lead, supplier_id uuid NOT NULL, channels text[] NOT NULL,
  given_at timestamptz NOT NULL, withdrawn_at timestamptz, PRIMARY KEY (lead_id, supplier_id));
CREATE TABLE delivery (id uuid PRIMARY KEY, lead_id uuid NOT NULL REFERENCES lead, supplier_id uuid NOT NULL,
  campaign_id uuid NOT NULL, seat integer NOT NULL, price_cents bigint NOT NULL, matched_at timestamptz NOT NULL,
  UNIQUE (lead_id, supplier_id));
CREATE INDEX delivery_supplier ON delivery (supplier_id, matched_at);
CREATE TABLE cap_used (campaign_id uuid NOT NULL, period text NOT NULL, since date NOT NULL, used bigint NOT NULL,
  PRIMARY KEY (campaign_id, period, since));
CREATE TABLE ledger (id bigserial PRIMARY KEY, supplier_id uuid NOT NULL, delivery_id uuid NOT NULL,
  account text NOT NULL, amount_cents bigint NOT NULL);
CREATE INDEX ledger_supplier ON ledger (supplier_id);
CREATE TABLE feed (supplier_id uuid NOT NULL, position bigint NOT NULL, delivery_id uuid NOT NULL,
  at timestamptz NOT NULL, PRIMARY KEY (supplier_id, position));`;

export async function setUpPlain(ownerUrl, { campaigns, suppliers, leads, formKeyHash }) {
  const client = await connect(ownerUrl);
  try {
    await client.query(tables);
    await client.query("INSERT INTO form_key VALUES ($1)", [formKeyHash]);
    await client.query(
      `INSERT INTO supplier SELECT id, 'Fournisseur', 'Lyon', decode(hash, 'hex'), 0, 1000000000000, 0
       FROM jsonb_to_recordset($1) AS s(id uuid, hash text)`,
      [JSON.stringify(suppliers)],
    );
    await addCampaigns(client, campaigns);
    await fillPast(client, { leads, suppliers: suppliers.length });
    await client.query("CREATE INDEX campaign_zones ON campaign USING gin (zones)");
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}

async function addCampaigns(client, campaigns) {
  const rows = campaigns.map(({ id, supplierId, terms }) => {
    const of = (field) => terms.criteria.find((criterion) => criterion.field === field);
    const circles = terms.zones.filter(({ kind }) => kind === "circle");
    return {
      ...{ id, supplier: supplierId, price: terms.pricePerLeadCents, circles },
      zones: terms.zones.filter(({ kind }) => kind !== "circle").map(({ kind, code }) => `${kind}:${code}`),
      makes: of("makes")?.oneOf,
      bodies: of("body")?.oneOf,
      energies: of("energy")?.oneOf,
      financings: of("financing")?.oneOf,
      horizons: of("horizon")?.oneOf,
      min: of("budgetEuros")?.min,
      max: of("budgetEuros")?.max,
      trade: of("tradeIn") !== undefined,
    };
  });
  await client.query(
    `INSERT INTO campaign SELECT id, supplier, true, zones, jsonb_array_length(circles) > 0, makes, bodies, energies,
       financings, horizons, min, max, trade, price, 10000000, 10000000
     FROM jsonb_to_recordset($1) AS c(id uuid, supplier uuid, zones text[], circles jsonb, makes text[], bodies text[],
       energies text[], financings text[], horizons text[], min integer, max integer, trade boolean, price bigint)`,
    [JSON.stringify(rows)],
  );
  await client.query(
    `INSERT INTO circle SELECT c.id, d.longitude, d.latitude, d."radiusKm"
     FROM jsonb_to_recordset($1) AS c(id uuid, circles jsonb),
       jsonb_to_recordset(c.circles) AS d(longitude float8, latitude float8, "radiusKm" float8)`,
    [JSON.stringify(rows)],
  );
}

async function fillPast(client, { leads, suppliers }) {
  const id = (kind, number) => `('${kind}-0000-8000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
  const supplier = `('00000000-0000-4000-9000-' || lpad(to_hex((3 * n + k) % ${suppliers}), 12, '0'))::uuid`;
  const three = `generate_series(0, ${leads - 1}) AS n, generate_series(0, 2) AS k`;
  const delivery = id("0000eeee", "3 * n + k");
  await client.query("SET session_replication_role = replica; SET synchronous_commit = off");
  await client.query(`
    INSERT INTO lead SELECT ${id("0000ffff", "n")}, 'P-' || n, 'CLOSED',
      '{"answers": {"makes": ["PEUGEOT"], "budgetEuros": 28000}, "location": {"postcode": "69003"}}',
      decode(repeat('07', 250), 'hex'), sha256(n::text::bytea), NULL, now(), now() FROM generate_series(0, ${leads - 1}) AS n;
    INSERT INTO consent SELECT ${id("0000ffff", "n")}, ${supplier}, '{EMAIL}', now(), NULL FROM ${three};
    INSERT INTO delivery SELECT ${delivery}, ${id("0000ffff", "n")}, ${supplier}, ${supplier}, k + 1, 3000, now() FROM ${three};
    INSERT INTO feed SELECT ${supplier}, (3 * n + k) / ${suppliers} + 1, ${delivery}, now() FROM ${three};
    INSERT INTO ledger (supplier_id, delivery_id, account, amount_cents)
      SELECT ${supplier}, ${delivery}, account, CASE account WHEN '706' THEN 3000 ELSE -3000 END
      FROM ${three}, (VALUES ('4181'), ('706')) AS a(account);
    UPDATE supplier s SET last_position = f.last, balance_cents = -3000 * f.count
      FROM (SELECT supplier_id, max(position) AS last, count(*) FROM feed GROUP BY supplier_id) AS f
      WHERE f.supplier_id = s.id`);
  await client.query("SET session_replication_role = origin");
}
