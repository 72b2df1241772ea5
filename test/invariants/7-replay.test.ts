/**
 * Every decision can be replayed from what was recorded: the same input and rules give the same result, with
 * a reason for every candidate. After erasure the decision reports that it was erased. A waiting lead is
 * decided again as soon as a supplier may take it, and closes when the person's waiting time ends.
 */
import {
  packDecision,
  unpackDecision,
  type DecisionRecord,
  type VerdictRecord,
} from "../../src/allocation/matching";
import { faultsIn } from "../support/books";
import { must } from "../support/client";
import { allTried, leadIds, receiversOf, setClock, tryNow } from "../support/crowd";
import {
  answers,
  campaignInput,
  newCampaign,
  newSupplier,
  payIn,
  sendLead,
  type SentLead,
  type SupplierOptions,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;

const [minuteMs, hourMs] = [60_000, 3_600_000];

beforeEach(() => {
  // A Wednesday, 11:15 in Paris.
  setClock(server, "2026-11-25T10:15:00Z");
});

afterEach(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
});

// Registered before the server's own clean-up, so that it runs first.
afterAll(async () => {
  // Every decision still replays the same, whatever the tests did to campaigns, money and time since.
  const everything = await owner.rows(
    "SELECT reference FROM lead WHERE erased_at IS NULL AND confirmed_at IS NOT NULL",
  );
  for (const { reference } of everything) await checkReplay(reference);
});

useServer((started) => {
  ({ server, owner } = started);
});

interface Sent extends SentLead {
  readonly id: string;
}

async function send(
  to: readonly TestSupplier[],
  options: { waitUntil?: Date; budgetEuros?: number } = {},
): Promise<Sent> {
  const { waitUntil, budgetEuros } = options;
  const sent = await sendLead(server, {
    to,
    ...(waitUntil && { waitUntil }),
    ...(budgetEuros !== undefined && { answers: answers({ budgetEuros }) }),
  });
  const id = (await leadIds(owner, [sent.reference])).get(sent.reference) as string;
  await allTried(owner, [{ id }]);
  return { ...sent, id };
}

async function decisionsOf(reference: string): Promise<{ erased: boolean; decisions: any[] }> {
  const { decision } = await must(server, server.adminToken, {
    query: `query ($reference: ID!) { decision(reference: $reference) {
      erased decisions { number replaysTheSame record differences } } }`,
    variables: { reference },
  });
  return decision;
}

async function checkReplay(reference: string): Promise<any[]> {
  const { erased, decisions } = await decisionsOf(reference);
  expect(erased).toBe(false);
  expect(decisions.length).toBeGreaterThan(0);
  for (const { replaysTheSame, differences, record } of decisions) {
    expect({ reference, replaysTheSame, differences }).toEqual({
      reference,
      replaysTheSame: true,
      differences: [],
    });
    const verdicts = record.outcome.verdicts;
    expect(verdicts.map(({ campaignId }: any) => campaignId).sort()).toEqual(
      record.candidates.map(({ campaignId }: any) => campaignId).sort(),
    );
    for (const { seat, reason } of verdicts)
      expect([seat === undefined, reason === undefined]).toContain(true);
    for (const { seat, reason } of verdicts) expect(seat ?? reason).toBeDefined();
  }
  return decisions;
}

const change = (supplier: TestSupplier, id: string, terms: Record<string, unknown>): Promise<unknown> =>
  must(server, supplier.token, {
    query:
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { version } }",
    variables: { id, input: campaignInput(terms) },
  });

const setStatus = (supplier: TestSupplier, id: string, status: string): Promise<unknown> =>
  must(server, supplier.token, {
    query:
      "mutation ($id: ID!, $status: CampaignStatus!) { setCampaignStatus(id: $id, status: $status) { status } }",
    variables: { id, status },
  });

const setLimit = (supplier: TestSupplier, creditLimitCents: number): Promise<unknown> =>
  must(server, server.adminToken, {
    query: "mutation ($input: BillingInput!) { setBilling(input: $input) { availableCents } }",
    variables: { input: { supplierId: supplier.id, creditLimitCents } },
  });

const arrives = (lead: Sent, supplier: TestSupplier): Promise<unknown> =>
  until("the lead that waited arrived", async () =>
    (await receiversOf(owner, lead.id)).includes(supplier.id),
  );

