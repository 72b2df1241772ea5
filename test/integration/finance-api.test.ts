/**
 * What finance does through the API and the command-line programs: invoice a month, follow the run, prove the
 * books and export them.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ask, must, subscribe } from "../support/client";
import { issueInvoice } from "../support/finance";
import { schemaFaultsIn } from "../support/documents";
import { download } from "../support/files";
import { setClock } from "../support/crowd";
import {
  newCampaign,
  newKey,
  newSupplier,
  person,
  sendLead,
  wholeFeed,
  type TestSupplier,
} from "../support/journey";
import type { Owner } from "../support/rows";
import type { TestServer } from "../support/server";
import { until } from "../support/until";
import { useTwoServers } from "../support/use-server";

let server: TestServer;
let beside: TestServer;
let owner: Owner;
const suppliers: TestSupplier[] = [];
let buyerReference = "";

/** The person whose lead of December is invoiced. */
const buyer = person({
  firstName: "Quitterie",
  lastName: "Vandenbroucke",
  phone: "+33199001234",
  email: "quitterie.vandenbroucke@exemple.example",
  street: "77 impasse des Mimosas",
});

useTwoServers(async (started) => {
  ({
    servers: [server, beside],
    owner,
  } = started);
  setClock(server, "2026-12-15T09:00:00Z");
  for (let index = 0; index < 3; index++) {
    const supplier = await newSupplier(server);
    await newCampaign(server, supplier);
    suppliers.push(supplier);
  }
  const channels = ["EMAIL", "PHONE"];
  const { reference } = await sendLead(server, { to: suppliers, contact: buyer, channels });
  buyerReference = reference;
  await until("all three have it", async () => (await owner.rows("SELECT FROM delivery")).length === 3);
  setClock(server, "2027-01-04T09:00:00Z");
});

const asAdmin = (query: string, variables: Record<string, unknown> = {}) =>
  must(server, server.adminToken, { query, variables });
const month = "2026-12";
const run = (key: string): string =>
  `mutation { issueInvoices(month: "${month}", idempotencyKey: "${key}") { id suppliers status } }`;

it("previews a month, invoices all its suppliers and reports progress until the run has ended", async () => {
  const preview = async (after: string | null) =>
    (
      await asAdmin(
        `query ($after: Cursor) { previewInvoices(month: "${month}", first: 2, after: $after) {
          pageInfo { hasNextPage endCursor } edges { node { supplierId supplier { id } leads netCents } } } }`,
        { after },
      )
    ).previewInvoices;
  const first = await preview(null);
  const second = await preview(first.pageInfo.endCursor);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  const previews = [...first.edges, ...second.edges].map(({ node }: any) => node);
  expect(previews.map(({ leads }) => leads)).toEqual([1, 1, 1]);
  expect(previews.map(({ supplier }) => supplier.id)).toEqual(previews.map(({ supplierId }) => supplierId));
  const { issueInvoices } = await asAdmin(run("once"));
  expect(issueInvoices).toMatchObject({ suppliers: 3, status: "RUNNING" });
  const following = subscribe(server, server.adminToken, {
    query:
      "subscription ($id: ID!) { invoiceRunChanged(id: $id) { status done documents failed { reason } endedAt } }",
    variables: { id: issueInvoices.id },
  });
  let last: any = null;
  while (last?.endedAt == null) last = await following.next();
  await following.stop();
  expect(last).toMatchObject({ status: "ENDED", done: 3, documents: 3, failed: [] });
  // The same key returns the same run.
  expect((await asAdmin(run("once"))).issueInvoices).toMatchObject({ id: issueInvoices.id, status: "ENDED" });
  const { read, wrong } = await asAdmin(
    `query ($id: ID!) { read: invoiceRun(id: $id) { id month done } wrong: invoiceRun(id: "none") { id } }`,
    { id: issueInvoices.id },
  );
  expect({ read, wrong }).toEqual({ read: { id: issueInvoices.id, month, done: 3 }, wrong: null });
  // A second run of the month finds nothing left to invoice.
  const again = await asAdmin(run("second"));
  expect(again.issueInvoices.suppliers).toBe(0);
  const tooEarly = await ask(server, server.adminToken, {
    query: 'mutation { issueInvoices(month: "2027-01", idempotencyKey: "early") { id } }',
  });
  expect(tooEarly.errors?.[0]).toMatchObject({
    message: expect.stringContaining("not over yet") as string,
    extensions: { faults: [{ reason: "OUT_OF_RANGE", field: "month" }] },
  });
});

