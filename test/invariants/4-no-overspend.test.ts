/**
 * Under any concurrency, no allocation exceeds a cap, a budget or a balance by a single lead or cent.
 * `npm run soak -- overspend` repeats the rush on each limit with more leads.
 */
import { must } from "../support/client";
import { faultsIn } from "../support/books";
import { allTried, confirmLead, prepareLeads, setClock, storm, tryNow } from "../support/crowd";
import { campaignInput, newCampaign, newSupplier, payIn, type TestSupplier } from "../support/journey";
import { roundsOf, say } from "../support/rounds";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { useTwoServers } from "../support/use-server";

let servers: [TestServer, TestServer];
let owner: Owner;

useTwoServers((started) => {
  ({ servers, owner } = started);
  // The middle of an hour, a day, a week and a month, so that no cap window ends while a test runs.
  setClock(servers[0], "2026-11-25T10:15:00Z");
});

afterEach(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  // Archives the campaigns, so that their suppliers are not shown to the leads of the next test.
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
});

/** How many leads want the last seats at once. */
const rush = roundsOf(20);
const rushMs = 120_000 + rush * 3_000;
const priceCents = 3_000;
const inclVat = (netCents: number): number => (netCents * 12) / 10;

async function deliveredTo({ id }: TestSupplier): Promise<number> {
  const [row] = await owner.rows("SELECT count(*)::int AS n FROM delivery WHERE supplier_id = $1", [id]);
  return row?.["n"] as number;
}

async function accountOf({ token }: TestSupplier): Promise<{ balanceCents: number; availableCents: number }> {
  return (await must(servers[0], token, { query: "{ account { balanceCents availableCents } }" })).account;
}

const setStatus = (supplier: TestSupplier, id: string, status: string): Promise<Record<string, any>> =>
  must(servers[1], supplier.token, {
    query:
      "mutation ($id: ID!, $status: CampaignStatus!) { setCampaignStatus(id: $id, status: $status) { status } }",
    variables: { id, status },
  });

const update = (
  supplier: TestSupplier,
  id: string,
  change: Record<string, unknown>,
): Promise<Record<string, any>> =>
  must(servers[1], supplier.token, {
    query:
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { version } }",
    variables: { id, input: campaignInput(change) },
  });

test.each(["HOUR", "DAY", "WEEK", "MONTH"])(
  "concurrent leads at two servers fill the last slot of a cap by %s once, whether it counts leads or spend",
  async (period) => {
    const byLeads = await newSupplier(servers[0]);
    const bySpend = await newSupplier(servers[0]);
    await newCampaign(servers[0], byLeads, { caps: [{ unit: "LEADS", period, limit: 3 }] });
    // One cent short of a fourth lead.
    await newCampaign(servers[0], bySpend, {
      caps: [{ unit: "SPEND_CENTS", period, limit: 4 * priceCents - 1 }],
    });
    const to = [byLeads, bySpend];
    await storm(servers, await prepareLeads(servers[0], owner, { count: 2, to }));
    expect([await deliveredTo(byLeads), await deliveredTo(bySpend)]).toEqual([2, 2]);

    const crowd = await prepareLeads(servers[0], owner, { count: rush, to });
    await storm(servers, crowd);
    await allTried(owner, crowd);

    expect([await deliveredTo(byLeads), await deliveredTo(bySpend)]).toEqual([3, 3]);
    const used = await owner.rows(
      "SELECT unit, used::int FROM cap_usage WHERE supplier_id = ANY ($1) ORDER BY unit",
      [to.map(({ id }) => id)],
    );
    expect(used).toEqual([
      { unit: "LEADS", used: 3 },
      { unit: "SPEND_CENTS", used: 3 * priceCents },
    ]);
    const reached = await owner.rows(
      "SELECT FROM feed_event WHERE kind = 'CAP_REACHED' AND supplier_id = ANY ($1)",
      [to.map(({ id }) => id)],
    );
    expect(reached).toHaveLength(2);
    say(`a cap by ${period}: ${rush} leads wanted the last seat, 1 had it`);
  },
  rushMs,
);

test(
  "concurrent leads for two campaigns on a balance for one lead take exactly one",
  async () => {
    const supplier = await newSupplier(servers[0], { paidInclVatCents: 7_199 });
    // That is 5,999 cents without VAT, one cent short of a second lead.
    await newCampaign(servers[0], supplier);
    await newCampaign(servers[0], supplier, { name: "Occasions", pricePerLeadCents: priceCents });
    const crowd = await prepareLeads(servers[0], owner, { count: rush, to: [supplier] });
    await storm(servers, crowd);
    await allTried(owner, crowd);
    expect(await deliveredTo(supplier)).toBe(1);
    expect(await accountOf(supplier)).toEqual({ balanceCents: 2_999, availableCents: 2_999 });
    say(`a balance for one lead: ${rush} leads wanted it, 1 had it`);
  },
  rushMs,
);

test("waiting leads use exactly the amount of each payment, whichever server tries them", async () => {
  const supplier = await newSupplier(servers[0], { paidInclVatCents: 0 });
  await newCampaign(servers[0], supplier);
  const crowd = await prepareLeads(servers[0], owner, { count: 20, to: [supplier] });
  await storm(servers, crowd);
  expect(await deliveredTo(supplier)).toBe(0);
  const tryAll = crowd.flatMap(({ id }) => servers.map((server) => tryNow(server, id)));
  const payments = [1, 2, 3].map((leads) => payIn(servers[0], supplier.id, inclVat(leads * priceCents)));
  await Promise.all([...payments, ...tryAll]);
  await Promise.all(crowd.flatMap(({ id }) => servers.map((server) => tryNow(server, id))));
  expect(await deliveredTo(supplier)).toBe(6);
  expect(await accountOf(supplier)).toEqual({ balanceCents: 0, availableCents: 0 });
});

