/**
 * Files of bank statements from upload to booking: followed to the end, kept, refused with their faults, and taken
 * over by another process when the first one is killed. Then each line is still booked once.
 */
import { createHash } from "node:crypto";
import { proofRules } from "../../src/billing/proof/proof-rules";
import { must, subscribe, type Address } from "../support/client";
import { cloneDatabase } from "../support/database";
import { dayOf } from "../support/days";
import { codeOf, download } from "../support/files";
import { newKey, newSupplier } from "../support/journey";
import { asOwnerOf, firstKeys, type Owner } from "../support/rows";
import { newKeys, startTestServer, type TestServer } from "../support/server";
import { killServers, spawnServer } from "../support/server-process";
import { until } from "../support/until";
import { upload } from "../support/uploads";

type Supplier = Awaited<ReturnType<typeof newSupplier>>;

const header = "reference,booked_on,amount,remittance,counterparty";
const csvOf = (rows: readonly string[]): string => [header, ...rows].join("\n");
const sirenOf = async (owner: Owner, { id }: Supplier): Promise<string> =>
  String((await owner.rows("SELECT siren FROM supplier WHERE id = $1", [id]))[0]?.siren);

const statementFields = `id status read known matched unmatched skipped sha256 bytes name
  faults { line reason message } file { url } balances { account }`;

async function importFile(
  at: Pick<Address, "url"> & Address,
  token: string,
  { content, key }: { content: string; key: string },
): Promise<any> {
  const { json } = await upload({ url: at.url, token }, content, { name: "november.csv" });
  const { importBankStatementFile } = await must(at, token, {
    query: `mutation ($input: ImportBankStatementFileInput!, $key: String!) {
      importBankStatementFile(input: $input, idempotencyKey: $key) { ${statementFields} } }`,
    variables: { input: { uploadId: json["uploadId"], format: "CSV" }, key },
  });
  return importBankStatementFile;
}

async function followed(at: Address, token: string, id: string): Promise<any> {
  const following = subscribe(at, token, {
    query: `subscription ($id: ID!) { bankStatementChanged(id: $id) { ${statementFields} } }`,
    variables: { id },
  });
  let last: any = null;
  while (last === null || last.status === "RUNNING") last = await following.next();
  await following.stop();
  return last;
}

async function expectProven(owner: Owner): Promise<void> {
  for (const { name, sql } of proofRules) expect([name, await owner.rows(sql)]).toEqual([name, []]);
}

describe("over HTTP", () => {
  let server: TestServer;
  let owner: Owner;
  let supplier: Supplier;
  let today: string;

  beforeAll(async () => {
    server = await startTestServer();
    owner = await asOwnerOf(server.database);
    supplier = await newSupplier(server);
    today = dayOf(server.clock.now());
  });
  afterAll(async () => {
    await owner.end();
    await server.stop();
  });

  it("an uploaded file is imported in the background, followed, listed and kept as it was", async () => {
    const siren = await sirenOf(owner, supplier);
    const content = csvOf([
      `U1,${today},120.00,SIREN ${siren},Garage`,
      `U2,${today},60.00,merci,Inconnu`,
      `U3,${today},0.00,rien,Banque`,
    ]);
    const begun = await importFile(server, server.adminToken, { content, key: "november" });
    const ended = await followed(server, server.adminToken, begun.id);
    expect(ended).toMatchObject({
      ...{ status: "IMPORTED", read: 2, known: 0, matched: 1, unmatched: 1, skipped: 1, faults: [] },
      ...{ bytes: content.length, name: "november.csv", balances: [] },
      sha256: createHash("sha256").update(content).digest("hex"),
    });
    const { bankStatement, bankStatements } = await must(server, server.adminToken, {
      query: `query ($id: ID!) { bankStatements { edges { node { id } } } bankStatement(id: $id) {
        lines(filter: { results: [MATCHED, UNMATCHED, SKIPPED] }) { edges { node {
          number line result skipped bankLine { reference openCents candidates { subject } } } } } } }`,
      variables: { id: begun.id },
    });
    expect(bankStatements.edges[0].node.id).toBe(begun.id);
    expect(bankStatement.lines.edges.map(({ node }: any) => [node.line, node.result, node.skipped])).toEqual([
      [2, "MATCHED", null],
      [3, "UNMATCHED", null],
      [4, "SKIPPED", "ZERO_AMOUNT"],
    ]);
    const file = await download(ended.file.url, server.adminToken);
    expect(file.content.toString()).toBe(content);
    expect(codeOf(await download(ended.file.url, await newKey(server, supplier.id, "SUPPLIER_ADMIN")))).toBe(
      "FORBIDDEN",
    );
    const [{ sealed } = { sealed: null }] = await owner.rows(
      "SELECT sealed FROM bank_statement_content WHERE statement_id = $1",
      [begun.id],
    );
    expect(Buffer.from(sealed as Buffer).includes("merci")).toBe(false);
    await expectProven(owner);
  });

  it("a file that cannot be imported is refused whole, and says why", async () => {
    const content = csvOf([`R1,${today},1.00,a,b`, `R2,2026-02-30,1.00,a,b`, `R3,${today},x,a,b`]);
    const begun = await importFile(server, server.adminToken, { content, key: "wrong" });
    const ended = await followed(server, server.adminToken, begun.id);
    expect(ended).toMatchObject({ status: "REFUSED", read: 0, file: null });
    expect(ended.faults.map(({ line, reason }: any) => [line, reason])).toEqual([
      [3, "MALFORMED"],
      [4, "MALFORMED"],
    ]);
    expect(await owner.rows("SELECT FROM bank_line WHERE reference LIKE 'R_'")).toEqual([]);
  });
});

