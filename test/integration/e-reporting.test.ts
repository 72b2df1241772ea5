/**
 * Reports sales to companies abroad to a test platform: every sale once, in the report of its period, whatever the
 * platform answers, however late a document is committed, and however many processes work.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { ask, must } from "../support/client";
import { dayOf } from "../support/days";
import { aDocument } from "../support/documents";
import { startEinvoicing, type EinvoicingServer, type PlatformFault } from "../support/einvoicing-server";
import { issueInvoice } from "../support/finance";
import { newCampaign, newKey, newSupplier, sendLead } from "../support/journey";
import { roundsOf } from "../support/rounds";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";
import { texts, treeOf } from "../support/xml-tree";

let platform: EinvoicingServer;
let server: TestServer;
let beside: TestServer;
let owner: Owner;
let supplier: Awaited<ReturnType<typeof newSupplier>>;
const never = new AbortController().signal;
const minuteMs = 60_000;
const dayMs = 86_400_000;
const environmentOf = (url: string) => ({
  EINVOICING_API_BASE: url,
  EINVOICING_TOKEN_URL: `${url}/token`,
  EINVOICING_CLIENT_ID: "caratlas",
  EINVOICING_CLIENT_SECRET: "a secret",
  EINVOICING_SINCE: "2026-01-01",
});
const reporting = {
  EREPORTING_REGIME: "NORMAL_MONTHLY",
  EREPORTING_PLATFORM_ID: "0123",
  EREPORTING_PLATFORM_NAME: "Plateforme Exemple",
};

beforeAll(async () => {
  platform = await startEinvoicing(() => server.clock.now());
  const environment = { ...environmentOf(platform.url), ...reporting };
  server = await startTestServer({ environment });
  beside = await startTestServer({ environment, beside: server });
  owner = await asOwnerOf(server.database);
  supplier = await newSupplier(server, { billingMode: "POSTPAID" });
});
afterEach(() => {
  const ids = platform.taken.map(({ trackingId }) => trackingId);
  expect(new Set(ids).size).toBe(ids.length);
});
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
  await platform.stop();
});

/** Runs the work in both processes at once. */
async function work(): Promise<void> {
  await Promise.all(
    [server, beside].map(async ({ running }) => {
      const jobs = running.services.billing.dispatch.platform;
      if (!jobs?.reports) throw new Error("Reports are not set up.");
      await jobs.transmission.run(never);
      await jobs.reports.run(never);
      await jobs.lifeCycle.run();
    }),
  );
}
const forward = (ms: number): void => {
  for (const one of [server, beside]) one.clock.forward(ms);
};
const later = async (ms: number): Promise<void> => {
  forward(ms);
  await work();
};
/** Past the end of the current period, whatever it is. */
const nextPeriod = (): Promise<void> => later(12 * dayMs);

let number = 900_000;
const belgian = { ...aDocument().buyer, country: "BE", siren: "", vatNumber: "BE0428759497" };

/** Stores a document as if its transaction had begun `agoMs` before it is committed now. */
async function issued(agoMs = 0, change: Parameters<typeof aDocument>[0] = {}): Promise<string> {
  const at = new Date(server.clock.now().getTime() - agoMs);
  const issuedOn = dayOf(at);
  const name = `F${issuedOn.slice(0, 4)}-${String(++number)}`;
  const content = aDocument({
    ...{ name, issuedOn, treatment: "REVERSE_CHARGE", vatCents: 0, buyer: belgian },
    ...change,
  });
  await owner.rows(
    `INSERT INTO billing_document (id, kind, year, number, name, supplier_id, issued_on, due_on, treatment, on_debits,
       net_cents, vat_cents, advance_net_cents, advance_vat_cents, corrects, content, issued_at, issued_by,
       lettering)
     VALUES ($1, 'INVOICE', $2, $3, $4, $5, $6, $6, $7, false, $8, $9, 0, 0, NULL, $10, $11, 'test', $12)`,
    [
      ...[randomUUID(), Number(issuedOn.slice(0, 4)), number, name, supplier.id, issuedOn],
      ...[content.treatment, content.netCents, content.vatCents, JSON.stringify(content), at, number],
    ],
  );
  return name;
}

