/** A lead's whole journey, in the order of the README, over HTTP and a real WebSocket client. */
import { createPublicKey, verify } from "node:crypto";
import { must, subscribe } from "../support/client";
import {
  answers,
  confirmMutation,
  feedSubscription,
  newCampaign,
  newSupplier,
  person,
  preview,
  submit,
  transmitTo,
} from "../support/journey";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it("takes a lead from the form to a supplier and its account, and revokes it when the person withdraws", async () => {
  const lumiere = await newSupplier(server, { name: "Garage Lumière", paidInclVatCents: 120_00 });
  const rival = await newSupplier(server, { name: "Garage Rival" });
  await newCampaign(server, lumiere, {
    pricePerLeadCents: 3_500,
    criteria: [{ field: "energy", oneOf: ["ELECTRIC"] }],
  });
  await newCampaign(server, rival, { pricePerLeadCents: 3_000 });
  const feed = subscribe(server, lumiere.token, { query: feedSubscription });

  // The form site reads the form and shows the recipients by name.
  const { form } = await must(server, server.formToken, {
    query:
      '{ form(product: "NEW_CAR", language: EN) { version fields { id required } consent { text textHash purposes { purpose } } confirmBy } }',
  });
  expect(form.fields.filter((field: { required: boolean }) => field.required)).toEqual([
    { id: "budgetEuros", required: true },
    { id: "horizon", required: true },
  ]);
  const shown = await preview(server, {
    answers: answers({ energy: ["ELECTRIC"], comment: "Plutôt le soir." }),
  });
  expect(shown.recipients.map(({ name }) => name)).toEqual(["Garage Lumière", "Garage Rival"]);

  // The person ticks one supplier, for e-mail only, and confirms their address.
  const zelie = person();
  const { data } = await submit(server, {
    token: shown.token,
    contact: zelie,
    grants: [transmitTo([lumiere.id])],
  });
  expect(data?.submitLead).toMatchObject({
    __typename: "ConfirmationRequired",
    attemptsLeft: 5,
    sentTo: "z•••@e•••.example",
  });
  const { reference, demoCode, personalToken } = data?.submitLead;
  const { confirmPhone } = await must(server, server.formToken, {
    query: confirmMutation,
    variables: { input: { reference, code: demoCode } },
  });
  expect(confirmPhone).toMatchObject({ __typename: "LeadSubmitted", reference, personalToken });
  expect(confirmPhone.personalLink).toBe(`${server.url}/ma-demande#${personalToken}`);

  // The lead arrives live and shows only what the person consented to.
  const matched = await feed.next();
  expect(matched).toMatchObject({
    __typename: "LeadMatched",
    lead: {
      seat: 1,
      seats: 1,
      priceCents: 3_500,
      contact: { firstName: "Zélie", email: zelie.email, phone: null, channels: ["EMAIL"] },
      withheld: [{ field: "contact.phone", reason: "CHANNEL_NOT_CONSENTED" }, expect.anything()],
    },
  });
  await must(server, lumiere.token, {
    query: "mutation ($c: Cursor!) { acknowledge(upTo: $c) { cursor } }",
    variables: { c: matched.cursor },
  });

  // The supplier reads why it received the lead, verifies the receipt itself and reports a sale.
  const leadId = matched.leadId as string;
  const { lead } = await must(server, lumiere.token, {
    query: `query ($id: ID!) { lead(id: $id) { answers { field value } why { kind } consentReceipt { jws verifyWith textHash } } }`,
    variables: { id: leadId },
  });
  expect(lead.answers).toContainEqual({ field: "comment", value: "Plutôt le soir." });
  expect(lead.why.map(({ kind }: { kind: string }) => kind)).toEqual([
    "CONSENT",
    "ZONE",
    "CRITERION",
    "PRICE",
  ]);
  expect(lead.consentReceipt.textHash).toBe(shown.consent.textHash);
  await expect(verified(lead.consentReceipt)).resolves.toMatchObject({
    sub: leadId,
    supplierId: lumiere.id,
    channels: ["EMAIL"],
  });
  const report = {
    leadId,
    status: "SOLD",
    occurredAt: new Date().toISOString(),
    saleCents: 27_900_00,
    vehicle: "Une citadine",
  };
  const reporting = {
    query: "mutation ($r: [OutcomeInput!]!) { reportOutcomes(input: $r) { leadId accepted error } }",
    variables: { r: [report] },
  };
  expect((await must(server, lumiere.token, reporting)).reportOutcomes).toEqual([
    { leadId, accepted: true, error: null },
  ]);

  // The account shows the charge.
  const { account } = await must(server, lumiere.token, {
    query:
      "{ account { balanceCents availableCents postings { edges { node { kind debitAccount creditAccount amountCents leadId } } } } }",
  });
  expect(account).toMatchObject({ balanceCents: 6_500, availableCents: 6_500 });
  expect(account.postings.edges[0].node).toEqual({
    kind: "CHARGE",
    debitAccount: "4191",
    creditAccount: "706",
    amountCents: 3_500,
    leadId,
  });

  // The person sees who received the request and withdraws it.
  const mine = await must(server, personalToken, {
    query: "{ myRequest { recipients { name sentAt channels } } }",
  });
  expect(mine.myRequest.recipients).toEqual([
    { name: "Garage Lumière", sentAt: expect.any(String), channels: ["EMAIL"] },
  ]);
  await must(server, personalToken, { query: "mutation { withdrawConsent(input: {}) { state } }" });
  expect(await feed.next()).toMatchObject({ __typename: "LeadRevoked", leadId, reason: "CONSENT_WITHDRAWN" });
  expect(
    (
      await must(server, lumiere.token, {
        query: "query ($id: ID!) { lead(id: $id) { id } }",
        variables: { id: leadId },
      })
    ).lead,
  ).toBeNull();
  await feed.stop();

  // The rival was shown but not ticked, so its feed is empty.
  const { feed: rivals } = await must(server, rival.token, {
    query: "{ feed { events { __typename } hasMore } }",
  });
  expect(rivals).toEqual({ events: [], hasMore: false });
});

/** Verifies the receipt as a supplier would, with only the published key. */
async function verified({
  jws,
  verifyWith,
}: {
  jws: string;
  verifyWith: string;
}): Promise<Record<string, unknown>> {
  const [header = "", payload = "", signature = ""] = jws.split(".");
  const { keys } = (await (await fetch(verifyWith)).json()) as { keys: { kid: string }[] };
  const { kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string };
  const key = createPublicKey({ key: keys.find((one) => one.kid === kid) as never, format: "jwk" });
  const isRight = verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  if (!isRight) throw new Error("the receipt does not verify");
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
}
