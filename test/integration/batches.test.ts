/**
 * Allocating several leads in one transaction gives the same result as allocating them one by one, and one
 * failing lead does not affect the others.
 */
import { faultsIn } from "../support/books";
import { must } from "../support/client";
import { confirmLead, prepareLeads, receiversOf, type PreparedLead } from "../support/crowd";
import { newCampaign, newSupplier, type TestSupplier } from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
let beside: TestServer;
let owner: Owner;

beforeAll(async () => {
  server = await startTestServer();
  beside = await startTestServer({ beside: server });
  owner = await asOwnerOf(server.database);
  // Stops the servers' own allocators, so that this test alone decides which leads are tried together.
  for (const one of [server, beside]) await one.running.services.allocation.assign.allocator.stop();
});
afterEach(() => owner.rows("UPDATE campaign SET status = 'ARCHIVED'"));
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
});

async function garage(
  change: Record<string, unknown> = {},
  paidInclVatCents = 120_000_00,
): Promise<TestSupplier> {
  const supplier = await newSupplier(server, { paidInclVatCents });
  await newCampaign(server, supplier, change);
  return supplier;
}

async function confirmed(count: number, to: readonly TestSupplier[]): Promise<PreparedLead[]> {
  const leads = await prepareLeads(server, owner, { count, to });
  for (const lead of leads) await confirmLead(server, lead);
  return leads;
}

const idsOf = (leads: readonly PreparedLead[]): string[] => leads.map(({ id }) => id);
const allocate = (one: TestServer, leadIds: readonly string[]) =>
  one.running.services.allocation.assign.allocation.allocate(leadIds);

test("a cap and a balance are shared within one batch, and every decision replays to the same result", async () => {
  const capped = await garage({ caps: [{ unit: "LEADS", period: "MONTH", limit: 5 }] });
  // Seven leads at 30 euros plus VAT, and a little more.
  const poor = await garage({}, 255_00);
  const rich = await garage();
  const leads = await confirmed(10, [capped, poor, rich]);
  const tried = await allocate(server, idsOf(leads));

  const takers = tried.flatMap((one) => ("suppliers" in one ? one.suppliers : []));
  const taken = [capped, poor, rich].map(({ id }) => takers.filter((taker) => taker === id).length);
  expect(taken).toEqual([5, 7, 10]);
  for (const [index, { id }] of leads.entries()) {
    expect(tried[index]).toEqual({ leadId: id, suppliers: await receiversOf(owner, id) });
  }
  const { replayDecisions } = await must(server, server.adminToken, {
    query: `query ($from: DateTime!, $until: DateTime!) { replayDecisions(from: $from, until: $until) { same differing { reference } } }`,
    variables: { from: new Date(Date.now() - 3_600_000), until: new Date(Date.now() + 60_000) },
  });
  expect(replayDecisions).toEqual({ same: 10, differing: [] });
  expect(await faultsIn(owner)).toEqual([]);
  const again = await allocate(server, idsOf(leads));
  expect(again).toEqual(leads.map(({ id }) => ({ leadId: id, suppliers: [] })));
});

test("a lead that cannot be tried does not fail the others of its batch", async () => {
  const supplier = await garage();
  const leads = await confirmed(3, [supplier]);
  const [first, broken, last] = leads as [PreparedLead, PreparedLead, PreparedLead];
  await owner.rows("DELETE FROM lead_need WHERE lead_id = $1", [broken.id]);
  expect(await allocate(server, idsOf(leads))).toEqual([
    { leadId: first.id, suppliers: [supplier.id] },
    {
      leadId: broken.id,
      error: expect.objectContaining({ message: `Open lead ${broken.id} has no stored need.` }) as Error,
    },
    { leadId: last.id, suppliers: [supplier.id] },
  ]);
  expect(await faultsIn(owner)).toEqual([]);
});

test("overlapping batches in any order and concurrent withdrawals do not deadlock", async () => {
  const suppliers = [await garage(), await garage(), await garage()];
  const leads = await confirmed(8, suppliers);
  const ids = idsOf(leads);
  const withdrawals = leads
    .slice(0, 3)
    .map(({ personalToken }) =>
      must(beside, personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" }),
    );
  const batches = [
    allocate(server, ids),
    allocate(beside, ids.toReversed()),
    allocate(server, ids.slice(2)),
    allocate(beside, ids.slice(0, 6).toReversed()),
  ];
  const tried = (await Promise.all(batches)).flat();
  await Promise.all(withdrawals);
  expect(tried.filter((one) => "error" in one)).toEqual([]);
  for (const id of ids.slice(3)) expect(await receiversOf(owner, id)).toHaveLength(3);
  expect(await faultsIn(owner)).toEqual([]);
  const deadlocks = await owner.rows(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  expect(deadlocks).toEqual([{ deadlocks: "0" }]);
});
