/**
 * Campaigns change while leads are matched by two separate processes. Once a change is answered, the process
 * that answered shows it to the next lead, and no process matches a lead on the earlier terms. Every decision
 * uses one version of each campaign, names the market that agreed, and replays to the same result.
 */
import { unpackDecision } from "../../src/allocation/matching";
import { must, type Address } from "../support/client";
import { allTried, confirmLead, prepareLeads } from "../support/crowd";
import { cloneDatabase, type TestDatabase } from "../support/database";
import {
  campaignInput,
  newCampaign,
  newSupplier,
  preview,
  type Access,
  type TestSupplier,
} from "../support/journey";
import { asOwnerOf, firstKeys, type Owner } from "../support/rows";
import { newKeys } from "../support/server";
import { killServers, spawnServer, type ServerProcess } from "../support/server-process";
import { until } from "../support/until";

const changesEach = 14;
const batches = 10;
const leadsPerBatch = 6;

let database: TestDatabase;
let owner: Owner;
let processes: ServerProcess[];
let doors: (Access & Address)[];

beforeAll(async () => {
  database = await cloneDatabase();
  owner = await asOwnerOf(database);
  const [adminToken = "", formToken = ""] = await firstKeys(database, ["ADMIN", "FORM"]);
  const keys = newKeys();
  processes = [spawnServer({ database, keys }), spawnServer({ database, keys })];
  doors = await Promise.all(
    processes.map(async (one) => {
      const address = await one.listening;
      if (!address) throw new Error(one.said());
      return { ...address, adminToken, formToken };
    }),
  );
});

afterAll(async () => {
  await killServers();
  await owner.end();
  await database.drop();
});

/** The state of a campaign between the answer to one change and the request for the next. */
interface State {
  readonly version: number;
  /** Whether it matches a lead in Lyon with a budget of 25,000 euros. */
  readonly fits: boolean;
  readonly askedAt: number;
  readonly answeredAt: number;
}

interface Changing {
  readonly supplier: TestSupplier;
  readonly campaignId: string;
  readonly states: State[];
}

const change = (door: Address, { supplier, campaignId }: Changing, input: Record<string, unknown>) =>
  must(door, supplier.token, {
    query:
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { version } }",
    variables: { id: campaignId, input: campaignInput(input) },
  }).then(({ updateCampaign }) => updateCampaign.version as number);

const stand = (door: Address, { supplier, campaignId }: Changing, status: string) =>
  must(door, supplier.token, {
    query:
      "mutation ($id: ID!, $status: CampaignStatus!) { setCampaignStatus(id: $id, status: $status) { version } }",
    variables: { id: campaignId, status },
  }).then(({ setCampaignStatus }) => setCampaignStatus.version as number);

type Step = readonly [fits: boolean, make: (door: Address, one: Changing) => Promise<number>];
const steps: readonly Step[] = [
  [false, (door, one) => change(door, one, { criteria: [{ field: "budgetEuros", min: 40_000 }] })],
  [true, (door, one) => change(door, one, { pricePerLeadCents: 4_100 })],
  [false, (door, one) => stand(door, one, "PAUSED")],
  [true, (door, one) => stand(door, one, "ACTIVE")],
  [false, (door, one) => change(door, one, { zones: [{ departement: "75" }] })],
  [true, (door, one) => change(door, one, { zones: [{ commune: "69123" }], pricePerLeadCents: 3_300 })],
];

/**
 * Changes the campaign repeatedly through alternating processes and asks the same process at once who is
 * shown.
 */
async function keepChanging(one: Changing): Promise<void> {
  for (let number = 0; number < changesEach; number++) {
    const door = doors[number % 2] as Access & Address;
    const [fits, make] = steps[number % steps.length] as Step;
    const askedAt = Date.now();
    const version = await make(door, one);
    one.states.push({ version, fits, askedAt, answeredAt: Date.now() });
    const shown = (await preview(door)).recipients.map(({ supplierId }) => supplierId);
    expect({ number, shown: shown.includes(one.supplier.id) }).toEqual({ number, shown: fits });
  }
}

/** Confirms leads that were prepared before the changes began. */
async function keepSending(leads: Awaited<ReturnType<typeof prepareLeads>>): Promise<void> {
  for (const [number, lead] of leads.entries()) await confirmLead(doors[number % 2] as Access, lead);
}

