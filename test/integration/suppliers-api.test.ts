/** Lists of suppliers, and the words of an account in either language. */
import { ask, must } from "../support/client";
import { newKey, newSupplier, type TestSupplier } from "../support/journey";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let prepaid: TestSupplier;
let postpaid: TestSupplier;

useServer(async (started) => {
  ({ server } = started);
  prepaid = await newSupplier(server);
  postpaid = await newSupplier(server, { billingMode: "POSTPAID", creditLimitCents: 1_000 });
  await started.owner.rows(
    "UPDATE supplier_account SET suspended_at = now(), suspension = 'UNPAID' WHERE supplier_id = $1",
    [postpaid.id],
  );
});

async function found(filter: object): Promise<string[]> {
  const { suppliers } = await must(server, server.adminToken, {
    query:
      "query ($filter: SupplierFilter) { suppliers(filter: $filter, first: 100) { edges { node { id } } } }",
    variables: { filter },
  });
  return suppliers.edges.map(({ node }: { node: { id: string } }) => node.id);
}

describe("suppliers", () => {
  it("are filtered by how they are billed and whether they are suspended", async () => {
    expect(await found({ billingMode: "POSTPAID" })).toEqual([postpaid.id]);
    expect(await found({ isSuspended: true })).toEqual([postpaid.id]);
    expect(await found({ isSuspended: false })).toContain(prepaid.id);
    expect(await found({ isSuspended: true, billingMode: "PREPAID" })).toEqual([]);
  });

  it("are found by SIREN and name, taken literally", async () => {
    const { supplier } = await must(server, server.adminToken, {
      query: "query ($id: ID!) { supplier(id: $id) { siren name departement } }",
      variables: { id: prepaid.id },
    });
    expect(await found({ text: supplier.siren })).toEqual([prepaid.id]);
    expect(await found({ text: supplier.name.toUpperCase() })).toContain(prepaid.id);
    expect(await found({ departement: supplier.departement })).toContain(prepaid.id);
    expect(await found({ text: "%" })).toEqual([]);
    const { errors } = await ask(server, server.adminToken, {
      query: '{ suppliers(filter: { text: " " }) { edges { cursor } } }',
    });
    expect(errors?.[0]?.extensions).toMatchObject({ reason: "EMPTY", field: "filter.text" });
  });

  it("stand beside the members and keys that staff read", async () => {
    await newKey(server, prepaid.id, "SUPPLIER_ADMIN");
    const { apiKeys } = await must(server, server.adminToken, {
      query: "query ($of: ID) { apiKeys(supplierId: $of) { edges { node { supplierId supplier { id } } } } }",
      variables: { of: prepaid.id },
    });
    expect(apiKeys.edges.length).toBeGreaterThan(0);
    for (const { node } of apiKeys.edges) expect(node.supplier).toEqual({ id: node.supplierId });
  });

  it("are told what is missing in the language they ask for", async () => {
    const { createSupplier } = await must(server, server.adminToken, {
      query: "mutation ($input: CreateSupplierInput!) { createSupplier(input: $input) { id } }",
      variables: {
        input: {
          ...{ name: "Garage d'essai", siren: "552100554", street: "1 rue A", postcode: "69001" },
          ...{ city: "Lyon", departement: "69", billingMode: "PREPAID" },
        },
      },
    });
    const { onboarding } = await must(server, server.adminToken, {
      query:
        "query ($of: ID) { onboarding(supplierId: $of) { supplier { id } steps { step todo fr: todo(language: FR) en: todo(language: EN) } } }",
      variables: { of: createSupplier.id },
    });
    expect(onboarding.supplier).toEqual({ id: createSupplier.id });
    const [siren] = onboarding.steps;
    expect(siren).toMatchObject({ step: "SIREN", todo: siren.en });
    expect(siren.en).toContain("staff look the SIREN up");
    expect(siren.fr).toContain("notre équipe vérifie le SIREN");
  });

  it("read the names of accounts in the language they ask for", async () => {
    const { account } = await must(server, await newKey(server, prepaid.id, "SUPPLIER_ADMIN"), {
      query:
        "{ account { postings(first: 1) { edges { node { debitLabel { text en: text(language: EN) } } } } } }",
    });
    expect(account.postings.edges[0].node.debitLabel).toEqual({ text: "Banque", en: "Bank" });
  });
});
