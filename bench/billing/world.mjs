/** Creates a month of sold leads, some of them credited, for 500 suppliers: half prepay, half pay afterwards. */
import { built } from "../matching/built.mjs";

const { monthBounds } = built("shared/calendar");
const { monthIndexOf } = built("shared/months");
const { isSiren } = built("shared/registration");

export const supplierCount = 500;
const priceCents = 3_000;
const paidInInclVatCents = 60_000_000;
/** One in this many leads was credited. */
const returnedOneIn = 30;

const supplierId = (n) => `('00000000-0000-4000-9000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const campaignId = (n) => `('00000000-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
export const supplierIdOf = (n) => `00000000-0000-4000-9000-${n.toString(16).padStart(12, "0")}`;
/** With the check digit, without which no text is read as a SIREN. */
export const sirenOf = (n) =>
  Array.from({ length: 10 }, (_, digit) => `${10_000_000 + n}${digit}`).find((siren) => isSiren(siren));
const sirens = Array.from({ length: supplierCount }, (_, n) => `'${sirenOf(n)}'`).join(", ");
const suppliers = `generate_series(0, ${supplierCount - 1}) AS n`;

/** Suppliers, what half of them pay in before the month, and the leads that they buy in it. */
export async function tradeMonth(client, { transact, transfers }, { count, month }) {
  await addSuppliers(client);
  const { start, end } = monthBounds(month);
  await payIn(transact, transfers, new Date(start.getTime() - 86_400_000).toISOString().slice(0, 10));
  await client.query("SET session_replication_role = replica");
  await sellLeads(client, { count, start, end });
}

/** Bypasses foreign keys and triggers, because these leads have no people. */
async function addSuppliers(client) {
  await client.query("SET session_replication_role = replica");
  await client.query(`
    INSERT INTO supplier (id, siren, name, street, postcode, city, departement, credit_agencies, created_at)
    SELECT ${supplierId("n")}, (ARRAY[${sirens}])[n + 1], 'Garage ' || n, '1 rue du Banc', '69003', 'Lyon', '69', '{}', now()
    FROM ${suppliers};
    INSERT INTO supplier_account (supplier_id, mode, vat_treatment, balance_cents, credit_limit_cents, last_posting,
      last_position, opened_at)
    SELECT ${supplierId("n")}, CASE WHEN n % 2 = 0 THEN 'PREPAID' ELSE 'POSTPAID' END, 'STANDARD', 0,
      CASE WHEN n % 2 = 0 THEN 0 ELSE 100000000000 END, 0, 0, now() FROM ${suppliers};
    INSERT INTO campaign (id, supplier_id, product_id, status, version, created_at, changed_in)
    SELECT ${campaignId("n")}, ${supplierId("n")}, 'NEW_CAR', 'PAUSED', 1, now(), 0 FROM ${suppliers}`);
}

/** Prepaid suppliers top up through the product's own service, so that each has a deposit. */
async function payIn(transact, transfers, receivedOn) {
  for (let n = 0; n < supplierCount; n += 2) {
    const transfer = { supplierId: supplierIdOf(n), amountInclVatCents: paidInInclVatCents, receivedOn };
    await transact({ role: "staff" }, (tx) =>
      transfers.record(tx, {
        ...transfer,
        bankReference: `IN ${n}`,
        recordedBy: "bench",
        lineId: null,
        cash: "580",
      }),
    );
  }
}

/** `count` leads spread over the month. Postings continue each supplier's numbering. */
async function sellLeads(client, { count, start, end }) {
  const month = monthIndexOf(start);
  const prefix = month.toString(16).padStart(4, "0");
  const id = `('${prefix}' || lpad(to_hex(n), 4, '0') || '-0000-8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  await client.query(
    `CREATE TEMP TABLE sold AS SELECT n, ${id} AS id, n % ${supplierCount} AS of_supplier,
       $1::timestamptz + ($2::timestamptz - $1::timestamptz) * (n / $3::float8) AS at
     FROM generate_series(0, $3::integer - 1) AS n`,
    [start, end, count],
  );
  await client.query(
    `INSERT INTO delivery (month, id, lead_id, supplier_id, campaign_id, campaign_version, seat, seats, price_cents,
       matched_at, channels, consent, why, credited_at)
     SELECT ${month}, id, id, ${supplierId("of_supplier")}, ${campaignId("of_supplier")}, 1, 1, 1, ${priceCents},
       at, '{EMAIL}', '{}', '{}', CASE WHEN n % ${returnedOneIn} = 0 THEN at END FROM sold`,
  );
  const moves = `
    SELECT id, of_supplier, at, 'CHARGE' AS kind FROM sold
    UNION ALL SELECT id, of_supplier, at, 'CREDIT' FROM sold WHERE n % ${returnedOneIn} = 0`;
  await client.query(
    `INSERT INTO posting (month, supplier_id, number, at, kind, debit, credit, amount_cents, cause_kind, cause_id, vat)
     SELECT ${month}, a.supplier_id,
       a.last_posting + row_number() OVER (PARTITION BY a.supplier_id ORDER BY m.at, m.kind), m.at, m.kind,
       CASE WHEN m.kind = 'CREDIT' THEN '709' WHEN a.mode = 'PREPAID' THEN '4191' ELSE '4181' END,
       CASE WHEN m.kind = 'CHARGE' THEN '706' WHEN a.mode = 'PREPAID' THEN '4191' ELSE '4181' END,
       ${priceCents}, 'DELIVERY', m.id::text, 'STANDARD'
     FROM (${moves}) m JOIN supplier_account a ON a.supplier_id = ${supplierId("m.of_supplier")}`,
  );
  await client.query(
    `UPDATE supplier_account a SET last_posting = p.last, balance_cents = a.balance_cents + p.moved
     FROM (SELECT supplier_id, max(number) AS last,
         sum(CASE kind WHEN 'CHARGE' THEN -amount_cents WHEN 'CREDIT' THEN amount_cents ELSE 0 END) AS moved
       FROM posting GROUP BY supplier_id) p WHERE p.supplier_id = a.supplier_id`,
  );
  await client.query("DROP TABLE sold; SET session_replication_role = origin; ANALYZE");
}

/** A bank statement on which every invoiced supplier has paid, with the invoice as reference. */
export async function statementOf(client, bookedOn) {
  const { rows } = await client.query(
    `SELECT name, net_cents + vat_cents - advance_net_cents - advance_vat_cents AS open FROM billing_document
     WHERE kind = 'INVOICE' AND net_cents > advance_net_cents ORDER BY name`,
  );
  const lines = rows.map(
    ({ name, open }) => `B-${name},${bookedOn},${(Number(open) / 100).toFixed(2)},${name},Garage`,
  );
  return [headings, ...paidInLines(bookedOn), ...lines].join("\n");
}

const headings = "reference,booked_on,amount,remittance,counterparty";
const paidInLines = (bookedOn) =>
  Array.from(
    { length: supplierCount / 2 },
    (_, half) =>
      `IN ${half * 2},${bookedOn},${(paidInInclVatCents / 100).toFixed(2)},SIREN ${sirenOf(half * 2)},Garage`,
  );

/**
 * A bank statement of `count` lines: what was paid in before the month, then small payments, of which two in five name
 * an invoice, most others the supplier's SIREN, and three in a hundred nothing.
 */
export async function longStatementOf(client, { bookedOn, count }) {
  const { rows } = await client.query(
    `SELECT name, net_cents > advance_net_cents AS open FROM billing_document WHERE kind = 'INVOICE' ORDER BY name`,
  );
  const invoices = rows.filter(({ open }) => open).map(({ name }) => name);
  const paidIn = paidInLines(bookedOn);
  const others = Array.from({ length: count - paidIn.length }, (_, n) => {
    const amount = ((200 + ((n * 7_919) % 1_000)) / 100).toFixed(2);
    return `L ${n},${bookedOn},${amount},${remittanceOf(n, invoices)},Garage`;
  });
  const unnamed = others.filter((line) => line.includes(unnamedText)).length;
  return { text: [headings, ...paidIn, ...others].join("\n"), unnamed };
}

const unnamedText = "Merci pour les leads";

function remittanceOf(n, invoices) {
  if (n % 100 < 3) return unnamedText;
  if (n % 5 < 2) return `Facture ${invoices[n % invoices.length]}`;
  return `Virement SIREN ${sirenOf((n * 31) % supplierCount)}`;
}