const refusedFlows = new Set<string>();
const sent = () =>
  platform.taken.filter(({ syntax, flowId }) => syntax === "FRR" && !refusedFlows.has(flowId));
/** What the tax authority knows: an initial report adds its sales, a rectifying one replaces those of its period. */
function known(): string[] {
  const periods = new Map<string, readonly string[]>();
  for (const { content } of sent()) {
    const report = treeOf(content.toString());
    const [from = ""] = texts(report, "TransactionsReport/ReportPeriod/StartDate");
    const names = texts(report, "TransactionsReport/Invoice/ID");
    const isInitial = texts(report, "ReportDocument/TypeCode").includes("IN");
    periods.set(from, isInitial ? [...(periods.get(from) ?? []), ...names] : names);
  }
  return [...periods.values()].flat().sort();
}
const lastXml = () => treeOf(sent().at(-1)?.content.toString() ?? "");

const fields =
  "id startsOn endsOn dueOn kind status needsAction documentCount flowId failure sentAt statuses { code label reason }";
const reportsOf = async (filter = ""): Promise<any[]> =>
  (
    await must(server, server.adminToken, {
      query: `{ salesReports(first: 100${filter}) { edges { node { ${fields} documents { edges { node { name } } } } } } }`,
    })
  ).salesReports.edges.map(({ node }: any) => node);
const newest = async () => (await reportsOf())[0];
const resend = (id: string, key: string = randomUUID()) =>
  ask(server, server.adminToken, {
    query: `mutation ($id: ID!, $key: String!) { resendSalesReport(id: $id, idempotencyKey: $key) { ${fields} } }`,
    variables: { id, key },
  });

it("reports the invoice of a company abroad once its period is over, and sends it no e-invoice", async () => {
  const abroad = await newSupplier(server, { billingMode: "POSTPAID" });
  await must(server, server.adminToken, {
    query:
      "mutation ($id: ID!, $input: UpdateBillingProfileInput!) { updateBillingProfile(supplierId: $id, input: $input) { country } }",
    variables: {
      id: abroad.id,
      input: {
        ...{ country: "BE", vatNumber: "BE0428759497", language: "FR" },
        ...{ street: "1 rue de l'Essai", postcode: "1000", city: "Bruxelles" },
      },
    },
  });
  await newCampaign(server, abroad, { pricePerLeadCents: 10_000 });
  await sendLead(server, { to: [abroad] });
  await until(
    "the lead is delivered",
    async () => (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [abroad.id])).length === 1,
  );
  const [invoice] = await issueInvoice(server, abroad.id);
  await work();
  expect(platform.taken).toEqual([]);
  await nextPeriod();
  const [flow] = sent();
  expect(flow).toMatchObject({
    info: { flowSyntax: "FRR", flowType: "IndividualCustomerTransactionReport", processingRule: "B2BInt" },
  });
  expect(known()).toEqual([invoice?.["name"]]);
  const report = await newest();
  expect(report).toMatchObject({
    ...{ kind: "INITIAL", status: "SENT", needsAction: false, documentCount: 1, flowId: flow?.flowId },
    documents: { edges: [{ node: { name: invoice?.["name"] } }] },
  });
  const shown = (token: string) =>
    must(server, token, {
      query: "query ($id: ID!) { billingDocument(id: $id) { transmission { status } salesReport { id } } }",
      variables: { id: invoice?.["id"] },
    });
  expect((await shown(server.adminToken)).billingDocument).toEqual({
    transmission: null,
    salesReport: { id: report.id },
  });
  // The reports contain the sales of others.
  expect(
    (await shown(await newKey(server, abroad.id, "SUPPLIER_ADMIN"))).billingDocument.salesReport,
  ).toBeNull();
});

