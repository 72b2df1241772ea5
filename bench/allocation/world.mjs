/** Creates suppliers with money and campaigns, and the leads they will receive. */
import { randomBytes } from "node:crypto";
import { built } from "../matching/built.mjs";
import { randomOf } from "../matching/random.mjs";

const { ConsentRecord } = built("people/consent/consent-record.service");
const { LeadVault } = built("people/leads/lead-vault.service");
const { newMonthlyId, newReference } = built("platform/ids");
const { monthIndexOf } = built("shared/months");

export const supplierCount = 500;
export const paidInCents = 1_000_000_000_000;
export const priceCents = 3_000;
export const ticked = 3;
const product = "NEW_CAR";

const uuidOf = (kind, number) => `00000000-0000-4000-${kind}-${number.toString(16).padStart(12, "0")}`;
export const supplierIdOf = (number) => uuidOf("9000", number);
/** Per supplier: the campaign that takes the leads of these runs, and one for another place. */
export const campaignIdOf = (number, which) => uuidOf(which === 0 ? "8000" : "a000", number);

const caps = [
  { unit: "LEADS", period: "HOUR", limit: 1_000_000 },
  { unit: "LEADS", period: "DAY", limit: 5_000_000 },
  { unit: "SPEND_CENTS", period: "WEEK", limit: 100_000_000_000 },
  { unit: "SPEND_CENTS", period: "MONTH", limit: 400_000_000_000 },
];
const termsOf = (which) => ({
  ...{ name: "Banc", product, formVersion: 1, site: null, excludedZones: [] },
  zones: which === 0 ? [{ kind: "country", code: "FR" }] : [{ kind: "departement", code: "2A" }],
  criteria: [
    { field: "energy", oneOf: ["ELECTRIC", "HYBRID"] },
    { field: "budgetEuros", min: 10_000 },
  ],
  ...{ pricePerLeadCents: priceCents, caps, timeZone: "Europe/Paris", schedule: [] },
  ...{ duplicateWindowDays: 30, maxSeats: null, maxAgeHours: 24 },
});

/** Inserted as the owner: suppliers that have paid in advance, each with two campaigns. */
export async function addSuppliers(client) {
  const at = new Date(Date.now() - 400 * 86_400_000);
  const numbers = `generate_series(0, ${supplierCount - 1}) AS n`;
  const supplierId = "('00000000-0000-4000-9000-' || lpad(to_hex(n), 12, '0'))::uuid";
  await client.query("BEGIN");
  await client.query(
    `INSERT INTO supplier (id, siren, name, street, postcode, city, departement, credit_agencies, created_at)
     SELECT ${supplierId}, lpad(n::text, 9, '0'), 'Garage ' || n, '1 rue du Banc', '69003', 'Lyon', '69', '{}', $1
     FROM ${numbers}`,
    [at],
  );
  await client.query(
    `INSERT INTO supplier_account (supplier_id, mode, balance_cents, credit_limit_cents, last_posting, last_position, opened_at)
     SELECT ${supplierId}, 'PREPAID', ${paidInCents}, 0, 1, 0, $1 FROM ${numbers}`,
    [at],
  );
  await client.query(
    `INSERT INTO posting (month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id,
       vat)
     SELECT $2, ${supplierId}, 1, $1, 'BANK_TRANSFER', '512', '4191', ${paidInCents}, 'BANK_TRANSFER', n::text, 'STANDARD' FROM ${numbers}`,
    [at, monthIndexOf(at)],
  );
  for (const [which, kind] of [
    [0, "8000"],
    [1, "a000"],
  ]) {
    const campaignId = `('00000000-0000-4000-${kind}-' || lpad(to_hex(n), 12, '0'))::uuid`;
    await client.query(
      `INSERT INTO campaign (id, supplier_id, product_id, status, version, created_at)
       SELECT ${campaignId}, ${supplierId}, '${product}', 'ACTIVE', 1, $1 FROM ${numbers}`,
      [at],
    );
    await client.query(
      `INSERT INTO campaign_version (campaign_id, version, supplier_id, terms, created_at, created_by)
       SELECT ${campaignId}, 1, ${supplierId}, $2, $1, 'bench' FROM ${numbers}`,
      [at, termsOf(which)],
    );
  }
  await client.query("COMMIT");
}

const place = {
  ...{ inseeCode: "69123", postcode: "69003", commune: "Lyon", arrondissement: "69383", departement: "69" },
  ...{ region: "84", country: "FR", position: null, precision: "NONE" },
};

/** Confirmed leads that have not been tried, as the form's journey would have left them. */
export class NewLeads {
  constructor(keys, seed) {
    this.vault = new LeadVault(keys.masterKey, keys.indexKey);
    this.seed = seed;
    this.made = 0;
  }