async function oneCampaign(
  terms: Record<string, unknown> = {},
  options: SupplierOptions = {},
): Promise<{ supplier: TestSupplier; campaign: string }> {
  const supplier = await newSupplier(server, options);
  return { supplier, campaign: await newCampaign(server, supplier, terms) };
}

const cap = (unit: string, period: string, limit: number): Record<string, unknown> => ({
  caps: [{ unit, period, limit }],
});

test("a decision gives a reason for every candidate and replays to the same result", async () => {
  const winner = await oneCampaign({ pricePerLeadCents: 6_000 });
  const elsewhere = await newCampaign(server, winner.supplier, { zones: [{ departement: "33" }] });
  const notHere = await newCampaign(server, winner.supplier, { excludedZones: [{ commune: "69123" }] });
  const cheaper = await newCampaign(server, winner.supplier, { pricePerLeadCents: 2_500 });
  const paused = await newCampaign(server, winner.supplier, {});
  await setStatus(winner.supplier, paused, "PAUSED");
  const picky = await newCampaign(server, winner.supplier, {
    criteria: [{ field: "budgetEuros", min: 90_000 }],
  });
  const broke = await oneCampaign({ pricePerLeadCents: 5_500 }, { paidInclVatCents: 0 });
  const asleep = await oneCampaign({
    pricePerLeadCents: 5_000,
    schedule: [{ days: ["MON", "TUE", "WED"], from: "14:00", to: "24:00" }],
  });
  const exclusive = await oneCampaign({ pricePerLeadCents: 4_500, maxSeats: 1 });
  const full = await oneCampaign({ pricePerLeadCents: 4_000, ...cap("LEADS", "HOUR", 1) });
  const filler = await send([full.supplier]);
  expect(await receiversOf(owner, filler.id)).toEqual([full.supplier.id]);

  const all = [winner, broke, asleep, exclusive, full].map(({ supplier }) => supplier);
  const lead = await send(all);
  const decisions = await checkReplay(lead.reference);
  // Reads the first decision, because a sweep may have tried the lead again and found the winner already
  // served.
  const verdicts = new Map<string, any>(
    decisions[0].record.outcome.verdicts.map((one: any) => [one.campaignId, one]),
  );
  expect(verdicts.get(winner.campaign)).toMatchObject({ rank: 1, seat: 1 });
  const reasons = (campaign: string): unknown => verdicts.get(campaign)?.reason;
  expect(reasons(elsewhere)).toBe("OUTSIDE_ZONES");
  expect(reasons(notHere)).toBe("IN_EXCLUDED_ZONE");
  expect(reasons(paused)).toBe("CAMPAIGN_NOT_ACTIVE");
  expect(verdicts.get(picky)).toMatchObject({ reason: "CRITERION_NOT_MET", field: "budgetEuros" });
  expect(reasons(cheaper)).toBe("BETTER_CAMPAIGN_OF_SAME_SUPPLIER");
  expect(reasons(broke.campaign)).toBe("BALANCE_TOO_LOW");
  expect(verdicts.get(asleep.campaign)).toMatchObject({
    reason: "OUTSIDE_SCHEDULE",
    liftsAt: "2026-11-25T13:00:00.000Z",
  });
  expect(reasons(exclusive.campaign)).toBe("WANTS_FEWER_SEATS");
  expect(verdicts.get(full.campaign)).toMatchObject({
    reason: "CAP_REACHED",
    cap: 0,
    liftsAt: "2026-11-25T11:00:00.000Z",
  });
  expect(JSON.stringify(decisions)).not.toMatch(/zelie|essai/i);
});

test("later edits of a campaign do not change the replay of earlier decisions", async () => {
  const { supplier, campaign } = await oneCampaign({ criteria: [{ field: "budgetEuros", min: 20_000 }] });
  const taken = await send([supplier]);
  expect(await receiversOf(owner, taken.id)).toEqual([supplier.id]);
  await change(supplier, campaign, {
    criteria: [{ field: "budgetEuros", min: 200_000 }],
    pricePerLeadCents: 9_000,
  });
  await setStatus(supplier, campaign, "PAUSED");
  const [{ record }] = await checkReplay(taken.reference);
  expect(record.candidates).toEqual([
    { campaignId: campaign, supplierId: supplier.id, version: 1, status: "ACTIVE" },
  ]);
});