describe("when the process is killed", () => {
  afterAll(killServers);

  it("another one continues the import, and each line is booked once", async () => {
    const [database, keys] = [await cloneDatabase(), newKeys()];
    const [adminToken = ""] = await firstKeys(database, ["ADMIN"]);
    const owner = await asOwnerOf(database);
    const dying = spawnServer({ database, keys, failpoints: "bank.after-batch@2" });
    const first = await dying.listening;
    if (!first) throw new Error(dying.said());
    const suppliers = [
      await newSupplier({ ...first, adminToken, formToken: "" }),
      await newSupplier({ ...first, adminToken, formToken: "" }),
    ];
    const [a = "", b = ""] = await Promise.all(suppliers.map((one) => sirenOf(owner, one)));
    const today = dayOf(new Date());
    const rows = Array.from(
      { length: 900 },
      (_, n) =>
        `K${String(n)},${today},1.20,${n % 3 === 0 ? `SIREN ${a}` : n % 3 === 1 ? `SIREN ${b}` : "merci"},X`,
    );
    const { id } = await importFile(first, adminToken, { content: csvOf(rows), key: "long" });
    expect(await dying.ended).toBe("SIGKILL");
    const [half] = await owner.rows(
      "SELECT count(booked_at)::integer AS booked, count(*)::integer AS all FROM bank_line",
    );
    expect(half?.booked).toBeGreaterThan(0);
    expect(half?.booked).toBeLessThan(900);
    expect(half?.all).toBe(900);
    // As if the two minutes of the lease had passed.
    await owner.rows("UPDATE bank_statement SET leased_until = '-infinity'");
    const next = await spawnServer({ database, keys }).listening;
    if (!next) throw new Error("The second server did not start.");
    await until(
      "the import has ended",
      async () =>
        (await owner.rows("SELECT status FROM bank_statement WHERE id = $1", [id]))[0]?.status === "IMPORTED",
      60_000,
    );
    const [done] = await owner.rows("SELECT read, matched, unmatched FROM bank_statement WHERE id = $1", [
      id,
    ]);
    expect(done).toEqual({ read: 900, matched: 600, unmatched: 300 });
    const [count] = await owner.rows(
      "SELECT count(*)::integer AS n, sum(amount_incl_vat_cents)::integer AS cents FROM bank_transfer WHERE line_id IS NOT NULL",
    );
    expect(count).toEqual({ n: 600, cents: 72_000 });
    await expectProven(owner);
    await owner.end();
    await killServers();
    await database.drop();
  });
});
