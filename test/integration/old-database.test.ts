/**
 * A database of an old installation is migrated. Its rows were written before sealed values and tokens named their
 * key, and before settlements and refunds held what they say about the bank (old-database.sql). Afterwards every
 * new column is filled, nothing else has changed, and the product reads the rows under key 1.
 */
import { proofRules } from "../../src/billing/proof/proof-rules";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { DataSource } from "typeorm";
import type { Keys } from "../../src/app/keys";
import { migrate } from "../../src/platform/migrate";
import { migrations } from "../../src/platform/migrations";
import { ringOf } from "../../src/platform/sealed/key-ring";
import { must } from "../support/client";
import { MovableClock } from "../support/clock";
import { emptyDatabase, type TestDatabase } from "../support/database";
import { confirmMutation, feedQuery, person, sendLead } from "../support/journey";
import { asOwnerOf, type Owner, type Row } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

const written = readFileSync(path.join(__dirname, "old-database.sql"), "utf8");
const lastOldMigration = 1767400000000;

/** What the old server's clients kept. */
const old = {
  at: new Date("2026-11-30T11:37:10.997Z"),
  adminToken: "ca_admin_WNt7PdPP_sLZ1Gx6eMdYKasfivfPby12hc0fXX0tBQQ",
  garage: {
    id: "cb18685c-5124-40ef-9a8d-259cdbc65732",
    name: "Garage Ancien",
    token: "ca_supplier_integration_LZ-2GTdh6HexACGoehuxksQhh6Am5M2bfa4lJRgn210",
  },
  /** Has uploaded client@exemple.example as its own customer. */
  knowing: {
    id: "25985203-059e-45b9-a753-086015037102",
    name: "Garage Connu",
    token: "ca_supplier_integration__HjxuXry1IUi1YlUREQWnGemmKbVquBYOUPuY-t_xpA",
  },
  email: "zelie.ancienne@exemple.example",
  reference: "CA-VWV7-5JQW-3C22",
  personalToken: "ca_person_AUJnG7I9izyh-t0wFf9VLGnEjhrit4WuJvD-fk5t7nEym1cyu-_uBA",
  leadId: "01420e04-79a5-8eae-8b63-dee2bc4dc71a",
  revokedId: "014279c6-41d8-8c76-a133-4043806928a0",
  /** After the first event of the garage's feed. */
  cursor: "yxhoXFEkQO-ajSWc28ZXMmCLos3NrEtskF6O3qPmbrAAAAAAAAAAAXSuQ2A7kozO8G0kmPZkEa0",
  endpointId: "d4309139-b67d-4c1e-9679-d752b6148515",
  member: { email: "chef@garage.example", password: "a sentence of several words" },
  outcome: {
    leadId: "01420e04-79a5-8eae-8b63-dee2bc4dc71a",
    status: "CONTACTED",
    occurredAt: "2026-11-30T11:37:10.107Z",
    externalId: "CRM-1",
  },
  createdOnce: {
    id: "b61aa310-67a4-4e83-8bfb-bbdc746e5444",
    input: {
      ...{ name: "Garage Une Fois", siren: "255175911", street: "1 rue de l'Essai", postcode: "69001" },
      ...{ city: "Lyon", departement: "69", billingMode: "PREPAID", creditLimitCents: 0 },
    },
  },
  pending: { reference: "CA-PGQ5-8R1S-GEPT", code: "072118" },
};

const keys: Keys = {
  masterKey: ringOf(Buffer.alloc(32, 21)),
  indexKey: ringOf(Buffer.alloc(32, 22)),
  tokenKey: ringOf(Buffer.alloc(32, 23)),
  receiptKey: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 24)]),
};

let database: TestDatabase;
let owner: Owner;
let dropOwner: () => Promise<void>;
let ownerUrl: string;
let before: Map<string, Row[]>;

