/**
 * Under any concurrency, a lead reaches a supplier at most once and is charged at most once, it never goes to
 * more suppliers than it has seats, and an exclusive lead is never sold again.
 */
import fc from "fast-check";
import { faultsIn } from "../support/books";
import {
  allTried,
  prepareLeads,
  receiversOf,
  setClock,
  storm,
  tryNow,
  type PreparedLead,
} from "../support/crowd";
import { newCampaign, newSupplier, payIn, wholeFeed, type TestSupplier } from "../support/journey";
import { roundsOf, say } from "../support/rounds";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { useTwoServers } from "../support/use-server";

let servers: [TestServer, TestServer];
let owner: Owner;

useTwoServers((started) => {
  ({ servers, owner } = started);
  setClock(servers[0], "2026-11-25T10:15:00Z");
});

afterEach(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
});

interface Wish {
  readonly pricePerLeadCents: number;
  readonly maxSeats?: number | null;
}

const broke = { paidInclVatCents: 0 };

async function suppliersWith(
  wishes: readonly Wish[],
  options: { paidInclVatCents?: number } = {},
): Promise<TestSupplier[]> {
  const suppliers: TestSupplier[] = [];
  for (const wish of wishes) {
    const supplier = await newSupplier(servers[0], options);
    await newCampaign(servers[0], supplier, { ...wish });
    suppliers.push(supplier);
  }
  return suppliers;
}

const tryTwentyTimes = (leads: readonly PreparedLead[]): Promise<readonly string[]>[] =>
  leads.flatMap(({ id }) =>
    Array.from({ length: 10 }, () => servers.map((server) => tryNow(server, id))).flat(),
  );

const pay = (suppliers: readonly TestSupplier[]): Promise<void>[] =>
  suppliers.map(({ id }) => payIn(servers[0], id, 60_000));

async function seatsOf({
  id,
}: PreparedLead): Promise<{ state: string; seats: number | null; taken: number }> {
  const [row] = await owner.rows(
    "SELECT state, seats::int, seats_taken::int AS taken FROM lead WHERE id = $1",
    [id],
  );
  return row as Awaited<ReturnType<typeof seatsOf>>;
}

test("a lead tried 20 times at once is delivered and charged once to each of its three suppliers", async () => {
  const suppliers = await suppliersWith(
    [{ pricePerLeadCents: 5_000 }, { pricePerLeadCents: 4_000 }, { pricePerLeadCents: 3_000 }],
    broke,
  );
  const leads = await prepareLeads(servers[0], owner, { count: 1, to: suppliers });
  const [lead] = leads as [PreparedLead];
  await storm(servers, leads);
  expect(await receiversOf(owner, lead.id)).toEqual([]);

  const paid = pay(suppliers);
  const attempts = tryTwentyTimes(leads);
  await Promise.all(paid);
  const answers = await Promise.all([...attempts, ...tryTwentyTimes(leads)]);

  const receivers = await receiversOf(owner, lead.id);
  expect([...receivers].sort()).toEqual(suppliers.map(({ id }) => id).sort());
  // Attempts that filled no seat return an empty list; the servers' own allocators may have filled some of
  // the seats.
  const claimed = answers.flat();
  expect(new Set(claimed).size).toBe(claimed.length);
  for (const supplier of suppliers) {
    const charges = await owner.rows(
      "SELECT amount_cents FROM posting WHERE kind = 'CHARGE' AND supplier_id = $1",
      [supplier.id],
    );
    expect(charges).toHaveLength(1);
    expect(await wholeFeed(servers[0], supplier)).toEqual([
      expect.objectContaining({ __typename: "LeadMatched" }),
    ]);
  }
  expect(await seatsOf(lead)).toEqual({ state: "CLOSED", seats: 3, taken: 3 });
});

test("an exclusive lead goes to one supplier and never to a second, even when others can pay later", async () => {
  const exclusive = { pricePerLeadCents: 6_000, maxSeats: 1 };
  const suppliers = await suppliersWith(
    [exclusive, { pricePerLeadCents: 4_000 }, { pricePerLeadCents: 3_000 }],
    broke,
  );
  const leads = await prepareLeads(servers[0], owner, { count: 3, to: suppliers });
  const [first, ...others] = suppliers as [TestSupplier, ...TestSupplier[]];
  await storm(servers, leads);
  await Promise.all([...pay([first]), ...tryTwentyTimes(leads)]);
  await Promise.all(leads.map(({ id }) => tryNow(servers[0], id)));
  await Promise.all([...pay(others), ...tryTwentyTimes(leads)]);
  for (const lead of leads) {
    expect(await receiversOf(owner, lead.id)).toEqual([first.id]);
    expect(await seatsOf(lead)).toEqual({ state: "CLOSED", seats: 1, taken: 1 });
  }
});

