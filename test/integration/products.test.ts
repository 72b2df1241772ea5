/** Every product works end to end through the same API: form, campaign, lead. */
import { criteriaBrokenBy } from "../../src/offers/campaigns/broken-criteria.service";
import { NEW_CAR, productFrom, type Form, type FormField, type Product } from "../../src/reference/catalogue";
import { publishForms } from "../../src/reference/catalogue/publish.service";
import { must } from "../support/client";
import { newCampaign, newSupplier, person, preview, submit, transmitTo } from "../support/journey";
import { confirmMutation, wholeFeed } from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
});

interface Asked {
  readonly id: string;
  readonly type: string;
  readonly required: boolean;
  readonly min: number | null;
  readonly options: readonly { readonly value: string }[] | null;
}

/** A valid answer to a question, derived from the form as a form site would. */
function someAnswer({ type, options, min }: Asked): unknown {
  if (type === "NUMBER") return min ?? 1;
  if (type === "BOOLEAN") return true;
  if (type === "DATE") return "2027-01-31";
  if (type === "TEXT") return "208";
  return type === "CHOICE" ? options?.[0]?.value : options?.map(({ value }) => value);
}

describe("a product", () => {
  it.each(["NEW_CAR", "USED_CAR", "LONG_TERM_LEASE", "CAR_INSURANCE", "TRADE_IN"])(
    "%s works from its form to a supplier's feed with every question answered",
    async (product) => {
      const query = `query ($product: ID!) { form(product: $product) { fields { id type required min options { value } } } }`;
      const { form } = await must(server, server.formToken, { query, variables: { product } });
      const fields = form.fields as Asked[];
      const supplier = await newSupplier(server);
      const [asked] = fields.filter(({ required, type }) => required && type !== "TEXT");
      const criteria = [{ field: asked?.id, isSet: true }];
      await newCampaign(server, supplier, { product, criteria, pricePerLeadCents: 5_000 });
      const given = fields.map((field) => ({ field: field.id, value: someAnswer(field) }));
      const { token, recipients, consent } = await preview(server, { product, answers: given });
      expect(recipients).toContainEqual(expect.objectContaining({ supplierId: supplier.id }));
      expect(consent.text).toContain("L.223-1");
      const { data } = await submit(server, {
        token,
        contact: person(),
        grants: [transmitTo([supplier.id])],
      });
      const { reference, demoCode: code } = data?.submitLead as { reference: string; demoCode: string };
      await must(server, server.formToken, {
        query: confirmMutation,
        variables: { input: { reference, code } },
      });
      const events = await until("the lead arrives", async () => {
        const feed = await wholeFeed(server, supplier);
        return feed.length > 0 && feed;
      });
      const { lead } = await must(server, supplier.token, {
        query: "query ($id: ID!) { lead(id: $id) { product { id } answers { field value } } }",
        variables: { id: events[0].leadId },
      });
      expect(lead).toEqual({ product: { id: product }, answers: given });
    },
  );

  it("refuses a campaign with a criterion on another product's field", async () => {
    const supplier = await newSupplier(server);
    const criteria = [{ field: "budgetEuros", max: 9_000 }];
    await expect(newCampaign(server, supplier, { product: "TRADE_IN", criteria })).rejects.toThrow(
      "There is no field budgetEuros in the form of TRADE_IN",
    );
  });
});

describe("a new version of a form", () => {
  const withForms = (...later: Form[]): Product =>
    productFrom({ ...NEW_CAR, forms: [NEW_CAR.form, ...later] });
  const version2 = (change: (fields: readonly FormField[]) => readonly FormField[]): Form => ({
    ...NEW_CAR.form,
    version: 2,
    fields: change(NEW_CAR.form.fields),
  });
  const publish = (product: Product): Promise<void> =>
    publishForms(server.running.services.transact, {
      products: [product],
      at: server.clock.now(),
      losses: criteriaBrokenBy,
    });
  const without = (id: string) => version2((fields) => fields.filter((field) => field.id !== id));
  const withoutDiesel = version2((fields) =>
    fields.map((field) =>
      field.id === "energy" && field.options
        ? { ...field, options: field.options.filter(({ value }) => value !== "DIESEL") }
        : field,
    ),
  );

  it("is refused while active campaigns use what it drops, and is published once afterwards", async () => {
    const supplier = await newSupplier(server);
    const asksFor = (criterion: Record<string, unknown>) =>
      newCampaign(server, supplier, { criteria: [criterion] });
    const [byMileage, byDiesel] = [
      await asksFor({ field: "body", oneOf: ["SUV"] }),
      await asksFor({ field: "energy", oneOf: ["DIESEL"] }),
    ];
    const stop = (id: string) =>
      must(server, supplier.token, {
        query: "mutation ($id: ID!) { setCampaignStatus(id: $id, status: ARCHIVED) { id } }",
        variables: { id },
      });
    await expect(publish(withForms(without("body")))).rejects.toThrow(
      /Version 2 of the form of NEW_CAR cannot be published. There is no field body .* Campaigns that ask for it: 1./,
    );
    await expect(publish(withForms(withoutDiesel))).rejects.toThrow(
      /Field energy takes .* Campaigns that ask for it: 1./,
    );
    await stop(byMileage);
    await stop(byDiesel);
    await publish(withForms(without("body")));
    await publish(withForms(without("body")));
    await expect(publish(withForms(withoutDiesel))).rejects.toThrow("differs from its published version 2");
  });
});

describe("a form site", () => {
  it("finds makes and models, also by the alias VW, and gets an explanation for an unknown make", async () => {
    const query = `query ($make: ID!) {
      vehicleMakes(search: "citroen") { id label }
      vehicleModels(make: $make, search: "golf", first: 1) { id label bodies energies } }`;
    const found = await must(server, server.formToken, { query, variables: { make: "vw" } });
    expect(found).toEqual({
      vehicleMakes: [{ id: "CITROEN", label: "Citroën" }],
      vehicleModels: [expect.objectContaining({ id: "VOLKSWAGEN:GOLF", label: "Golf" })],
    });
    await expect(must(server, server.formToken, { query, variables: { make: "Boat" } })).rejects.toThrow(
      "There is no such make. The vehicleMakes query lists them.",
    );
  });
});