test("a recorded fact or verdict that was changed in the database is detected", async () => {
  const { supplier, campaign } = await oneCampaign({
    criteria: [{ field: "budgetEuros", min: 20_000 }],
    ...cap("LEADS", "DAY", 5),
  });
  const { supplier: second } = await oneCampaign({ pricePerLeadCents: 2_500 });
  const lead = await send([supplier, second]);
  await expect(owner.rows("UPDATE decision SET number = number")).rejects.toThrow("decision is append-only");
  await checkForgedRecords(lead);
  const forgeries: [table: string, forgery: string, where: string][] = [
    ["lead_need", `answers = jsonb_set(answers, '{budgetEuros}', '10000')`, "lead_id"],
    ["lead_need", `submitted_at = submitted_at - interval '3 days'`, "lead_id"],
    ["campaign_version", `terms = jsonb_set(terms, '{pricePerLeadCents}', '2400')`, "campaign_id"],
  ];
  for (const [table, forgery, column] of forgeries) {
    const id = column === "lead_id" ? lead.id : campaign;
    await forge({ table, column, id, set: forgery }, () => expectFound(lead, forgery));
  }
  await checkReplay(lead.reference);
});

/** Each entry changes one fact or verdict in the stored record. */
const changes: Readonly<Record<string, (record: DecisionRecord) => DecisionRecord>> = {
  "a balance": (record) => withFirst(record, "capacities", { availableCents: 0 }),
  "what caps hold": (record) => ({
    ...record,
    capacities: record.capacities.map((one) => ({ ...one, capsUsed: [] })),
  }),
  "all capacities": (record) => ({ ...record, capacities: [] }),
  "a status": (record) => withFirst(record, "candidates", { status: "PAUSED" }),
  "a version": (record) => withFirst(record, "candidates", { version: 7 }),
  "the scope": (record) => ({ ...record, scope: [] }),
  "the seats taken": (record) => ({ ...record, seats: { ...record.seats, taken: 1 } }),
  "the instant": (record) => ({ ...record, at: "2027-01-01T00:00:00.000Z" }),
  "the rules": (record) => ({ ...record, rulesVersion: 0 }),
  "a seat": (record) => withVerdict(record, 0, { seat: 2 }),
  "a rank": (record) => withVerdict(record, 1, { rank: null }),
  "a reason": (record) => withVerdict(record, 1, { seat: undefined, reason: "TOO_OLD" }),
};

const withFirst = <Part extends "capacities" | "candidates">(
  record: DecisionRecord,
  part: Part,
  change: Partial<DecisionRecord[Part][number]>,
): DecisionRecord => ({
  ...record,
  [part]: record[part].map((one, index) => (index === 0 ? { ...one, ...change } : one)),
});

const withVerdict = (
  record: DecisionRecord,
  which: number,
  change: Partial<VerdictRecord>,
): DecisionRecord => ({
  ...record,
  outcome: {
    ...record.outcome,
    verdicts: record.outcome.verdicts.map((one, index) => (index === which ? { ...one, ...change } : one)),
  },
});

async function checkForgedRecords(lead: Sent): Promise<void> {
  const [row] = await owner.rows("SELECT packed FROM decision WHERE lead_id = $1", [lead.id]);
  const record = unpackDecision(lead.id, row?.packed as Buffer);
  for (const [what, change] of Object.entries(changes)) {
    const forged = Buffer.from(packDecision(change(record))).toString("hex");
    const statement = { table: "decision", column: "lead_id", id: lead.id, set: `packed = '\\x${forged}'` };
    await forge(statement, () => expectFound(lead, what));
  }
  const broken = { table: "decision", column: "lead_id", id: lead.id, set: "packed = substr(packed, 1, 40)" };
  await forge(broken, () => expectFound(lead, "bytes that are missing"));
}

async function expectFound({ reference }: Sent, forgery: string): Promise<void> {
  const { decisions } = await decisionsOf(reference);
  const found = decisions[0]?.replaysTheSame === false && decisions[0].differences.length > 0;
  expect({ forgery, found }).toEqual({ forgery, found: true });
}

/**
 * Switches off the triggers that refuse changes, which only a superuser can do, and restores the rows
 * afterwards.
 */
