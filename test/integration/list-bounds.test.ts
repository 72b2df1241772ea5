/**
 * Every list that callers can send passes all limits of a request at its full length: the size of the body, the
 * tokens, the depth. With one item more it is refused, and told how many it may have. A new list of the schema needs
 * an entry here.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { buildSchema, getNullableType, isListType, type GraphQLInputType } from "graphql";
import { permissions } from "../../src/app/api";
import { limits } from "../../src/platform/graphql/limits";
import { ask, must, type GraphQLAnswer } from "../support/client";
import { campaignInput, newKey, newSupplier, sendLead, newCampaign } from "../support/journey";
import { itemOf, listsOf, requestWith, type Defaults, type ListRequest } from "../support/list-requests";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

const sdl = readFileSync(path.resolve(__dirname, "../../schema.graphql"), "utf8");
const schema = buildSchema(sdl);
const lists = listsOf(schema);

interface Entry {
  readonly most: number;
  readonly item?: (nth: number) => unknown;
  readonly defaults?: () => Defaults;
  /** For a list that is no argument of a root field. */
  readonly request?: (list: readonly unknown[]) => ListRequest;
}

const limited = (input: string, more: Record<string, unknown> = {}): Entry => ({
  most: 200,
  item: () => randomUUID(),
  defaults: () => ({ [input]: { ...more, supplierId: given.supplierId } }),
});
const key = { role: "SUPPLIER_SALES", label: "test" };
const member = {
  role: "SUPPLIER_SALES",
  email: "a@garage.example",
  password: "une phrase assez longue",
  name: "Test",
};
const endpoint: Entry = {
  ...limited(""),
  defaults: () => ({ EndpointInput: { label: "test", target: "https://crm.example/hook" } }),
};
const memberLimits: Entry = { ...limited(""), defaults: () => ({ limitMember: { id: given.memberId } }) };
const campaign = (): Defaults => ({
  CampaignInput: campaignInput(),
  CriterionInput: { field: "budgetEuros" },
});
const zones: Entry = { most: 2_000, item: () => ({ commune: "69123" }), defaults: campaign };
const values: Entry = { most: 500, item: (nth) => 10_000 + nth, defaults: campaign };
const hashes: Entry = { most: 1_000, item: (nth) => nth.toString(16).padStart(64, "0") };
const usual: Entry = { most: limits.listItems, defaults: campaign };

const entries: Readonly<Record<string, Entry>> = {
  "CampaignInput.zones": zones,
  "CampaignInput.excludedZones": zones,
  "CampaignInput.schedule": {
    most: 50,
    item: () => ({ days: ["MON", "SAT"], from: "08:00", to: "18:00" }),
    defaults: campaign,
  },
  "CriterionInput.oneOf": values,
  "CriterionInput.noneOf": values,
  "CreateApiKeyInput.siteIds": limited("CreateApiKeyInput", key),
  "CreateApiKeyInput.campaignIds": limited("CreateApiKeyInput", key),
  "CreateApiKeyInput.origins": {
    most: 50,
    item: (nth) => `https://${"x".repeat(50)}${nth}.example`,
    defaults: () => ({ CreateApiKeyInput: { label: "test", role: "FORM" } }),
  },
  "CreateMemberInput.siteIds": limited("CreateMemberInput", member),
  "CreateMemberInput.campaignIds": limited("CreateMemberInput", member),
  "UpdateMemberLimitsInput.siteIds": memberLimits,
  "UpdateMemberLimitsInput.campaignIds": memberLimits,
  "EndpointInput.siteIds": endpoint,
  "EndpointInput.campaignIds": endpoint,
  "CreateSupplierInput.creditAgencies": { most: 20, item: (nth) => `${nth}${"é".repeat(190)}` },
  "BankStatementLineFilter.results": {
    most: limits.listItems,
    request: (results) => ({
      rootField: "bankStatements",
      query: `query ($filter: BankStatementLineFilter) {
        bankStatements(first: 1) { edges { node { lines(filter: $filter) { pageInfo { hasNextPage } } } } } }`,
      variables: { filter: { results } },
    }),
  },
  "addOwnCustomers.hashes": hashes,
  "removeOwnCustomers.hashes": hashes,
  ...Object.fromEntries(
    [
      ...["CampaignInput.caps", "CampaignInput.criteria", "OpeningInput.days", "PriceInput.criteria"],
      ...[
        "EndpointInput.events",
        "UpdateEndpointInput.events",
        "reportOutcomes.input",
        "splitBankLine.parts",
      ],
      ...["GrantInput.channels", "GrantInput.creditAgencies", "GrantInput.supplierIds"],
      ...["PreviewRecipientsInput.answers", "SubmitLeadInput.grants", "ReturnInput.attempts"],
      ...["SandboxMatchInput.answers", "SandboxMatchInput.channels", "sandboxUpdate.withdraw"],
      ...["WithdrawConsentInput.channels", "WithdrawConsentInput.supplierIds"],
    ].map((name) => [name, usual]),
  ),
};

let server: TestServer;
const given = { supplierId: "", memberId: "", supplier: "", sandbox: "", person: "" };

