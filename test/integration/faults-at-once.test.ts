/** What form sites, persons and suppliers are told when several things are wrong: everything, in one error. */
import { randomUUID } from "node:crypto";
import { ask, must, type GraphQLAnswer } from "../support/client";
import {
  newCampaign,
  newSupplier,
  person,
  preview,
  sendLead,
  submit,
  type TestSupplier,
} from "../support/journey";
import type { TestServer } from "../support/server";
import { useServer } from "../support/use-server";

let server: TestServer;
let supplier: TestSupplier;
useServer(async (started) => {
  ({ server } = started);
  supplier = await newSupplier(server);
  await newCampaign(server, supplier);
});

function faultsOf({ errors }: GraphQLAnswer): unknown {
  expect(errors).toHaveLength(1);
  const { faults } = (errors?.[0]?.extensions ?? {}) as Record<string, any>;
  return faults.map(({ field, reason }: any) => [field, reason]);
}

it("tells a form site every fault of a submitted request, and stores nothing", async () => {
  const { token } = await preview(server);
  const answer = await submit(server, {
    token,
    contact: { ...person(), firstName: " ", email: "zelie", postcode: "6900", phone: null },
    grants: [
      { purpose: "TRANSMIT", supplierIds: [supplier.id, randomUUID()], channels: ["PHONE"] },
      { purpose: "AUDIENCES", channels: ["EMAIL"] },
    ],
    waitUntil: "2020-01-01T00:00:00Z",
  });
  expect(faultsOf(answer)).toEqual([
    ["grants[0].supplierIds[1]", "UNKNOWN_VALUE"],
    ["grants[1].purpose", "UNKNOWN_VALUE"],
    ["contact.firstName", "EMPTY"],
    ["contact.phone", "REQUIRED"],
    ["contact.email", "MALFORMED"],
    ["contact.postcode", "MALFORMED"],
    ["waitUntil", "IN_THE_PAST"],
  ]);
});

it("tells a form site every fault of a preview, in the place and in the answers", async () => {
  const query = `mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { token } }`;
  const input = {
    product: "NEW_CAR",
    location: { postcode: "00000" },
    answers: [{ field: "shoeSize", value: 43 }],
  };
  const faults = faultsOf(await ask(server, server.formToken, { query, variables: { input } })) as unknown[];
  expect(faults[0]).toEqual(["location.postcode", expect.any(String)]);
  expect(faults).toContainEqual(["answers[0].field", "UNKNOWN_VALUE"]);
});

it("tells a person every fault of a withdrawal", async () => {
  const { personalToken } = await sendLead(server, { to: [supplier] });
  const answer = await ask(server, personalToken, {
    query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { state } }",
    variables: { input: { supplierIds: [randomUUID()], channels: [] } },
  });
  expect(faultsOf(answer)).toEqual([
    ["channels", "EMPTY"],
    ["supplierIds[0]", "UNKNOWN_VALUE"],
  ]);
});

it("answers each outcome report with a code and a message", async () => {
  const { reportOutcomes } = await must(server, supplier.token, {
    query: `mutation ($input: [OutcomeInput!]!) {
      reportOutcomes(input: $input) { leadId accepted code message error } }`,
    variables: { input: [{ leadId: "x", status: "SOLD", occurredAt: new Date().toISOString() }] },
  });
  expect(reportOutcomes).toEqual([
    {
      ...{ leadId: "x", accepted: false, code: "NOT_FOUND" },
      message: "There is no such lead, or it is not yours.",
      error: "NOT_FOUND: there is no such lead, or it is not yours.",
    },
  ]);
});
