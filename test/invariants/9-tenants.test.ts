/**
 * One supplier sees nothing of another, and one person nothing of another: not in the database once the
 * tenant is set, whatever the query, and not through any operation with any id. No answer reveals whether an
 * object of another tenant exists.
 */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { loginOf } from "../../src/platform/logins";
import WebSocket from "ws";
import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  isListType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import { buildApi } from "../../src/app/api";
import { roles, type Role } from "../../src/access/identity";
import { ask, must, subscribe, type GraphQLAnswer } from "../support/client";
import { issueInvoice } from "../support/finance";
import {
  campaignInput,
  feedQuery,
  newCampaign,
  newKey,
  newSupplier,
  preview,
  sendLead,
  siretOf,
  waiveGoLive,
  wholeFeed,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import type { Owner, Row } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let tables: string[];
let views: string[];
let a: Tenant;
let b: Tenant;
let shared: SentLead;

interface Tenant {
  readonly supplier: TestSupplier;
  readonly adminToken: string;
  readonly campaignId: string;
  readonly siteId: string;
  readonly keyId: string;
  readonly memberId: string;
  readonly endpointId: string;
  readonly deadLetterId: string;
  readonly documentId: string;
  readonly member: { readonly email: string; readonly password: string };
  /** A lead that only this supplier received. */
  readonly own: SentLead;
}

const openTables = ["commune_centroid", "form_version", "installation", "migration", "price_floor"];
const randomId = "014200aa-7c6d-8e3a-9b1f-0123456789ab";

/**
 * Gives the supplier a row in every billing table: a billing profile, an invoice for its lead, a payment on
 * it and the rest.
 */
async function furnishBooks({ id }: TestSupplier): Promise<string> {
  const profile = {
    country: "FR",
    street: "2 rue de l'Essai",
    postcode: "69001",
    city: "Essai",
    language: "FR",
  };
  await must(server, server.adminToken, {
    query:
      "mutation ($id: ID!, $profile: UpdateBillingProfileInput!) { updateBillingProfile(supplierId: $id, input: $profile) { city } }",
    variables: { id, profile },
  });
  const [document] = (await issueInvoice(server, id, "id")) as [{ id: string }];
  await owner.rows(
    `INSERT INTO lead_return SELECT gen_random_uuid(), month, id, supplier_id, campaign_id, 'FRAUD', true, 'REJECTED',
       'BY_A_PERSON', '{}', NULL, matched_at, now(), 'test', NULL, now(), 'test' FROM delivery WHERE supplier_id = $1`,
    [id],
  );
  await owner.rows("INSERT INTO stripe_customer (supplier_id) VALUES ($1)", [id]);
  await owner.rows(
    `INSERT INTO stripe_payment (id, supplier_id, amount_incl_vat_cents, status, requested_at, requested_by)
     VALUES (gen_random_uuid(), $1, 1200, 'FAILED', now(), 'test')`,
    [id],
  );
  await owner.rows(
    `INSERT INTO stripe_refund SELECT gen_random_uuid(), supplier_id, id, $2, 7, 'PENDING', NULL, NULL, now(), 'test', NULL, NULL
     FROM stripe_payment WHERE supplier_id = $1`,
    [id, document.id],
  );
  await owner.rows(
    `INSERT INTO einvoice_flow VALUES (gen_random_uuid(), $2, $1, 'DOCUMENT', NULL, 'REFUSED', NULL, 1, NULL, 'test', now(), NULL)`,
    [id, document.id],
  );
  await owner.rows(
    "INSERT INTO einvoice_status VALUES ($2, $1::uuid, '200', now(), NULL, NULL, $1::text, now())",
    [id, document.id],
  );
  await owner.rows(
    `INSERT INTO document_sending VALUES (gen_random_uuid(), $2, $1, 'compta@garage.example', 'FAILED', 1, NULL, 'TIMED_OUT', now(),
       'test', NULL)`,
    [id, document.id],
  );
  await owner.rows("INSERT INTO dunning_step VALUES ($1, 1, $2, now(), 1, 1, 4000, 0)", [document.id, id]);
  await owner.rows("INSERT INTO made_file VALUES ('billing-document-pdf.' || $1::text, $2, 1, '', now())", [
    document.id,
    id,
  ]);
  await owner.rows("INSERT INTO terms_acceptance VALUES ($1, '2026-11', now(), 'test')", [id]);
  await owner.rows(
    `INSERT INTO register_check VALUES (gen_random_uuid(), $1, 'ORIAS', '12345678', true, 'STAFF', 'GED', NULL, '{}', now(), 'test')`,
    [id],
  );
  // A prepaid supplier's invoice is paid before it is issued; only the existence of the row matters here.
  await owner.rows("INSERT INTO settlement VALUES ($1, 'PAYMENT', 'nothing', $2, 0, 0, now())", [
    document.id,
    id,
  ]);
  return document.id;
}

/** A supplier with a row in every table where a supplier can have one. */
async function furnish(): Promise<Tenant> {
  const supplier = await newSupplier(server);
  const adminToken = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const campaignId = await newCampaign(server, supplier, {
    caps: [{ unit: "LEADS", period: "DAY", limit: 500 }],
  });
  const member = { email: `${randomUUID()}@garage.example`, password: "une phrase assez longue" };
  const { createApiKey } = await must(server, adminToken, {
    query: `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input, idempotencyKey: "same for both") { key { id } } }`,
    variables: { input: { role: "SUPPLIER_SALES", label: "caisse", environment: "SANDBOX" } },
  });
  const { createMember } = await must(server, adminToken, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: { input: { role: "SUPPLIER_SALES", name: "Vendeuse", ...member } },
  });
  const [row] = await owner.rows("SELECT siren FROM supplier WHERE id = $1", [supplier.id]);
  const site = {
    supplierId: supplier.id,
    name: "Site",
    siret: siretOf(row?.["siren"]),
    street: "1 rue de l'Essai",
    postcode: "69001",
    city: "Lyon",
  };
  const { createSite } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
    variables: { input: site },
  });
  await must(server, adminToken, {
    query: `mutation { addOwnCustomers(hashes: ["${"ab".repeat(32)}"]) { count } }`,
  });
  await must(server, server.adminToken, {
    query: "mutation ($input: QualityReviewInput!) { reviewQuality(input: $input) { score } }",
    variables: {
      input: { supplierId: supplier.id, product: "LONG_TERM_LEASE", score: 70, reason: "Rappelle vite." },
    },
  });
  await must(server, null, { query: signIn, variables: member });
  // Nothing is old enough to have been dropped; only the existence of the row matters here.
  await owner.rows("INSERT INTO feed_floor VALUES ($1, 0, '2026-01-01', '2026-01-01')", [supplier.id]);
  const own = await sendLead(server, { to: [supplier] });
  await until("its lead is delivered", async () => (await wholeFeed(server, supplier)).length > 0);
  const { endpointId, deadLetterId } = await furnishEndpoint(supplier);
  const documentId = await furnishBooks(supplier);
  return {
    ...{ supplier, adminToken, campaignId, endpointId, deadLetterId, documentId },
    siteId: createSite.id,
    keyId: createApiKey.key.id,
    memberId: createMember.id,
    member,
    own,
  };
}

