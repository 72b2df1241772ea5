/**
 * The market index in memory gives the same answers as the table: at once in the process that made a change,
 * and after a hint in the other.
 */
import { ask, must } from "../support/client";
import { campaignInput, newCampaign, newSupplier, preview, type TestSupplier } from "../support/journey";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
let beside: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer();
  beside = await startTestServer({ beside: server });
  owner = await asOwnerOf(server.database);
});
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
});

const shownAt = async (at: TestServer): Promise<string[]> =>
  (await preview(at)).recipients.map(({ supplierId }) => supplierId);

const update = (at: TestServer, { token }: TestSupplier, [id, change]: [string, Record<string, unknown>]) =>
  must(at, token, {
    query:
      "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { version } }",
    variables: { id, input: campaignInput(change) },
  });
const setStatus = (at: TestServer, { token }: TestSupplier, [id, status]: [string, string]) =>
  must(at, token, {
    query:
      "mutation ($id: ID!, $status: CampaignStatus!) { setCampaignStatus(id: $id, status: $status) { status } }",
    variables: { id, status },
  });

it("shows a change at once in the process that made it and soon in the other", async () => {
  const supplier = await newSupplier(server);
  const id = await newCampaign(server, supplier, { pricePerLeadCents: 900_000 });
  const isShown = async (at: TestServer) => (await shownAt(at)).includes(supplier.id);
  const soonBeside = (what: boolean) =>
    until("the other process has heard of it", async () => (await isShown(beside)) === what);
  expect(await isShown(server)).toBe(true);
  await soonBeside(true);
  const steps: [() => Promise<unknown>, boolean][] = [
    [() => setStatus(server, supplier, [id, "PAUSED"]), false],
    [() => setStatus(server, supplier, [id, "ACTIVE"]), true],
    [
      () => update(server, supplier, [id, { zones: [{ departement: "75" }], pricePerLeadCents: 900_000 }]),
      false,
    ],
    [() => update(server, supplier, [id, { pricePerLeadCents: 900_000 }]), true],
    [() => setStatus(server, supplier, [id, "ARCHIVED"]), false],
  ];
  for (const [change, expected] of steps) {
    await change();
    expect(await isShown(server)).toBe(expected);
    await soonBeside(expected);
  }
});

it("learns of changes written directly to the database", async () => {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier, { pricePerLeadCents: 910_000 });
  expect(await shownAt(server)).toContain(supplier.id);
  await owner.rows("UPDATE campaign SET status = 'ARCHIVED' WHERE supplier_id = $1", [supplier.id]);
  for (const at of [server, beside]) {
    await until("it is told", async () => !(await shownAt(at)).includes(supplier.id));
  }
});

it("misses no commit, even if transactions commit in another order than they began", async () => {
  const [early, late] = [await newSupplier(server), await newSupplier(server)];
  const ids = [
    await newCampaign(server, early, { pricePerLeadCents: 920_000 }),
    await newCampaign(server, late, { pricePerLeadCents: 920_000 }),
  ];
  const slow = await asOwnerOf(server.database);
  await slow.rows("BEGIN");
  await slow.rows("UPDATE campaign SET status = 'PAUSED' WHERE id = $1", [ids[0]]);
  // This change began later and commits earlier. An index that tracked the order of beginning would skip the
  // first one.
  await owner.rows("UPDATE campaign SET status = 'PAUSED' WHERE id = $1", [ids[1]]);
  await until("the later one is told", async () => !(await shownAt(server)).includes(late.id));
  expect(await shownAt(server)).toContain(early.id);
  await slow.rows("COMMIT");
  await slow.end();
  await until("the earlier one is told", async () => !(await shownAt(server)).includes(early.id));
});

it("is identical in two processes after both changed it concurrently", async () => {
  const supplier = await newSupplier(server);
  const both = [server, beside];
  const ids = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      newCampaign(both[index % 2] as TestServer, supplier, { pricePerLeadCents: 930_000 + index }),
    ),
  );
  await Promise.all(
    ids.map((id, index) => {
      const at = both[(index + 1) % 2] as TestServer;
      if (index % 3 === 0) return setStatus(at, supplier, [id, "PAUSED"]);
      return update(at, supplier, [
        id,
        {
          zones: [{ departement: index % 3 === 1 ? "69" : "75" }],
          pricePerLeadCents: 930_000,
        },
      ]);
    }),
  );
  const sizes = await until("both have read it", async () => {
    const found = await Promise.all(
      both.map(async ({ running: { services } }) => {
        const index = await services.allocation.matching.market.now();
        const need = { product: "NEW_CAR", answers: {}, textsAnswered: [], place: lyon };
        const matches = index.matching(need, server.clock.now(), new Set([supplier.id]));
        return [...matches.entries()]
          .map(({ campaignId, version }) => `${campaignId} ${String(version)}`)
          .sort();
      }),
    );
    return JSON.stringify(found[0]) === JSON.stringify(found[1]) && found[0]?.length === 4 && found;
  });
  expect(sizes[0]).toHaveLength(4);
});

const lyon = {
  ...{ inseeCode: "69123", postcode: "69003", commune: "Lyon", arrondissement: "69383", departement: "69" },
  ...{ region: "84", country: "FR", position: null, precision: "NONE" as const },
};

it("is part of the readiness check, which reports its size", async () => {
  const answer = await fetch(`${server.url}/readyz`);
  const { checks } = (await answer.json()) as { checks: Record<string, string> };
  expect([answer.status, checks["index"]]).toEqual([
    200,
    `${String(server.running.services.allocation.matching.market.size)} campaigns`,
  ]);
  expect((await ask(server, null, { query: "{ __typename }" })).status).toBe(200);
});
