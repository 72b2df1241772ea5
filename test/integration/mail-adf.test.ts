/**
 * Leads sent to dealer software and to people by mail: mails with links and no personal data, ADF over HTTPS
 * and by mail, and revocations. Consent is checked at each attempt, so data withdrawn in between is never
 * delivered late.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { validateXML } from "xmllint-wasm";
import { feedKinds } from "../../src/account/feed";
import { ask, must } from "../support/client";
import {
  inventedPhone,
  newCampaign,
  newSupplier,
  person,
  sendLead,
  type SentLead,
  type TestSupplier,
} from "../support/journey";
import { projectFolder } from "../support/launched";
import {
  answering as smtp,
  headerOf,
  startMailServer,
  textOf,
  type MailServer,
  type Taken,
} from "../support/mail-server";
import { answering, newAuthority, Receiver, type Authority } from "../support/receiver";
import { asOwnerOf } from "../support/rows";
import { startTestServer, type TestServer } from "../support/server";
import { until } from "../support/until";

const schema = readFileSync(path.join(projectFolder, "docs/schemas/adf-1.0.xsd"), "utf8");
const canaries = { firstName: "Zélie", lastName: "Kanarienvogel", city: "Lyon", postcode: "69003" };
const days = 86_400_000;

let authority: Authority;
let post: MailServer;
let crm: Receiver;
let server: TestServer;

beforeAll(async () => {
  authority = newAuthority();
  post = await startMailServer(authority);
  crm = await Receiver.start(authority);
  const environment = {
    ...{ OUTBOUND_ALLOW: "127.0.0.0/8", OUTBOUND_CA_FILE: authority.caFile },
    ...{ SMTP_URL: post.url, MAIL_FROM: "envoi@caratlas.example" },
  };
  server = await startTestServer({ environment });
});
afterAll(async () => {
  await server.stop();
  await Promise.all([crm.stop(), post.stop(), authority.remove()]);
});
beforeEach(() => {
  crm.behave = answering(200);
  crm.all.splice(0);
  post.taken.splice(0);
  delete post.act.data;
  delete post.act.recipient;
});

let number = 0;
interface Dealer extends TestSupplier {
  readonly endpointId: string;
  readonly mail: string;
}

async function dealer(
  kind: string,
  input: Record<string, unknown> = {},
  campaign: Record<string, unknown> = {},
): Promise<Dealer> {
  const supplier = await newSupplier(server);
  await newCampaign(server, supplier, {
    name: "Neuves Bcc: x@y.example",
    duplicateWindowDays: 0,
    // Previews show the highest bidders first, so each new dealer bids more than the earlier ones.
    pricePerLeadCents: 3_000 + 100 * ++number,
    ...campaign,
  });
  const mail = `crm${String(number)}@garage.example`;
  const revocationEmail = `dpo${String(number)}@garage.example`;
  const adf = kind === "EMAIL" ? {} : { options: { revocationEmail } };
  const target = kind === "ADF_HTTP" ? crm.url("/adf") : mail;
  const { createEndpoint } = await must(server, supplier.token, {
    query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { endpoint { id } } }",
    variables: { input: { kind, label: "test", target, ...adf, ...input } },
  });
  const endpointId = createEndpoint.endpoint.id;
  return { ...supplier, endpointId, mail: kind === "EMAIL" ? mail : revocationEmail };
}

const replay = ({ token, endpointId: id }: Dealer): Promise<unknown> =>
  must(server, token, {
    query: 'mutation ($id: ID!) { replayEndpoint(id: $id, idempotencyKey: "again") { id } }',
    variables: { id },
  });

const lead = (to: TestSupplier, channels = ["PHONE", "EMAIL"]): Promise<SentLead> =>
  sendLead(server, { to: [to], channels, contact: person({ ...canaries, phone: inventedPhone() }) });

const withdraw = ({ personalToken }: SentLead, input: Record<string, unknown> = {}): Promise<unknown> =>
  must(server, personalToken, {
    query: "mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { state } }",
    variables: { input },
  });

const mailsTo = (address: string): Taken[] => post.taken.filter(({ to }) => to.includes(address));
const mailed = (address: string, count = 1): Promise<Taken[]> =>
  until(`${String(count)} mails to ${address}`, async () => {
    const found = mailsTo(address);
    return found.length >= count && found;
  });

const tokenIn = (mail: Taken | undefined): string =>
  /\/retrait#(\S+)/.exec(mail ? textOf(mail) : "")?.[1] ?? "";
const statusFields = "leadId reason acknowledgedAt acknowledgeBy disposition";
const look = (token: string) =>
  ask(server, null, {
    query: `query ($token: String!) { revocationByLink(token: $token) { ${statusFields} } }`,
    variables: { token },
  });
const acknowledge = (token: string, disposition = "DELETED", ground: string | null = null) =>
  ask(server, null, {
    query: `mutation ($token: String!, $disposition: Disposition!, $ground: String) {
      acknowledgeRevocationByLink(token: $token, disposition: $disposition, ground: $ground) { ${statusFields} } }`,
    variables: { token, disposition, ground },
  });

/** Checks that the mails contain no personal data. */
function expectNobodyIn(mails: readonly Taken[]): void {
  for (const mail of mails) {
    const all = mail.source + textOf(mail) + headerOf(mail, "subject");
    for (const canary of [...Object.values(canaries), "zelie.", "+33", "exemple.example"])
      expect([canary, all.includes(canary)]).toEqual([canary, false]);
  }
}

