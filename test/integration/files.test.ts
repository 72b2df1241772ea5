/**
 * Files travel by URL, and the address grants nothing: each download asks for the credential, the permission of the
 * field that returned the file and the rows of its caller.
 */
import { createHash } from "node:crypto";
import { get } from "node:http";
import { must } from "../support/client";
import { setClock } from "../support/crowd";
import { codeOf, download } from "../support/files";
import { newCampaign, newSupplier, sendLead, waiveGoLive, type TestSupplier } from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useServer } from "../support/use-server";

let server: TestServer;
let owner: Owner;
let mine: TestSupplier;
let other: TestSupplier;
let financeToken: string;
let operatorToken: string;
/** Every kind of file, as a supplier and as finance see them. */
const urls: Record<string, string> = {};

async function keyOf(input: Record<string, unknown>): Promise<{ token: string; id: string }> {
  const { createApiKey } = await must(server, server.adminToken, {
    query: "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token key { id } } }",
    variables: { input: { label: "test", ...input } },
  });
  return { token: createApiKey.token, id: createApiKey.key.id };
}

useServer(async (started) => {
  ({ server, owner } = started);
  setClock(server, "2026-12-15T09:00:00Z");
  [mine, other] = [await newSupplier(server), await newSupplier(server)];
  await newCampaign(server, mine);
  await sendLead(server, { to: [mine] });
  await until("it is delivered", async () => (await owner.rows("SELECT FROM delivery")).length === 1);
  ({ token: financeToken } = await keyOf({ role: "FINANCE" }));
  ({ token: operatorToken } = await keyOf({ role: "OPERATOR" }));
  const { billingDocuments, leadStatement } = await must(server, mine.token, {
    query: `{ billingDocuments(first: 1) { edges { node { pdf { url } xml { url } } } }
      leadStatement(month: "2026-12", as: CSV) { url } }`,
  });
  const { fec, journal, all } = await must(server, financeToken, {
    query: `{ fec(year: 2026) { url } journal(month: "2026-12", journal: VE) { url }
      all: journal(month: "2026-12") { url } }`,
  });
  const [{ node }] = billingDocuments.edges;
  Object.assign(urls, { pdf: node.pdf.url, xml: node.xml.url, statement: leadStatement.url });
  Object.assign(urls, { fec: fec.url, journal: journal.url, journals: all.url });
});

const ofSuppliers = ["pdf", "xml", "statement"];
const ofFinance = ["fec", "journal", "journals"];

describe("a download", () => {
  it.each([
    ["pdf", "application/pdf", /^attachment; filename="[DF]2026-\d{6}\.pdf"$/],
    ["xml", "application/xml", /^attachment; filename="[DF]2026-\d{6}\.xml"$/],
    ["statement", "text/csv; charset=utf-8", /^attachment; filename="lead-statement-2026-12\.csv"$/],
    ["fec", "text/plain; charset=iso-8859-15", /^attachment; filename="000000018FEC20261231\.txt"$/],
    ["journal", "text/csv; charset=utf-8", /^attachment; filename="journal-2026-12-VE\.csv"$/],
    ["journals", "text/csv; charset=utf-8", /^attachment; filename="journal-2026-12\.csv"$/],
  ])("of %s says its type and name, is not cached and not interpreted", async (file, type, name) => {
    const { status, headers, content } = await download(urls[file] ?? "", financeToken);
    expect([status, headers.get("content-type")]).toEqual([200, type]);
    expect(headers.get("content-disposition")).toMatch(name);
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(content.length).toBeGreaterThan(0);
  });

  it("is recorded in the audit log, also when it is the caller's own", async () => {
    const count = async (): Promise<unknown[]> =>
      owner.rows("SELECT actor, supplier_id, detail FROM audit_event WHERE action = 'FILE_DOWNLOADED'");
    const before = (await count()).length;
    await download(urls["pdf"] ?? "", mine.token);
    await download(urls["fec"] ?? "", financeToken);
    expect((await count()).slice(before)).toMatchObject([
      { actor: expect.stringMatching(/^key:/) as string, supplier_id: mine.id },
      { supplier_id: null, detail: { kind: "fec", name: "000000018FEC20261231.txt" } },
    ]);
  });

  it("with HEAD says what it is without making it", async () => {
    const before = await owner.rows("SELECT FROM audit_event");
    const { status, headers, content } = await download(urls["journal"] ?? "", financeToken, "HEAD");
    expect([status, content.length]).toEqual([200, 0]);
    expect(headers.get("content-disposition")).toMatch("journal-2026-12-VE.csv");
    expect(await owner.rows("SELECT FROM audit_event")).toHaveLength(before.length);
  });
});

describe("bytes and sha256", () => {
  it("are null until the file was made, and then those of the content", async () => {
    const query = `{ leadStatement(month: "2026-11", as: JSON) { id url bytes sha256 expiresAt } }`;
    const asked = async () => (await must(server, mine.token, { query })).leadStatement;
    const before = await asked();
    expect(before).toMatchObject({ bytes: null, sha256: null, expiresAt: null });
    const { content } = await download(before.url, mine.token);
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(await asked()).toEqual({ ...before, bytes: content.length, sha256 });
  });

  it("are kept for what is made piece by piece, too", async () => {
    const { content } = await download(urls["fec"] ?? "", financeToken);
    const { fec } = await must(server, financeToken, { query: "{ fec(year: 2026) { bytes sha256 } }" });
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(fec).toEqual({ bytes: content.length, sha256 });
  });
});

