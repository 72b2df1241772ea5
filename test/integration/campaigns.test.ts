import { randomUUID } from "node:crypto";
import { ask, must, type GraphQLAnswer } from "../support/client";
import {
  campaignInput,
  newCampaign,
  newSupplier,
  person,
  preview,
  sendLead,
  siretOf,
  type TestSupplier,
} from "../support/journey";
import type { Owner, Row } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;

useServer((started) => {
  ({ server, owner } = started);
});

const fields = "id version status name pricePerLeadCents site";
const create = (
  { token }: Pick<TestSupplier, "token">,
  change: Record<string, unknown> = {},
  idempotencyKey: string | null = null,
): Promise<GraphQLAnswer> =>
  ask(server, token, {
    query: `mutation ($input: CampaignInput!, $idempotencyKey: String) {
      createCampaign(input: $input, idempotencyKey: $idempotencyKey) { ${fields} } }`,
    variables: { input: campaignInput(change), idempotencyKey },
  });
const update = (
  { token }: TestSupplier,
  id: string,
  change: Record<string, unknown> = {},
): Promise<GraphQLAnswer> =>
  ask(server, token, {
    query: `mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { ${fields} } }`,
    variables: { id, input: campaignInput(change) },
  });
const setStatus = ({ token }: TestSupplier, id: string, status: string): Promise<GraphQLAnswer> =>
  ask(server, token, {
    query: `mutation ($id: ID!, $status: CampaignStatus!) { setCampaignStatus(id: $id, status: $status) { ${fields} } }`,
    variables: { id, status },
  });
const read = ({ token }: TestSupplier, id: string): Promise<GraphQLAnswer> =>
  ask(server, token, { query: `query ($id: ID!) { campaign(id: $id) { ${fields} } }`, variables: { id } });

const dataOf = ({ data, errors }: GraphQLAnswer): Row => {
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Row;
};
const errorOf = ({ errors }: GraphQLAnswer): { code?: string; message?: string } => ({
  code: errors?.[0]?.extensions.code,
  message: errors?.[0]?.message,
});
const notFound = (what: string) => ({
  code: "NOT_FOUND",
  message: `There is no such ${what}, or it is not yours.`,
});

const deliveries = ({ id }: TestSupplier): Promise<Row[]> =>
  owner.rows(
    "SELECT id, campaign_version AS version, price_cents::int AS price FROM delivery WHERE supplier_id = $1 ORDER BY matched_at",
    [id],
  );
const delivered = (supplier: TestSupplier, count: number): Promise<Row[]> =>
  until(`${String(count)} leads are delivered`, async () => {
    const rows = await deliveries(supplier);
    return rows.length === count && rows;
  });
/** Waits until a lead that waits for this supplier was tried after the given time. */
const triedSince = (reference: string, at: Date): Promise<Row> =>
  until("the lead is tried", async () => {
    const [row] = await owner.rows(
      "SELECT state, seats_taken FROM lead WHERE reference = $1 AND tried_at > $2",
      [reference, at],
    );
    return row;
  });
const databaseNow = async (): Promise<Date> =>
  (await owner.rows("SELECT clock_timestamp() AS now"))[0]?.["now"] as Date;
const isShown = async (supplier: TestSupplier): Promise<boolean> =>
  (await preview(server)).recipients.some(({ supplierId }) => supplierId === supplier.id);
/**
 * Archives the campaign, so that the supplier does not fill one of the five places in other tests' previews.
 */
const close = async (supplier: TestSupplier, id: string): Promise<void> => {
  dataOf(await setStatus(supplier, id, "ARCHIVED"));
};

