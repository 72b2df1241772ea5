/**
 * Sends billing documents to suppliers by mail as Factur-X, once each, whatever the mail server answers and
 * however many processes send.
 */
import { randomUUID } from "node:crypto";
import { ask, must, type GraphQLAnswer } from "../support/client";
import { issueInvoice } from "../support/finance";
import { newCampaign, newKey, newSupplier, sendLead } from "../support/journey";
import { answering, headerOf, startMailServer, type MailServer } from "../support/mail-server";
import { newAuthority, type Authority } from "../support/receiver";
import { asOwnerOf, type Owner } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

let authority: Authority;
let post: MailServer;
let server: TestServer;
let beside: TestServer;
let owner: Owner;
const never = new AbortController().signal;

beforeAll(async () => {
  authority = newAuthority();
  post = await startMailServer(authority);
  const environment = {
    ...{ OUTBOUND_ALLOW: "127.0.0.0/8", OUTBOUND_CA_FILE: authority.caFile },
    ...{ SMTP_URL: post.url, MAIL_FROM: "compta@caratlas.example" },
  };
  server = await startTestServer({ environment });
  beside = await startTestServer({ environment, beside: server });
  owner = await asOwnerOf(server.database);
});
afterAll(async () => {
  await owner.end();
  await beside.stop();
  await server.stop();
  await Promise.all([post.stop(), authority.remove()]);
});
beforeEach(() => {
  post.taken.splice(0);
  delete post.act.data;
});

/** Runs the sendings of both processes at once. */
const work = async (): Promise<void> => {
  await Promise.all(
    [server, beside].map(async ({ running }) => {
      await running.services.billing.dispatch.sendings?.run(never);
    }),
  );
};
const later = (ms: number): void => {
  for (const one of [server, beside]) one.clock.forward(ms);
};

async function supplierWith(email: string | null, language = "FR") {
  const supplier = await newSupplier(server, { billingMode: "POSTPAID" });
  const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
  const profile = {
    country: "FR",
    street: "2 rue de l'Essai",
    postcode: "69001",
    city: "Essai",
    language,
    email,
  };
  const { updateBillingProfile } = await must(server, server.adminToken, {
    query:
      "mutation ($id: ID!, $profile: UpdateBillingProfileInput!) { updateBillingProfile(supplierId: $id, input: $profile) { email } }",
    variables: { id: supplier.id, profile },
  });
  expect(updateBillingProfile).toEqual({ email });
  return { ...supplier, supplierId: supplier.id, admin: token };
}

async function invoiceOf(
  supplier: Awaited<ReturnType<typeof supplierWith>>,
): Promise<{ id: string; name: string }> {
  const campaign = await newCampaign(server, supplier, { pricePerLeadCents: 10_000 });
  const before = (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [supplier.id])).length;
  await sendLead(server, { to: [supplier] });
  await until(
    "the lead is delivered",
    async () =>
      (await owner.rows("SELECT FROM delivery WHERE supplier_id = $1", [supplier.id])).length > before,
  );
  await must(server, supplier.token, {
    query: "mutation ($id: ID!) { setCampaignStatus(id: $id, status: ARCHIVED) { id } }",
    variables: { id: campaign },
  });
  const [invoice] = await issueInvoice(server, supplier.id);
  return invoice as { id: string; name: string };
}

const send = (id: string, to: string | null = null, key: string = randomUUID()): Promise<GraphQLAnswer> =>
  ask(server, server.adminToken, {
    query:
      "mutation ($id: ID!, $to: String, $key: String!) { sendDocument(id: $id, to: $to, idempotencyKey: $key) { name } }",
    variables: { id, to, key },
  });
const sendingsOf = async (token: string, id: string) =>
  (
    await must(server, token, {
      query: "query ($id: ID!) { billingDocument(id: $id) { sendings { to status failure sentAt } } }",
      variables: { id },
    })
  ).billingDocument.sendings;