  /** Returns their ids. */
  async add(client, count) {
    const leads = Array.from({ length: count }, () => this.lead());
    await client.query("BEGIN");
    // Foreign keys are checked with plans of this connection, which may have been made while there were no
    // leads.
    await client.query("SET LOCAL enable_seqscan = off");
    for (let from = 0; from < count; from += 500)
      await insertAll(client, leads.slice(from, from + 500), this.vault);
    await client.query("COMMIT");
    return leads.map(({ id }) => id);
  }

  lead() {
    const number = this.made++;
    const random = randomOf(this.seed, number);
    const submittedAt = new Date();
    const id = newMonthlyId(submittedAt);
    const suppliers = new Set();
    while (suppliers.size < ticked) suppliers.add(supplierIdOf(random.below(supplierCount)));
    return {
      ...{ id, submittedAt, month: monthIndexOf(submittedAt), reference: newReference() },
      suppliers: [...suppliers],
      answers: { budgetEuros: random.between(15_000, 40_000), energy: ["ELECTRIC"], horizon: "NOW" },
      contact: {
        ...{ civility: "MADAME", firstName: "Zélie", lastName: "Exemple" },
        email: `banc.${this.seed}.${number}@courriel.example`,
        phone: `+3363998${String(random.below(10_000)).padStart(4, "0")}${number}`,
        ...{ postcode: "69003", city: "Lyon" },
      },
    };
  }
}

async function insertAll(client, leads, vault) {
  const column = (of) => leads.map(of);
  const ids = column(({ id }) => id);
  const months = column(({ month }) => month);
  const times = column(({ submittedAt }) => submittedAt);
  await client.query(
    `INSERT INTO lead (month, id, reference, product_id, state, submitted_at, confirmed_at, wait_until, next_try_at,
       waiting_for, seats_taken)
     SELECT month, id, reference, '${product}', 'OPEN', at, at, at + interval '24 hours', at, waiting::uuid[], 0
     FROM unnest($1::int[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[]) AS w (month, id, reference, at, waiting)`,
    [
      months,
      ids,
      column(({ reference }) => reference),
      times,
      column(({ suppliers }) => `{${suppliers.join()}}`),
    ],
  );
  await client.query(
    `INSERT INTO lead_need (month, lead_id, product_id, form_version, submitted_at, answers, texts_answered, place)
     SELECT month, id, '${product}', 1, at, answers::jsonb, '{}', $5 FROM unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::text[]) AS w (month, id, at, answers)`,
    [months, ids, times, column(({ answers }) => JSON.stringify(answers)), place],
  );
  await storePeople(client, leads, vault);
  const acts = new ConsentActs();
  for (const lead of leads) await new ConsentRecord().append(acts, lead.id, actOf(lead));
  await client.query(
    `INSERT INTO consent_act (month, lead_id, number, at, content, hash)
     SELECT month, id, 1, at, content::jsonb, hash FROM unnest($1::int[], $2::uuid[], $3::timestamptz[], $4::text[], $5::bytea[]) AS w (month, id, at, content, hash)`,
    [
      months,
      ids,
      times,
      acts.rows.map(({ content }) => JSON.stringify(content)),
      acts.rows.map(({ hash }) => hash),
    ],
  );
}

/** Collects the vault's rows, so that they can be inserted with the rest. */
async function storePeople(client, leads, vault) {
  const stored = [];
  const tx = { insert: async (_entity, rows) => void stored.push(...[rows].flat()) };
  for (const { id, contact } of leads) await vault.store(tx, id, { contact, texts: {}, position: null });
  const secrets = stored.filter(({ sealed }) => sealed);
  const found = stored.filter(({ digest }) => digest);
  await client.query(
    "INSERT INTO lead_secret (month, lead_id, wrapped_key, sealed, key_id) SELECT * FROM unnest($1::int[], $2::uuid[], $3::bytea[], $4::bytea[], $5::smallint[])",
    ["month", "leadId", "wrappedKey", "sealed", "keyId"].map((name) => secrets.map((row) => row[name])),
  );
  await client.query(
    "INSERT INTO lead_index (month, lead_id, kind, digest, proven, key_id) SELECT * FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bytea[], $5::bool[], $6::smallint[])",
    ["month", "leadId", "kind", "digest", "proven", "keyId"].map((name) => found.map((row) => row[name])),
  );
}

class ConsentActs {
  rows = [];
  async findOne() {
    return null;
  }
  async insert(_entity, row) {
    this.rows.push(row);
  }
}

const declared = { formVersion: 1, language: "fr", textHash: randomBytes(32).toString("hex") };
const actOf = ({ suppliers, submittedAt }) => ({
  at: submittedAt,
  content: {
    kind: "GIVEN",
    shown: suppliers.map((supplierId) => ({ supplierId, name: "Garage du Banc", creditAgencies: [] })),
    grants: [{ purpose: "TRANSMIT", supplierIds: suppliers, channels: ["EMAIL", "PHONE"] }],
    declared,
  },
});