describe("versions of a campaign", () => {
  it("are all kept, and each lead keeps the version that received it", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { pricePerLeadCents: 3_000 });
    await sendLead(server, { to: [atlas] });
    await delivered(atlas, 1);
    expect(dataOf(await update(atlas, id, { name: "Plus chères", pricePerLeadCents: 4_000 }))).toMatchObject({
      ...{ id, version: 2, status: "ACTIVE", name: "Plus chères", pricePerLeadCents: 4_000 },
    });
    await sendLead(server, { to: [atlas] });
    expect(await delivered(atlas, 2)).toMatchObject([
      { version: 1, price: 3_000 },
      { version: 2, price: 4_000 },
    ]);

    const versions = await owner.rows(
      "SELECT version, terms->>'name' AS name, (terms->>'pricePerLeadCents')::int AS price FROM campaign_version WHERE campaign_id = $1 ORDER BY 1",
      [id],
    );
    expect(versions).toEqual([
      { version: 1, name: "Neuves", price: 3_000 },
      { version: 2, name: "Plus chères", price: 4_000 },
    ]);
    const { leads } = await must(server, atlas.token, {
      query: "{ leads { edges { node { priceCents why { kind text } } } } }",
    });
    const prices = leads.edges.map(({ node }: Row) => [node.priceCents, node.why.at(-1).text]);
    expect(prices).toEqual([
      [4_000, "Your price of 4000 cents."],
      [3_000, "Your price of 3000 cents."],
    ]);
    await close(atlas, id);
  });

  it("cannot be changed or deleted, even by the owner of the database", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    const change = "UPDATE campaign_version SET created_by = 'nobody' WHERE campaign_id = $1";
    await expect(owner.rows(change, [id])).rejects.toMatchObject({ code: "23001" });
    const remove = "DELETE FROM campaign_version WHERE campaign_id = $1";
    await expect(owner.rows(remove, [id])).rejects.toMatchObject({ code: "23001" });
  });

  it("are numbered without gaps when several edits arrive at once", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    const names = ["a", "b", "c", "d", "e"];
    const edits = await Promise.all(
      names.map((name) => update(atlas, id, { name, zones: [{ departement: "13" }] })),
    );
    for (const edit of edits) dataOf(edit);
    const rows = await owner.rows(
      "SELECT version, terms->>'name' AS name FROM campaign_version WHERE campaign_id = $1 ORDER BY 1",
      [id],
    );
    expect(rows.map(({ version }) => version as number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(
      rows
        .slice(1)
        .map(({ name }) => name as string)
        .sort(),
    ).toEqual(names);
    expect(dataOf(await read(atlas, id))).toMatchObject({ version: 6, name: rows.at(-1)?.["name"] });
  });

  it("are not created by a refused edit", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    expect(errorOf(await update(atlas, id, { zones: [{ departement: "99" }] })).code).toBe("INVALID_INPUT");
    expect(errorOf(await update(atlas, id, { product: "OLD_BOAT" }))).toEqual({
      code: "INVALID_INPUT",
      message: "A campaign keeps its product. Create another campaign for another product.",
    });
    expect(dataOf(await read(atlas, id))).toMatchObject({ version: 1 });
  });

  it("decide where the campaign is found: a preview uses the zones of the current version", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    expect(await isShown(atlas)).toBe(false);
    dataOf(await update(atlas, id, { zones: [{ commune: "69123" }] }));
    expect(await isShown(atlas)).toBe(true);
    dataOf(await update(atlas, id, { zones: [{ departement: "13" }] }));
    expect(await isShown(atlas)).toBe(false);
  });
});