it("another process continues an interrupted invoice run and invoices no supplier twice", async () => {
  setClock(server, "2027-01-20T09:00:00Z");
  await sendLead(server, { to: suppliers });
  await until("all three have it", async () => (await owner.rows("SELECT FROM delivery")).length === 6);
  setClock(server, "2027-02-02T09:00:00Z");
  const before = (await owner.rows("SELECT FROM billing_document WHERE kind = 'INVOICE'")).length;
  const [{ id }] = (await owner.rows(
    `INSERT INTO invoice_run VALUES (gen_random_uuid(), '2027-01', 'test', now(), 3, 0, 0, '[]', 'infinity',
       NULL) RETURNING id`,
  )) as [{ id: string }];
  const [first] = suppliers;
  // The part that the process completed before it died.
  await server.running.services.transact({ role: "worker" }, (tx) =>
    server.running.services.billing.documents.issuing.issue(tx, {
      ...{ supplierId: first?.id ?? "", before: new Date("2027-01-31T23:00:00Z"), issuedBy: "test" },
    }),
  );
  await owner.rows("UPDATE invoice_run SET leased_until = '-infinity' WHERE id = $1", [id]);
  const signal = new AbortController().signal;
  await Promise.all(
    [server, beside].map(({ running }) => running.services.billing.runs.invoiceRunner.run(signal)),
  );
  await until("it has ended", async () => {
    const [run] = await owner.rows("SELECT ended_at FROM invoice_run WHERE id = $1", [id]);
    return run?.ended_at !== null;
  });
  expect((await owner.rows("SELECT FROM billing_document WHERE kind = 'INVOICE'")).length).toBe(before + 3);
});

it("shows a supplier its own documents with leads, XML and PDF, and none of another supplier", async () => {
  const [mine, other] = suppliers as [TestSupplier, TestSupplier];
  const { billingDocuments } = await must(server, mine.token, {
    query: `{ billingDocuments(first: 1) { pageInfo { hasNextPage } edges { node { id kind name totalInclVatCents
      xml { url } pdf { url } mentions leads { edges { node { leadId netCents } } } } } } }`,
  });
  const [{ node }] = billingDocuments.edges;
  expect(node).toMatchObject({ kind: "INVOICE", leads: { edges: [{ node: { netCents: 3_000 } }] } });
  expect(await schemaFaultsIn(String((await download(node.xml.url, mine.token)).content))).toEqual([]);
  const pdf = await download(node.pdf.url, mine.token);
  expect(pdf.content.toString("latin1", 0, 5)).toBe("%PDF-");
  expect(node.mentions.join(" ")).toContain("40 €");
  // A document that is not yours does not take the rest of the answer with it.
  const theirs = await ask(server, other.token, {
    query: "query ($id: ID!) { billingDocument(id: $id) { id } viewer { role } }",
    variables: { id: node.id },
  });
  expect(theirs).toMatchObject({
    data: { billingDocument: null, viewer: { role: "SUPPLIER_INTEGRATION" } },
  });
  expect(theirs.errors).toBeUndefined();
  const statement = async (as: string) => {
    const query = `{ leadStatement(month: "2026-12", as: ${as}) { url } }`;
    const { leadStatement } = await must(server, mine.token, { query });
    return String((await download(leadStatement.url, mine.token)).content);
  };
  const [, first] = (await statement("CSV")).split("\r\n");
  expect(first).toMatch(/^2026-12-15T.*,NEW_CAR,CHARGE,3000,STANDARD,F2027-0000\d\d$/);
  expect(JSON.parse(await statement("JSON"))).toHaveLength(1);
});

