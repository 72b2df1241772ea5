/** How a supplier is billed: what finance changes, and what it and the supplier can read back. */
import { ask, must, type GraphQLAnswer } from "../support/client";
import { newKey, newSupplier, type TestSupplier } from "../support/journey";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let supplier: TestSupplier;
let boss: string;

useServer(async (started) => {
  ({ server } = started);
  supplier = await newSupplier(server, { billingMode: "POSTPAID", creditLimitCents: 50_000 });
  boss = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
});

const update = (input: object, ifVersion: number | null = null): Promise<GraphQLAnswer> =>
  ask(server, server.adminToken, {
    query: `mutation ($id: ID!, $input: UpdateBillingProfileInput!, $ifVersion: Int) {
      updateBillingProfile(supplierId: $id, input: $input, ifVersion: $ifVersion) {
        country vatNumber street postcode city language purchaseOrder email version } }`,
    variables: { id: supplier.id, input, ifVersion },
  });

const extensionsOf = ({ errors }: GraphQLAnswer): unknown => errors?.[0]?.extensions;

const readByItself = async (): Promise<unknown> => {
  const { viewer } = await must(server, boss, {
    query: "{ viewer { supplier { billingProfile { street email purchaseOrder version } } } }",
  });
  return viewer.supplier.billingProfile;
};

describe("the billing profile", () => {
  const address = { country: "FR", postcode: "69001", city: "Lyon", language: "FR" };

  it("needs its required fields the first time, and names all that are missing", async () => {
    expect(await readByItself()).toBeNull();
    expect(extensionsOf(await update({ email: "a@b.example", street: " " }))).toMatchObject({
      code: "INVALID_INPUT",
      faults: [
        { field: "country", reason: "REQUIRED" },
        { field: "street", reason: "EMPTY" },
        { field: "postcode", reason: "REQUIRED" },
        { field: "city", reason: "REQUIRED" },
        { field: "language", reason: "REQUIRED" },
      ],
    });
    const first = { ...address, street: "1 rue A", email: "a@b.example", purchaseOrder: "PO 1" };
    expect((await update(first)).data?.updateBillingProfile).toMatchObject({ ...first, version: 1 });
  });

  it("keeps the e-mail address and the purchase order when the street is corrected", async () => {
    expect((await update({ street: "2 rue B" }, 1)).data?.updateBillingProfile).toMatchObject({
      ...{ street: "2 rue B", email: "a@b.example", purchaseOrder: "PO 1", version: 2 },
    });
    const readBack = { street: "2 rue B", email: "a@b.example", purchaseOrder: "PO 1", version: 2 };
    expect(await readByItself()).toEqual(readBack);
    const { supplier: read } = await must(server, server.adminToken, {
      query:
        "query ($id: ID!) { supplier(id: $id) { billingProfile { street email purchaseOrder version } } }",
      variables: { id: supplier.id },
    });
    expect(read.billingProfile).toEqual(readBack);
  });

  it("tells the second of two editors that it has changed", async () => {
    const [one, other] = await Promise.all([update({ city: "Paris" }, 2), update({ city: "Nice" }, 2)]);
    const refused = [one, other].filter(({ errors }) => errors !== undefined);
    expect(refused.map(extensionsOf)).toEqual([
      expect.objectContaining({ code: "CONFLICT", reason: "VERSION_CHANGED", version: 3 }),
    ]);
  });

  it("is hidden from operators", async () => {
    const { createApiKey } = await must(server, server.adminToken, {
      query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token } }",
      variables: { input: { role: "OPERATOR", label: "operator" } },
    });
    const { supplier: read } = await must(server, createApiKey.token, {
      query: "query ($id: ID!) { supplier(id: $id) { name billingProfile { city } } }",
      variables: { id: supplier.id },
    });
    expect(read.billingProfile).toBeNull();
  });
});

describe("settings of an account", () => {
  const set = async (query: string, variables: Record<string, unknown>, token = boss): Promise<unknown> =>
    Object.values(await must(server, token, { query, variables }))[0];

  it("keep what an update does not name; null switches the alert and the limit off", async () => {
    const alert =
      "mutation ($input: UpdateBalanceAlertInput!) { setBalanceAlert(input: $input) { alertBelowCents } }";
    expect(await set(alert, { input: { belowCents: 500 } })).toEqual({ alertBelowCents: 500 });
    expect(await set(alert, { input: {} })).toEqual({ alertBelowCents: 500 });
    expect(await set(alert, { input: { belowCents: null } })).toEqual({ alertBelowCents: null });
    const cap = "mutation ($input: UpdateSpendCapInput!) { setSpendCap(input: $input) { spendCapCents } }";
    expect(await set(cap, { input: { monthlyCents: 900 } })).toEqual({ spendCapCents: 900 });
    expect(await set(cap, { input: {} })).toEqual({ spendCapCents: 900 });
    expect(await set(cap, { input: { monthlyCents: null } })).toEqual({ spendCapCents: null });
  });

  it("take null as the default of the credit limit, and refuse it for the mode", async () => {
    const billing =
      "mutation ($input: BillingInput!) { setBilling(input: $input) { mode creditLimitCents } }";
    const change = (input: object): Promise<GraphQLAnswer> =>
      ask(server, server.adminToken, {
        query: billing,
        variables: { input: { supplierId: supplier.id, ...input } },
      });
    const unchanged = { mode: "POSTPAID", creditLimitCents: 50_000 };
    expect((await change({})).data?.setBilling).toEqual(unchanged);
    expect(extensionsOf(await change({ mode: null, creditLimitCents: -1 }))).toMatchObject({
      code: "INVALID_INPUT",
      faults: [
        { field: "mode", reason: "NULL_NOT_ALLOWED" },
        { field: "creditLimitCents", reason: "OUT_OF_RANGE" },
      ],
    });
    expect((await change({ creditLimitCents: null })).data?.setBilling).toEqual({
      ...unchanged,
      creditLimitCents: 0,
    });
  });
});