async function forge(
  { table, column, id, set }: { table: string; column: string; id: string; set: string },
  look: () => Promise<void>,
): Promise<void> {
  await owner.rows("SET session_replication_role = replica");
  const before = await owner.rows(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${column} = $1`, [id]);
  try {
    await owner.rows(`UPDATE ${table} SET ${set} WHERE ${column} = $1`, [id]);
    await look();
  } finally {
    await owner.rows(`DELETE FROM ${table} WHERE ${column} = $1`, [id]);
    const rows = JSON.stringify(before.map(({ row }) => row));
    await owner.rows(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
      rows,
    ]);
    await owner.rows("SET session_replication_role = DEFAULT");
  }
}

test("after erasure the decision reports that it was erased and nothing is replayed", async () => {
  const { supplier } = await oneCampaign();
  const lead = await send([supplier]);
  await checkReplay(lead.reference);
  await must(server, server.adminToken, {
    query: "mutation ($reference: ID!) { eraseRequest(reference: $reference) }",
    variables: { reference: lead.reference },
  });
  expect(await decisionsOf(lead.reference)).toEqual({ erased: true, decisions: [] });
});

describe("a waiting lead is tried again", () => {
  const expectWaiting = async (lead: Sent): Promise<void> => {
    expect(await receiversOf(owner, lead.id)).toEqual([]);
    // Trying it again without a change of circumstances delivers nothing.
    expect(await tryNow(server, lead.id)).toEqual([]);
  };

  test("when a supplier it waits for creates a matching campaign", async () => {
    const { supplier } = await oneCampaign(cap("LEADS", "MONTH", 1));
    await send([supplier]);
    const lead = await send([supplier]);
    await expectWaiting(lead);
    await newCampaign(server, supplier, { name: "Une autre" });
    await arrives(lead, supplier);
  });

  test("when a campaign is edited so that it matches", async () => {
    const { supplier, campaign } = await oneCampaign(cap("SPEND_CENTS", "WEEK", 3_000));
    await send([supplier]);
    const lead = await send([supplier]);
    await expectWaiting(lead);
    await change(supplier, campaign, cap("SPEND_CENTS", "WEEK", 5_999));
    await expectWaiting(lead);
    await change(supplier, campaign, cap("SPEND_CENTS", "WEEK", 6_000));
    await arrives(lead, supplier);
  });

  test("when a campaign is resumed", async () => {
    const { supplier, campaign } = await oneCampaign({}, { paidInclVatCents: 0 });
    const lead = await send([supplier]);
    await setStatus(supplier, campaign, "PAUSED");
    await payIn(server, supplier.id, 12_000);
    await expectWaiting(lead);
    await setStatus(supplier, campaign, "ACTIVE");
    await arrives(lead, supplier);
  });

  // Paris is one hour ahead of UTC, so its day, week and month begin at 23:00 UTC.
  test.each([
    ["HOUR", "2026-11-25T11:00:00Z"],
    ["DAY", "2026-11-25T23:00:00Z"],
    ["WEEK", "2026-11-29T23:00:00Z"],
    ["MONTH", "2026-11-30T23:00:00Z"],
  ])("when the window of the cap by %s ends, and not before", async (period, end) => {
    // Early enough for the requests to be sent within the same window, however slow the machine is.
    setClock(server, new Date(Date.parse(end) - 50 * minuteMs).toISOString());
    const { supplier } = await oneCampaign(cap("LEADS", period, 1));
    const first = await send([supplier]);
    const [second, third] = [await send([supplier]), await send([supplier])];
    expect(await receiversOf(owner, first.id)).toEqual([supplier.id]);
    setClock(server, new Date(Date.parse(end) - 5 * minuteMs).toISOString());
    await expectWaiting(second);
    await expectWaiting(third);
    setClock(server, end);
    await until("one of those that waited arrived", async () => {
      const received = await Promise.all([second, third].map(({ id }) => receiversOf(owner, id)));
      return received.flat().length > 0;
    });
    await Promise.all([second, third].map(({ id }) => tryNow(server, id)));
    const received = await Promise.all([second, third].map(({ id }) => receiversOf(owner, id)));
    expect(received.flat()).toEqual([supplier.id]);
  });

  test("when the campaign's schedule opens", async () => {
    const { supplier } = await oneCampaign({ schedule: [{ days: ["THU"], from: "09:00", to: "10:00" }] });
    const lead = await send([supplier]);
    server.clock.forward(20 * hourMs);
    await expectWaiting(lead);
    setClock(server, "2026-11-26T08:00:00Z");
    await arrives(lead, supplier);
  });

  test("when a payment arrives, a credit limit is raised or a charge is credited", async () => {
    const prepaid = await oneCampaign({}, { paidInclVatCents: 0 });
    const byMoney = await send([prepaid.supplier]);
    await expectWaiting(byMoney);
    await payIn(server, prepaid.supplier.id, 3_599);
    await expectWaiting(byMoney);
    await payIn(server, prepaid.supplier.id, 1);
    await arrives(byMoney, prepaid.supplier);

    const byCredit = await send([prepaid.supplier]);
    await expectWaiting(byCredit);
    const [row] = await owner.rows("SELECT id FROM delivery WHERE lead_id = $1", [byMoney.id]);
    await must(server, server.adminToken, {
      query: `mutation ($id: ID!) { creditLead(leadId: $id, reason: "test") { amountCents } }`,
      variables: { id: row?.["id"] },
    });
    await arrives(byCredit, prepaid.supplier);

    const postpaid = await oneCampaign(
      { pricePerLeadCents: 4_000 },
      { billingMode: "POSTPAID", creditLimitCents: 3_999 },
    );
    const byLimit = await send([postpaid.supplier]);
    await expectWaiting(byLimit);
    await setLimit(postpaid.supplier, 4_000);
    await arrives(byLimit, postpaid.supplier);
  });

  test("for its remaining seats, and each try with a different result is recorded", async () => {
    const rich = await oneCampaign({ pricePerLeadCents: 5_000 });
    const others = [];
    for (let price = 4_000; price > 3_000; price -= 250) {
      others.push(await oneCampaign({ pricePerLeadCents: price }, { paidInclVatCents: 0 }));
    }
    const lead = await send([rich, ...others].map(({ supplier }) => supplier));
    expect(await receiversOf(owner, lead.id)).toEqual([rich.supplier.id]);
    for (const { supplier } of [...others].reverse()) await payIn(server, supplier.id, 12_000);
    await until("all seats were taken", async () => (await receiversOf(owner, lead.id)).length === 3);
    await tryNow(server, lead.id);
    expect(await receiversOf(owner, lead.id)).toHaveLength(3);
    const decisions = await checkReplay(lead.reference);
    expect(decisions.length).toBeGreaterThan(1);
    const seats = decisions.flatMap(({ record }) =>
      record.outcome.verdicts.flatMap(({ seat }: any) => seat ?? []),
    );
    expect(seats).toEqual([1, 2, 3]);
  });

  test("until the person's waiting time ends, and not afterwards", async () => {
    const { supplier } = await oneCampaign({}, { paidInclVatCents: 0 });
    const waitUntil = new Date(server.clock.now().getTime() + 2 * hourMs);
    const lead = await send([supplier], { waitUntil });
    const state = async (): Promise<unknown> =>
      (await must(server, lead.personalToken, { query: "{ myRequest { state } }" })).myRequest.state;
    server.clock.forward(2 * hourMs - 60_000);
    await expectWaiting(lead);
    expect(await state()).toBe("WAITING");
    server.clock.forward(60_000);
    await until("the request was closed", async () => (await state()) === "CLOSED");
    const [row] = await owner.rows("SELECT close_reason FROM lead WHERE id = $1", [lead.id]);
    expect(row).toEqual({ close_reason: "WAIT_ENDED" });
    await payIn(server, supplier.id, 120_000);
    await expectWaiting(lead);
  });

  test("but is not delivered once it is older than the campaign accepts", async () => {
    const { supplier } = await oneCampaign({ maxAgeHours: 3 }, { paidInclVatCents: 0 });
    const lead = await send([supplier]);
    server.clock.forward(3 * hourMs + 1);
    await payIn(server, supplier.id, 120_000);
    await until("it was tried again", async () => (await decisionsOf(lead.reference)).decisions.length === 2);
    await expectWaiting(lead);
    const [, { record }] = (await checkReplay(lead.reference)) as [any, any];
    expect(record.outcome.verdicts).toMatchObject([{ reason: "TOO_OLD" }]);
  });
});