describe("the status of a campaign", () => {
  it("stops deliveries once it is PAUSED and delivers waiting leads once it is ACTIVE again", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas);
    await sendLead(server, { to: [atlas] });
    await delivered(atlas, 1);
    // The lead is previewed while the campaign is active and confirmed while it is paused.
    const { token } = await preview(server);
    expect(dataOf(await setStatus(atlas, id, "PAUSED"))).toMatchObject({ status: "PAUSED", version: 1 });
    expect(await isShown(atlas)).toBe(false);

    const before = await databaseNow();
    const reference = await confirmedWith(token, atlas);
    expect(await triedSince(reference, before)).toEqual({ state: "OPEN", seats_taken: 0 });
    expect(await deliveries(atlas)).toHaveLength(1);

    dataOf(await setStatus(atlas, id, "ACTIVE"));
    await delivered(atlas, 2);
    await close(atlas, id);
  });

  it("stops deliveries until the scheduled end of a pause and then delivers waiting leads by itself", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas);
    const { token } = await preview(server);
    const resumeAt = new Date(server.clock.now().getTime() + 3 * hourMs).toISOString();
    expect(dataOf(await pauseUntil(atlas, id, resumeAt))).toEqual({
      status: "PAUSED",
      pausedUntil: resumeAt,
    });
    expect(await isShown(atlas)).toBe(false);

    const before = await databaseNow();
    const reference = await confirmedWith(token, atlas);
    await triedSince(reference, before);
    const [waiting] = await owner.rows("SELECT next_try_at FROM lead WHERE reference = $1", [reference]);
    expect(waiting?.["next_try_at"]).toEqual(new Date(resumeAt));

    server.clock.forward(3 * hourMs);
    await delivered(atlas, 1);
    expect(dataOf(await read(atlas, id))).toMatchObject({ status: "ACTIVE" });
    expect(await isShown(atlas)).toBe(true);
    await close(atlas, id);
  });

  it("accepts only a future time for the end of a pause, or none", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    const message =
      "resumeAt must be in the future, at most a year from now. To pause without an end, leave it out.";
    const past = new Date(server.clock.now().getTime() - 1).toISOString();
    expect(errorOf(await pauseUntil(atlas, id, past))).toEqual({ code: "INVALID_INPUT", message });
    const ahead = new Date(server.clock.now().getTime() + hourMs).toISOString();
    expect(dataOf(await pauseUntil(atlas, id, ahead))).toMatchObject({ pausedUntil: ahead });
    expect(dataOf(await pauseUntil(atlas, id, null))).toEqual({ status: "PAUSED", pausedUntil: null });
  });

  const hourMs = 3_600_000;
  const pauseUntil = ({ token }: TestSupplier, id: string, resumeAt: string | null): Promise<GraphQLAnswer> =>
    ask(server, token, {
      query: `mutation ($id: ID!, $resumeAt: DateTime) {
        setCampaignStatus(id: $id, status: PAUSED, resumeAt: $resumeAt) { status pausedUntil } }`,
      variables: { id, resumeAt },
    });

  it("shows what is left of the caps in their current windows, also after an edit and in a new window", async () => {
    const atlas = await newSupplier(server);
    const caps = [
      { unit: "LEADS", period: "HOUR", limit: 5 },
      { unit: "SPEND_CENTS", period: "WEEK", limit: 10_000 },
    ];
    const id = await newCampaign(server, atlas, { caps });
    const left = async (): Promise<unknown> => {
      const query =
        "query ($id: ID!) { campaign(id: $id) { caps { unit period limit used left resetsAt } } }";
      const { campaign } = await must(server, atlas.token, { query, variables: { id } });
      return campaign.caps;
    };
    expect(await left()).toMatchObject([
      { ...caps[0], used: 0, left: 5 },
      { ...caps[1], used: 0, left: 10_000 },
    ]);
    await sendLead(server, { to: [atlas] });
    await delivered(atlas, 1);
    expect(await left()).toMatchObject([
      { used: 1, left: 4 },
      { used: 3_000, left: 7_000 },
    ]);
    // A cap added in the middle of a window counts the leads that came before the edit.
    dataOf(await update(atlas, id, { caps: [{ unit: "LEADS", period: "MONTH", limit: 1 }] }));
    expect(await left()).toMatchObject([{ unit: "LEADS", period: "MONTH", used: 1, left: 0 }]);
    dataOf(await update(atlas, id, { caps: [{ unit: "LEADS", period: "HOUR", limit: 5 }] }));
    server.clock.forward(hourMs);
    const [hour] = (await left()) as Row[];
    expect(hour).toMatchObject({ used: 0, left: 5 });
    const resetsAt = new Date(String(hour?.["resetsAt"]));
    expect(resetsAt.getTime() % hourMs).toBe(0);
    expect(resetsAt > server.clock.now()).toBe(true);
    await close(atlas, id);
  });

  async function confirmedWith(token: string, supplier: TestSupplier): Promise<string> {
    const grants = [{ purpose: "TRANSMIT", supplierIds: [supplier.id], channels: ["EMAIL"] }];
    const { submitLead } = await must(server, server.formToken, {
      query: `mutation ($input: SubmitLeadInput!) { submitLead(input: $input) {
        ... on ConfirmationRequired { reference demoCode } } }`,
      variables: { input: { token, contact: person(), grants } },
    });
    const { reference, demoCode } = submitLead as { reference: string; demoCode: string };
    await must(server, server.formToken, {
      query: "mutation ($input: ConfirmPhoneInput!) { confirmPhone(input: $input) { __typename } }",
      variables: { input: { reference, code: demoCode } },
    });
    return reference;
  }

  it("does not change when the same status is set again", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    for (const status of ["ACTIVE", "PAUSED", "PAUSED", "ACTIVE", "ARCHIVED", "ARCHIVED"]) {
      expect(dataOf(await setStatus(atlas, id, status))).toMatchObject({ status, version: 1 });
    }
  });

  it("stays ARCHIVED: neither status nor terms can change afterwards", async () => {
    const atlas = await newSupplier(server);
    const id = await newCampaign(server, atlas, { zones: [{ departement: "13" }] });
    await close(atlas, id);
    const conflict = { code: "CONFLICT", message: "This campaign is archived for good. Create a new one." };
    expect(errorOf(await setStatus(atlas, id, "ACTIVE"))).toEqual(conflict);
    expect(errorOf(await setStatus(atlas, id, "PAUSED"))).toEqual(conflict);
    expect(errorOf(await update(atlas, id))).toEqual(conflict);
    expect(dataOf(await read(atlas, id))).toMatchObject({ status: "ARCHIVED", version: 1 });
  });
});