it("reports overseas territories outside French VAT, and neither e-invoices nor late fees", async () => {
  const before = known();
  const french = aDocument().buyer;
  const guyane = await issued(0, { treatment: "NONE_OVERSEAS", buyer: { ...french, postcode: "97300" } });
  const swiss = await issued(0, {
    treatment: "OUTSIDE_SCOPE",
    buyer: { ...belgian, country: "CH", vatNumber: null },
  });
  const invoice = await issued(0, { treatment: "STANDARD", buyer: french });
  await issued(0, { treatment: "PENALTY", buyer: french });
  await nextPeriod();
  expect(known()).toEqual([...before, guyane, swiss].sort());
  expect(platform.taken.filter(({ name }) => name.startsWith(invoice))).toHaveLength(1);
});

it("replaces a report when a document of its period was committed late", async () => {
  const early = await issued();
  await nextPeriod();
  const first = await newest();
  // A transaction that began in that period and was open all the time.
  const agoMs = server.clock.now().getTime() - Date.parse(`${String(first.startsOn)}T12:00:00Z`);
  await owner.rows("UPDATE sales_report_progress SET looked_at = $1", [first.startsOn]);
  const late = await issued(agoMs);
  await work();
  expect(await newest()).toMatchObject({
    ...{
      kind: "RECTIFYING",
      status: "SENT",
      startsOn: first.startsOn,
      endsOn: first.endsOn,
      documentCount: 2,
    },
  });
  expect(texts(lastXml(), "ReportDocument/TypeCode")).toEqual(["RE"]);
  expect([...texts(lastXml(), "TransactionsReport/Invoice/ID")].sort()).toEqual([early, late].sort());
});

it.each<PlatformFault>(["500_AFTER", "NO_ANSWER_AFTER", "500_BEFORE"])(
  "sends a report once even if the platform answers with %s",
  async (fault) => {
    const name = await issued();
    forward(12 * dayMs);
    platform.faults.push(fault);
    await work();
    await later(3_600_000);
    await later(3_600_000);
    expect(known().filter((one) => one === name)).toHaveLength(1);
    expect(await newest()).toMatchObject({ status: "SENT", failure: null });
  },
);

it("takes over a report that a process had submitted when it died", async () => {
  const name = await issued();
  forward(12 * dayMs);
  platform.faults.push("NO_ANSWER_AFTER");
  await work();
  // Nothing was written down of the attempt: the row looks as it did when it was claimed.
  await owner.rows("UPDATE sales_report SET failure = NULL WHERE state = 'WAITING'");
  await later(3_600_000);
  expect(known().filter((one) => one === name)).toHaveLength(1);
  expect(await newest()).toMatchObject({ status: "SENT" });
});