test(
  "concurrent leads never exceed a postpaid supplier's credit limit while the limit changes",
  async () => {
    const supplier = await newSupplier(servers[0], {
      billingMode: "POSTPAID",
      creditLimitCents: 5 * priceCents - 1,
    });
    await newCampaign(servers[0], supplier);
    const crowd = await prepareLeads(servers[0], owner, { count: rush, to: [supplier] });
    const setLimit = (creditLimitCents: number): Promise<unknown> =>
      must(servers[1], servers[1].adminToken, {
        query: "mutation ($input: BillingInput!) { setBilling(input: $input) { creditLimitCents } }",
        variables: { input: { supplierId: supplier.id, creditLimitCents } },
      });
    await Promise.all([storm(servers, crowd), setLimit(6 * priceCents), setLimit(7 * priceCents)]);
    await setLimit(7 * priceCents);
    await Promise.all(crowd.map(({ id }) => tryNow(servers[0], id)));
    expect(await deliveredTo(supplier)).toBe(7);
    expect(await accountOf(supplier)).toEqual({ balanceCents: -7 * priceCents, availableCents: 0 });
    say(`a credit limit that changes: ${rush} leads wanted the last of 7, 7 had them`);
  },
  rushMs,
);

test(
  "campaigns edited, paused and resumed under load stay within their caps and the shared balance",
  async () => {
    const supplier = await newSupplier(servers[0], { paidInclVatCents: inclVat(30_000) });
    const caps = [{ unit: "LEADS", period: "DAY", limit: 4 }];
    const dear = await newCampaign(servers[0], supplier, { caps, pricePerLeadCents: 4_000 });
    const cheap = await newCampaign(servers[0], supplier, { caps, pricePerLeadCents: 2_500 });
    const crowd = await prepareLeads(servers[0], owner, { count: rush, to: [supplier] });
    const unrest = async (): Promise<void> => {
      for (let round = 0; round < 8; round++) {
        await setStatus(supplier, dear, round % 2 === 0 ? "PAUSED" : "ACTIVE");
        await update(supplier, cheap, { caps, pricePerLeadCents: 2_500 + round * 100 });
      }
    };
    await Promise.all([storm(servers, crowd), unrest()]);
    await Promise.all(crowd.map(({ id }) => tryNow(servers[0], id)));
    // Four leads at 4,000 leave 14,000, which pays for four more at 2,500 to 3,200; the cap allows no fifth.
    expect(await deliveredTo(supplier)).toBe(8);
    expect((await accountOf(supplier)).availableCents).toBeGreaterThanOrEqual(30_000 - 16_000 - 4 * 3_200);
    say(`campaigns that are edited under load: ${rush} leads wanted 8 seats, 8 had them`);
  },
  rushMs,
);

test("a campaign takes no lead after the answer that it is PAUSED", async () => {
  const supplier = await newSupplier(servers[0]);
  const campaign = await newCampaign(servers[0], supplier);
  for (let round = 0; round < 3; round++) {
    const crowd = await prepareLeads(servers[0], owner, { count: 12, to: [supplier] });
    let whenPaused = -1;
    const pause = async (): Promise<void> => {
      await confirmLead(servers[0], crowd[0] as (typeof crowd)[number]);
      expect((await setStatus(supplier, campaign, "PAUSED")).setCampaignStatus.status).toBe("PAUSED");
      whenPaused = await deliveredTo(supplier);
    };
    await Promise.all([storm(servers, crowd.slice(1)), pause()]);
    await allTried(owner, crowd);
    await Promise.all(crowd.flatMap(({ id }) => servers.map((server) => tryNow(server, id))));
    expect(await deliveredTo(supplier)).toBe(whenPaused);
    await setStatus(supplier, campaign, "ACTIVE");
    await Promise.all(crowd.map(({ id }) => tryNow(servers[0], id)));
    expect(await deliveredTo(supplier)).toBe((round + 1) * crowd.length);
  }
});

test("a cap that is added, moved to another time zone or restored counts the leads already in its window", async () => {
  const supplier = await newSupplier(servers[0]);
  const campaign = await newCampaign(servers[0], supplier);
  const attack = async (): Promise<number> => {
    const crowd = await prepareLeads(servers[0], owner, { count: 4, to: [supplier] });
    await storm(servers, crowd);
    await allTried(owner, crowd);
    for (const lead of crowd) {
      await must(servers[0], lead.personalToken, {
        query: "mutation { withdrawConsent(input: {}) { reference } }",
      });
    }
    return deliveredTo(supplier);
  };
  const day = (limit: number): Record<string, unknown> => ({
    caps: [{ unit: "LEADS", period: "DAY", limit }],
  });
  expect(await attack()).toBe(4);
  await update(supplier, campaign, day(4));
  expect(await attack()).toBe(4);
  await update(supplier, campaign, day(5));
  expect(await attack()).toBe(5);
  await update(supplier, campaign, { ...day(5), timeZone: "Europe/London" });
  expect(await attack()).toBe(5);
  await update(supplier, campaign, { pricePerLeadCents: 5_000 });
  expect(await attack()).toBe(9);
  await update(supplier, campaign, day(10));
  expect(await attack()).toBe(10);
  const spentCents = 5 * priceCents + 4 * 5_000 + priceCents;
  const spend = { unit: "SPEND_CENTS", period: "WEEK", limit: spentCents + 2 * priceCents };
  await update(supplier, campaign, { caps: [spend] });
  expect(await attack()).toBe(12);
});