describe("createCampaign", () => {
  const elsewhere = { zones: [{ departement: "13" }] };
  const count = async ({ id }: TestSupplier): Promise<number> =>
    (await owner.rows("SELECT FROM campaign WHERE supplier_id = $1", [id])).length;

  it("returns the first campaign for a repeated idempotency key, also for concurrent requests", async () => {
    const atlas = await newSupplier(server);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 4 }, () => create(atlas, elsewhere, key)));
    const first = dataOf(await create(atlas, elsewhere, key));
    expect(answers.map(dataOf)).toEqual(Array(4).fill(first));
    expect(await count(atlas)).toBe(1);
  });

  it("refuses the same idempotency key with other terms", async () => {
    const atlas = await newSupplier(server);
    const key = randomUUID();
    const { id } = dataOf(await create(atlas, elsewhere, key));
    const other = await create(atlas, { ...elsewhere, pricePerLeadCents: 3_001 }, key);
    expect(errorOf(other).code).toBe("CONFLICT");
    expect(await count(atlas)).toBe(1);
    expect(dataOf(await read(atlas, String(id)))).toMatchObject({ pricePerLeadCents: 3_000 });
  });

  it("accepts an idempotency key again after a refusal", async () => {
    const atlas = await newSupplier(server);
    const key = randomUUID();
    expect(errorOf(await create(atlas, { ...elsewhere, pricePerLeadCents: 1 }, key)).code).toBe(
      "INVALID_INPUT",
    );
    expect(dataOf(await create(atlas, elsewhere, key))).toMatchObject({ version: 1 });
  });

  it("creates a separate campaign without a key, or for another supplier with the same key", async () => {
    const [atlas, borel] = [await newSupplier(server), await newSupplier(server)];
    const key = randomUUID();
    const ids = [
      await create(atlas, elsewhere, key),
      await create(borel, elsewhere, key),
      await create(atlas, elsewhere),
      await create(atlas, elsewhere),
    ].map((answer) => dataOf(answer)["id"] as string);
    expect(new Set(ids).size).toBe(4);
  });
});

