/** Inserts suppliers with an account and a key each, and a form site's key, directly into the database as its owner. */
import { createHash, randomBytes } from "node:crypto";

export const supplierIdOf = (number) => `00000000-0000-4000-9000-${number.toString(16).padStart(12, "0")}`;

const newToken = (role) => `ca_${role}_${randomBytes(32).toString("base64url")}`;
const hashOf = (token) => createHash("sha256").update(token).digest("hex");

/** The suppliers pay afterwards with a high limit, so that no balance ends a run. Returns their keys, in order. */
export async function addSuppliers(client, count) {
  const tokens = Array.from({ length: count }, () => newToken("supplier_integration"));
  const rows = tokens.map((token, number) => ({ id: supplierIdOf(number), number, hash: hashOf(token) }));
  const from = "FROM jsonb_to_recordset($1) AS r(id uuid, number integer, hash text)";
  const values = [JSON.stringify(rows)];
  await client.query(
    `INSERT INTO supplier (id, siren, name, street, postcode, city, departement, credit_agencies, created_at)
     SELECT id, lpad(number::text, 9, '0'), 'Fournisseur ' || number, '1 rue de l''Essai', '69003', 'Lyon', '69',
       '{}', now() ${from}`,
    values,
  );
  await client.query(
    `INSERT INTO supplier_account
       (supplier_id, mode, balance_cents, credit_limit_cents, last_posting, last_position, opened_at)
     SELECT id, 'POSTPAID', 0, 1000000000000, 0, 0, now() ${from}`,
    values,
  );
  await client.query(
    `INSERT INTO api_key (id, supplier_id, role, label, token_hash, origins, created_at)
     SELECT gen_random_uuid(), id, 'SUPPLIER_INTEGRATION', 'benchmark', decode(hash, 'hex'), '{}', now() ${from}`,
    values,
  );
  return tokens;
}

export async function addFormKey(client) {
  const token = newToken("form");
  await client.query(
    `INSERT INTO api_key (id, role, label, token_hash, origins, created_at)
     VALUES (gen_random_uuid(), 'FORM', 'benchmark', decode($1, 'hex'), '{}', now())`,
    [hashOf(token)],
  );
  return token;
}

/** Inserts campaigns for NEW_CAR, each given as `{ id, supplierId, terms }`. */
export async function addCampaigns(client, campaigns) {
  for (let from = 0; from < campaigns.length; from += 2_000) {
    const values = [JSON.stringify(campaigns.slice(from, from + 2_000))];
    const rows = `FROM jsonb_to_recordset($1) AS r(id uuid, "supplierId" uuid, terms jsonb)`;
    await client.query(
      `INSERT INTO campaign (id, supplier_id, product_id, status, version, created_at)
       SELECT id, "supplierId", terms->>'product', 'ACTIVE', 1, now() ${rows}`,
      values,
    );
    await client.query(
      `INSERT INTO campaign_version (campaign_id, version, supplier_id, terms, created_at, created_by)
       SELECT id, 1, "supplierId", terms, now(), 'benchmark' ${rows}`,
      values,
    );
  }
}
