/**
 * `npm run bench:growth [-- --json] [--leads N]`: what a lead leaves behind, table by table, on a server and a
 * PostgreSQL of their own, filled through the public API: three suppliers take each lead, and each reports one
 * outcome. Rows and bytes are differences to the same database before the first lead, divided by the leads.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { root } from "./matching/built.mjs";
import { conditions } from "./matching/report.mjs";
import { connect, startServer } from "./matching/server.mjs";
import { rounded } from "./matching/statistics.mjs";

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, leads: { type: "string", default: "2000" } },
});
const count = Number(options.leads);
const atOnce = 8;
const supplierCount = 9;
const seats = 3;

async function startApi({ url, ownerUrl }, dataDir) {
  const env = {
    ...{ PATH: process.env.PATH, NODE_ENV: "test", DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl },
    ...{ DATA_DIR: dataDir, PORT: "0", DEMO_TRAFFIC: "0", LOG_LEVEL: "error" },
    LIMIT_FORM_PER_MINUTE: "1000000",
  };
  const child = spawn(process.execPath, ["dist/src/app/main.js"], { cwd: root, env, stdio: "inherit" });
  const deadline = performance.now() + 60_000;
  while (child.exitCode === null && performance.now() < deadline) {
    const demo = await readFile(path.join(dataDir, "demo.json"), "utf8").then(JSON.parse, () => null);
    if (demo) return { child, demo };
    await pause(100);
  }
  throw new Error("The server was not ready within a minute.");
}

async function ask(url, token, query, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** An invented SIREN: nine digits with a valid Luhn check digit. */
function siren(number) {
  const eight = String(81_000_000 + number);
  const sum = [...eight].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return eight + String((10 - (sum % 10)) % 10);
}

/** Overseas, where no demo campaign reaches. */
const location = { postcode: "97500", inseeCode: "97502" };

async function openSupplier({ url, staff }, number) {
  const address = { street: "1 rue du Banc", postcode: "97500", city: "Saint-Pierre", departement: "69" };
  const billing = { billingMode: "POSTPAID", creditLimitCents: 10_000_000_000 };
  const { createSupplier } = await ask(
    url,
    staff.token,
    "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
    { input: { name: `Banc ${number}`, siren: siren(number), ...address, ...billing } },
  );
  await ask(
    url,
    staff.token,
    'mutation ($id: ID!) { waiveOnboarding(supplierId: $id, reason: "Bench: it is invented.") { complete } }',
    { id: createSupplier.id },
  );
  const { createApiKey } = await ask(
    url,
    staff.token,
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
    { input: { role: "SUPPLIER_INTEGRATION", supplierId: createSupplier.id, label: "bench" } },
  );
  const caps = [
    { unit: "LEADS", period: "DAY", limit: 1_000_000 },
    { unit: "SPEND_CENTS", period: "MONTH", limit: 100_000_000_000 },
  ];
  const terms = { name: "Banc", product: "NEW_CAR", zones: [{ departement: "975" }], criteria: [], caps };
  await ask(
    url,
    createApiKey.token,
    "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
    { input: { ...terms, pricePerLeadCents: 3_000 } },
  );
  return { id: createSupplier.id, token: createApiKey.token };
}

const answers = [
  { field: "budgetEuros", value: 25_000 },
  { field: "horizon", value: "WITHIN_3_MONTHS" },
  { field: "energy", value: ["ELECTRIC", "HYBRID"] },
  { field: "makes", value: ["PEUGEOT", "RENAULT"] },
];

async function send({ url, formKey }, suppliers, number) {
  const { previewRecipients } = await ask(
    url,
    formKey,
    "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token recipients { supplierId } } }",
    { input: { product: "NEW_CAR", answers, location } },
  );
  const shown = previewRecipients.recipients.map(({ supplierId }) => supplierId);
  const supplierIds = Array.from({ length: seats }, (_, index) => shown[(number + index) % shown.length]);
  const contact = {
    ...{
      civility: "MADAME",
      firstName: "Zélie",
      lastName: "Exemple",
      postcode: "97500",
      city: "Saint-Pierre",
    },
    ...{
      email: `banc.${randomUUID()}@exemple.example`,
      phone: `+33199${String(number % 1_000_000).padStart(6, "0")}`,
    },
  };
  const { submitLead } = await ask(
    url,
    formKey,
    `mutation ($input: SubmitLeadInput!) { submitLead(input: $input) { __typename ... on ConfirmationRequired { reference demoCode }
     ... on LeadRefused { message } } }`,
    {
      input: {
        ...{ token: previewRecipients.token, contact, confirmBy: "EMAIL", idempotencyKey: randomUUID() },
        grants: [{ purpose: "TRANSMIT", supplierIds, channels: ["EMAIL", "PHONE"] }],
      },
    },
  );
  const { confirmPhone } = await ask(
    url,
    formKey,
    "mutation ($input: ConfirmPhoneInput!) { confirmPhone(input: $input) { __typename } }",
    { input: { reference: submitLead.reference, code: submitLead.demoCode } },
  );
  if (confirmPhone.__typename !== "LeadSubmitted")
    throw new Error(JSON.stringify([submitLead, confirmPhone]));
}