describe("an object of another supplier", () => {
  const newSite = async ({ id }: TestSupplier): Promise<string> => {
    const [supplier] = await owner.rows("SELECT siren FROM supplier WHERE id = $1", [id]);
    const input = { supplierId: id, name: "Site", siret: siretOf(supplier?.["siren"] as string) };
    const { createSite } = await must(server, server.adminToken, {
      query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
      variables: { input: { ...input, street: "2 rue de l'Essai", postcode: "69001", city: "Lyon" } },
    });
    return createSite.id as string;
  };
  /** The SIREN, the site's four digits, and the digit that makes the Luhn checksum valid. */
  const siretOf = (siren: string): string =>
    Array.from({ length: 10 }, (_, digit) => `${siren}0001${String(digit)}`).find(isRight) as string;
  const isRight = (digits: string): boolean =>
    [...digits].reverse().reduce((sum, digit, index) => {
      const weighed = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return sum + (weighed > 9 ? weighed - 9 : weighed);
    }, 0) %
      10 ===
    0;

  it("is refused as a campaign's site, just like an id that does not exist", async () => {
    const [atlas, borel] = [await newSupplier(server), await newSupplier(server)];
    const [own, foreign] = [await newSite(atlas), await newSite(borel)];
    const elsewhere = { zones: [{ departement: "13" }] };
    const { id, site } = dataOf(await create(atlas, { ...elsewhere, site: own }));
    expect(site).toBe(own);
    for (const wrong of [foreign, randomUUID(), "site", ""]) {
      expect(errorOf(await create(atlas, { ...elsewhere, site: wrong }))).toEqual(notFound("site"));
      expect(errorOf(await update(atlas, String(id), { ...elsewhere, site: wrong }))).toEqual(
        notFound("site"),
      );
    }
    expect(dataOf(await read(atlas, String(id)))).toMatchObject({ version: 1, site: own });
  });

  it("cannot be read, changed or listed as a campaign, just like an id that does not exist", async () => {
    const [atlas, borel] = [await newSupplier(server), await newSupplier(server)];
    const foreign = await newCampaign(server, borel, { zones: [{ departement: "13" }] });
    for (const id of [foreign, randomUUID(), "campaign", `${foreign}' OR true; --`]) {
      const answers = [await read(atlas, id), await update(atlas, id), await setStatus(atlas, id, "PAUSED")];
      expect(answers.map(errorOf)).toEqual(Array(3).fill(notFound("campaign")));
    }
    const { campaigns } = await must(server, atlas.token, {
      query: "{ campaigns { edges { node { id } } } }",
    });
    expect(campaigns.edges).toEqual([]);
    expect(dataOf(await read(borel, foreign))).toMatchObject({ status: "ACTIVE", version: 1 });
  });
});

