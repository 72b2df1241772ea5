/**
 * Each product ranks by its own rule, shown through the public API: who is previewed first and who is served
 * first.
 */
import { ask, must } from "../support/client";
import { allTried, leadIds, prepareLeads, receiversOf, storm } from "../support/crowd";
import {
  newCampaign,
  newSupplier,
  preview,
  sendLead,
  siretOf,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
useServer(async (started) => {
  ({ server, owner } = started);
  // Only Lyon and its arrondissements, Villeurbanne and Marseille have known positions.
  const { transact, reference } = server.running.services;
  const { centroids } = reference.geo;
  await owner.rows(
    `INSERT INTO commune_centroid (insee_code, longitude, latitude, source, imported_at) VALUES
       ('69123', 4.83, 45.76, 'test', now()), ('69266', 4.89, 45.77, 'test', now()),
       ('13055', 5.4, 43.3, 'test', now()) ON CONFLICT DO NOTHING`,
  );
  await transact({ role: "worker" }, (tx) => centroids.load(tx));
});
afterEach(async () => {
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
});

type Given = { field: string; value: unknown }[];

/** The required answers of a product's form. */
async function answersTo(product: string): Promise<Given> {
  const { form } = await must(server, server.formToken, {
    query: `query ($product: ID!) { form(product: $product) { fields { id type required min options { value } } } }`,
    variables: { product },
  });
  const some = ({ type, min, options }: any): unknown => {
    const [first] = options ?? [];
    if (type === "NUMBER") return min ?? 1;
    if (type === "BOOLEAN") return true;
    if (type === "DATE") return "2027-01-31";
    return { TEXT: "208", CHOICE: first?.value, MULTICHOICE: [first?.value] }[type as string];
  };
  return form.fields
    .filter(({ required }: any) => required)
    .map((field: any) => ({ field: field.id, value: some(field) }));
}

async function shown(product: string): Promise<{ rankedBy: string; suppliers: string[] }> {
  const { rankedBy, recipients } = await preview(server, { product, answers: await answersTo(product) });
  return { rankedBy, suppliers: recipients.map(({ supplierId }) => supplierId) };
}

/** The suppliers that received the lead, by seat, after it was tried. */
async function served(product: string, to: readonly TestSupplier[]): Promise<[SentLead, string[]]> {
  const lead = await sendLead(server, { product, to, answers: await answersTo(product) });
  const id = (await leadIds(owner, [lead.reference])).get(lead.reference) as string;
  await allTried(owner, [{ id }]);
  return [lead, await receiversOf(owner, id)];
}

/** The first recorded decision; every decision must replay to the same result. */
async function recordOf({ reference }: Pick<SentLead, "reference">): Promise<any> {
  const { decision } = await must(server, server.adminToken, {
    query: "query ($reference: ID!) { decision(reference: $reference) { decisions { differences record } } }",
    variables: { reference },
  });
  expect(decision.decisions.length).toBeGreaterThan(0);
  for (const { differences } of decision.decisions) expect(differences).toEqual([]);
  return decision.decisions[0].record;
}

async function siteIn(supplier: TestSupplier, [postcode, city]: [string, string]): Promise<string> {
  const [row] = await owner.rows("SELECT siren FROM supplier WHERE id = $1", [supplier.id]);
  const address = { street: "1 rue de l'Essai", postcode, city };
  const { createSite } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateSiteInput!) { createSite(input: $input) { id } }",
    variables: {
      input: { supplierId: supplier.id, name: city, siret: siretOf(row?.["siren"]), ...address },
    },
  });
  return createSite.id as string;
}

const everywhere = { zones: [{ country: "FR" }] };

it("names the ranking rule of each product and of its previews", async () => {
  const { products } = await must(server, server.formToken, { query: "{ products { id rankedBy } }" });
  expect(Object.fromEntries(products.map(({ id, rankedBy }: any) => [id, rankedBy]))).toEqual({
    NEW_CAR: "PRICE_THEN_DRAW",
    USED_CAR: "PRICE_THEN_DRAW",
    TRADE_IN: "NEAREST_THEN_PRICE",
    CAR_INSURANCE: "TURN_THEN_PRICE",
    LONG_TERM_LEASE: "QUALITY_THEN_PRICE",
  });
  // Showing whose turn it is would reveal when each supplier receives a lead, so these previews rank by
  // price.
  for (const { id, rankedBy } of products)
    expect((await shown(id)).rankedBy).toBe(rankedBy === "TURN_THEN_PRICE" ? "PRICE_THEN_DRAW" : rankedBy);
});

it("ranks new-car leads by price and records only the name of the rule", async () => {
  const [dear, cheap] = [await newSupplier(server), await newSupplier(server)];
  await newCampaign(server, cheap, { pricePerLeadCents: 2_500 });
  await newCampaign(server, dear, { pricePerLeadCents: 9_000 });
  expect((await shown("NEW_CAR")).suppliers).toEqual([dear.id, cheap.id]);
  const [lead, receivers] = await served("NEW_CAR", [cheap, dear]);
  expect(receivers).toEqual([dear.id, cheap.id]);
  const record = await recordOf(lead);
  expect(record).toMatchObject({ rules: "PRICE_THEN_DRAW" });
  expect(record).not.toHaveProperty("standings");
});