/** An owner as in production: not a superuser, so that row-level security applies to the migrations. */
async function plainOwner(): Promise<string> {
  const name = `plain_owner_${randomBytes(6).toString("hex")}`;
  const password = randomBytes(16).toString("hex");
  const url = new URL(database.ownerUrl);
  const databaseName = url.pathname.slice(1);
  await owner.rows(`CREATE ROLE ${name} LOGIN NOINHERIT CREATEROLE PASSWORD '${password}'`);
  const roles = await owner.rows(
    "SELECT string_agg(rolname, ', ') AS names FROM pg_roles WHERE rolname ~ '^caratlas_(gate|supplier|person|staff|worker|sandbox)$'",
  );
  await owner.rows(`GRANT ${String(roles[0]?.names)} TO ${name} WITH ADMIN OPTION`);
  await owner.rows(`ALTER DATABASE ${databaseName} OWNER TO ${name}`);
  dropOwner = async () => {
    await owner.rows(`REASSIGN OWNED BY ${name} TO CURRENT_USER`);
    await owner.rows(`DROP OWNED BY ${name}`);
    await owner.rows(`DROP ROLE ${name}`);
  };
  return Object.assign(url, { username: name, password }).href;
}

async function migrateToOld(): Promise<void> {
  const timeOf = ({ name }: { name: string }): number => Number(name.slice(-13));
  const source = new DataSource({
    type: "postgres",
    url: ownerUrl,
    migrations: migrations.filter((migration) => timeOf(migration) <= lastOldMigration),
    migrationsTableName: "migration",
    installExtensions: false,
  });
  await source.initialize();
  await source.runMigrations({ transaction: "all" });
  await source.destroy();
}