/** A paused endpoint, so that nothing is sent to it, with one attempt and one dead letter. */
async function furnishEndpoint({
  id,
  token,
}: TestSupplier): Promise<{ endpointId: string; deadLetterId: string }> {
  const { createEndpoint } = await must(server, token, {
    query: `mutation { createEndpoint(input: { label: "CRM", target: "https://leads.example.fr/${id}" }) { endpoint { id } } }`,
  });
  const endpointId = createEndpoint.endpoint.id as string;
  await must(server, token, {
    query: "mutation ($id: ID!) { pauseEndpoint(id: $id) { status } }",
    variables: { id: endpointId },
  });
  await owner.rows(
    `INSERT INTO endpoint_attempt (id, endpoint_id, supplier_id, at, position, event, number, delivered, duration_ms)
     VALUES (gen_random_uuid(), $1, $2, now(), 1, 'LEAD_MATCHED', 1, true, 5)`,
    [endpointId, id],
  );
  const [letter] = await owner.rows(
    `INSERT INTO dead_letter (id, endpoint_id, supplier_id, position, event, at, attempts, reason)
     VALUES (gen_random_uuid(), $1, $2, 1, 'LEAD_MATCHED', now(), 9, 'TIMED_OUT') RETURNING id`,
    [endpointId, id],
  );
  return { endpointId, deadLetterId: letter?.["id"] as string };
}

const signIn =
  "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignedIn { token } } }";

async function works({ supplier, adminToken }: Tenant): Promise<void> {
  const events = await wholeFeed(server, supplier);
  for (const { leadId } of events.filter(({ __typename }) => __typename === "LeadMatched")) {
    await must(server, supplier.token, {
      query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted } }",
      variables: { input: [{ leadId, status: "CONTACTED", occurredAt: new Date().toISOString() }] },
    });
  }
  // Acknowledges as another consumer, so that the first key still reads from the beginning.
  await must(server, adminToken, {
    query: "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }",
    variables: { upTo: events.at(-1).cursor },
  });
}

useServer(async (started) => {
  ({ server, owner } = started);
  const rows = await owner.rows(
    "SELECT c.relname AS name, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT LIKE 'pg_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1",
  );
  const named = (isView: boolean): string[] =>
    rows.filter(({ kind }) => (kind === "v") === isView).map(({ name }) => name as string);
  [tables, views] = [named(false), named(true)];
  [a, b] = [await furnish(), await furnish()];
  shared = await sendLead(server, { to: [a.supplier, b.supplier] });
  for (const { supplier } of [a, b])
    await until("the shared lead is delivered", async () => (await wholeFeed(server, supplier)).length > 1);
  for (const tenant of [a, b]) await works(tenant);
});

