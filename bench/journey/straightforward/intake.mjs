/** Handles preview, submission and confirmation with one statement per step. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  randomInt,
  randomUUID,
} from "node:crypto";

const key = randomBytes(32);

export function seal(value) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const body = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function unseal(sealed) {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString());
}

/** Finds the campaigns that match a need with one query. `$10` lists the eligible suppliers, or is null for all. */
const match = `SELECT DISTINCT ON (c.supplier_id) c.id, c.supplier_id, c.price_cents, c.day_limit, c.month_limit
  FROM campaign c
  WHERE c.active AND (c.zones && $1 OR (c.has_circles AND EXISTS (
      SELECT FROM circle z WHERE z.campaign_id = c.id AND 12742.0176 * asin(least(1, sqrt(
        sin(radians($3::float8 - z.latitude) / 2) ^ 2 + cos(radians(z.latitude)) * cos(radians($3::float8))
        * sin(radians($2::float8 - z.longitude) / 2) ^ 2))) <= z.radius_km)))
    AND (c.makes IS NULL OR c.makes && $4::text[]) AND (c.bodies IS NULL OR $5 = ANY (c.bodies))
    AND (c.energies IS NULL OR c.energies && $6::text[]) AND (c.financings IS NULL OR $7 = ANY (c.financings))
    AND (c.horizons IS NULL OR $8 = ANY (c.horizons))
    AND $9::integer BETWEEN coalesce(c.budget_min, 0) AND coalesce(c.budget_max, 10000000)
    AND ($11 OR NOT c.trade_in) AND ($10::uuid[] IS NULL OR c.supplier_id = ANY ($10))
  ORDER BY c.supplier_id, c.price_cents DESC`;

export async function matching(db, { answers, location }, suppliers = null) {
  const { postcode, inseeCode, longitude, latitude } = location;
  const zones = [`departement:${inseeCode.slice(0, 2)}`, `postcode:${postcode}`];
  const { makes, body, energy, financing, horizon, budgetEuros, tradeIn } = answers;
  const values = [
    zones,
    longitude,
    latitude,
    makes,
    body,
    energy,
    financing,
    horizon,
    budgetEuros,
    suppliers,
  ];
  const { rows } = await db.query({ name: "match", text: match, values: [...values, tradeIn !== undefined] });
  return rows.sort((a, b) => b.price_cents - a.price_cents || Math.random() - 0.5);
}

export async function preview(pool, { product, answers, location }) {
  const need = {
    ...{ product, location },
    answers: Object.fromEntries(answers.map(({ field, value }) => [field, value])),
  };
  const best = (await matching(pool, need)).slice(0, 5);
  const ids = best.map(({ supplier_id: id }) => id);
  const { rows } = await pool.query("SELECT id, name, city FROM supplier WHERE id = ANY ($1)", [ids]);
  const recipients = ids.map((id) => rows.find((row) => row.id === id));
  const expiresAt = new Date(Date.now() + 30 * 60_000).toISOString();
  return {
    ...{ expiresAt, rankedBy: "PRICE_THEN_DRAW" },
    token: seal({ need, shown: ids, expiresAt }).toString("base64url"),
    recipients: recipients.map(({ id, name, city }) => ({ supplierId: id, name, city })),
  };
}

export async function submit(pool, { token, contact, grants }) {
  const { need, shown, expiresAt } = unseal(Buffer.from(token, "base64url"));
  if (new Date(expiresAt) < new Date()) return { __typename: "LeadRefused", reason: "PREVIEW_EXPIRED" };
  const [{ supplierIds, channels }] = grants;
  if (!supplierIds.every((id) => shown.includes(id))) throw new Error("This supplier was not shown.");
  const id = randomUUID();
  const reference = `CA-${randomBytes(8).toString("hex").toUpperCase()}`;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const digest = createHmac("sha256", key).update(contact.email).digest();
  await inTransaction(pool, async (tx) => {
    await tx.query(
      `INSERT INTO lead (id, reference, state, need, contact_sealed, email_digest, code, submitted_at)
       VALUES ($1, $2, 'UNCONFIRMED', $3, $4, $5, $6, now())`,
      [id, reference, JSON.stringify(need), seal(contact), digest, code],
    );
    for (const supplierId of supplierIds)
      await tx.query("INSERT INTO consent VALUES ($1, $2, $3, now(), NULL)", [id, supplierId, channels]);
  });
  const personalToken = seal({ id }).toString("base64url");
  return {
    __typename: "ConfirmationRequired",
    reference,
    personalToken,
    sentTo: "l•••@c•••",
    demoCode: code,
  };
}

/** Runs `work` in a transaction, which is rolled back if it throws. */
export async function inTransaction(pool, work) {
  const tx = await pool.connect();
  try {
    await tx.query("BEGIN");
    const result = await work(tx);
    await tx.query("COMMIT");
    return result;
  } catch (error) {
    await tx.query("ROLLBACK");
    throw error;
  } finally {
    tx.release();
  }
}
