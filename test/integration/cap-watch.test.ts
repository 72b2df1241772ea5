/** Live updates of what is left of a campaign's caps, over a real socket to two servers on one database. */
import { must, subscribe } from "../support/client";
import { setClock } from "../support/crowd";
import { campaignInput, newCampaign, newSupplier, sendLead, type TestSupplier } from "../support/journey";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useTwoServers } from "../support/use-server";

let server: TestServer;
let beside: TestServer;
useTwoServers(({ servers }) => {
  [server, beside] = servers;
});
// Long before the hour ends, so that no window ends while a test runs.
beforeEach(() => setClock(server, "2026-11-25T10:15:00Z"));

const query =
  "subscription ($campaign: ID!) { campaignCaps(campaign: $campaign) { at caps { unit period limit used left resetsAt } } }";
const watch = (at: TestServer, { token }: TestSupplier, campaign: string) =>
  subscribe<{ caps: { unit: string; used: number; left: number; resetsAt: string }[] }>(at, token, {
    query,
    variables: { campaign },
  });
const caps = [
  { unit: "LEADS", period: "HOUR", limit: 3 },
  { unit: "SPEND_CENTS", period: "DAY", limit: 9_000 },
];

it("sends the newest values at once after each lead and edit at either server", async () => {
  const supplier = await newSupplier(server);
  const campaign = await newCampaign(server, supplier, { caps });
  const watches = [watch(server, supplier, campaign), watch(beside, supplier, campaign)];
  const left = () => Promise.all(watches.map(async (one) => (await one.next()).caps.map((cap) => cap.left)));
  expect(await left()).toEqual([
    [3, 9_000],
    [3, 9_000],
  ]);
  await sendLead(server, { to: [supplier] });
  expect(await left()).toEqual([
    [2, 6_000],
    [2, 6_000],
  ]);
  await must(beside, supplier.token, {
    query: "mutation ($id: ID!, $input: CampaignInput!) { updateCampaign(id: $id, input: $input) { id } }",
    variables: {
      id: campaign,
      input: campaignInput({ caps: [{ unit: "LEADS", period: "HOUR", limit: 2 }] }),
    },
  });
  expect(await left()).toEqual([[1], [1]]);
  await sendLead(beside, { to: [supplier] });
  expect(await left()).toEqual([[0], [0]]);
  for (const one of watches) await one.stop();
});

it("sends the full limit again when a window ends, without any other event", async () => {
  const supplier = await newSupplier(server);
  const campaign = await newCampaign(server, supplier, {
    caps: [{ unit: "LEADS", period: "HOUR", limit: 1 }],
  });
  const one = watch(server, supplier, campaign);
  expect((await one.next()).caps[0]).toMatchObject({ left: 1 });
  await sendLead(server, { to: [supplier] });
  const full = (await one.next()).caps[0];
  expect(full).toMatchObject({ left: 0 });
  setClock(server, "2026-11-25T11:00:00Z");
  await until("the window's end is noticed", () => {
    // The wait for the end of the window may only begin now, so the clock goes on.
    server.clock.forward(1_000);
    server.clock.ringDue();
    return Promise.resolve(one.queue.length > 0);
  });
  const again = (await one.next()).caps[0];
  expect(again).toMatchObject({ left: 1, used: 0 });
  expect(Date.parse(again?.resetsAt ?? "") - Date.parse(full?.resetsAt ?? "")).toBe(3_600_000);
  await one.stop();
});

it("answers another supplier's campaign with NOT_FOUND, like one that does not exist", async () => {
  const [supplier, other] = [await newSupplier(server), await newSupplier(server)];
  const campaign = await newCampaign(server, other, { caps });
  const told: string[] = [];
  for (const id of [campaign, "014200aa-7c6d-8e3a-9b1f-0123456789ab", "x"]) {
    const one = watch(server, supplier, id);
    told.push(await one.next().then(JSON.stringify, (error: unknown) => String(error)));
    await one.stop();
  }
  expect(told[0]).toContain("NOT_FOUND");
  expect(new Set(told).size).toBe(1);
});