it("puts nothing about the person into documents and statements", async () => {
  const [mine] = suppliers as [TestSupplier];
  const told = (await wholeFeed(server, mine)).find(({ __typename }) => __typename === "LeadMatched");
  const { lead, billingDocuments, csv, json } = await must(server, mine.token, {
    query: `query ($id: ID!) { lead(id: $id) { contact { firstName lastName phone email } }
      billingDocuments { edges { node { id name xml { url } mentions leads { edges { node { leadId netCents } } } } } }
      csv: leadStatement(month: "2026-12", as: CSV) { url } json: leadStatement(month: "2026-12", as: JSON) { url } }`,
    variables: { id: told?.leadId },
  });
  const { firstName, lastName, phone, email, street } = buyer;
  // The supplier received the person's data with the lead that the documents and statements are about.
  expect(lead.contact).toEqual({ firstName, lastName, phone, email });
  const urls = [csv.url, json.url, ...billingDocuments.edges.map(({ node }: any) => node.xml.url)];
  const files = await Promise.all(urls.map(async (url) => String((await download(url, mine.token)).content)));
  expect(JSON.stringify(billingDocuments) + String(files[0])).toContain(told?.leadId);
  const stored = await owner.rows("SELECT content::text AS content FROM billing_document");
  const text = JSON.stringify([billingDocuments, files, stored]);
  for (const personal of [firstName, lastName, phone, "199001234", email, street, buyerReference])
    expect(text).not.toContain(personal);
  // Keys under which such data could come in later.
  expect(JSON.stringify(stored)).not.toMatch(/lead_id|phone|email/i);
});

it("lists documents by supplier, kind, month and what is open", async () => {
  const [mine] = suppliers as [TestSupplier];
  const listed = async (filter: Record<string, unknown>, as = server.adminToken): Promise<any[]> =>
    (
      await must(server, as, {
        query: `query ($filter: BillingDocumentFilter) { billingDocuments(first: 100, filter: $filter) {
          edges { node { id supplierId supplier { id } kind issuedOn openInclVatCents } } } }`,
        variables: { filter },
      })
    ).billingDocuments.edges.map(({ node }: any) => node);
  const all = await listed({});
  for (const { supplier, supplierId } of all) expect(supplier.id).toBe(supplierId);
  const are = async (filter: Record<string, unknown>, belongs: (node: any) => boolean): Promise<void> => {
    const expected = all.filter(belongs);
    expect(expected).not.toEqual([]);
    expect(await listed(filter)).toEqual(expected);
  };
  await are({ supplierId: mine.id }, ({ supplierId }) => supplierId === mine.id);
  await are({ kind: "DEPOSIT" }, ({ kind }) => kind === "DEPOSIT");
  await are({ isOpen: false }, ({ openInclVatCents }) => openInclVatCents === 0);
  await are({ month: "2027-01" }, ({ issuedOn }) => issuedOn.startsWith("2027-01"));
  await are(
    { kind: "INVOICE", month: "2027-01", supplierId: mine.id },
    ({ kind, issuedOn, supplierId }) =>
      kind === "INVOICE" && issuedOn.startsWith("2027-01") && supplierId === mine.id,
  );
  expect(await listed({ isOpen: true })).toEqual(all.filter(({ openInclVatCents }) => openInclVatCents > 0));
  expect(await listed({ month: "2026-01" })).toEqual([]);
  expect(await listed({ supplierId: suppliers[1]?.id }, mine.token)).toEqual([]);
});

it("locks and unlocks a month once per key, and shows how it stands", async () => {
  const asked = (operation: string) => ask(server, server.adminToken, { query: operation }) as Promise<any>;
  const state = "{ month status lockedAt }";
  const open = { month, status: "OPEN", lockedAt: null };
  const locked = { month, status: "LOCKED", lockedAt: expect.any(String) as string };
  const lock = (key: string) =>
    asked(`mutation { lockMonth(month: "${month}", idempotencyKey: "${key}") ${state} }`);
  const unlock = (reason: string) =>
    asked(
      `mutation { unlockMonth(month: "${month}", reason: "${reason}", idempotencyKey: "back") ${state} }`,
    );
  const accountingMonth = async () =>
    (await asAdmin(`{ accountingMonth(month: "${month}") ${state} }`)).accountingMonth;
  expect(await accountingMonth()).toEqual(open);
  expect((await lock("one")).data.lockMonth).toEqual(locked);
  expect((await lock("one")).data.lockMonth).toEqual(locked);
  expect((await lock("two")).errors[0].extensions).toMatchObject({
    code: "CONFLICT",
    reason: "ALREADY_LOCKED",
  });
  expect((await unlock(" ")).errors[0].extensions.faults).toMatchObject([
    { reason: "EMPTY", field: "reason" },
  ]);
  expect((await unlock("a late return")).data.unlockMonth).toEqual(open);
  expect((await unlock("a late return")).data.unlockMonth).toEqual(open);
  // The key of the first lock returns its answer and locks nothing.
  expect((await lock("one")).data.lockMonth).toEqual(open);
  expect(await accountingMonth()).toEqual(open);
});

