/**
 * Companies of Belgium, Germany, Switzerland and Mayotte from the first day to the invoice: how they are registered and
 * checked, what a person sees of them, and which VAT, which route and which declaration their documents have.
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BillingDocument } from "../../src/billing/documents";
import { ciiOf } from "../../src/billing/documents/cii";
import { pageWords } from "../../src/billing/documents";
import { ask, must, type GraphQLAnswer } from "../support/client";
import { dayOf } from "../support/days";
import { schemaFaultsIn } from "../support/documents";
import { startEinvoicing, type EinvoicingServer } from "../support/einvoicing-server";
import { issueInvoice } from "../support/finance";
import { inventedSiren, newCampaign, newKey, sendLead, type TestSupplier } from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

type Fields = Record<string, any>;
const lookedUp: string[] = [];
let server: TestServer;
let platform: EinvoicingServer;
let owner: Owner;
let vies: Server;

beforeAll(async () => {
  // Confirms every number, under a name that differs from all of ours.
  vies = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { countryCode, vatNumber } = JSON.parse(Buffer.concat(chunks).toString()) as Fields;
      lookedUp.push(`${String(countryCode)}${String(vatNumber)}`);
      const answer = { valid: true, requestIdentifier: "WAPIAAAAEssai", name: "ESSAI" };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  }).listen(0, "127.0.0.1");
  await once(vies, "listening");
  const { port } = vies.address() as AddressInfo;
  platform = await startEinvoicing(() => new Date());
  const environment = {
    VIES_API_BASE: `http://127.0.0.1:${String(port)}`,
    EINVOICING_API_BASE: platform.url,
    EINVOICING_TOKEN_URL: `${platform.url}/token`,
    EINVOICING_CLIENT_ID: "caratlas",
    EINVOICING_CLIENT_SECRET: "a secret",
    EINVOICING_SINCE: "2026-01-01",
  };
  server = await startTestServer({ environment });
  owner = await asOwnerOf(server.database);
});
afterAll(async () => {
  await owner.end();
  await server.stop();
  await platform.stop();
  vies.close();
});

const companies: Readonly<Record<string, Fields>> = {
  belgian: {
    ...{
      name: "Lease d'essai SA",
      country: "BE",
      vatNumber: "BE 0428.759.497",
      registerNumber: "0428.759.497",
    },
    ...{ street: "1 rue de l'Essai", postcode: "B-5000", city: "Namur" },
  },
  german: {
    ...{ name: "Probe Leasing GmbH", country: "DE", vatNumber: "DE136695976", registerNumber: "HRB 12345" },
    ...{
      registerName: "Handelsregister, Amtsgericht Essai",
      street: "Probestr. 1",
      postcode: "80331",
      city: "München",
    },
  },
  swiss: {
    ...{ name: "Location d'essai SA", country: "CH", registerNumber: "CHE-123.456.788" },
    ...{ street: "1 rue de l'Essai", postcode: "1201", city: "Genève" },
  },
  mahoran: {
    ...{ name: "Auto Essai Mayotte SAS", siren: inventedSiren(), departement: "976" },
    ...{ street: "1 rue de l'Essai", postcode: "97600", city: "Mamoudzou" },
  },
};

const supplierFields = `id name siren departement departementCode country vatNumber postcode
  identifiers { kind value register icd } electronicAddress { scheme value }`;
const create = (input: Fields): Promise<GraphQLAnswer> =>
  ask(server, server.adminToken, {
    query: `mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { ${supplierFields} } }`,
    variables: { input: { billingMode: "POSTPAID", creditLimitCents: 1_000_000, ...input } },
  });
const step = "complete steps { step doneAt }";
const asStaff = async (query: string, variables: Fields): Promise<Fields> =>
  must(server, server.adminToken, { query, variables });
const stepsOf = ({ steps }: Fields): string[] =>
  (steps as { step: string; doneAt: string | null }[]).map(({ step: name, doneAt }) =>
    doneAt === null ? name : `${name} done`,
  );

const taken = new Map<string, TestSupplier & Fields>();
async function takeOn(who: string): Promise<TestSupplier & Fields> {
  const known = taken.get(who);
  if (known) return known;
  const { data } = await create(companies[who] ?? {});
  const row = data?.createSupplier as Fields;
  const supplier = { ...row, id: row["id"] as string, name: row["name"] as string };
  const full = { ...supplier, token: await newKey(server, supplier.id) };
  taken.set(who, full);
  return full;
}

/** Looks the numbers up as staff do, and accepts the terms. */
async function onboard({ id, country, vatNumber, identifiers }: TestSupplier & Fields): Promise<string[]> {
  if (vatNumber !== null)
    await asStaff(`mutation ($id: ID!) { checkRegistration(supplierId: $id) { ${step} } }`, { id });
  const [first] = identifiers as { value: string }[];
  const kind = country === "FR" ? "SIREN" : "REGISTER";
  const entry = { supplierId: id, kind, number: first?.value, valid: true, reference: "GED 1" };
  await asStaff(`mutation ($input: RegisterCheckInput!) { recordRegisterCheck(input: $input) { ${step} } }`, {
    input: entry,
  });
  const boss = await newKey(server, id, "SUPPLIER_ADMIN");
  const { acceptTerms } = await must(server, boss, {
    query: `mutation { acceptTerms(version: "2026-11") { ${step} } }`,
  });
  return stepsOf(acceptTerms);
}