it("sends every issued document once, with its PDF, in the supplier's language", async () => {
  const french = await supplierWith("compta@garage.example");
  const english = await supplierWith("accounts@garage.example", "EN");
  const [facture, invoice] = [await invoiceOf(french), await invoiceOf(english)];
  await work();
  await work();
  expect(post.taken.map(({ to }) => to[0]).sort()).toEqual([
    "accounts@garage.example",
    "compta@garage.example",
  ]);
  const mailTo = (address: string) => post.taken.find(({ to }) => to.includes(address));
  const [lettre, letter] = [mailTo("compta@garage.example"), mailTo("accounts@garage.example")];
  if (!lettre || !letter) throw new Error("A mail is missing.");
  expect(headerOf(lettre, "subject")).toContain(facture.name);
  expect(lettre.secure).toBe(true);
  const [text, file] = partsOf(lettre.source);
  expect(text).toContain(`Facture ${facture.name} est en pièce jointe`);
  expect(text).toMatch(/À payer : 120,00\s€/);
  expect(file.subarray(0, 5).toString()).toBe("%PDF-");
  expect(lettre.source).toContain(`${facture.name}.pdf`);
  expect(partsOf(letter.source)[0]).toContain(`Invoice ${invoice.name} is attached`);
  expect(await sendingsOf(french.admin, facture.id)).toEqual([
    { to: "compta@garage.example", status: "SENT", failure: null, sentAt: expect.any(String) },
  ]);
  // The mail contains no reference to a person.
  const [person] = await owner.rows("SELECT lead_id FROM delivery WHERE supplier_id = $1", [french.id]);
  expect(text).not.toContain(String(person?.["lead_id"]));
});

it("lets finance send a document to a given address and explains what is missing", async () => {
  const supplier = await supplierWith(null);
  const { id } = await invoiceOf(supplier);
  await work();
  expect(post.taken).toEqual([]);
  expect((await send(id)).errors?.[0]).toMatchObject({
    extensions: { code: "CONFLICT", reason: "NO_ADDRESS" },
    message: expect.stringContaining("no address for documents") as string,
  });
  expect((await send(id, "pas une adresse")).errors?.[0]?.extensions).toMatchObject({
    code: "INVALID_INPUT",
    faults: [{ reason: "MALFORMED", field: "to" }],
  });
  expect((await send(id, "chef@garage.example", "once")).errors).toBeUndefined();
  expect((await send(id, "chef@garage.example", "once")).errors).toBeUndefined();
  expect((await send(id, "chef@garage.example")).errors?.[0]?.message).toContain("already being sent");
  await work();
  expect(post.taken.map(({ to }) => to)).toEqual([["chef@garage.example"]]);
  const stranger = await supplierWith(null);
  const seen = await ask(server, stranger.admin, {
    query: "query ($id: ID!) { billingDocument(id: $id) { sendings { to } } }",
    variables: { id },
  });
  expect(seen).toMatchObject({ data: { billingDocument: null } });
});

it("retries under the same message id while the server refuses, and gives up when the mail itself is refused", async () => {
  const supplier = await supplierWith("compta@garage.example");
  const { id } = await invoiceOf(supplier);
  post.act.data = () => Promise.reject(answering(451));
  await work();
  expect(await sendingsOf(supplier.admin, id)).toMatchObject([
    { status: "WAITING", failure: "NOT_ACCEPTED" },
  ]);
  await work();
  expect(post.taken).toHaveLength(1);
  delete post.act.data;
  later(120_000);
  await work();
  expect(await sendingsOf(supplier.admin, id)).toMatchObject([{ status: "SENT", failure: null }]);
  const names = post.taken.map((taken) => headerOf(taken, "message-id"));
  expect(names[0]).toBe(names[1]);
  post.act.data = () => Promise.reject(answering(554));
  await send(id);
  await work();
  expect(await sendingsOf(supplier.admin, id)).toMatchObject([
    { status: "FAILED", failure: "REFUSED" },
    { status: "SENT" },
  ]);
});

it("is unavailable without a mail server or a platform", async () => {
  const alone = await startTestServer();
  const { errors } = await ask(alone, alone.adminToken, {
    query:
      'mutation { sendDocument(id: "014200aa-7c6d-8e3a-9b1f-0123456789ab", idempotencyKey: "k") { name } }',
  });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("No mail server is set up here") as string,
    extensions: { code: "UNAVAILABLE", reason: "NOT_CONFIGURED" },
  });
  // Neither is there an e-invoicing platform.
  const resent = await ask(alone, alone.adminToken, {
    query:
      'mutation { resendDocument(id: "014200aa-7c6d-8e3a-9b1f-0123456789ab", idempotencyKey: "k") { name } }',
  });
  expect(resent.errors?.[0]?.extensions).toMatchObject({ code: "UNAVAILABLE", reason: "NOT_CONFIGURED" });
  await alone.stop();
});

/** The text and the attachment of a mail with one attachment. */
function partsOf(source: string): [string, Buffer] {
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1] ?? "";
  const [, first = "", second = ""] = source.split(`--${boundary}`);
  return [bodyOf(first).toString("utf8"), bodyOf(second)];
}

function bodyOf(part: string): Buffer {
  const [head = "", ...rest] = part.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  if (/base64/i.test(head)) return Buffer.from(body, "base64");
  const unfolded = body.replaceAll("=\r\n", "");
  const bytes = unfolded.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1");
}