it("ranks trade-in leads by distance to the campaign's site or the supplier's address, regardless of price", async () => {
  const product = "TRADE_IN";
  const [near, nearer, far, unknown] = [
    await newSupplier(server),
    await newSupplier(server),
    await newSupplier(server),
    await newSupplier(server),
  ] as [TestSupplier, TestSupplier, TestSupplier, TestSupplier];
  const campaign = async (of: TestSupplier, pricePerLeadCents: number, site?: string) =>
    newCampaign(server, of, { product, ...everywhere, pricePerLeadCents, ...(site && { site }) });
  const ids = {
    // All four suppliers have their address in Lyon.
    nearer: await campaign(nearer, 2_000),
    near: await campaign(near, 3_000, await siteIn(near, ["69100", "VILLEURBANNE"])),
    far: await campaign(far, 9_000, await siteIn(far, ["13001", "Marseille"])),
    unknown: await campaign(unknown, 9_500, await siteIn(unknown, ["29200", "Brest"])),
  };
  expect((await shown(product)).suppliers).toEqual([nearer.id, near.id, far.id, unknown.id]);
  const [lead, receivers] = await served(product, [unknown, far, near, nearer]);
  expect(receivers).toEqual([nearer.id, near.id, far.id]);
  const { rules, standings } = await recordOf(lead);
  expect(rules).toBe("NEAREST_THEN_PRICE");
  const expected = { [ids.nearer]: 0, [ids.near]: 5, [ids.far]: 277, [ids.unknown]: null };
  expect(standings).toEqual(
    Object.entries(expected)
      .map(([campaignId, km]) => ({ campaignId, km }))
      .sort((a, b) => (a.campaignId < b.campaignId ? -1 : 1)),
  );
});

describe("car insurance leads go to suppliers in turn", () => {
  const product = "CAR_INSURANCE";
  const two = async (): Promise<[TestSupplier, TestSupplier]> => {
    const [dear, cheap] = [await newSupplier(server), await newSupplier(server)];
    // Exclusive, so that only the first in turn receives each lead.
    await newCampaign(server, dear, { product, ...everywhere, pricePerLeadCents: 9_000, maxSeats: 1 });
    await newCampaign(server, cheap, { product, ...everywhere, pricePerLeadCents: 3_000, maxSeats: 1 });
    return [dear, cheap];
  };

  it("beginning with the higher price, while previews do not reveal whose turn it is", async () => {
    const [dear, cheap] = await two();
    const order: string[] = [];
    for (let sent = 0; sent < 5; sent++) {
      expect((await shown(product)).suppliers).toEqual([dear.id, cheap.id]);
      const [lead, receivers] = await served(product, [cheap, dear]);
      order.push(...receivers);
      const { rules, standings } = await recordOf(lead);
      expect(rules).toBe("TURN_THEN_PRICE");
      expect(standings.filter(({ lastReceivedAt }: any) => lastReceivedAt === null)).toHaveLength(
        Math.max(0, 2 - sent),
      );
    }
    expect(order).toEqual([dear.id, cheap.id, dear.id, cheap.id, dear.id]);
  });

  it("regardless of the leads they receive for another product", async () => {
    const [dear, cheap] = await two();
    await newCampaign(server, dear, { pricePerLeadCents: 9_000 });
    expect((await served("NEW_CAR", [dear]))[1]).toEqual([dear.id]);
    expect((await shown(product)).suppliers).toEqual([dear.id, cheap.id]);
  });

  it("even when many arrive at once: each decision sees the one before it and replays to the same result", async () => {
    const both = await two();
    const need = { product, answers: await answersTo(product) };
    const leads = await prepareLeads(server, owner, { count: 12, to: both, need });
    await storm([server], leads);
    await allTried(owner, leads);
    const rows = await owner.rows(
      "SELECT supplier_id FROM delivery WHERE lead_id = ANY ($1) ORDER BY matched_at",
      [leads.map(({ id }) => id)],
    );
    const order = rows.map(({ supplier_id: supplierId }) => both.findIndex(({ id }) => id === supplierId));
    expect(order).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    for (const lead of leads) expect((await recordOf(lead)).standings).toHaveLength(2);
  });
});