test("the first supplier to take a lead fixes its seats, and campaigns that want fewer seats never take it", async () => {
  const suppliers = await suppliersWith(
    [
      { pricePerLeadCents: 6_000, maxSeats: 1 },
      { pricePerLeadCents: 5_000, maxSeats: 2 },
      { pricePerLeadCents: 3_000 },
    ],
    broke,
  );
  const [forOne, forTwo, forThree] = suppliers as [TestSupplier, TestSupplier, TestSupplier];
  const leads = await prepareLeads(servers[0], owner, { count: 2, to: suppliers });
  await storm(servers, leads);
  await Promise.all(pay([forThree]));
  await Promise.all(tryTwentyTimes(leads));
  await Promise.all([...pay([forOne, forTwo]), ...tryTwentyTimes(leads)]);
  await Promise.all(tryTwentyTimes(leads));
  for (const lead of leads) {
    expect(await receiversOf(owner, lead.id)).toEqual([forThree.id]);
    expect(await seatsOf(lead)).toMatchObject({ seats: 3, taken: 1 });
  }
});

/** `npm run soak -- seats` tries more. */
const numRuns = roundsOf(3);

test(
  "seats are fixed once and never exceeded, for any mix of seat wishes and payment times",
  async () => {
    const wish = fc.record({
      pricePerLeadCents: fc.integer({ min: 20, max: 60 }).map((euros) => euros * 100),
      maxSeats: fc.constantFrom(null, 1, 2, 3),
      paidFirst: fc.boolean(),
    });
    const scene = fc.array(wish, { minLength: 2, maxLength: 5 });
    const play = async (wishes: (Wish & { paidFirst: boolean })[]): Promise<void> => {
      await owner.rows("UPDATE campaign SET status = 'ARCHIVED'");
      const suppliers = await suppliersWith(
        wishes.map(({ pricePerLeadCents, maxSeats }) => ({ pricePerLeadCents, maxSeats: maxSeats ?? null })),
        broke,
      );
      const leads = await prepareLeads(servers[0], owner, { count: 2, to: suppliers });
      await Promise.all([
        ...pay(suppliers.filter((_, index) => wishes[index]?.paidFirst)),
        storm(servers, leads),
      ]);
      await allTried(owner, leads);
      const before = await Promise.all(leads.map(seatsOf));
      await Promise.all([...pay(suppliers), ...tryTwentyTimes(leads)]);
      await Promise.all(tryTwentyTimes(leads));
      for (const [index, lead] of leads.entries()) await checkSeats(lead, before[index]?.seats ?? null);
      expect(await faultsIn(owner)).toEqual([]);
    };
    const checkSeats = async (lead: PreparedLead, fixedBefore: number | null): Promise<void> => {
      const { seats, taken } = await seatsOf(lead);
      const takers = await owner.rows(
        `SELECT (v.terms->>'maxSeats')::int AS wanted, d.seat::int, cardinality(l.waiting_for) AS waiting FROM delivery d
       JOIN campaign_version v ON v.campaign_id = d.campaign_id AND v.version = d.campaign_version
       JOIN lead l ON l.id = d.lead_id WHERE d.lead_id = $1 ORDER BY d.seat`,
        [lead.id],
      );
      expect(takers).toHaveLength(taken);
      expect(takers.map(({ seat }) => seat)).toEqual(takers.map((_, index) => index + 1));
      // By now every supplier can pay, so the first in rank has taken the lead.
      expect(taken).toBeGreaterThan(0);
      if (fixedBefore !== null) expect(seats).toBe(fixedBefore);
      const [named] = await owner.rows(
        "SELECT jsonb_array_length(content->'grants'->0->'supplierIds') AS n FROM consent_act WHERE lead_id = $1",
        [lead.id],
      );
      expect(seats).toBe(Math.min(3, (takers[0]?.["wanted"] as number | null) ?? 3, named?.["n"] as number));
    };
    await fc.assert(fc.asyncProperty(scene, play), { numRuns, endOnFailure: true });
    say(`seats: ${numRuns} mixes of wishes and payment times`);
  },
  120_000 + numRuns * 20_000,
);

test("the database refuses a second delivery to a supplier, a second delivery on a seat and a second charge", async () => {
  const suppliers = await suppliersWith([{ pricePerLeadCents: 4_000 }, { pricePerLeadCents: 3_000 }]);
  const leads = await prepareLeads(servers[0], owner, { count: 1, to: suppliers });
  const [lead] = leads as [PreparedLead];
  await storm(servers, leads);
  expect(await receiversOf(owner, lead.id)).toHaveLength(2);
  const [first, second] = await owner.rows("SELECT * FROM delivery WHERE lead_id = $1 ORDER BY seat", [
    lead.id,
  ]);
  const copy = (change: string): Promise<unknown> =>
    owner.rows(
      `INSERT INTO delivery SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()) || ${change})).*
       FROM delivery d WHERE d.id = $1`,
      [first?.["id"]],
    );
  await expect(copy(`'{"seat": 2, "seats": 3}'`)).rejects.toThrow("delivery_month_lead_id_supplier_id_key");
  await expect(copy(`'{"supplier_id": "${String(second?.["supplier_id"])}"}'`)).rejects.toThrow(
    "delivery_month_lead_id",
  );
  await expect(
    owner.rows(
      `INSERT INTO posting SELECT (jsonb_populate_record(p, '{"number": 9999}')).* FROM posting p WHERE cause_id = $1`,
      [first?.["id"]],
    ),
  ).rejects.toThrow("posting_supplier_id_kind_cause_kind_cause_id_month_key");
});