describe("the price floor of a product", () => {
  const setFloor = (
    floorCents: number,
    since: Date | null = null,
    token = server.adminToken,
  ): Promise<GraphQLAnswer> =>
    ask(server, token, {
      query: "mutation ($input: PriceInput!) { setPrice(input: $input) { product floorCents since } }",
      variables: { input: { product: "NEW_CAR", floorCents, since } },
    });
  const below = (floorCents: number) => ({
    code: "INVALID_INPUT",
    message: `pricePerLeadCents is below the floor of ${String(floorCents)} cents: offer at least that.`,
  });
  const at = (pricePerLeadCents: number) => ({ zones: [{ departement: "69" }], pricePerLeadCents });

  it("applies to new terms from its start date and changes no existing terms", async () => {
    const atlas = await newSupplier(server);
    expect(errorOf(await create(atlas, at(1_999)))).toEqual(below(2_000));
    const { id } = dataOf(await create(atlas, at(2_000)));

    // The new floor starts later, so nothing changes yet.
    const since = new Date(server.clock.now().getTime() + 3_600_000);
    expect(dataOf(await setFloor(5_000, since))).toEqual({
      ...{ product: "NEW_CAR", floorCents: 5_000, since: since.toISOString() },
    });
    dataOf(await update(atlas, String(id), { ...at(2_000), name: "Encore" }));

    server.clock.forward(3_600_001);
    expect(errorOf(await create(atlas, at(4_999)))).toEqual(below(5_000));
    expect(errorOf(await update(atlas, String(id), at(4_999)))).toEqual(below(5_000));
    // Existing terms below the new floor still receive leads.
    await sendLead(server, { to: [atlas] });
    expect(await delivered(atlas, 1)).toMatchObject([{ version: 2, price: 2_000 }]);

    dataOf(await update(atlas, String(id), at(5_000)));
    await sendLead(server, { to: [atlas] });
    expect((await delivered(atlas, 2))[1]).toMatchObject({ version: 3, price: 5_000 });

    // Lowered again, with immediate effect.
    dataOf(await setFloor(2_500));
    expect(errorOf(await create(atlas, at(2_499)))).toEqual(below(2_500));
    dataOf(await create(atlas, at(2_500)));
  });

  it("can differ by département, answers and exclusivity, and is visible to suppliers", async () => {
    const atlas = await newSupplier(server);
    const set = (scope: Record<string, unknown>) =>
      ask(server, server.adminToken, {
        query: "mutation ($input: PriceInput!) { setPrice(input: $input) { floorCents } }",
        variables: { input: { product: "USED_CAR", ...scope } },
      });
    const budget = { field: "budgetEuros", min: 30_000 };
    dataOf(await set({ departement: "75", floorCents: 6_000 }));
    dataOf(await set({ criteria: [budget], floorCents: 7_000 }));
    dataOf(await set({ exclusive: true, floorCents: 8_000 }));
    const cheap = {
      product: "USED_CAR",
      pricePerLeadCents: 5_000,
      criteria: [{ ...budget, min: null, max: 20_000 }],
    };
    const asked = (changes: Record<string, unknown>) => create(atlas, { ...cheap, ...changes });
    const refusal = (cents: number, where: string) => ({
      code: "INVALID_INPUT",
      message: `pricePerLeadCents is below the floor of ${String(cents)} cents${where}: offer at least that, or do without those leads.`,
    });
    dataOf(await asked({ zones: [{ departement: "69" }] }));
    expect(errorOf(await asked({ zones: [{ region: "11" }] }))).toEqual(refusal(6_000, " in département 75"));
    dataOf(await asked({ zones: [{ region: "11" }], excludedZones: [{ departement: "75" }] }));
    const everyBudget = await asked({ zones: [{ departement: "69" }], criteria: [] });
    expect(errorOf(everyBudget)).toEqual(refusal(7_000, " for answers on budgetEuros"));
    const alone = await asked({ zones: [{ departement: "69" }], maxSeats: 1 });
    expect(errorOf(alone)).toEqual(refusal(8_000, " for exclusive leads"));

    const query =
      '{ priceFloors(product: "USED_CAR") { departement criteria { field min } exclusive floorCents } }';
    const priceFloors = dataOf(await ask(server, atlas.token, { query }));
    expect(priceFloors).toHaveLength(4);
    expect(priceFloors).toContainEqual({
      departement: "75",
      criteria: [],
      exclusive: false,
      floorCents: 6_000,
    });
  });

  it("cannot be set in the past, by a supplier or to zero", async () => {
    const past = new Date(server.clock.now().getTime() - 60_000);
    expect(errorOf(await setFloor(1, past))).toEqual({
      code: "INVALID_INPUT",
      message: "since must not be in the past: prices are never changed retroactively.",
    });
    expect(errorOf(await setFloor(0)).code).toBe("INVALID_INPUT");
    const atlas = await newSupplier(server);
    expect(errorOf(await setFloor(1, null, atlas.token)).code).toBe("FORBIDDEN");
    expect(errorOf(await create(atlas, at(2_499)))).toEqual(below(2_500));
  });
});

describe("a campaign of a site", () => {
  it("is shown with the town of the site, and a campaign without a site with the supplier's town", async () => {
    const supplier = await newSupplier(server);
    const [row] = await owner.rows("SELECT siren FROM supplier WHERE id = $1", [supplier.id]);
    const site = { name: "Agence", street: "2 rue de l'Essai", postcode: "69100", city: "Villeurbanne" };
    const { createSite } = await must(server, server.adminToken, {
      query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
      variables: { input: { supplierId: supplier.id, siret: siretOf(row?.["siren"] as string), ...site } },
    });
    const shown = async () => {
      const { recipients, rankingUrl } = await preview(server, { location: { postcode: "75011" } });
      expect(rankingUrl).toBe(`${server.url}/classement`);
      expect((await fetch(rankingUrl)).status).toBe(200);
      return recipients.find(({ supplierId }) => supplierId === supplier.id)?.city;
    };
    const everywhere = { zones: [{ country: "FR" }] };
    await newCampaign(server, supplier, { ...everywhere, pricePerLeadCents: 900_000 });
    expect(await shown()).toBe("Lyon");
    await newCampaign(server, supplier, { ...everywhere, pricePerLeadCents: 900_001, site: createSite.id });
    expect(await shown()).toBe("Villeurbanne");
  });
});