describe("lease leads rank by the quality score from staff", () => {
  const product = "LONG_TERM_LEASE";
  const review = (of: TestSupplier, score: number, more: Record<string, unknown> = {}) => ({
    query: `mutation ($input: QualityReviewInput!, $key: String) {
      reviewQuality(input: $input, idempotencyKey: $key) { product score reason reviewedAt } }`,
    variables: {
      input: { supplierId: of.id, product, score, reason: "Rappelle dans l’heure.", ...more },
      key: null as string | null,
    },
  });
  const reviewed = (...given: Parameters<typeof review>) => must(server, server.adminToken, review(...given));
  const own = async ({ token }: TestSupplier): Promise<unknown> =>
    (
      await must(server, token, {
        query: "{ viewer { supplier { id qualityReviews { product score reason } } } }",
      })
    ).viewer.supplier.qualityReviews;
  const two = async (): Promise<[TestSupplier, TestSupplier]> => {
    const [dear, cheap] = [await newSupplier(server), await newSupplier(server)];
    await newCampaign(server, dear, { product, ...everywhere, pricePerLeadCents: 9_000 });
    await newCampaign(server, cheap, { product, ...everywhere, pricePerLeadCents: 5_000 });
    return [dear, cheap];
  };

  it("from the next request on, and by price among suppliers without a review", async () => {
    const [dear, cheap] = await two();
    expect((await shown(product)).suppliers).toEqual([dear.id, cheap.id]);
    const [before] = await served(product, [dear, cheap]);
    await reviewed(cheap, 51);
    expect((await shown(product)).suppliers).toEqual([cheap.id, dear.id]);
    const [lead, receivers] = await served(product, [dear, cheap]);
    expect(receivers).toEqual([cheap.id, dear.id]);
    expect((await recordOf(lead)).standings.map(({ score }: any) => score).sort()).toEqual([51, null]);
    // A review of another product and a later lower score do not change earlier decisions.
    await reviewed(cheap, 100, { product: "NEW_CAR" });
    await reviewed(cheap, 49);
    expect((await shown(product)).suppliers).toEqual([dear.id, cheap.id]);
    for (const decided of [before, lead]) await recordOf(decided);
  });

  it("which its supplier and reviewing staff see, and no one else", async () => {
    const [dear, cheap] = await two();
    await reviewed(dear, 30, { reason: "Ne rappelle pas." });
    await reviewed(dear, 60);
    const told = { product, score: 60, reason: "Rappelle dans l’heure." };
    expect(await own(dear)).toEqual([told]);
    expect(await own(cheap)).toEqual([]);
    const byId = {
      query: "query ($id: ID!) { supplier(id: $id) { qualityReviews { product score reason } } }",
      variables: { id: dear.id },
    };
    expect((await must(server, server.adminToken, byId)).supplier.qualityReviews).toEqual([told]);
    expect((await ask(server, cheap.token, byId)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const { createApiKey } = await must(server, server.adminToken, {
      query: 'mutation { createApiKey(input: { role: FINANCE, label: "test" }) { token } }',
    });
    expect((await must(server, createApiKey.token, byId)).supplier.qualityReviews).toBeNull();
    // Row-level security in the database hides it too.
    const { transact } = server.running.services;
    const seen = await transact({ role: "supplier", supplierId: cheap.id, limits: null }, (tx) =>
      tx.query("SELECT FROM quality_review"),
    );
    expect(seen).toHaveLength(0);
  });

  it("of which every review is kept with author, time and reason, even when several are concurrent", async () => {
    const [dear] = await two();
    const scores = [10, 20, 30, 40, 50, 60];
    await Promise.all(scores.map((score) => reviewed(dear, score)));
    const rows = await owner.rows(
      `SELECT r.number, r.score, r.reason, r.reviewed_by, a.actor
       FROM quality_review r LEFT JOIN audit_event a ON a.supplier_id = r.supplier_id
         AND a.action = 'QUALITY_REVIEWED' AND (a.detail->>'number')::int = r.number
       WHERE r.supplier_id = $1 ORDER BY r.number`,
      [dear.id],
    );
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.map(({ score }) => score as number).sort((a, b) => a - b)).toEqual(scores);
    for (const { reviewed_by: by, actor, reason } of rows) {
      expect(by).toMatch(/^key:/);
      expect([actor, reason]).toEqual([by, "Rappelle dans l’heure."]);
    }
    expect(await own(dear)).toMatchObject([{ score: rows.at(-1)?.["score"] }]);
    for (const change of ["UPDATE quality_review SET score = 0", "DELETE FROM quality_review"])
      await expect(owner.rows(change)).rejects.toThrow("quality_review is append-only");
  });

  it("which is recorded once per idempotency key and only with a valid score and reason", async () => {
    const [dear] = await two();
    const once = { ...review(dear, 90), variables: { ...review(dear, 90).variables, key: "the same" } };
    const first = await must(server, server.adminToken, once);
    expect(await must(server, server.adminToken, once)).toEqual(first);
    expect(await owner.rows("SELECT FROM quality_review WHERE supplier_id = $1", [dear.id])).toHaveLength(1);
    const refusals: [Parameters<typeof review>[2], string][] = [
      [{ score: 101 }, "INVALID_INPUT"],
      [{ reason: " " }, "INVALID_INPUT"],
      [{ product: "BOAT" }, "INVALID_INPUT"],
      [{ supplierId: "014200aa-7c6d-8e3a-9b1f-0123456789ab" }, "NOT_FOUND"],
    ];
    for (const [change, code] of refusals) {
      const { errors } = await ask(server, server.adminToken, review(dear, 50, change));
      expect([change, errors?.[0]?.extensions.code]).toEqual([change, code]);
    }
  });
});
