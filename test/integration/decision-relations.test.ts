/** What staff read beside the ids of a decision, and words in the language that is asked for. */
import { ask, must } from "../support/client";
import { newCampaign, newSupplier, sendLead, wholeFeed, type TestSupplier } from "../support/journey";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let atlas: TestSupplier;
let campaignId: string;
let reference: string;

useServer(async (started) => {
  ({ server } = started);
  atlas = await newSupplier(server);
  campaignId = await newCampaign(server, atlas, {
    name: "Lyon",
    caps: [{ unit: "LEADS", period: "MONTH", limit: 5 }],
  });
  ({ reference } = await sendLead(server, { to: [atlas] }));
  await until("the lead is delivered", async () => (await wholeFeed(server, atlas)).length > 0);
});

const query = `query ($reference: ID!) { decision(reference: $reference) { decisions { verdicts {
  supplierId supplier { id name } campaignId
  campaign { id name version status caps { limit used left } product { label en: label(language: EN) } } } } } }`;

it("shows the supplier and the campaign of each verdict to staff, with what is left of its caps", async () => {
  const { decision } = await must(server, server.adminToken, { query, variables: { reference } });
  expect(decision.decisions.at(-1).verdicts).toEqual([
    {
      supplierId: atlas.id,
      supplier: { id: atlas.id, name: atlas.name },
      campaignId,
      campaign: {
        ...{ id: campaignId, name: "Lyon", version: 1, status: "ACTIVE" },
        caps: [{ limit: 5, used: 1, left: 4 }],
        product: { label: "Voiture neuve", en: "New car" },
      },
    },
  ]);
});

it("shows them to nobody else", async () => {
  const { errors } = await ask(server, atlas.token, { query, variables: { reference } });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});

it("names a product in the language that is asked for, and in a form in that of the form", async () => {
  const { form, products } = await must(server, server.formToken, {
    query: `{ form(product: "NEW_CAR", language: EN) {
        product { label fr: label(language: FR) en: label(language: EN) } }
      products { id label fr: label(language: FR) en: label(language: EN) } }`,
  });
  expect(form.product).toEqual({ label: "New car", fr: "Voiture neuve", en: "New car" });
  expect(products).toContainEqual({
    ...{ id: "NEW_CAR", label: "Voiture neuve", fr: "Voiture neuve", en: "New car" },
  });
});
