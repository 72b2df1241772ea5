import { must, subscribe } from "../support/client";
import { feedSubscription, newCampaign, newSupplier, sendLead, wholeFeed } from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it("works", async () => {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier, { caps: [{ unit: "LEADS", period: "DAY", limit: 1 }] });
  const feed = subscribe(server, supplier.token, { query: feedSubscription });
  const lead = await sendLead(server, { to: [supplier] });
  const matched = await feed.next();
  console.log(JSON.stringify(matched));
  console.log(JSON.stringify(await feed.next()));
  const q = await must(server, supplier.token, { query: `{ account { mode balanceCents availableCents postings { edges { node { number kind debitAccount creditAccount amountCents leadId } } } } leads { edges { node { id campaign { id name } consentReceipt { jws verifyWith } why { kind text } outcome { status } answers { field value } place { postcode commune { name } } } } } }` });
  console.log(JSON.stringify(q));
  console.log(JSON.stringify(await must(server, supplier.token, {query:`mutation ($i: [OutcomeInput!]!) { reportOutcomes(input: $i) { leadId accepted error } }`, variables: { i: [{ leadId: matched.leadId, status: "SOLD", occurredAt: new Date().toISOString(), saleCents: 2500000, comment: "ok" }]}})));
  console.log(JSON.stringify(await must(server, lead.personalToken, { query: `mutation { withdrawConsent(input: {}) { state recipients { name channels sentAt endedAt } consent { kind } contact { email } } }` })));
  console.log(JSON.stringify(await feed.next()));
  console.log(JSON.stringify(await wholeFeed(server, supplier)));
  console.log(JSON.stringify(await must(server, server.adminToken, { query: `query ($r: ID!) { decision(reference: $r) { erased decisions { number replaysTheSame record differences } } }`, variables: { r: lead.reference } })));
  console.log(await must(server, server.adminToken, { query: `mutation ($r: ID!) { eraseRequest(reference: $r) }`, variables: { r: lead.reference } }));
  console.log(JSON.stringify(await must(server, server.adminToken, { query: `query ($r: ID!) { decision(reference: $r) { erased decisions { number } } }`, variables: { r: lead.reference } })));
  await feed.stop();
  console.log(server.log.join(""));
});