useServer(async (started) => {
  ({ server } = started);
  const supplier = await newSupplier(server);
  given.supplierId = supplier.id;
  given.supplier = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  await newCampaign(server, supplier);
  const content = "reference;booked_on;amount;remittance;counterparty\nA1;2026-11-20;12,00;text;name\n";
  await must(server, server.adminToken, {
    query: `mutation ($content: String!) {
      importBankStatement(format: CSV, content: $content) { read } }`,
    variables: { content },
  });
  given.person = (await sendLead(server, { to: [supplier] })).personalToken;
  const { createMember, createApiKey } = {
    ...(await must(server, server.adminToken, {
      query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
      variables: {
        input: {
          ...{ role: "SUPPLIER_SALES", name: "Vente", supplierId: supplier.id },
          ...{ email: "vente@garage.example", password: "une phrase assez longue" },
        },
      },
    })),
    ...(await must(server, server.adminToken, {
      query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
      variables: {
        input: {
          ...{ role: "SUPPLIER_INTEGRATION", label: "test" },
          ...{ environment: "SANDBOX", supplierId: supplier.id },
        },
      },
    })),
  };
  given.memberId = createMember.id;
  given.sandbox = createApiKey.token;
});

function tokenFor(rootField: string): string {
  const allowed = permissions[rootField] ?? [];
  if (rootField.startsWith("sandbox")) return given.sandbox;
  if (allowed.includes("SUPPLIER_ADMIN")) return given.supplier;
  if (allowed.includes("ADMIN")) return server.adminToken;
  return allowed.includes("FORM") ? server.formToken : given.person;
}

function requestFor(name: string, length: number): ListRequest {
  const found = lists.get(name);
  const { item, defaults = () => ({}), request } = entries[name] ?? usual;
  if (!found) throw new Error(`${name} is no list of the schema.`);
  const type = itemType(name);
  const make = item ?? ((nth: number) => itemOf(type, nth, defaults()));
  const list = Array.from({ length }, (_, nth) => make(nth));
  return request ? request(list) : requestWith(schema, found, { list, defaults: defaults() });
}

function itemType(name: string): GraphQLInputType {
  const [owner = "", last = ""] = name.split(".");
  const input = schema.getType(owner) as
    { getFields(): Record<string, { type: GraphQLInputType }> } | undefined;
  const root = lists.get(name)?.field.args.find((arg) => arg.name === last && !input);
  const type = getNullableType(root?.type ?? input?.getFields()[last]?.type);
  if (!isListType(type)) throw new Error(`${name} is no list.`);
  return type.ofType as GraphQLInputType;
}

interface Fault {
  readonly reason: string;
  readonly message: string;
}

const faultsOf = ({ errors = [] }: GraphQLAnswer): Fault[] =>
  errors.flatMap(({ message, extensions }) => [
    { message, ...(extensions as unknown as { reason: string }) },
    ...((extensions as unknown as { faults?: Fault[] }).faults ?? []),
  ]);

const ofLimits = new Set(["TOO_MANY", "DOCUMENT_INVALID", "REQUEST_INVALID"]);

/** The role is the supplier's administrator for FORM keys too, so those are created by an administrator. */
const askerOf = (name: string, { rootField }: ListRequest): string =>
  name === "CreateApiKeyInput.origins" ? server.adminToken : tokenFor(rootField);

it("has an entry for every list of the schema, and for nothing else", () => {
  expect(Object.keys(entries).sort()).toEqual([...lists.keys()].sort());
});

describe.each(Object.entries(entries))("%s", (name, { most }) => {
  it(`passes every limit of a request with ${most} items`, async () => {
    const request = requestFor(name, most);
    const answer = await ask(server, askerOf(name, request), request);
    expect({
      status: answer.status,
      faults: faultsOf(answer).filter(({ reason }) => ofLimits.has(reason)),
    }).toEqual({
      status: 200,
      faults: [],
    });
  });

  it(`is refused with ${most + 1} items, and says how many it takes`, async () => {
    const request = requestFor(name, most + 1);
    const answer = await ask(server, askerOf(name, request), request);
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["INVALID_INPUT"]);
    expect(faultsOf(answer).filter(({ reason }) => reason === "TOO_MANY")).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(String(most)) as string }),
    );
  });
});

it("no text may be longer than a request can carry", () => {
  const promised = [...sdl.matchAll(/([\d,]+) (characters|lines)/g)].map(([, count = "", of]) => ({
    bytes: Number(count.replaceAll(",", "")) * (of === "lines" ? 80 : 4),
  }));
  expect(promised.length).toBeGreaterThan(20);
  expect(promised.filter(({ bytes }) => bytes > limits.bodyBytes)).toEqual([]);
});

describe("zones drawn on the map", () => {
  const circle = (nth: number): object => ({
    circle: { latitude: 45.76404, longitude: 2.83566 + nth / 1_000, radiusKm: 12.5 },
  });
  const create = (zone: object[]): Promise<GraphQLAnswer> =>
    ask(server, given.supplier, {
      query: "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }",
      variables: { input: campaignInput({ zones: zone }) },
    });

  it("may be 1,000, and not 1,001", async () => {
    const circles = Array.from({ length: 1_001 }, (_, nth) => circle(nth));
    const fits = await create(circles.slice(1));
    expect(fits.errors).toBeUndefined();
    const refused = await create(circles);
    expect(faultsOf(refused)[0]).toMatchObject({
      reason: "TOO_MANY",
      message: expect.stringContaining("at most 1000") as string,
    });
  });

  it("a polygon may have 5,000 points with five decimals", async () => {
    const points = Array.from({ length: 4_999 }, (_, nth) => {
      const angle = (2 * Math.PI * nth) / 4_999;
      return [(3 + Math.cos(angle)).toFixed(5), (46 + Math.sin(angle)).toFixed(5)].map(Number);
    });
    const { errors } = await create([
      { polygon: { type: "Polygon", coordinates: [[...points, points[0]]] } },
    ]);
    expect(errors).toBeUndefined();
  });
});