it("moves money once per key, and names all faults of a refund", async () => {
  const [mine] = suppliers as [TestSupplier];
  const refund = (input: Record<string, unknown>, key = "refund") =>
    ask(server, server.adminToken, {
      query: `mutation ($input: RefundBalanceInput!, $key: String!) {
        refundBalance(input: $input, idempotencyKey: $key) { documents { id netCents } account { balanceCents } } }`,
      variables: { input: { supplierId: mine.id, ...input }, key },
    }) as Promise<any>;
  const wrong = await refund({ netCents: 0, bankReference: "" }, "wrong");
  expect(wrong.errors[0].extensions.faults).toMatchObject([
    { reason: "OUT_OF_RANGE", field: "netCents" },
    { reason: "EMPTY", field: "bankReference" },
  ]);
  const first = await refund({ netCents: 100, bankReference: "ONCE" });
  expect(first.data.refundBalance.documents).toMatchObject([{ netCents: 100 }]);
  expect(await refund({ netCents: 100, bankReference: "ONCE" })).toEqual(first);
  const other = await refund({ netCents: 200, bankReference: "ONCE" });
  expect(other.errors[0].extensions).toMatchObject({ code: "CONFLICT", reason: "KEY_REUSED" });
  const more = await refund({ netCents: 100_000_000, bankReference: "MORE" }, "more");
  expect(more.errors[0].extensions).toMatchObject({ code: "CONFLICT", reason: "MORE_THAN_UNSPENT" });
});

describe("a finance program", () => {
  const run = promisify(execFile);
  const program = (name: string, args: readonly string[], cwd: string) =>
    run(process.execPath, [path.resolve(`dist/src/cli/${name}.js`), ...args, "--url", server.url], {
      cwd,
      env: { ...process.env, CARATLAS_API_KEY: server.adminToken },
    });

  it("proves the books", async () => {
    const { stdout } = await program("ledger-prove", [], process.cwd());
    expect(stdout).toMatch(/\d+ postings, \d+ entries, \d+ documents: \d+ rules checked, 0 faults\./);
  });

  it("reports a broken rule and exits with code 1", async () => {
    await owner.rows("UPDATE supplier_account SET balance_cents = balance_cents + 7 WHERE supplier_id = $1", [
      suppliers[0]?.id,
    ]);
    const failed = await program("ledger-prove", [], process.cwd()).then(
      () => null,
      (error: unknown) => error,
    );
    await owner.rows("UPDATE supplier_account SET balance_cents = balance_cents - 7 WHERE supplier_id = $1", [
      suppliers[0]?.id,
    ]);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining(`BALANCE_IS_POSTED`) as string });
    expect((failed as { stdout: string }).stdout).toContain(`${String(suppliers[0]?.id)} (7)`);
  });

  it("writes a file where it is told, and never into the project", async () => {
    const inProject = (): Promise<string[]> => readdir(process.cwd());
    const before = await inProject();
    const { stdout } = await program("fec", ["2027"], process.cwd());
    const [, file = ""] = /^(.+): \d+ lines\.$/m.exec(stdout) ?? [];
    expect(path.basename(file)).toBe("000000018FEC20271231.txt");
    expect(path.resolve(file).startsWith(process.cwd())).toBe(false);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await inProject()).toEqual(before);
    await rm(path.dirname(file), { recursive: true });
    const missing = program("fec", ["2027", "--to", "/nowhere/at/all.txt"], process.cwd());
    await expect(missing).rejects.toMatchObject({ code: 2 });
  });

  it("writes the journals of a month, which match the entries in the database", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "caratlas-journal-"));
    const rowsOf = async (args: readonly string[], name: string): Promise<string[][]> => {
      await program("journal", [...args, "--to", folder], process.cwd());
      const [head, ...lines] = (await readFile(path.join(folder, name), "utf8")).trimEnd().split("\r\n");
      expect(head).toMatch(/^date;journal;numero;compte;.*;debit;credit$/);
      return lines.map((line) => line.split(";"));
    };
    const all = await rowsOf(["2027-01"], "journal-2027-01.csv");
    const sales = await rowsOf(["2027-01", "VE"], "journal-2027-01-VE.csv");
    await rm(folder, { recursive: true });
    expect(sales).toEqual(all.filter(([, journal]) => journal === "VE"));
    expect(sales.length).toBeGreaterThan(2);
    const cents = (amount = ""): number => Number(amount.replace(",", ""));
    expect(all.reduce((sum, row) => sum + cents(row.at(-2)) - cents(row.at(-1)), 0)).toBe(0);
    const [sum] = await owner.rows(
      `SELECT sum(debit_cents) AS cents, count(*) AS lines FROM entry JOIN entry_line USING (journal, year, number)
       WHERE dated >= '2027-01-01' AND dated < '2027-02-01'`,
    );
    expect(all.reduce((total, row) => total + cents(row.at(-2)), 0)).toBe(Number(sum?.cents));
    expect(all).toHaveLength(Number(sum?.lines));
    const numbers = sales.map(([, , number]) => Number(number));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it("writes the FEC, in which the debits of every entry equal its credits", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "caratlas-fec-"));
    await program("fec", ["2027", "--to", path.join(folder, "fec.txt")], process.cwd());
    const text = await readFile(path.join(folder, "fec.txt"), "latin1");
    await rm(folder, { recursive: true });
    const lines = text
      .replace(/\r\n$/, "")
      .split("\r\n")
      .map((line) => line.split("\t"));
    expect(lines[0]?.[0]).toBe("JournalCode");
    expect(lines.every((columns) => columns.length === 18)).toBe(true);
    const sums = new Map<string, number>();
    for (const [journal, , number, , , , , , , , , debit = "", credit = ""] of lines.slice(1)) {
      const cents = (amount: string): number => Number(amount.replace(",", ""));
      const entry = `${String(journal)} ${String(number)}`;
      sums.set(entry, (sums.get(entry) ?? 0) + cents(debit) - cents(credit));
    }
    expect(sums.size).toBeGreaterThan(5);
    expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
  });
});