async function report({ url }, { token }) {
  let after = null;
  for (let more = true; more;) {
    const { feed } = await ask(
      url,
      token,
      "query ($after: Cursor) { feed(first: 100, after: $after) { hasMore endCursor events { ... on LeadMatched { leadId } } } }",
      { after },
    );
    const input = feed.events.map(({ leadId }) => ({
      ...{ leadId, status: "CONTACTED", occurredAt: new Date().toISOString(), externalId: randomUUID() },
    }));
    if (input.length > 0)
      await ask(
        url,
        token,
        "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted } }",
        {
          input,
        },
      );
    [after, more] = [feed.endCursor, feed.hasMore];
  }
}

async function inParallel(work, total) {
  let next = 0;
  const worker = async () => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function look(client) {
  await client.query("VACUUM ANALYZE");
  const { rows } = await client.query(
    `SELECT relname AS name, pg_total_relation_size(c.oid)::float8 AS bytes, pg_indexes_size(c.oid)::float8 AS indexes
     FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  for (const row of rows)
    row.rows = Number((await client.query(`SELECT count(*) AS n FROM ${row.name}`)).rows[0].n);
  const {
    rows: [whole],
  } = await client.query(
    `SELECT pg_current_wal_lsn() - '0/0' AS wal, xact_commit::float8 AS commits, tup_inserted::float8 AS inserted,
       tup_updated::float8 AS updated,
       (SELECT sum(fsyncs)::float8 FROM pg_stat_io WHERE object = 'wal') AS syncs
     FROM pg_stat_database WHERE datname = current_database()`,
  );
  return { tables: new Map(rows.map((row) => [row.name, row])), ...whole, wal: Number(whole.wal) };
}

function differences(before, after) {
  return [...after.tables.values()]
    .map(({ name, rows, bytes, indexes }) => {
      const was = before.tables.get(name);
      const per = (is, then) => rounded((is - then) / count);
      return {
        ...{ name, rows: per(rows, was.rows), bytes: Math.round(per(bytes, was.bytes)) },
        indexBytes: Math.round(per(indexes, was.indexes)),
      };
    })
    .filter(({ rows, bytes }) => rows > 0.01 || bytes > 10)
    .sort((one, other) => other.bytes - one.bytes);
}

const server = await startServer();
const dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-bench-"));
const { child, demo } = await startApi(server, dataDir);
try {
  const client = await connect(server.ownerUrl);
  // It is still open if something fails, and then the error that counts is that one.
  client.on("error", () => undefined);
  const suppliers = [];
  for (let number = 0; number < supplierCount; number++) suppliers.push(await openSupplier(demo, number));
  const before = await look(client);
  const begun = performance.now();
  await inParallel((number) => send(demo, suppliers, number), count);
  const deliveries = async () =>
    Number((await client.query("SELECT count(*) AS n FROM delivery")).rows[0].n) -
    before.tables.get("delivery").rows;
  for (let tries = 0; (await deliveries()) < seats * count; tries++) {
    if (tries > 600) throw new Error(`${await deliveries()} deliveries of ${count} leads`);
    await pause(100);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const sent = await look(client);
  for (const supplier of suppliers) await report(demo, supplier);
  const after = await look(client);
  const tables = differences(before, after);
  const engine = {
    bytesPerLead: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    rowsPerLead: rounded(tables.reduce((sum, { rows }) => sum + rows, 0)),
    walBytesPerLead: Math.round((sent.wal - before.wal) / count),
    transactionsPerLead: rounded((sent.commits - before.commits) / count),
    syncsPerLead: rounded((sent.syncs - before.syncs) / count),
    insertsPerLead: rounded((sent.inserted - before.inserted) / count),
    updatesPerLead: rounded((sent.updated - before.updated) / count),
    leadsPerSecond: rounded(count / seconds),
  };
  const about = { ...conditions(server.version), leads: count };
  if (options.json) console.log(JSON.stringify({ ...about, engine, tables }));
  else {
    console.log(about);
    console.table(tables);
    console.table(engine);
  }
  await client.end();
} finally {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