/** The states that may have been in force at this time: already requested and not yet replaced. */
const possibleAt = ({ states }: Changing, at: number): State[] =>
  states.filter(({ askedAt }, index) => askedAt <= at && (states[index + 1]?.answeredAt ?? Infinity) >= at);

test("every lead is matched only on campaign states that were in force at that time", async () => {
  const door = doors[0] as Access & Address;
  const changing = await Promise.all(
    [0, 1, 2].map(async (): Promise<Changing> => {
      const supplier = await newSupplier(door);
      const askedAt = Date.now();
      const campaignId = await newCampaign(door, supplier);
      return { supplier, campaignId, states: [{ version: 1, fits: true, askedAt, answeredAt: Date.now() }] };
    }),
  );
  const to = changing.map(({ supplier }) => supplier);
  const prepared: Awaited<ReturnType<typeof prepareLeads>>[] = [];
  for (let index = 0; index < batches; index++)
    prepared.push(await prepareLeads(doors[index % 2] as Access, owner, { count: leadsPerBatch, to }));
  const calm = await prepareLeads(door, owner, { count: 2, to });
  await Promise.all([...changing.map(keepChanging), ...prepared.map(keepSending)]);
  const leads = prepared.flat();
  await until("every lead was tried", async () => {
    const waiting = await owner.rows(
      "SELECT FROM lead WHERE id = ANY ($1) AND state = 'OPEN' AND (tried_at IS NULL OR next_try_at <= now())",
      [leads.map(({ id }) => id)],
    );
    return waiting.length === 0;
  });
  // While nothing changes, every process uses the market it has read.
  for (const [number, lead] of calm.entries()) await confirmLead(doors[number] as Access, lead);
  await allTried(owner, calm);

  const deliveries = await owner.rows("SELECT campaign_id, campaign_version, matched_at FROM delivery");
  for (const { campaign_id, campaign_version, matched_at } of deliveries) {
    const one = changing.find(({ campaignId }) => campaignId === campaign_id) as Changing;
    const possible = possibleAt(one, (matched_at as Date).getTime());
    expect(possible.filter(({ fits }) => fits).map(({ version }) => version)).toContain(campaign_version);
  }
  const decisions = await owner.rows("SELECT lead_id, at, packed FROM decision");
  // A process that has not yet read a change records market 0 and decides by the terms alone.
  let asked = 0;
  for (const { lead_id, at, packed } of decisions) {
    const { market, candidates } = unpackDecision(lead_id as string, packed as Buffer);
    if (market > 0) asked += 1;
    for (const { campaignId, version } of candidates) {
      const one = changing.find((each) => each.campaignId === campaignId) as Changing;
      expect(possibleAt(one, (at as Date).getTime()).map((state) => state.version)).toContain(version);
    }
  }
  const { replayDecisions } = await must(door, door.adminToken, {
    query: `query ($from: DateTime!, $until: DateTime!) { replayDecisions(from: $from, until: $until) {
      same otherRules differing { reference differences } } }`,
    variables: { from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 60_000) },
  });
  // Waiting leads may be tried again meanwhile, so more decisions than those read above may be replayed.
  expect(replayDecisions).toEqual({
    same: expect.any(Number) as number,
    otherRules: 0,
    differing: [],
  });
  expect(replayDecisions.same).toBeGreaterThanOrEqual(decisions.length);
  const ofCalm = decisions.filter(({ lead_id }) => calm.some(({ id }) => id === lead_id));
  expect(ofCalm).toHaveLength(calm.length);
  for (const { lead_id, packed } of ofCalm)
    expect(unpackDecision(lead_id as string, packed as Buffer).market).toBeGreaterThan(0);
  for (const one of processes) expect(one.said()).not.toContain("the index and the terms");
  const changes = changing.reduce((sum, { states }) => sum + states.length, 0);
  process.stdout.write(
    `market race: ${changes} changes, ${leads.length} leads, ${decisions.length} decisions (${asked} with the market), ${deliveries.length} deliveries\n`,
  );
  expect(deliveries.length).toBeGreaterThan(leads.length / 2);
});