describe("reports", () => {
  const owing: TestSupplier[] = [];

  beforeAll(async () => {
    setClock(server, "2027-03-01T09:00:00Z");
    for (const pricePerLeadCents of [4_000, 9_000, 4_000]) {
      const supplier = await newSupplier(server, { billingMode: "POSTPAID", creditLimitCents: 50_000 });
      await newCampaign(server, supplier, { pricePerLeadCents });
      await sendLead(server, { to: [supplier] });
      owing.push(supplier);
    }
    const delivered = () =>
      owner.rows("SELECT FROM delivery WHERE supplier_id = ANY ($1)", [owing.map(({ id }) => id)]);
    await until("each has its lead", async () => (await delivered()).length === owing.length);
    const { transact, billing } = server.running.services;
    for (const { id: supplierId } of owing) {
      const work = { supplierId, before: new Date("2027-03-31T22:00:00Z"), issuedBy: "test" };
      await transact({ role: "worker" }, (tx) => billing.documents.issuing.issue(tx, work));
    }
  });

  it("page through what suppliers owe on a day, largest first, with the suppliers", async () => {
    const fields = "openCents notDueCents upTo30DaysCents olderCents supplierId supplier { id name }";
    const page = (on: string, first: number, after: string | null) =>
      asAdmin(
        `query ($on: Day!, $first: Int, $after: Cursor) { agedReceivables(on: $on, first: $first, after: $after) {
          pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } }`,
        { on, first, after },
      ).then(({ agedReceivables }) => agedReceivables);
    const whole = (await page("2027-03-02", 100, null)).edges.map(({ node }: any) => node);
    const ids = owing.map(({ id }) => id);
    const mine = whole.filter(({ supplierId }: any) => ids.includes(supplierId));
    expect(mine.map(({ openCents }: any) => openCents)).toEqual([10_800, 4_800, 4_800]);
    expect(mine[0]).toMatchObject({
      ...{ notDueCents: 10_800, olderCents: 0, supplier: { id: owing[1]?.id, name: owing[1]?.name } },
    });
    const seen: any[] = [];
    let after: string | null = null;
    do {
      const { edges, pageInfo } = await page("2027-03-02", 1, after);
      seen.push(...edges.map(({ node }: any) => node));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(whole);
    const later = (await page("2027-12-31", 100, null)).edges.map(({ node }: any) => node);
    expect(later.find(({ supplierId }: any) => supplierId === ids[1])).toMatchObject({ olderCents: 10_800 });
  });

  it("refuse a day that is not in the calendar", async () => {
    const { errors } = await ask(server, server.adminToken, {
      query: '{ agedReceivables(on: "2027-02-30") { edges { cursor } } }',
    });
    expect(errors?.[0]?.extensions.code).toBe("INVALID_INPUT");
  });
});

describe("the account query", () => {
  it("shows amounts with and without VAT and the amount still to be paid", async () => {
    const supplier = await newSupplier(server, { billingMode: "POSTPAID", creditLimitCents: 50_000 });
    const token = await newKey(server, supplier.id, "SUPPLIER_ADMIN");
    await newCampaign(server, supplier, { pricePerLeadCents: 10_005 });
    await sendLead(server, { to: [supplier] });
    const query =
      "{ account { vatRateBasisPoints balanceCents balanceInclVatCents availableCents availableInclVatCents openInclVatCents } }";
    await until("the lead is charged", async () => {
      const { account } = await must(server, token, { query });
      return account.balanceCents < 0;
    });
    const amounts = { vatRateBasisPoints: 2_000, balanceCents: -10_005, balanceInclVatCents: -12_006 };
    const left = { availableCents: 39_995, availableInclVatCents: 47_994 };
    expect((await must(server, token, { query })).account).toEqual({
      ...amounts,
      ...left,
      openInclVatCents: 0,
    });
    await issueInvoice(server, supplier.id);
    await must(server, server.adminToken, {
      query: `mutation ($id: ID!) { recordBankTransfer(input: { supplierId: $id, amountInclVatCents: 2006, receivedOn: "2026-12-15", bankReference: "HT" }) {
          account { openInclVatCents } } }`,
      variables: { id: supplier.id },
    });
    expect((await must(server, token, { query })).account).toMatchObject({ openInclVatCents: 10_000 });
  });
});

describe("VAT of money that is booked after its month was locked", () => {
  const fields = `month movedOn datedOn journal year number piece documentId document { name } supplierId supplier { id }
    dueBy treatment rateBasisPoints netCents vatCents`;
  const page = async (first: number, after: string | null): Promise<any> =>
    (
      await asAdmin(
        `query ($first: Int, $after: Cursor) { lateVatEntries(month: "2027-03", first: $first, after: $after) {
          pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } }`,
        { first, after },
      )
    ).lateVatEntries;

  it("is listed for the month it belongs to, with its document or the bank's reference", async () => {
    setClock(server, "2027-04-05T09:00:00Z");
    const supplier = await newSupplier(server);
    const pay = (bankReference: string, receivedOn: string) =>
      must(server, server.adminToken, {
        query: "mutation ($input: BankTransferInput!) { recordBankTransfer(input: $input) { transferId } }",
        variables: {
          input: { supplierId: supplier.id, amountInclVatCents: 12_000, receivedOn, bankReference },
        },
      });
    await pay("in time", "2027-03-30");
    await asAdmin('mutation { lockMonth(month: "2027-03", idempotencyKey: "late VAT") { status } }');
    await pay("late", "2027-03-31");
    await pay("of April", "2027-04-01");
    await pay("later", "2027-03-02");
    const { edges } = await page(100, null);
    const deposit = { documentId: expect.any(String), document: { name: expect.stringMatching(/^D2027-/) } };
    const amounts = { netCents: 10_000, vatCents: 2_000, treatment: "STANDARD", rateBasisPoints: 2_000 };
    const common = { month: "2027-03", datedOn: "2027-04-01", journal: "VE", year: 2027, dueBy: "ADVANCE" };
    const whose = { supplierId: supplier.id, supplier: { id: supplier.id } };
    expect(edges.map(({ node }: any) => node)).toMatchObject([
      { ...common, ...amounts, ...deposit, ...whose, movedOn: "2027-03-31" },
      { ...common, ...amounts, ...deposit, ...whose, movedOn: "2027-03-02" },
    ]);
    const [first] = (await page(1, null)).edges;
    const { pageInfo } = await page(1, null);
    expect([first, ...(await page(1, pageInfo.endCursor)).edges]).toEqual(edges);
    expect(
      (await asAdmin('{ lateVatEntries(month: "2027-02") { edges { cursor } } }')).lateVatEntries.edges,
    ).toEqual([]);
  });
});