it("mails a link to a new lead without personal data, and a link to acknowledge its revocation", async () => {
  const to = await dealer("EMAIL");
  const sent = await lead(to);
  const [first] = await mailed(to.mail);
  const text = first ? textOf(first) : "";
  expect(text).toContain("Campagne : Neuves Bcc: x@y.example\nProduit : Voiture neuve\nDépartement : 69");
  const id = /\/demande-recue#([0-9a-f-]{36})/.exec(text)?.[1] ?? "";
  const seen = await must(server, to.token, {
    query: "query ($id: ID!) { lead(id: $id) { id } }",
    variables: { id },
  });
  expect(seen).toEqual({ lead: { id } });

  await withdraw(sent, { channels: ["PHONE"] });
  const [, second] = await mailed(to.mail, 2);
  expect(second ? textOf(second) : "").toContain(
    "À effacer de vos fichiers et de votre logiciel : téléphone.",
  );
  await withdraw(sent);
  const all = await mailed(to.mail, 3);
  const token = tokenIn(all[2]);

  // Opening the link, as mail scanners do, does not acknowledge anything.
  expect((await look(token)).data).toMatchObject({ revocationByLink: { leadId: id, acknowledgedAt: null } });
  expect((await look(token)).data).toMatchObject({ revocationByLink: { acknowledgedAt: null } });
  expect((await acknowledge(token, "KEPT")).errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
  const answered = (await acknowledge(token)).data?.["acknowledgeRevocationByLink"];
  expect(answered).toMatchObject({
    leadId: id,
    disposition: "DELETED",
    acknowledgedAt: expect.any(String) as unknown,
  });
  expect((await acknowledge(token)).data?.["acknowledgeRevocationByLink"]).toEqual(answered);
  // The answer and the audit event share a transaction id, so they were written together.
  const owner = await asOwnerOf(server.database);
  const [row] = await owner.rows(
    `SELECT d.xmin = a.xmin AS together FROM delivery d JOIN audit_event a ON a.subject = 'delivery:' || d.id
     WHERE d.id = $1 AND a.action = 'REVOCATION_ACKNOWLEDGED'`,
    [id],
  );
  expect(row).toEqual({ together: true });
  await owner.end();

  expectNobodyIn(all);
  expect(new Set(all.map((mail) => headerOf(mail, "message-id"))).size).toBe(3);
  expect(all.every(({ secure }) => secure)).toBe(true);
});

it("sends a mail for every kind of event", async () => {
  const to = await dealer("EMAIL", {}, { caps: [{ unit: "LEADS", period: "MONTH", limit: 1 }] });
  const sent = await lead(to);
  await mailed(to.mail, 2);
  const { feed } = await must(server, to.token, {
    query: "{ feed(first: 10) { events { ... on LeadMatched { leadId } } } }",
  });
  await must(server, server.adminToken, {
    query: 'mutation ($id: ID!) { creditLead(leadId: $id, reason: "goodwill") { leadId } }',
    variables: { id: feed.events[0].leadId },
  });
  await withdraw(sent, { channels: ["PHONE"] });
  await mailed(to.mail, 4);
  await withdraw(sent);
  await mailed(to.mail, 5);
  // Events that take days or months to occur are inserted directly.
  const owner = await asOwnerOf(server.database);
  await owner.rows(
    `INSERT INTO feed_event (supplier_id, position, month, at, kind, delivery_id, detail)
     SELECT supplier_id, last_position + n, 682, now(), kind, delivery_id, detail
     FROM supplier_account, (VALUES (1, 'ENDPOINT_PAUSED', NULL::uuid, $2::jsonb), (2, 'RETURN_PENDING', $1::uuid, $3),
       (3, 'ACCOUNT_NOTICE', NULL, $4))
       AS event (n, kind, delivery_id, detail) WHERE supplier_id = $1`,
    [
      to.id,
      JSON.stringify({ endpointId: to.id, pauseReason: "GONE" }),
      JSON.stringify({ returnReason: "FRAUD", decideBy: new Date().toISOString() }),
      JSON.stringify({ notice: { kind: "LOW_BALANCE", text: "Votre solde est bas.", amountCents: 5 } }),
    ],
  );
  await owner.rows("UPDATE supplier_account SET last_position = last_position + 3 WHERE supplier_id = $1", [
    to.id,
  ]);
  await mailed(to.mail, 8);
  await owner.rows(
    "INSERT INTO feed_floor (supplier_id, position, dropped_before, at) VALUES ($1, 1, now(), now())",
    [to.id],
  );
  await owner.end();
  await replay(to);
  // The replay starts with the gap notice; a revoked lead is only reported as revoked.
  const mails = await mailed(to.mail, 8 + 7);
  expect(new Set(mails.map((mail) => headerOf(mail, "subject"))).size).toBe(9);
  expect(feedKinds.length).toBe(9);
  expectNobodyIn(mails);
});

it("refuses a link that is altered, unknown or too old", async () => {
  const to = await dealer("EMAIL");
  const sent = await lead(to);
  await mailed(to.mail);
  await withdraw(sent);
  const token = tokenIn((await mailed(to.mail, 2))[1]);
  const altered = token.slice(0, -2) + (token.endsWith("AA") ? "BB" : "AA");
  const forged = [
    "",
    "x",
    "ca_retrait_",
    `ca_retrait_${Buffer.alloc(84).toString("base64url")}`,
    altered,
    `${token}=`,
    sent.personalToken,
  ];
  for (const one of forged) {
    expect((await look(one)).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await acknowledge(one)).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  }
  expect((await look(token)).data).toMatchObject({ revocationByLink: { acknowledgedAt: null } });
  expect((await acknowledge(token, "KEPT", "Contrat signé")).data).toMatchObject({
    acknowledgeRevocationByLink: { disposition: "KEPT" },
  });
  server.clock.forward(34 * days);
  expect((await look(token)).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  server.clock.forward(-34 * days);
});

it.each(["text/plain", "application/xml"])(
  "posts a lead as valid ADF over HTTPS, as %s",
  async (contentType) => {
    const options =
      contentType === "text/plain" ? {} : { options: { revocationEmail: "dpo@garage.example", contentType } };
    const to = await dealer("ADF_HTTP", options);
    await lead(to, ["EMAIL"]);
    const [received] = await crm.received(1);
    expect(received?.headers["content-type"]).toBe(`${contentType}; charset=utf-8`);
    const xml = received?.text ?? "";
    expect((await validateXML({ xml: { fileName: "lead.xml", contents: xml }, schema })).errors).toEqual([]);
    expect(xml).toContain("Kanarienvogel");
    expect(xml).toContain(`<vendorname>${to.name}</vendorname>`);
    expect(xml).toContain('<prospect status="new">');
    // The person did not grant contact by phone.
    expect(xml).not.toMatch(/<phone/);
    expect(post.taken).toEqual([]);
    await replay(to);
    expect((await crm.received(2))[1]?.text).toContain('<prospect status="resend">');
  },
);

it("mails a lead as a bare ADF document over TLS and marks a repeat as resend under the same message id", async () => {
  const to = await dealer("ADF_MAIL");
  const address = to.mail.replace("dpo", "crm");
  post.act.data = () => {
    post.act.data = () => Promise.resolve();
    post.hangUp();
    return new Promise(() => undefined);
  };
  await lead(to);
  await mailed(address);
  server.clock.forward(3_600_000);
  const [lost, again] = await mailed(address, 2);
  if (!lost || !again) throw new Error("It did not come twice.");
  expect(headerOf(again, "message-id")).toBe(headerOf(lost, "message-id"));
  expect([lost.secure, again.secure]).toEqual([true, true]);
  expect(headerOf(again, "content-type")).toBe("text/plain; charset=utf-8");
  expect(textOf(lost)).toContain('<prospect status="new">');
  expect(textOf(again)).toContain('<prospect status="resend">');
  expect(textOf(again)).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<\?adf version="1.0"\?>\n<adf>/);
  expect(
    (await validateXML({ xml: { fileName: "lead.xml", contents: textOf(again) }, schema })).errors,
  ).toEqual([]);
});

it.each(["ADF_HTTP", "ADF_MAIL"])(
  "never delivers by %s what was withdrawn between two attempts, and mails the revocation",
  async (kind) => {
    // Revocations are sent even if the endpoint did not subscribe to them.
    const to = await dealer(kind, { events: ["LEAD_MATCHED"] });
    const address = to.mail.replace("dpo", "crm");
    let refused = 0;
    crm.behave = (response) => {
      refused += 1;
      response.writeHead(503).end();
    };
    // Refuses the recipient before the data, so no mail was read.
    post.act.recipient = () => {
      refused += 1;
      return Promise.reject(smtp(450));
    };
    const sent = await lead(to);
    await until("the first attempt failed", async () => refused > 0);
    await withdraw(sent);
    const seenBefore = crm.all.length;
    crm.behave = answering(200);
    delete post.act.recipient;
    server.clock.forward(3_600_000);
    const [told] = await mailed(to.mail);
    expect(tokenIn(told)).toMatch(/^ca_retrait_/);
    expect(crm.all.length).toBe(seenBefore);
    expect(mailsTo(address)).toEqual([]);
    expectNobodyIn(post.taken);
    expect((await acknowledge(tokenIn(told))).data).toMatchObject({
      acknowledgeRevocationByLink: { disposition: "DELETED" },
    });
  },
);

it("refuses invalid addresses and options and explains how to correct them", async () => {
  const supplier = await newSupplier(server);
  const refusal = async (input: Record<string, unknown>): Promise<string> => {
    const { errors } = await ask(server, supplier.token, {
      query: "mutation ($input: EndpointInput!) { createEndpoint(input: $input) { endpoint { id } } }",
      variables: { input: { label: "test", ...input } },
    });
    expect(errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
    return errors?.[0]?.message ?? "";
  };
  for (const target of [
    "a@b.example,c@d.example",
    "a@b.example\nBcc: c@d.example",
    "<a@b.example>",
    "a b@c.example",
    "a@localhost",
    "a@é.example",
  ])
    expect(await refusal({ kind: "EMAIL", target })).toContain("not one plain e-mail address");
  expect(await refusal({ kind: "ADF_HTTP", target: crm.url("/adf") })).toContain(
    "revocationEmail is missing",
  );
  const wrong = { revocationEmail: "dpo@garage.example", contentType: "text/html" };
  expect(await refusal({ kind: "ADF_HTTP", target: crm.url("/adf"), options: wrong })).toContain(
    "contentType is one of",
  );
  expect(
    await refusal({
      kind: "ADF_HTTP",
      target: "http://crm.example/adf",
      options: { revocationEmail: wrong.revocationEmail },
    }),
  ).toMatch(/https/);
});

it("logs no address and no content", () => {
  const log = server.log.join("");
  for (const word of ["garage.example", "Kanarienvogel", "<adf>", "ca_retrait_"])
    expect([word, log.includes(word)]).toEqual([word, false]);
});
