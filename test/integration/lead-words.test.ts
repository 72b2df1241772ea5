/** The words of a lead: made from stored facts when they are read, in the language that is asked for. */
import { must } from "../support/client";
import { newCampaign, newSupplier, sendLead, type TestSupplier } from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let supplier: TestSupplier;
useServer(async (started) => {
  ({ server, owner } = started);
  supplier = await newSupplier(server);
  await newCampaign(server, supplier);
  await sendLead(server, { to: [supplier], channels: ["EMAIL"] });
  await until("it is delivered", async () => (await owner.rows("SELECT FROM delivery")).length === 1);
});

async function lead(fields: string): Promise<any> {
  const { leads } = await must(server, supplier.token, {
    query: `{ leads { edges { node { ${fields} } } } }`,
  });
  return leads.edges[0].node;
}

it("says why it was delivered in English, as before the argument existed, or in French", async () => {
  const { why } = await lead("why { kind text french: text(language: FR) }");
  expect(why[0]).toEqual({
    kind: "CONSENT",
    text: "The person named you, by EMAIL.",
    french: "La personne vous a désigné, par EMAIL.",
  });
  expect(why.at(-1)).toMatchObject({ kind: "PRICE", french: expect.stringContaining("centimes") as string });
});

it("keeps the sentences of leads that were delivered before reasons were stored as facts", async () => {
  const [row] = await owner.rows("SELECT why FROM delivery");
  const sentence = { kind: "PRICE", text: "Your price of 3000 cents." };
  await owner.rows("UPDATE delivery SET why = $1", [JSON.stringify([sentence])]);
  const { why } = await lead("why { kind text french: text(language: FR) }");
  expect(why).toEqual([{ ...sentence, french: sentence.text }]);
  await owner.rows("UPDATE delivery SET why = $1", [JSON.stringify(row?.["why"])]);
});

it("puts answers into words beside their codes", async () => {
  const { answers } = await lead(
    "answers { field label englishLabel: label(language: EN) value text english: text(language: EN) }",
  );
  expect(answers.find(({ field }: any) => field === "horizon")).toEqual({
    field: "horizon",
    label: "Quand pensez-vous acheter ?",
    englishLabel: expect.stringContaining("?") as string,
    ...{ value: "WITHIN_3_MONTHS", text: "Dans les 3 mois", english: "Within 3 months" },
  });
});