it("registers each by the numbers it has, and leaves the old fields empty where there is none", async () => {
  expect(await takeOn("belgian")).toMatchObject({
    ...{ siren: "", departement: "", departementCode: null, country: "BE", postcode: "B-5000" },
    electronicAddress: { scheme: "0208", value: "0428759497" },
    identifiers: [
      { kind: "REGISTER_NUMBER", value: "0428759497", register: "BCE/KBO", icd: "0208" },
      { kind: "VAT_NUMBER", value: "BE0428759497", register: null, icd: null },
    ],
  });
  expect(await takeOn("german")).toMatchObject({
    ...{ siren: "", electronicAddress: { scheme: "9930", value: "DE136695976" } },
  });
  expect(await takeOn("swiss")).toMatchObject({ country: "CH", vatNumber: null });
  const { siren } = companies["mahoran"] as { siren: string };
  expect(await takeOn("mahoran")).toMatchObject({
    ...{ siren, departement: "976", departementCode: "976", country: "FR" },
    identifiers: [{ kind: "SIREN", value: siren, register: "SIRENE", icd: "0002" }],
  });
  const { suppliers } = await asStaff(
    '{ suppliers(filter: { text: "0428.759", country: "BE" }) { edges { node { id } } } }',
    {},
  );
  expect(suppliers.edges).toHaveLength(1);
});

it("refuses with the field and the reason what a country does not have", async () => {
  const address = { name: "Essai", street: "1 rue", city: "Essai" };
  const faultsOf = async (input: Fields): Promise<string[]> => {
    const { errors } = await create({ ...address, ...input });
    const { faults } = errors?.[0]?.extensions as unknown as { faults: { field: string; reason: string }[] };
    return faults.map(({ field, reason }) => `${field} ${reason}`);
  };
  expect(await faultsOf({ postcode: "69001" })).toEqual(["siren REQUIRED", "departement REQUIRED"]);
  expect(await faultsOf({ postcode: "1", country: "NL", vatNumber: "NL1", registerNumber: "1" })).toEqual([
    ...["vatNumber MALFORMED", "registerNumber MALFORMED"],
  ]);
});

it("takes on a company once, also when two ask at the same time", async () => {
  const twin = { ...companies["german"], vatNumber: "DE811569869", registerNumber: "HRB 777" };
  const answers = await Promise.all([
    create(twin),
    create({ ...twin, registerName: "HANDELSREGISTER, Amtsgericht Essai" }),
  ]);
  const codes = answers.map(
    ({ errors }) => (errors?.[0]?.extensions as Fields | undefined)?.["reason"] ?? "created",
  );
  expect(codes.sort()).toEqual(["ALREADY_EXISTS", "created"]);
  const sameVat = await create({ ...companies["german"], registerNumber: "HRB 888" });
  expect(sameVat.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "ALREADY_EXISTS" });
});

it("has sites abroad without SIRET, and in France with one", async () => {
  const { id: supplierId } = await takeOn("belgian");
  const site = (input: Fields): Promise<GraphQLAnswer> =>
    ask(server, server.adminToken, {
      query:
        "mutation ($input: CreateSiteInput!) { createSite(input: $input) { siret country identifiers { value } } }",
      variables: { input: { supplierId, name: "Site", street: "1 rue", city: "Essai", ...input } },
    });
  const abroad = await site({ postcode: "5000" });
  expect(abroad.data?.createSite).toEqual({ siret: "", country: "BE", identifiers: [] });
  const inFrance = await site({ postcode: "59000", country: "FR" });
  expect(inFrance.errors?.[0]?.extensions).toMatchObject({ field: "siret", reason: "REQUIRED" });
});