it("shows finance a refused report, which is made again with all documents of its period", async () => {
  const name = await issued();
  forward(12 * dayMs);
  platform.faults.push("REFUSED");
  await work();
  await later(minuteMs);
  const refused = await newest();
  expect(refused).toMatchObject({ status: "REFUSED", needsAction: true, kind: "INITIAL" });
  expect((await reportsOf(", filter: { needsAction: true }")).map(({ id }) => id)).toEqual([refused.id]);
  expect(known()).not.toContain(name);
  const again = await resend(refused.id, "again");
  expect(again.data).toMatchObject({ resendSalesReport: { status: "WAITING", kind: "INITIAL" } });
  expect((await resend(refused.id, "again")).data?.resendSalesReport.id).toBe(
    again.data?.resendSalesReport.id,
  );
  for (const id of [refused.id, again.data?.resendSalesReport.id])
    expect((await resend(id)).errors?.[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      reason: "NOT_REFUSED",
    });
  expect((await resend(randomUUID())).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  await work();
  expect(known()).toContain(name);
  expect(await reportsOf(", filter: { needsAction: true }")).toEqual([]);
  const one = (id: string) =>
    must(server, server.adminToken, {
      query: "query ($id: ID!) { salesReport(id: $id) { id status } }",
      variables: { id },
    });
  expect((await one(refused.id)).salesReport).toEqual({ id: refused.id, status: "REFUSED" });
  expect((await one(randomUUID())).salesReport).toBeNull();
});

it("learns later that a report was refused, by its flow or by a message of the tax authority", async () => {
  for (const learn of ["FLOW", "MESSAGE"]) {
    const name = await issued();
    await nextPeriod();
    const { id, flowId } = await newest();
    refusedFlows.add(flowId);
    if (learn === "FLOW") platform.refuse(flowId, "No such declarant");
    else
      platform.say(id.replaceAll("-", ""), "301", {
        reasons: [["REJ_SEMAN", "SIREN inconnu"]],
      });
    await later(minuteMs);
    expect(await newest()).toMatchObject({
      ...{ id, status: "REFUSED", needsAction: true },
      failure: learn === "FLOW" ? "REJ_SEMAN: No such declarant" : "REJ_SEMAN: SIREN inconnu",
      statuses: learn === "FLOW" ? [] : [{ code: "301", label: "Rejetée", reason: "SIREN inconnu" }],
    });
    await resend(id);
    await work();
    expect(known()).toContain(name);
  }
});

it("says when a report is late", async () => {
  await issued();
  platform.faults.push(...Array<PlatformFault>(40).fill("500_BEFORE"));
  for (let day = 0; day < 25; day++) await later(dayMs);
  expect(await newest()).toMatchObject({ status: "WAITING", needsAction: true });
  platform.faults.length = 0;
  await later(3_600_000);
  expect(await newest()).toMatchObject({ status: "SENT", needsAction: false });
});

it("reports every sale exactly once, whenever it is issued and whatever fails", async () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("ISSUE" as const),
        agoMs: fc.integer({ min: 0, max: 590_000 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("WAIT" as const),
        ms: fc.integer({ min: 1_000, max: 4 * dayMs }),
      }),
    },
    // To within minutes of a midnight in Paris, in winter.
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("MIDNIGHT" as const),
        ms: fc.integer({ min: -300_000, max: 4_000_000 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("FAULT" as const),
        fault: fc.constantFrom<PlatformFault>(
          "500_AFTER",
          "NO_ANSWER_AFTER",
          "500_BEFORE",
          "NO_TOKEN",
          "REFUSED",
        ),
      }),
    },
    { weight: 3, arbitrary: fc.constant({ kind: "WORK" as const }) },
  );
  const all = known();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      for (const one of steps) {
        if (one.kind === "ISSUE") all.push(await issued(one.agoMs));
        if (one.kind === "WAIT") forward(one.ms);
        if (one.kind === "MIDNIGHT") {
          const now = server.clock.now().getTime() + 3_600_000;
          const midnight = Math.ceil(now / dayMs) * dayMs;
          forward(Math.max(0, midnight - now + one.ms));
        }
        if (one.kind === "FAULT") platform.faults.push(one.fault);
        if (one.kind === "WORK") await work();
      }
      platform.faults.length = 0;
      await nextPeriod();
      await later(3_600_000);
      for (const { id } of await reportsOf(", filter: { needsAction: true }")) await resend(id);
      await later(3_600_000);
      await later(3_600_000);
      expect(known()).toEqual([...all].sort());
    }),
    { numRuns: roundsOf(8) },
  );
});

it("is switched off without its settings", async () => {
  const alone = await startTestServer({ environment: environmentOf(platform.url) });
  try {
    expect(alone.running.services.billing.dispatch.platform?.reports).toBeNull();
    const answer = await must(alone, alone.adminToken, {
      query: "{ salesReports { edges { node { id } } } }",
    });
    expect(answer.salesReports.edges).toEqual([]);
  } finally {
    await alone.stop();
  }
});