async function rowsOf(table: string): Promise<Row[]> {
  const rows = await owner.rows(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t::text COLLATE "C"`);
  return rows.map(({ row }) => row as Row);
}

beforeAll(async () => {
  database = await emptyDatabase();
  owner = await asOwnerOf(database);
  ownerUrl = await plainOwner();
  await migrateToOld();
  await owner.rows(written);
  const tables = [...written.matchAll(/^INSERT INTO (\w+)/gm)].map(([, table = ""]) => table);
  before = new Map();
  for (const table of tables) before.set(table, await rowsOf(table));
  await migrate({ ownerUrl, url: database.url });
}, 60_000);
afterAll(async () => {
  await dropOwner();
  await owner.end();
  await database.drop();
});

/** Columns whose values are now in other tables, which the tests below read. */
const moved = new Set(["bank_line.matched_kind", "bank_line.matched_id", "bank_line.corrected_cents"]);
const bankRules = new Set(["LINES_ARE_THEIR_PARTS", "BANK_MOVES_ONCE_BY_LINES", "TRANSIT_IS_EXPECTED"]);

describe("after the migrations", () => {
  it.each([
    ["member", "identity_key_id"],
    ["member", "email_key_id"],
    ["idempotency_key", "key_id"],
    ["lead_secret", "key_id"],
    ["lead_index", "key_id"],
    ["confirmation", "key_id"],
    ["confirmation_try", "key_id"],
    ["own_customer", "key_id"],
    ["outcome", "report_key_id"],
    ["endpoint", "target_key_id"],
    ["endpoint", "secret_key_id"],
    ["endpoint", "previous_secret_key_id"],
  ])("each row of %s has key 1 as its %s", async (table, column) => {
    expect(await owner.rows(`SELECT DISTINCT ${column} AS id FROM ${table}`)).toEqual([{ id: 1 }]);
  });

  it("a delivery names a key only where it has a sealed ground", async () => {
    const rows = await owner.rows("SELECT id, ground_key_id FROM delivery ORDER BY ground_key_id NULLS LAST");
    expect(rows).toEqual([
      { id: old.revokedId, ground_key_id: 1 },
      { id: old.leadId, ground_key_id: null },
    ]);
  });

  it("a settlement holds the day of its bank transfer or bank line", async () => {
    const rows = await owner.rows(
      `SELECT s.kind, coalesce(t.bank_reference, l.reference) AS reference, s.received_on::text AS day
       FROM settlement s LEFT JOIN bank_transfer t ON t.id::text = s.cause_id
         LEFT JOIN bank_line l ON l.id::text = s.cause_id ORDER BY s.at`,
    );
    expect(rows).toEqual([
      { kind: "PAYMENT", reference: "H1", day: "2026-11-29" },
      { kind: "PAYMENT", reference: "L1", day: "2026-11-29" },
      { kind: "PAYMENT_LOST", reference: "H1", day: "2026-11-30" },
    ]);
  });

  it("a refund by bank has a row of its own with the whole reference", async () => {
    const rows = await owner.rows(
      `SELECT d.name, r.supplier_id, r.bank_reference, r.amount_incl_vat_cents::integer AS cents,
         r.paid_on::text AS day, r.recorded_by = d.issued_by AS "byIssuer"
       FROM bank_refund r JOIN billing_document d ON d.id = r.document_id ORDER BY d.name`,
    );
    const common = { supplier_id: old.knowing.id, day: "2026-11-30", byIssuer: true };
    expect(rows).toEqual([
      { ...common, name: "A2026-000001", bank_reference: "OUT 12", cents: 1_200 },
      { ...common, name: "A2026-000002", bank_reference: "Remboursement 7", cents: 600 },
    ]);
  });

  it("what a bank line was matched with is a part of it", async () => {
    const rows = await owner.rows(
      `SELECT b.reference, p.kind, p.amount_cents::integer AS cents, p.corrected_cents::integer AS corrected,
         p.id = b.id AS "sameId", p.supplier_id, b.open_cents::integer AS open, b.occurrence
       FROM bank_line b JOIN bank_line_part p ON p.line_id = b.id ORDER BY 1`,
    );
    const common = { sameId: true, supplier_id: old.garage.id, open: 0, occurrence: 1 };
    expect(rows).toEqual([
      { ...common, reference: "H1", kind: "TRANSFER", cents: 1_199, corrected: -1 },
      { ...common, reference: "L1", kind: "TRANSFER", cents: 1_800, corrected: 0 },
      {
        ...common,
        supplier_id: old.knowing.id,
        reference: "OUT 12",
        kind: "REFUND",
        cents: -1_200,
        corrected: 0,
      },
    ]);
    expect(await owner.rows("SELECT DISTINCT cash_account FROM bank_transfer")).toEqual([
      { cash_account: "512" },
    ]);
  });

  it("the bank's rules of the books hold for lines and records of before", async () => {
    for (const { name, sql } of proofRules.filter(({ name: one }) => bankRules.has(one)))
      expect([name, await owner.rows(sql)]).toEqual([name, []]);
  });

  it("no old value has changed", async () => {
    expect(before.size).toBeGreaterThan(30);
    for (const [table, rows] of before) {
      const columns = Object.keys(rows[0] ?? {}).filter((column) => !moved.has(`${table}.${column}`));
      const texts = (all: readonly Row[]): string[] =>
        all.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort();
      expect([table, texts(await rowsOf(table))]).toEqual([table, texts(rows)]);
    }
  });

  it("rows are protected as before: settlements are append-only, and the owner reads nothing", async () => {
    await expect(owner.rows("UPDATE settlement SET received_on = NULL")).rejects.toThrow("append-only");
    const plain = await asOwnerOf({ ownerUrl });
    for (const table of ["settlement", "bank_refund", "entry", "billing_document", "delivery", "endpoint"])
      expect([table, await plain.rows(`SELECT FROM ${table}`)]).toEqual([table, []]);
    await plain.end();
  });
});

describe("a server on the migrated database", () => {
  let server: TestServer;
  beforeAll(async () => {
    const clock = new MovableClock();
    clock.forward(old.at.getTime() - Date.now());
    server = await startTestServer({ beside: { database: { ...database, ownerUrl }, keys, clock } });
  });
  afterAll(() => server.stop());

  it("opens an old lead for its supplier and its person", async () => {
    const { lead } = await must(server, old.garage.token, {
      query: "query ($id: ID!) { lead(id: $id) { contact { email } } }",
      variables: { id: old.leadId },
    });
    expect(lead.contact.email).toBe(old.email);
    const { myRequest } = await must(server, old.personalToken, { query: "{ myRequest { reference } }" });
    expect(myRequest.reference).toBe(old.reference);
  });

  it("continues a feed from an old cursor", async () => {
    const { feed } = await must(server, old.garage.token, {
      query: feedQuery,
      variables: { first: 9, after: old.cursor },
    });
    const events = feed.events.map((event: Row) => [event.__typename, event.leadId]);
    expect(events).toEqual([
      ["LeadMatched", old.revokedId],
      ["LeadRevoked", old.revokedId],
    ]);
  });

  it("lets a member sign in", async () => {
    const { signIn } = await must(server, null, {
      query: `mutation ($email: String!, $password: String!) {
        signIn(email: $email, password: $password) { ... on SignedIn { viewer { name } } } }`,
      variables: old.member,
    });
    expect(signIn.viewer.name).toBe("Cheffe");
  });

  it("recognises a repeated mutation and a repeated outcome", async () => {
    const { createSupplier } = await must(server, old.adminToken, {
      query:
        'mutation ($input: CreateSupplierInput!) { createSupplier(input: $input, idempotencyKey: "once") { id } }',
      variables: { input: old.createdOnce.input },
    });
    expect(createSupplier.id).toBe(old.createdOnce.id);
    const { reportOutcomes } = await must(server, old.garage.token, {
      query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted } }",
      variables: { input: [old.outcome] },
    });
    expect(reportOutcomes).toEqual([{ accepted: true }]);
    expect(await owner.rows("SELECT FROM outcome")).toHaveLength(1);
  });

  it("opens the address of an endpoint and keeps its secret as the previous one", async () => {
    const { rotateEndpointSecret } = await must(server, old.garage.token, {
      query: "mutation ($id: ID!) { rotateEndpointSecret(id: $id) { endpoint { target } } }",
      variables: { id: old.endpointId },
    });
    expect(rotateEndpointSecret.endpoint.target).toContain("crm.example");
  });

  it("confirms an old request with its code", async () => {
    const { confirmPhone } = await must(server, server.formToken, {
      query: confirmMutation,
      variables: { input: old.pending },
    });
    expect(confirmPhone.__typename).toBe("LeadSubmitted");
  });

  it("finds the earlier request of the same person, and a supplier's own customers", async () => {
    const again = await sendLead(server, { to: [old.garage], contact: person({ email: old.email }) });
    const [row] = await owner.rows(
      "SELECT f.reference FROM lead l JOIN lead f ON f.id = l.joined_lead_id WHERE l.reference = $1",
      [again.reference],
    );
    expect(row?.reference).toBe(old.reference);
    const known = await sendLead(server, {
      to: [old.knowing],
      contact: person({ email: "client@exemple.example" }),
    });
    await until("the lead was decided", async () => {
      const [decision] = await owner.rows(
        "SELECT FROM decision d JOIN lead l ON l.id = d.lead_id WHERE l.reference = $1",
        [known.reference],
      );
      return decision;
    });
    expect(
      await owner.rows("SELECT FROM delivery d JOIN lead l ON l.id = d.lead_id WHERE l.reference = $1", [
        known.reference,
      ]),
    ).toEqual([]);
  });

  it("compares refunds with the bank by their references", async () => {
    const { reconciliation } = await must(server, old.adminToken, {
      query: `{ reconciliation(month: "2026-11") { comparisons { name matched differences { kind subject leftCents } } } }`,
    });
    const refunds = reconciliation.comparisons.find(({ name }: Row) => name === "REFUNDS_AND_BANK");
    expect(refunds).toMatchObject({
      matched: 1,
      differences: [{ kind: "MISSING_RIGHT", subject: "Remboursement 7", leftCents: 600 }],
    });
  });

  it("finds no fault in the books", async () => {
    expect((await server.running.services.billing.proof.prove()).faults).toEqual([]);
  });
});