it("asks VIES for those of the EU and a person for every register", async () => {
  expect(await onboard(await takeOn("belgian"))).toEqual(["REGISTER done", "VAT done", "TERMS done"]);
  expect(await onboard(await takeOn("german"))).toEqual(["REGISTER done", "VAT done", "TERMS done"]);
  expect(await onboard(await takeOn("swiss"))).toEqual(["REGISTER done", "TERMS done"]);
  expect(await onboard(await takeOn("mahoran"))).toEqual(["SIREN done", "TERMS done"]);
  expect(lookedUp).toEqual(["BE0428759497", "DE136695976"]);
  const { id } = await takeOn("swiss");
  const asked = await ask(server, server.adminToken, {
    query: "mutation ($id: ID!) { checkRegistration(supplierId: $id) { complete } }",
    variables: { id },
  });
  expect(asked.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", reason: "NO_VAT_NUMBER" });
});

it("tells the person which company is abroad, before and after the consent", async () => {
  const belgian = await takeOn("belgian");
  await newCampaign(server, belgian, { pricePerLeadCents: 10_000 });
  const { previewRecipients } = await must(server, server.formToken, {
    query: `mutation ($input: PreviewRecipientsInput!) {
      previewRecipients(input: $input) { recipients { supplierId name country } } }`,
    variables: {
      input: {
        product: "NEW_CAR",
        answers: [
          { field: "budgetEuros", value: 25_000 },
          { field: "horizon", value: "WITHIN_3_MONTHS" },
        ],
        location: { postcode: "69003", inseeCode: "69123" },
      },
    },
  });
  expect(previewRecipients.recipients).toEqual([
    { supplierId: belgian.id, name: belgian.name, country: "BE" },
  ]);
  const { personalToken } = await sendLead(server, { to: [belgian] });
  const { myRequest } = await must(server, personalToken, {
    query: "{ myRequest { recipients { name country } } }",
  });
  expect(myRequest.recipients).toEqual([{ name: belgian.name, country: "BE" }]);
});

/** Sells a lead of 100 euros to the company and invoices it. */
async function invoiced(who: string): Promise<BillingDocument> {
  const supplier = await takeOn(who);
  if (who !== "belgian") await newCampaign(server, supplier, { pricePerLeadCents: 10_000 });
  await sendLead(server, { to: [supplier] });
  const count = who === "belgian" ? 2 : 1;
  await until(
    "the lead is delivered",
    async () =>
      (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [supplier.id])).length === count,
  );
  const [issued] = await issueInvoice(server, supplier.id);
  const [row] = await owner.rows("SELECT content FROM billing_document WHERE id = $1", [issued?.["id"]]);
  return row?.["content"] as BillingDocument;
}

it.each([
  [
    "belgian",
    "REVERSE_CHARGE",
    "Autoliquidation",
    "AE",
    "VATEX-EU-AE",
    '<ram:ID schemeID="0208">0428759497</ram:ID>',
  ],
  ["german", "REVERSE_CHARGE", "Autoliquidation", "AE", "VATEX-EU-AE", "<ram:ID>HRB12345</ram:ID>"],
  [
    "swiss",
    "OUTSIDE_SCOPE",
    "article 259-1",
    "O",
    "VATEX-EU-O",
    '<ram:ID schemeID="0183">CHE123456788</ram:ID>',
  ],
  ["mahoran", "NONE_OVERSEAS", "article 294-1", "E", null, '<ram:ID schemeID="0002">'],
])("invoices the %s company as %s", async (who, treatment, mention, category, code, identity) => {
  const document = await invoiced(who);
  expect(document).toMatchObject({ treatment, vatCents: 0 });
  const xml = ciiOf(document);
  expect(await schemaFaultsIn(xml)).toEqual([]);
  const buyer = /<ram:BuyerTradeParty>.*<\/ram:BuyerTradeParty>/s.exec(xml)?.[0] ?? "";
  expect(buyer).toContain(identity);
  const { vatNumber, electronicAddress, country } = (taken.get(who) ?? {}) as Fields;
  expect(buyer).toContain(`<ram:CountryID>${String(country)}</ram:CountryID>`);
  expect(buyer).toContain(
    `<ram:URIID schemeID="${electronicAddress.scheme}">${electronicAddress.value}</ram:URIID>`,
  );
  expect(buyer.includes('schemeID="VA"')).toBe(treatment === "REVERSE_CHARGE");
  if (treatment === "REVERSE_CHARGE")
    expect(buyer).toContain(`<ram:ID schemeID="VA">${String(vatNumber)}</ram:ID>`);
  expect(xml).toContain(`<ram:CategoryCode>${category}</ram:CategoryCode>`);
  expect(/<ram:ExemptionReasonCode>(.*)<\/ram:ExemptionReasonCode>/.exec(xml)?.[1] ?? null).toBe(code);
  const page = pageWords(document);
  expect(page.mentions.join(" ")).toContain(mention);
  expect(page.buyer.join(" ")).toContain(String(taken.get(who)?.["identifiers"][0].value));
});