describe("a download is refused", () => {
  it.each([...ofSuppliers, ...ofFinance])(
    "for %s without a key, and with one that is unknown",
    async (file) => {
      for (const token of [null, "ca_key_unknown"]) {
        const refused = await download(urls[file] ?? "", token);
        expect([refused.status, codeOf(refused)]).toEqual([401, "UNAUTHENTICATED"]);
        expect(refused.headers.get("www-authenticate")).toBe("Bearer");
      }
    },
  );

  it.each([...ofSuppliers, ...ofFinance])("for %s to roles that may not ask for it", async (file) => {
    for (const token of [operatorToken, server.formToken]) {
      const refused = await download(urls[file] ?? "", token);
      expect([refused.status, codeOf(refused)]).toEqual([403, "FORBIDDEN"]);
    }
  });

  it.each(ofFinance)("for %s to a supplier", async (file) => {
    const refused = await download(urls[file] ?? "", mine.token);
    expect([refused.status, codeOf(refused)]).toEqual([403, "FORBIDDEN"]);
  });

  it.each(ofSuppliers)("for %s to another supplier, as if it did not exist", async (file) => {
    const refused = await download(urls[file] ?? "", other.token);
    expect([refused.status, codeOf(refused)]).toEqual([404, "NOT_FOUND"]);
    expect(await owner.rows("SELECT FROM made_file WHERE supplier_id = $1", [other.id])).toEqual([]);
  });

  it.each(ofSuppliers)("for %s to a key that is limited to some sites", async (file) => {
    const key = await keyOf({ role: "SUPPLIER_SALES", supplierId: mine.id, waiveGoLive });
    await owner.rows("UPDATE api_key SET limit_sites = ARRAY[id], limit_campaigns = '{}' WHERE id = $1", [
      key.id,
    ]);
    const refused = await download(urls[file] ?? "", key.token);
    expect([refused.status, codeOf(refused)]).toEqual([403, "FORBIDDEN"]);
  });

  it("once the key is revoked", async () => {
    const key = await keyOf({ role: "SUPPLIER_ADMIN", supplierId: mine.id, waiveGoLive });
    expect((await download(urls["xml"] ?? "", key.token)).status).toBe(200);
    await must(server, server.adminToken, {
      query: "mutation ($id: ID!) { revokeApiKey(id: $id) { id } }",
      variables: { id: key.id },
    });
    const refused = await download(urls["xml"] ?? "", key.token);
    expect([refused.status, codeOf(refused)]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it.each([
    "billing-document-pdf.014200aa-7c6d-8e3a-9b1f-0123456789ab",
    "billing-document-pdf.nothing",
    "lead-statement.014200aa-7c6d-8e3a-9b1f-0123456789ab.2026-12.CSV",
    "journal.2026-12.XX",
    "fec.1999",
    "passwd.x",
    "..%2F..%2Fetc%2Fpasswd",
  ])("for the unknown id %s", async (id) => {
    const refused = await download(`${server.url}/files/${id}`, server.adminToken);
    expect([refused.status, codeOf(refused)]).toEqual([404, "NOT_FOUND"]);
  });
});

it("a member downloads with a session, until it has signed out", async () => {
  const login = { email: "compta@garage.example", password: "une phrase assez longue" };
  await must(server, server.adminToken, {
    query: "mutation ($input: CreateMemberInput!) { createMember(input: $input) { id } }",
    variables: { input: { ...login, role: "SUPPLIER_ADMIN", supplierId: mine.id, name: "Compta" } },
  });
  const { signIn } = await must(server, null, {
    query: `mutation ($email: String!, $password: String!) {
      signIn(email: $email, password: $password) { ... on SignedIn { token } } }`,
    variables: login,
  });
  expect((await download(urls["pdf"] ?? "", signIn.token)).status).toBe(200);
  await must(server, signIn.token, { query: "mutation { signOut }" });
  const refused = await download(urls["pdf"] ?? "", signIn.token);
  expect([refused.status, codeOf(refused)]).toEqual([401, "UNAUTHENTICATED"]);
});

it("a connection that breaks off leaves an audit record, and the server goes on serving", async () => {
  const actsOf = () =>
    owner.rows("SELECT FROM audit_event WHERE action = 'FILE_DOWNLOADED' AND subject = 'file:fec.2030'");
  const { fec } = await must(server, financeToken, { query: "{ fec(year: 2030) { url } }" });
  await new Promise<void>((resolve) => {
    const headers = { authorization: `Bearer ${financeToken}` };
    get(fec.url, { headers }, (answer) => answer.destroy()).once("close", resolve);
  });
  expect(await actsOf()).toHaveLength(1);
  expect((await download(fec.url, financeToken)).status).toBe(200);
  expect(await actsOf()).toHaveLength(2);
});

it("a supplier asks for its own statement, finance names the supplier", async () => {
  const query = 'query ($id: ID) { leadStatement(month: "2026-12", as: CSV, supplierId: $id) { id } }';
  const ask = (token: string, id: string | null) => must(server, token, { query, variables: { id } });
  const { leadStatement } = await ask(mine.token, null);
  expect(await ask(mine.token, mine.id)).toEqual({ leadStatement });
  expect(await ask(financeToken, mine.id)).toEqual({ leadStatement });
  await expect(ask(mine.token, other.id)).rejects.toThrow("NOT_FOUND");
  await expect(ask(financeToken, null)).rejects.toThrow('"reason": "REQUIRED"');
});