describe("in the database", () => {
  let login: Client;
  const tenants = {} as Record<"supplier" | "person", Client>;

  beforeAll(async () => {
    login = new Client({ connectionString: server.database.url });
    await login.connect();
  });
  beforeAll(async () => {
    for (const role of ["supplier", "person"] as const) {
      const { url } = server.database;
      tenants[role] = new Client({ connectionString: loginOf({ url }, role).url });
      await tenants[role].connect();
    }
  });
  afterAll(() => Promise.all([login, ...Object.values(tenants)].map((client) => client.end())));

  it("every table has forced row-level security, except those that hold no tenant's data", async () => {
    const rows = await owner.rows(
      "SELECT c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')",
    );
    expect(rows.map(({ relname }) => relname).sort()).toEqual(tables);
    expect(tables.length).toBeGreaterThan(25);
    const open = rows.filter(
      ({ relrowsecurity, relforcerowsecurity }) => !relrowsecurity || !relforcerowsecurity,
    );
    expect(open.map(({ relname }) => relname).sort()).toEqual(openTables);
  });

  it("the login in DATABASE_URL owns nothing, has no special rights, and can read or change nothing", async () => {
    const [role] = (await login.query<Row>("SELECT * FROM pg_roles WHERE rolname = current_user")).rows;
    expect(role).toMatchObject({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    });
    const entered = await owner.rows(
      "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole FROM pg_roles WHERE rolname LIKE 'caratlas\\_%' AND NOT rolcanlogin",
    );
    expect(entered.length).toBe(7);
    for (const one of entered)
      expect(one).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    const owned = await owner.rows(
      "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = ANY ($1)",
      [[role?.["rolname"], ...entered.map(({ rolname }) => rolname)]],
    );
    expect(owned).toEqual([]);
    for (const view of views)
      await expect(login.query(`SELECT FROM ${view}`)).rejects.toMatchObject({ code: "42501" });
    for (const table of tables.filter((name) => name !== "migration")) {
      await expect(login.query(`SELECT FROM ${table}`)).rejects.toMatchObject({ code: "42501" });
      await expect(login.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
    await expect(login.query("CREATE TABLE public.mine (id int)")).rejects.toMatchObject({ code: "42501" });
    await expect(login.query("DELETE FROM migration")).rejects.toMatchObject({ code: "42501" });
  });

  /** Runs one statement as a tenant. A statement that the role may not run counts as zero rows. */
  async function inTheNameOf(
    scope: "supplier" | "person",
    id: string,
    sql: string,
  ): Promise<{ rows: Row[]; count: number; refused: boolean }> {
    const setting = scope === "supplier" ? "supplier_id" : "lead_id";
    const tenant = tenants[scope];
    await tenant.query(`BEGIN; SET LOCAL caratlas.${setting} = '${id}'`);
    try {
      const { rows, rowCount } = await tenant.query<Row>(sql);
      return { rows, count: rowCount ?? 0, refused: false };
    } catch (error) {
      const { code } = error as { code: string };
      // The role lacks the permission, or a row policy refused the row. Any other error is a mistake in this
      // test.
      if (code !== "42501") throw error;
      return { rows: [], count: 0, refused: true };
    } finally {
      await tenant.query("ROLLBACK");
    }
  }

  /**
   * The condition that selects the rows of one supplier, or of a lead that only this supplier received; null
   * if the table has neither.
   */
  async function privateTo(table: string, tenant: Tenant): Promise<string | null> {
    const columns = (
      await owner.rows("SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1", [
        table,
      ])
    ).map(({ name }) => name);
    const [lead] = await owner.rows("SELECT id FROM lead WHERE reference = $1", [tenant.own.reference]);
    const tests = [
      ...(table === "supplier" ? [`id = '${tenant.supplier.id}'`] : []),
      ...(["lead", "lead_request"].includes(table) ? [`id = '${lead?.["id"]}'`] : []),
      ...(columns.includes("supplier_id") ? [`supplier_id = '${tenant.supplier.id}'`] : []),
      ...(columns.includes("lead_id") && !columns.includes("supplier_id")
        ? [`lead_id = '${lead?.["id"]}'`]
        : []),
    ];
    return tests.length === 0 ? null : tests.join(" OR ");
  }

  async function privateRows(table: string, tenant: Tenant): Promise<Row[]> {
    const where = await privateTo(table, tenant);
    return where === null ? [] : owner.rows(`SELECT ctid::text AS place FROM ${table} WHERE ${where}`);
  }

  it("a view shows a tenant no more than its tables do and cannot be written through", async () => {
    const options = await owner.rows(
      "SELECT relname FROM pg_class WHERE relkind = 'v' AND relname = ANY ($1) AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}'",
      [views],
    );
    expect(options).toEqual([]);
    let searched = 0;
    for (const view of views) {
      const where = await privateTo(view, b);
      for (const write of ["INSERT", "UPDATE", "DELETE"]) {
        const [granted] = await owner.rows("SELECT has_table_privilege($1, $2, $3) AS may", [
          "caratlas_supplier",
          view,
          write,
        ]);
        expect([view, write, granted?.["may"]]).toEqual([view, write, false]);
      }
      if (where === null || (await owner.rows(`SELECT FROM ${view} WHERE ${where}`)).length === 0) continue;
      searched += 1;
      const seen = await inTheNameOf("supplier", a.supplier.id, `SELECT FROM ${view} WHERE ${where}`);
      expect([view, seen.count]).toEqual([view, 0]);
      const [mine] = await owner.rows("SELECT id FROM lead WHERE reference = $1", [a.own.reference]);
      const personal = await inTheNameOf(
        "person",
        String(mine?.["id"]),
        `SELECT FROM ${view} WHERE ${where}`,
      );
      expect([view, personal.count]).toEqual([view, 0]);
    }
    expect(searched).toBeGreaterThan(8);
  });

  it("a supplier reads no row of another in any table and can change, delete or add none", async () => {
    let searched = 0;
    for (const table of tables.filter((name) => !openTables.includes(name))) {
      const theirs = await privateRows(table, b);
      const places = theirs.map(({ place }) => `'${place}'::tid`).join(", ");
      if (places === "") continue;
      searched += 1;
      const mine = (sql: string): ReturnType<typeof inTheNameOf> =>
        inTheNameOf("supplier", a.supplier.id, sql);
      const of = `${table} WHERE ctid = ANY (ARRAY[${places}])`;
      expect([table, (await mine(`SELECT FROM ${of}`)).count]).toEqual([table, 0]);
      expect([table, (await mine(`DELETE FROM ${of}`)).count]).toEqual([table, 0]);
      for (const { column_name: column } of await owner.rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1",
        [table],
      )) {
        expect([
          table,
          column,
          (await mine(`UPDATE ${table} SET ${column} = ${column} WHERE ctid = ANY (ARRAY[${places}])`)).count,
        ]).toEqual([table, column, 0]);
      }
      // Inserts a copy of the other supplier's row in that supplier's name.
      const copy = await mine(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(null::${table}, '${await asJson(table, theirs[0]?.["place"])}')).*`,
      );
      expect([table, copy.count, copy.refused]).toEqual([table, 0, true]);
    }
    // Every other table held a row of B to search for. These hold codes on their way to a person (2), sandbox
    // activity (2) and the clients that currently follow a feed (1).
    const empty = ["confirmation", "confirmation_try", "sandbox_drill", "sandbox_progress", "presence"];
    process.stdout.write(
      `${tables.length} tables listed, ${searched} with rows of another supplier read: 0 rows\n`,
    );
    // The books of CarAtlas: their rows name no supplier, and no supplier's role may read them.
    const books = [
      "advance_use",
      ...["bank_line", "bank_line_part", "bank_statement", "bank_statement_balance"],
      ...["bank_statement_content", "bank_statement_line", "upload", "upload_part"],
      "document_series",
      "entry",
      "invoice_run",
      "journal_counter",
      "period",
      "period_act",
      ...["stripe_balance_transaction", "stripe_dispute", "stripe_event", "stripe_payout"],
      ...["einvoice_cursor", "einvoice_message", "einvoice_progress", "bank_refund"],
      ...["reportable_sale", "sales_report", "sales_report_document", "sales_report_progress"],
      "sales_report_status",
    ];
    expect(searched).toBe(tables.length - openTables.length - empty.length - books.length);
    for (const table of books) {
      expect([table, (await inTheNameOf("supplier", a.supplier.id, `SELECT FROM ${table}`)).refused]).toEqual(
        [table, true],
      );
    }
  });

  async function asJson(table: string, place: string): Promise<string> {
    const [row] = await owner.rows(`SELECT to_jsonb(t)::text AS json FROM ${table} t WHERE ctid = $1::tid`, [
      place,
    ]);
    return (row?.["json"] as string).replaceAll("'", "''");
  }

  it("a supplier reads its own rows, so that finding none of another's is meaningful", async () => {
    for (const table of [
      "supplier",
      "site",
      "campaign",
      "delivery",
      "feed_event",
      "posting",
      ...[
        "stripe_payment",
        "lead_return",
        "billing_profile",
        "billing_document",
        "billed_posting",
        "advance",
        "settlement",
      ],
      "outcome",
      "lead_need",
      "lead_secret",
      "api_key",
      "member",
      "cap_usage",
      "feed_floor",
      "feed_position",
      "quality_review",
      "endpoint",
      "endpoint_attempt",
      "dead_letter",
    ]) {
      expect([
        table,
        (await inTheNameOf("supplier", b.supplier.id, `SELECT FROM ${table}`)).count > 0,
      ]).toEqual([table, true]);
    }
  });

  it("an unknown supplier or person sees no row of any table", async () => {
    for (const table of tables.filter((name) => !openTables.includes(name))) {
      expect([table, (await inTheNameOf("supplier", randomId, `SELECT FROM ${table}`)).count]).toEqual([
        table,
        0,
      ]);
      expect([table, (await inTheNameOf("person", randomId, `SELECT FROM ${table}`)).count]).toEqual([
        table,
        0,
      ]);
    }
  });

  it("a person sees their own request and no other", async () => {
    const [mine] = await owner.rows("SELECT id FROM lead WHERE reference = $1", [a.own.reference]);
    const [theirs] = await owner.rows("SELECT id FROM lead WHERE reference = $1", [b.own.reference]);
    for (const table of tables.filter((name) => !openTables.includes(name))) {
      const others = await privateRows(table, b);
      const places = others.map(({ place }) => `'${place}'::tid`).join(", ");
      if (places === "") continue;
      const { count } = await inTheNameOf(
        "person",
        mine?.["id"],
        `SELECT FROM ${table} WHERE ctid = ANY (ARRAY[${places}])`,
      );
      expect([table, count]).toEqual([table, 0]);
    }
    for (const table of ["lead_need", "lead_secret", "consent_act", "delivery"]) {
      const { rows } = await inTheNameOf("person", theirs?.["id"], `SELECT DISTINCT lead_id FROM ${table}`);
      expect([table, rows]).toEqual([table, [{ lead_id: theirs?.["id"] }]]);
    }
  });
});

describe("through the API", () => {
  type Operation = readonly [
    name: string,
    query: string,
    idOf: (tenant: Tenant, leadId: string) => string,
    more?: Record<string, unknown>,
  ];
  /** Look-ups by id that answer null. */
  const lookUps: readonly Operation[] = [
    ["endpoint", "query ($id: ID!) { endpoint(id: $id) { id } }", ({ endpointId }) => endpointId],
    [
      "billingDocument",
      "query ($id: ID!) { billingDocument(id: $id) { id } }",
      ({ documentId }) => documentId,
    ],
  ];
  /** Every other supplier operation that takes an id, to be called with the id of B's object. */
  const operations: readonly Operation[] = [
    ["lead", "query ($id: ID!) { lead(id: $id) { id } }", (_, leadId) => leadId],
    ["campaign", "query ($id: ID!) { campaign(id: $id) { id } }", ({ campaignId }) => campaignId],
    [
      "updateCampaign",
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { id } }",
      ({ campaignId }) => campaignId,
      { input: campaignInput() },
    ],
    [
      "setCampaignStatus",
      "mutation ($id: ID!) { setCampaignStatus(id: $id, status: PAUSED) { id } }",
      ({ campaignId }) => campaignId,
    ],
    [
      "acknowledgeRevocation",
      "mutation ($id: ID!) { acknowledgeRevocation(leadId: $id, disposition: DELETED) { leadId } }",
      (_, leadId) => leadId,
    ],
    ...["pauseEndpoint", "resumeEndpoint"].map(
      (name) =>
        [
          name,
          `mutation ($id: ID!) { ${name}(id: $id) { id } }`,
          ({ endpointId }: Tenant) => endpointId,
        ] as const,
    ),
    [
      "requestReturn",
      "mutation ($id: ID!) { requestReturn(input: { leadId: $id, reason: FRAUD }) { __typename } }",
      (_, leadId) => leadId,
    ],
    ["withdrawReturn", "mutation ($id: ID!) { withdrawReturn(id: $id) { id } }", (_, leadId) => leadId],
    [
      "deleteEndpoint",
      "mutation ($id: ID!) { deleteEndpoint(id: $id) { endpointId } }",
      ({ endpointId }) => endpointId,
    ],
    [
      "updateEndpoint",
      'mutation ($id: ID!) { updateEndpoint(id: $id, input: { label: "x", target: "https://leads.example.fr/" }) { id } }',
      ({ endpointId }) => endpointId,
    ],
    [
      "replayEndpoint",
      'mutation ($id: ID!) { replayEndpoint(id: $id, idempotencyKey: "k") { id } }',
      ({ endpointId }) => endpointId,
    ],
    [
      "rotateEndpointSecret",
      "mutation ($id: ID!) { rotateEndpointSecret(id: $id) { secret } }",
      ({ endpointId }) => endpointId,
    ],
    [
      "testEndpoint",
      'mutation ($id: ID!) { testEndpoint(id: $id, idempotencyKey: "k") { __typename } }',
      ({ endpointId }) => endpointId,
    ],
    [
      "resendDeadLetter",
      'mutation ($id: ID!) { resendDeadLetter(id: $id, idempotencyKey: "k") { __typename } }',
      ({ deadLetterId }) => deadLetterId,
    ],
    ["revokeApiKey", "mutation ($id: ID!) { revokeApiKey(id: $id) { id } }", ({ keyId }) => keyId],
    ["disableMember", "mutation ($id: ID!) { disableMember(id: $id) { id } }", ({ memberId }) => memberId],
    [
      "createApiKey",
      'mutation ($id: ID!) { createApiKey(input: { role: SUPPLIER_SALES, label: "x", supplierId: $id }) { token } }',
      ({ supplier }) => supplier.id,
    ],
    [
      "createMember",
      'mutation ($id: ID!) { createMember(input: { role: SUPPLIER_SALES, supplierId: $id, name: "x", email: "x@y.example", password: "une phrase assez longue" }) { id } }',
      ({ supplier }) => supplier.id,
    ],
    [
      "limitMember",
      "mutation ($id: ID!) { limitMember(id: $id, input: {}) { id } }",
      ({ memberId }) => memberId,
    ],
    [
      "createApiKey for a site",
      'mutation ($id: ID!) { createApiKey(input: { role: SUPPLIER_SALES, label: "x", siteIds: [$id] }) { token } }',
      ({ siteId }) => siteId,
    ],
    [
      "createApiKey for a campaign",
      'mutation ($id: ID!) { createApiKey(input: { role: SUPPLIER_SALES, label: "x", campaignIds: [$id] }) { token } }',
      ({ campaignId }) => campaignId,
    ],
    [
      "apiKeys",
      "query ($id: ID!) { apiKeys(supplierId: $id) { edges { cursor } } }",
      ({ supplier }) => supplier.id,
    ],
    [
      "members",
      "query ($id: ID!) { members(supplierId: $id) { edges { cursor } } }",
      ({ supplier }) => supplier.id,
    ],
    [
      "createCampaign at a site",
      'mutation ($id: ID!) { createCampaign(input: { name: "x", product: "NEW_CAR", zones: [{ departement: "69" }], criteria: [], pricePerLeadCents: 3000, caps: [], site: $id }) { id } }',
      ({ siteId }) => siteId,
    ],
  ];

  it("an object of another supplier gets the same answer as one that does not exist", async () => {
    const [{ leadId }] = await wholeFeed(server, b.supplier);
    const before = await everythingOf(b);
    for (const [name, query, idOf, more] of operations) {
      const answers: GraphQLAnswer[] = [];
      for (const id of [idOf(b, leadId), randomId, "x"])
        answers.push(await ask(server, a.adminToken, { query, variables: { id, ...more } }));
      const [theirs, nobodys, senseless] = answers;
      expect([name, theirs?.errors?.[0]?.extensions.code]).toEqual([name, "NOT_FOUND"]);
      expect([name, theirs]).toEqual([name, nobodys]);
      expect([name, senseless]).toEqual([name, nobodys]);
    }
    const report = (id: string): Promise<GraphQLAnswer> =>
      ask(server, a.supplier.token, {
        query: "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { accepted error } }",
        variables: { input: [{ leadId: id, status: "SOLD", occurredAt: new Date().toISOString() }] },
      });
    expect(await report(leadId)).toEqual(await report(randomId));
    expect((await report(leadId)).data?.reportOutcomes).toEqual([
      { accepted: false, error: "NOT_FOUND: there is no such lead, or it is not yours." },
    ]);
    const filtered = await must(server, a.supplier.token, {
      query: "query ($id: ID!) { leads(filter: { campaign: $id }) { edges { node { id } } } }",
      variables: { id: b.campaignId },
    });
    expect(filtered.leads.edges).toEqual([]);
    // None of the calls changed anything of B.
    expect(await everythingOf(b)).toEqual(before);
  });

  it("a look-up of another supplier's object answers null, like one of an object that does not exist", async () => {
    const [{ leadId }] = await wholeFeed(server, b.supplier);
    for (const [name, query, idOf] of lookUps)
      for (const id of [idOf(b, leadId), randomId, "x"]) {
        const { data, errors } = await ask(server, a.adminToken, { query, variables: { id } });
        expect([name, data?.[name], errors]).toEqual([name, null, undefined]);
      }
  });

  async function everythingOf({ supplier, keyId }: Tenant): Promise<unknown> {
    const seen = await must(server, supplier.token, {
      query: `{ campaigns { edges { node { id status version } } } account { balanceCents postings { edges { node { number } } } }
        leads { edges { node { id outcome { status } } } } feed { events { at } }
        endpoints { edges { node { id status label target nextTryAt position attempts { edges { node { id } } } deadLetters { edges { node { id } } } } } } }`,
    });
    const others = await owner.rows("SELECT disabled_at FROM member WHERE supplier_id = $1", [supplier.id]);
    return { seen, others, key: await owner.rows("SELECT revoked_at FROM api_key WHERE id = $1", [keyId]) };
  }

  it("lists, statistics and feeds contain nothing of another supplier", async () => {
    const all = `{ viewer { supplier { id } } campaigns(first: 100) { edges { node { id } } } leads(first: 100) { edges { node { id campaign { id } consentReceipt { jws } why { text } } } }
      account { balanceCents postings(first: 100) { edges { node { id leadId } } } } feed(first: 100) { events { __typename ... on LeadMatched { leadId lead { id } } } } }`;
    const [mine, theirs] = await Promise.all(
      [a, b].map(({ supplier }) => must(server, supplier.token, { query: all })),
    );
    const foreign = [
      b.supplier.id,
      b.supplier.name,
      b.campaignId,
      b.siteId,
      ...theirs?.["leads"].edges.map(({ node }: any) => node.id),
    ];
    expect(foreign.filter((id: string) => JSON.stringify(theirs).includes(id)).length).toBeGreaterThan(3);
    expect(foreign.filter((id: string) => JSON.stringify(mine).includes(id))).toEqual([]);
  });

  it("two suppliers that received the same person cannot find out from ids and receipts that it is one person", async () => {
    const leads = await Promise.all(
      [a, b].map(async ({ supplier }) => {
        const [row] = await owner.rows(
          "SELECT d.id, d.month FROM delivery d JOIN lead l ON l.id = d.lead_id WHERE l.reference = $1 AND d.supplier_id = $2",
          [shared.reference, supplier.id],
        );
        return row?.["id"] as string;
      }),
    );
    const [mine = "", theirs = ""] = leads;
    expect(mine).not.toBe(theirs);
    // Both ids share the month of submission, and every UUID shares its version and variant digits.
    expect(mine.slice(0, 4)).toBe(theirs.slice(0, 4));
    const random = (id: string): string[] => [...id.replaceAll("-", "").slice(4)];
    const alike = random(mine).filter((digit, index) => digit === random(theirs)[index]).length;
    expect(alike).toBeLessThan(14);
    const [{ id: leadId, reference } = {}] = await owner.rows(
      "SELECT id, reference FROM lead WHERE reference = $1",
      [shared.reference],
    );
    const whole = await must(server, a.supplier.token, {
      query:
        "query ($id: ID!) { lead(id: $id) { id consentReceipt { jws } why { text } campaign { id } charge { at } } }",
      variables: { id: mine },
    });
    const [, payload = ""] = whole.lead.consentReceipt.jws.split(".");
    const text = JSON.stringify(whole) + Buffer.from(payload, "base64url").toString();
    for (const common of [leadId, reference, theirs, b.supplier.id, b.supplier.name])
      expect(text).not.toContain(common);
  });

  it("the preview does not depend on what is left of caps and balances", async () => {
    const shown = async (): Promise<string[]> =>
      (await preview(server)).recipients.map(({ supplierId }) => supplierId).sort();
    const before = await shown();
    expect(before).toEqual([a.supplier.id, b.supplier.id].sort());
    const poor = await newSupplier(server, { paidInclVatCents: 0 });
    await newCampaign(server, poor, { caps: [{ unit: "LEADS", period: "MONTH", limit: 1 }] });
    const withPoor = await shown();
    expect(withPoor).toContain(poor.id);
    await must(server, server.adminToken, {
      query:
        "mutation ($id: ID!) { setBilling(input: { supplierId: $id, mode: POSTPAID, creditLimitCents: 100000 }) { mode } }",
      variables: { id: poor.id },
    });
    await sendLead(server, { to: [poor] });
    // Delivering this lead uses up its cap.
    await until("its only lead is delivered", async () =>
      (await wholeFeed(server, poor)).some(({ __typename }) => __typename === "CapReached"),
    );
    expect(await shown()).toEqual(withPoor);
  });

  it("another supplier's cursor is refused by the feed, the subscription and acknowledge", async () => {
    const [{ cursor }] = await wholeFeed(server, b.supplier);
    const message = "This is not a cursor of your feed. Pass a cursor back exactly as you received it.";
    const extensions = expect.objectContaining({ code: "INVALID_INPUT" });
    const refused = [expect.objectContaining({ message, extensions })];
    expect(
      (await ask(server, a.supplier.token, { query: feedQuery, variables: { after: cursor } })).errors,
    ).toEqual(refused);
    const acknowledge = "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }";
    expect(
      (await ask(server, a.supplier.token, { query: acknowledge, variables: { upTo: cursor } })).errors,
    ).toEqual(refused);
    const feed = subscribe(server, a.supplier.token, {
      query: "subscription ($after: Cursor) { leadFeed(after: $after) { cursor } }",
      variables: { after: cursor },
    });
    await expect(feed.next()).rejects.toThrow(message);
    await feed.stop();
    // Changing a single character is enough, wherever it stands.
    const [{ cursor: own }] = (await wholeFeed(server, a.supplier)) as [{ cursor: string }];
    for (const place of [0, 10, 30, 50, own.length - 2]) {
      const altered = own.slice(0, place) + (own[place] === "A" ? "B" : "A") + own.slice(place + 1);
      expect(
        (await ask(server, a.supplier.token, { query: feedQuery, variables: { after: altered } })).errors,
      ).toEqual(refused);
    }
  });

  it("a person's link opens only that person's request", async () => {
    const { myRequest } = await must(server, a.own.personalToken, {
      query: "{ myRequest { reference recipients { supplierId } } }",
    });
    expect(myRequest).toEqual({ reference: a.own.reference, recipients: [{ supplierId: a.supplier.id }] });
    const [mine, theirs] = [a.own.personalToken, b.own.personalToken];
    for (const token of [
      mine.slice(0, 40) + theirs.slice(40),
      theirs.slice(0, 40) + mine.slice(40),
      `${mine}A`,
    ]) {
      expect(
        (await ask(server, token, { query: "{ myRequest { reference } }" })).errors?.[0]?.extensions.code,
      ).toBe("UNAUTHENTICATED");
    }
    expect(
      (
        await ask(server, mine, {
          query: "mutation ($ids: [ID!]) { withdrawConsent(input: { supplierIds: $ids }) { state } }",
          variables: { ids: [b.supplier.id] },
        })
      ).errors?.[0]?.extensions.code,
    ).toBe("INVALID_INPUT");
  });

  const followed = "subscription { leadFeed { cursor } }";

  it("a revoked key or a signed-out session loses its open sockets", async () => {
    const staying = subscribe(server, a.supplier.token, { query: followed });
    for (const _event of await wholeFeed(server, a.supplier)) await staying.next();
    // The second round starts right after the sockets were checked, so it waits for a full interval.
    for (const _round of [1, 2]) {
      const leaving = await newcomers();
      const feeds = leaving.map(({ token }) => subscribe(server, token, { query: followed }));
      for (const feed of feeds) expect((await feed.next()).cursor).toBeTruthy();
      for (const { leave } of leaving) await leave();
      expect(await Promise.all(feeds.map(({ closed }) => closed))).toEqual([4403, 4403]);
      // On HTTP the key is refused at once.
      for (const { token } of leaving) {
        const { errors } = await ask(server, token, { query: "{ viewer { role } }" });
        expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
      }
      await Promise.all(feeds.map((feed) => feed.stop()));
    }
    // Other connections stay open.
    await sendLead(server, { to: [a.supplier] });
    expect((await staying.next()).cursor).toBeTruthy();
    await staying.stop();
  });

  /** A key and a session of A, each with the call that ends it. */
  async function newcomers(): Promise<{ token: string; leave: () => Promise<unknown> }[]> {
    const { createApiKey } = await must(server, server.adminToken, {
      query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token key { id } } }",
      variables: {
        input: { role: "SUPPLIER_INTEGRATION", supplierId: a.supplier.id, label: "soon gone", waiveGoLive },
      },
    });
    const { signIn: session } = await must(server, null, { query: signIn, variables: a.member });
    const revoke = "mutation ($id: ID!) { revokeApiKey(id: $id) { revokedAt } }";
    return [
      {
        token: createApiKey.token,
        leave: () => must(server, a.adminToken, { query: revoke, variables: { id: createApiKey.key.id } }),
      },
      { token: session.token, leave: () => must(server, session.token, { query: "mutation { signOut }" }) },
    ];
  }
});

describe("permissions per role", () => {
  const schema: GraphQLSchema = buildApi();
  const rootFields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (type) =>
      Object.values(type?.getFields() ?? {}).map((field) => ({
        kind: type?.name.toLowerCase() ?? "",
        field,
      })),
  );
  const tokens = new Map<Role | "NOBODY" | "WRONG", string | null>();

  beforeAll(async () => {
    const staffKey = async (role: Role): Promise<string> =>
      (
        await must(server, server.adminToken, {
          query:
            'mutation ($role: Role!) { createApiKey(input: { role: $role, label: "matrix" }) { token } }',
          variables: { role },
        })
      ).createApiKey.token;
    // Uses a supplier of its own, because allowed operations take effect. Its feed holds an event, so that a
    // subscription answers.
    const supplier = await newSupplier(server);
    await newCampaign(server, supplier);
    await sendLead(server, { to: [supplier] });
    await until("its feed is not empty", async () => (await wholeFeed(server, supplier)).length > 0);
    for (const role of roles) {
      if (role === "CONSUMER") tokens.set(role, shared.personalToken);
      else
        tokens.set(
          role,
          role.startsWith("SUPPLIER") ? await newKey(server, supplier.id, role) : await staffKey(role),
        );
    }
    tokens.set("NOBODY", null);
    tokens.set("WRONG", "ca_supplier_thisKeyWasNeverGivenToAnybody000000000");
  });

  /**
   * The smallest request for a root field: required arguments of the right type whose values refer to
   * nothing.
   */
  function requestOf(kind: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
    const given = args
      .filter(({ type: argument }) => isNonNullType(argument))
      .map((argument) => `${argument.name}: ${literalOf(argument.type)}`);
    const leaf = isLeafType(getNamedType(type));
    return `${kind} { ${name}${given.length > 0 ? `(${given.join(", ")})` : ""}${leaf ? "" : " { __typename }"} }`;
  }

  function literalOf(type: GraphQLInputType): string {
    if (isNonNullType(type)) return literalOf(type.ofType);
    if (isListType(type)) return `[${literalOf(type.ofType)}]`;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const wanted = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
      return `{ ${wanted.map((field) => `${field.name}: ${literalOf(field.type)}`).join(", ")} }`;
    }
    // Uses a role that every caller of these fields may grant, since this test only asks who may call them.
    if (type.name === "Role") return "SUPPLIER_SALES";
    if ("getValues" in type) return (type.getValues()[0] as { name: string }).name;
    const literals: Record<string, string> = {
      Int: "1",
      Float: "1",
      Boolean: "false",
      Cents: "1",
      DateTime: '"2026-01-01T00:00:00Z"',
      Day: '"2026-01-01"',
      Month: '"2026-01"',
    };
    return literals[type.name] ?? '"x"';
  }

  /**
   * The permissions are listed here a second time, by role, so that a role added to a field by mistake is
   * found.
   */
  const reading = ["products", "form", "communes", "vehicleMakes", "vehicleModels", "viewer"];
  const listing = [
    ...["ownCustomerList", "addOwnCustomers", "removeOwnCustomers"],
    ...["endpoint", "endpoints", "createEndpoint", "updateEndpoint", "deleteEndpoint", "pauseEndpoint"],
    ...["resumeEndpoint", "replayEndpoint", "rotateEndpointSecret", "testEndpoint", "resendDeadLetter"],
  ];
  const supplierMay = [
    ...["account", "campaign", "campaigns", "feed", "lead", "leadFeed", "leads", "signOut", "acknowledge"],
    ...[
      "accountChanged",
      "leadStatement",
      "requestReturn",
      "withdrawReturn",
      "returns",
      "billingDocument",
      "billingDocuments",
      "campaignCaps",
      "missedLeads",
      "whyNot",
      "simulate",
      "goLive",
      "priceFloors",
      "onboarding",
    ],
    ...["acknowledgeRevocation", "createCampaign", "reportOutcomes", "setCampaignStatus", "updateCampaign"],
  ];
  /** These are open to anybody; the password or sealed link in the arguments authenticates the caller. */
  const forAnybody = ["signIn", "revocationByLink", "acknowledgeRevocationByLink"];
  const granting = [
    ...["createApiKey", "createMember", "disableMember", "limitMember", "revokeApiKey"],
    ...["apiKeys", "members"],
  ];
  const suppliersMay = ["supplier", "suppliers", "signOut", "priceFloors", "onboarding"];
  const returning = ["decideReturn", "returns", "returnRates"];
  const paying = [
    "acceptTerms",
    "setSpendCap",
    "setBalanceAlert",
    "payments",
    "setUpPayment",
    "topUp",
    "setAutomaticTopUp",
  ];
  const financing = [
    ...["payments", "collectInvoice", "reconciliation", "bankLines", "importBankStatement"],
    ...[
      "assignBankLine",
      "splitBankLine",
      "matchBankLine",
      "undoBankLine",
      "bankStatements",
      "bankStatement",
    ],
    ...["importBankStatementFile", "bankStatementChanged", "reverseBankTransfer"],
    ...["creditLead", "recordBankTransfer", "setBilling", "setPrice", "updateBillingProfile"],
    ...[
      "billingDocument",
      "leadStatement",
      "billingDocuments",
      "issueInvoice",
      "issueInvoices",
      "previewInvoices",
      "invoiceRun",
      "invoiceRunChanged",
    ],
    ...[
      "refundBalance",
      "refundPayments",
      "sendDocument",
      "journal",
      "resendDocument",
      ...["salesReports", "salesReport", "resendSalesReport"],
      "booked",
      "bookBankLine",
      "chargeLateFees",
      "writeOffInvoice",
      "accountingMonth",
      "lockMonth",
      "unlockMonth",
    ],
    ...["ledgerProof", "vatSummary", "lateVatEntries", "euServices", "agedReceivables", "fec"],
  ];
  const operating = [
    ...granting,
    "createSite",
    "createSupplier",
    "decision",
    "goLive",
    "replayDecisions",
    "reviewQuality",
    ...["checkRegistration", "recordRegisterCheck", "waiveOnboarding"],
  ];
  const mayAsk: Record<Role, readonly string[]> = {
    FORM: [...reading, "previewRecipients", "submitLead", "confirmPhone", "resendCode"],
    CONSUMER: ["viewer", "myRequest", "withdrawConsent"],
    SUPPLIER_SALES: [...reading, ...supplierMay],
    SUPPLIER_INTEGRATION: [...reading, ...supplierMay, ...listing],
    SUPPLIER_ADMIN: [...reading, ...supplierMay, ...listing, ...granting, ...paying],
    OPERATOR: [...reading, ...suppliersMay, ...operating, ...returning],
    FINANCE: [...reading, ...suppliersMay, ...financing, ...returning],
    DPO: [...reading, "signOut", "decision", "replayDecisions", "eraseRequest"],
    ADMIN: [...reading, ...suppliersMay, ...operating, ...financing, ...returning, "eraseRequest"],
  };

  const expectedOf = (name: string, who: Role | "NOBODY" | "WRONG"): string => {
    if (who === "WRONG") return "UNAUTHENTICATED";
    if (forAnybody.includes(name)) return "ALLOWED";
    if (who === "NOBODY") return "UNAUTHENTICATED";
    return mayAsk[who].includes(name) ? "ALLOWED" : "FORBIDDEN";
  };

  const verdict = (errors: GraphQLAnswer["errors"]): string => {
    const code = errors?.[0]?.extensions.code ?? "OK";
    return code === "FORBIDDEN" || code === "UNAUTHENTICATED"
      ? code
      : code === "INTERNAL"
        ? "INTERNAL"
        : "ALLOWED";
  };

  it("every root field answers every role as listed, over HTTP and WebSocket", async () => {
    const found: string[] = [];
    let asked = 0;
    for (const [who, token] of tokens) {
      const socket = new Socket(server.wsUrl, token);
      const askOne = async ({ kind, field }: (typeof rootFields)[number]): Promise<void> => {
        const query = requestOf(kind, field);
        const wanted = expectedOf(field.name, who);
        // HTTP refuses every subscription, whoever sends it.
        const overHttp = kind === "subscription" ? null : await ask(server, token, { query });
        const byHttp = overHttp ? verdict(overHttp.errors) : wanted;
        const bySocket = await socket.ask(query);
        asked += overHttp ? 2 : 1;
        // A connection with an unknown key is closed.
        const wantedBySocket = who === "WRONG" ? "CLOSED 4403" : wanted;
        if (byHttp !== wanted) found.push(`HTTP ${who} ${field.name}: ${byHttp}, not ${wanted}`);
        if (bySocket !== wantedBySocket)
          found.push(`WebSocket ${who} ${field.name}: ${bySocket}, not ${wantedBySocket}`);
      };
      // One socket carries at most 50 operations at once, and there are more root fields than that.
      for (let from = 0; from < rootFields.length; from += 40)
        await Promise.all(rootFields.slice(from, from + 40).map(askOne));
      socket.close();
    }
    expect(found).toEqual([]);
    process.stdout.write(
      `${rootFields.length} root fields x ${tokens.size} askers x 2 transports: ${asked} answers\n`,
    );
  });

  /** A minimal graphql-transport-ws client that sends every operation over one socket. */
  class Socket {
    private readonly socket: WebSocket;
    private readonly ready: Promise<string | null>;
    private readonly waiting = new Map<string, (verdict: string) => void>();
    private number = 0;

    constructor(url: string, token: string | null) {
      this.socket = new WebSocket(url, "graphql-transport-ws");
      this.ready = new Promise((resolve) => {
        this.socket.on("open", () =>
          this.socket.send(
            JSON.stringify({
              type: "connection_init",
              payload: token === null ? {} : { authorization: `Bearer ${token}` },
            }),
          ),
        );
        this.socket.on("close", (code: number) => resolve(`CLOSED ${code}`));
        this.socket.on("message", (data: Buffer) => {
          const message = JSON.parse(data.toString()) as { type: string; id?: string; payload?: any };
          if (message.type === "connection_ack") resolve(null);
          const errors = message.type === "error" ? message.payload : message.payload?.errors;
          if (message.id !== undefined && ["next", "error"].includes(message.type))
            this.waiting.get(message.id)?.(verdict(errors));
        });
      });
    }

    async ask(query: string): Promise<string> {
      const closed = await this.ready;
      if (closed !== null) return closed;
      const id = String(this.number++);
      const answer = new Promise<string>((resolve) => this.waiting.set(id, resolve));
      this.socket.send(JSON.stringify({ type: "subscribe", id, payload: { query } }));
      const told = await answer;
      this.socket.send(JSON.stringify({ type: "complete", id }));
      return told;
    }

    close(): void {
      this.socket.close();
    }
  }
});