it("has a sandbox of the same country, beside which nobody else may be taken on with its numbers", async () => {
  const { id } = await takeOn("german");
  const { createApiKey } = await must(server, server.adminToken, {
    query: `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }`,
    variables: { input: { role: "SUPPLIER_ADMIN", supplierId: id, label: "test", environment: "SANDBOX" } },
  });
  const { viewer } = await must(server, createApiKey.token as string, {
    query: "{ viewer { supplier { siren country identifiers { value } } } }",
  });
  expect(viewer.supplier).toEqual({ siren: "", country: "DE", identifiers: [{ value: "HRB12345" }] });
  const again = await create({ ...companies["german"] });
  expect(again.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT" });
});

it("declares the services to companies of the EU by country and VAT number, and no others", async () => {
  const month = server.clock.now().toISOString().slice(0, 7);
  const { euServices } = await asStaff(
    "query ($month: Month!) { euServices(month: $month) { country vatNumber netCents supplier { name } } }",
    { month },
  );
  expect(euServices).toEqual([
    { country: "BE", vatNumber: "BE0428759497", netCents: 20_000, supplier: { name: "Lease d'essai SA" } },
    { country: "DE", vatNumber: "DE136695976", netCents: 10_000, supplier: { name: "Probe Leasing GmbH" } },
  ]);
});

it("sends none of these documents as a French e-invoice", async () => {
  const jobs = server.running.services.billing.dispatch.platform;
  await jobs?.transmission.run(new AbortController().signal);
  expect(platform.taken.filter(({ syntax }) => syntax === "Factur-X")).toEqual([]);
  expect(await owner.rows("SELECT FROM einvoice_flow WHERE kind = 'DOCUMENT'")).toEqual([]);
});

it("finds in the text of a transfer the supplier abroad whose VAT number or register number it names", async () => {
  const today = dayOf(server.clock.now());
  const [belgian, german] = [await takeOn("belgian"), await takeOn("german")];
  const rows = [
    `VB1,${today},100.00,BE 0428.759.497 MERCI,LEASE`,
    `VB2,${today},50.00,Rechnung DE136695976,PROBE LEASING`,
    `VB3,${today},25.00,DE136695977,PROBE LEASING`,
  ];
  const { importBankStatement } = await asStaff(
    "mutation ($content: String!) { importBankStatement(format: CSV, content: $content) { read matched unmatched } }",
    { content: ["reference,booked_on,amount,remittance,counterparty", ...rows].join("\n") },
  );
  expect(importBankStatement).toMatchObject({ read: 3, matched: 2, unmatched: 1 });
  const booked = await owner.rows(
    "SELECT supplier_id, amount_incl_vat_cents::int AS cents FROM bank_transfer WHERE supplier_id = ANY ($1) ORDER BY 2",
    [[belgian.id, german.id]],
  );
  expect(booked).toEqual([
    { supplier_id: german.id, cents: 5_000 },
    { supplier_id: belgian.id, cents: 10_000 },
  ]);
});

it("names each in the books by a number that no other supplier has", async () => {
  const rows = await owner.rows(
    "SELECT country, code, identifiers FROM supplier_profile WHERE NOT sandbox AND country <> 'FR' ORDER BY code",
  );
  expect(rows.map(({ code }) => code)).toEqual([
    "BE0428759497",
    "CH-CHE123456788",
    "DE136695976",
    "DE811569869",
  ]);
  expect(rows[0]?.["identifiers"]).toEqual(["0428759497", "BE0428759497"]);
});
