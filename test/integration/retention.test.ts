/** Requests are kept for six months; then the personal data is erased while the records remain. */
import { must } from "../support/client";
import { newCampaign, newSupplier, sendLead, wholeFeed } from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const dayMs = 86_400_000;

it("erases a request after six months and not before, revokes it and keeps its charge", async () => {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier);
  const old = await sendLead(server, { to: [supplier] });
  await until("the lead is delivered", async () => (await wholeFeed(server, supplier)).length === 1);
  const { retention } = server.running.services.consumer.person;
  server.clock.forward(180 * dayMs);
  expect(await retention.run()).toBe(0);
  const young = await sendLead(server, { to: [supplier] });
  await until("the young one is delivered", async () => (await wholeFeed(server, supplier)).length === 2);
  server.clock.forward(5 * dayMs);
  const erased = await Promise.all([retention.run(), retention.run()]);
  expect(Math.max(...erased)).toBe(1);
  const decision = { query: "query ($r: ID!) { decision(reference: $r) { erased } }" };
  const isErased = async (reference: string): Promise<boolean> =>
    (await must(server, server.adminToken, { ...decision, variables: { r: reference } })).decision.erased;
  expect(await isErased(old.reference)).toBe(true);
  expect(await isErased(young.reference)).toBe(false);
  const revoked = (await wholeFeed(server, supplier)).filter(
    ({ __typename }) => __typename === "LeadRevoked",
  );
  expect(revoked).toEqual([expect.objectContaining({ reason: "ERASED" })]);
  const { account } = await must(server, supplier.token, {
    query: "{ account { postings { edges { node { kind } } } } }",
  });
  const kinds = account.postings.edges.map(({ node }: { node: { kind: string } }) => node.kind);
  expect(kinds.filter((kind: string) => kind === "CHARGE")).toHaveLength(2);
});
