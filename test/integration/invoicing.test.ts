/**
 * Billing documents and the accounting behind them: the content of each document, gapless numbers, and the
 * detection of deviations.
 */
import { entriesOf } from "../../src/account/ledger";
import { ciiOf } from "../../src/billing/documents/cii";
import { newId } from "../../src/platform/ids";
import { Semaphore } from "../../src/platform/semaphore";
import { KeptAdvances } from "../../src/billing/documents/kept-advances.service";
import type { DocumentView } from "../../src/billing/documents";
import { schemaFaultsIn } from "../support/documents";
import { giveBack, sell } from "../support/sales";
import { documentsIn, newSupplier, openBooks, staff, type Books } from "./ledger-fixture";

type Tx = Parameters<Parameters<Books["transact"]>[1]>[0];

let books: Books;
let suppliers = 0;
let references = 0;
const by = staff("FINANCE");

beforeAll(async () => {
  books = await openBooks(20);
});
beforeEach(() => {
  books.now = new Date("2026-11-05T09:00:00Z");
});
afterEach(async () => {
  expect((await books.proof.prove()).faults).toEqual([]);
});
afterAll(() => books.close());

const supplierWith = async (change: Parameters<typeof newSupplier>[1] = {}): Promise<string> =>
  (await books.suppliers.create(by, newSupplier(++suppliers, change), null)).id;

const pay = (supplierId: string, amountInclVatCents: number, documentId: string | null = null) => {
  tick();
  return books.finance.recordTransfer(
    by,
    {
      supplierId,
      amountInclVatCents,
      receivedOn: (books.now ?? new Date()).toISOString().slice(0, 10),
      bankReference: `SCT ${String(++references)}`,
      documentId,
    },
    null,
  );
};

/** Moves the clock, so that later documents are newer. */
const tick = (): void => {
  books.now = new Date((books.now ?? new Date()).getTime() + 1000);
};

async function issue(supplierId: string): Promise<DocumentView[]> {
  tick();
  const ids = await books.finance.issue(by, { supplierId, month: null }, null);
  return Promise.all(ids.map((id) => books.transact({ role: "staff" }, (tx) => books.documents.one(tx, id))));
}

const documentsOf = (supplierId: string): Promise<DocumentView[]> =>
  books.transact({ role: "staff" }, (tx) => documentsIn(tx, books, supplierId));

const balanceOf = (supplierId: string): Promise<number> =>
  books.transact({ role: "staff" }, async (tx) => (await books.reader.account(tx, supplierId)).balanceCents);

/** What a supplier was billed in sum, including VAT: its documents, with advances counted once. */
const saidOf = async (supplierId: string): Promise<number> =>
  (await documentsOf(supplierId)).reduce((sum, { document }) => {
    const { kind, netCents, vatCents, advances } = document;
    const used = advances.reduce((cents, one) => cents + one.netCents + one.vatCents, 0);
    return sum + (kind === "CREDIT_NOTE" ? -1 : 1) * (netCents + vatCents - used);
  }, 0);

/** Debits minus credits per account of the entries that concern a supplier. */
async function accounts(supplierId: string): Promise<Record<string, number>> {
  const rows = await books.owner.rows(
    `SELECT l.account, sum(l.debit_cents - l.credit_cents)::integer AS cents FROM entry_line l
     WHERE (l.journal, l.year, l.number) IN (SELECT journal, year, number FROM entry_line WHERE supplier_id = $1)
     GROUP BY 1 HAVING sum(l.debit_cents - l.credit_cents) <> 0 ORDER BY 1`,
    [supplierId],
  );
  return Object.fromEntries(rows.map(({ account, cents }) => [String(account), Number(cents)]));
}

describe("a prepaid supplier", () => {
  it("receives a deposit invoice for its payment and a final invoice that deducts the deposit", async () => {
    const supplierId = await supplierWith();
    await pay(supplierId, 120_000);
    for (const priceCents of [2500, 2500, 4000]) await sell(books, { supplierId, priceCents });
    const [invoice] = await issue(supplierId);
    const deposit = (await documentsOf(supplierId)).find(({ document }) => document.kind === "DEPOSIT");
    expect(deposit?.document).toMatchObject({ kind: "DEPOSIT", netCents: 100_000, vatCents: 20_000 });
    expect(invoice?.document).toMatchObject({
      kind: "INVOICE",
      netCents: 9000,
      vatCents: 1800,
      dueOn: null,
      advances: [{ name: deposit?.document.name, netCents: 9000, vatCents: 1800 }],
      lines: [
        { quantity: 2, unitCents: 2500, netCents: 5000 },
        { quantity: 1, unitCents: 4000, netCents: 4000 },
      ],
    });
    expect(invoice?.openCents).toBe(0);
    // VAT was already due on the deposit; the unused part is still owed to the supplier.
    expect(await accounts(supplierId)).toEqual({
      "580": 120_000,
      "4191": -91_000,
      "44571": -20_000,
      "706": -9000,
    });
  });

  it("reads on the deposit invoice on which day the bank received the money", async () => {
    const supplierId = await supplierWith();
    const transfer = { supplierId, amountInclVatCents: 1200, bankReference: "SCT day", documentId: null };
    await books.finance.recordTransfer(by, { ...transfer, receivedOn: "2026-11-02" }, null);
    const [deposit] = (await documentsOf(supplierId)).map(({ document }) => document);
    expect(deposit).toMatchObject({ kind: "DEPOSIT", issuedOn: "2026-11-05", paidOn: "2026-11-02" });
    expect(deposit && ciiOf(deposit)).toContain("20261102");
  });

  it("is refunded what it did not spend, with a credit note on the deposit", async () => {
    const supplierId = await supplierWith();
    await pay(supplierId, 12_000);
    await sell(books, { supplierId, priceCents: 2500 });
    const wanted = { supplierId, netCents: null, bankReference: "OUT 1" };
    const { documents, account } = await books.finance.refund(by, wanted, "refund-1");
    expect(account.balanceCents).toBe(0);
    expect((await books.finance.refund(by, wanted, "refund-1")).documents).toEqual(documents);
    const [note] = (await documentsOf(supplierId)).filter(({ document }) => document.kind === "CREDIT_NOTE");
    expect(note?.document).toMatchObject({ netCents: 7500, vatCents: 1500, corrects: [{}] });
    await expect(books.finance.refund(by, { ...wanted, netCents: 1 }, null)).rejects.toThrow(
      "At most 0 cents",
    );
    await issue(supplierId);
    expect(await accounts(supplierId)).toEqual({ "44571": -500, "580": 3000, "706": -2500 });
  });

  it("keeps the credit for a returned, invoiced lead as an advance with a deposit invoice", async () => {
    const supplierId = await supplierWith();
    await pay(supplierId, 6000);
    const sale = await sell(books, { supplierId, priceCents: 5000 });
    const [invoice] = await issue(supplierId);
    await giveBack(books, sale);
    const [note, kept] = await issue(supplierId);
    expect(note?.document).toMatchObject({
      kind: "CREDIT_NOTE",
      corrects: [{ name: invoice?.document.name, issuedOn: "2026-11-05" }],
      netCents: 5000,
      vatCents: 1000,
    });
    expect(kept?.document).toMatchObject({
      kind: "DEPOSIT",
      corrects: [{ name: note?.document.name, issuedOn: "2026-11-05" }],
      paidOn: "2026-11-05",
      netCents: 5000,
      vatCents: 1000,
    });
    expect(await saidOf(supplierId)).toBe(6000);
    expect(await balanceOf(supplierId)).toBe(5000);
    expect(await accounts(supplierId)).toEqual({
      "580": 6000,
      "4191": -5000,
      "44571": -1000,
      "706": -5000,
      "709": 5000,
    });
  });
});

describe("a lead returned after it was paid", () => {
  const returned = async (): Promise<string> => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    const sale = await sell(books, { supplierId, priceCents: 5000 });
    const [invoice] = await issue(supplierId);
    await pay(supplierId, 6000, invoice?.id);
    await giveBack(books, sale);
    await issue(supplierId);
    return supplierId;
  };

  it("and refunded leaves documents of 0 in sum, as the books say", async () => {
    const supplierId = await returned();
    await books.finance.refund(by, { supplierId, netCents: null, bankReference: "OUT 2" }, null);
    const all = (await documentsOf(supplierId)).map(({ document }) => document);
    const [deposit] = all.filter(({ kind }) => kind === "DEPOSIT");
    const notes = all.filter(({ kind }) => kind === "CREDIT_NOTE").sort((a, b) => (a.name < b.name ? -1 : 1));
    const amounts = [deposit, ...notes].map((document) => [document?.netCents, document?.vatCents]);
    expect(amounts).toEqual(Array(3).fill([5000, 1000]));
    // The refund corrects the deposit invoice of the money that was kept, not the first credit note.
    expect(notes[1]?.corrects).toEqual([{ name: deposit?.name, issuedOn: deposit?.issuedOn }]);
    expect(await saidOf(supplierId)).toBe(0);
    expect(await accounts(supplierId)).toEqual({ "706": -5000, "709": 5000 });
  });

  it("reopens nothing when its payment is lost, because what was kept is credited first", async () => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    const sale = await sell(books, { supplierId, priceCents: 5000 });
    await sell(books, { supplierId, priceCents: 2000 });
    await issue(supplierId);
    const paid = { id: newId(), inclVatCents: 8400 };
    await books.transact({ role: "worker" }, (tx) =>
      books.payments.receive(tx, {
        ...{ kind: "CARD_PAYMENT", cash: "5115", supplierId, inclVatCents: paid.inclVatCents },
        ...{ causeId: paid.id, reference: paid.id, receivedOn: "2026-11-05", recordedBy: "test" },
      }),
    );
    await giveBack(books, sale);
    await issue(supplierId);
    const lose = (disputeId: string, inclVatCents: number, earlier: readonly string[]) =>
      books.transact({ role: "worker" }, (tx) =>
        books.lost.reverse(tx, {
          ...{ supplierId, causes: [paid.id], disputeId, earlier, inclVatCents, to: "DISPUTE" },
          ...{ reference: disputeId, decidedBy: "test", lostOn: "2026-11-05", cash: "471" },
        }),
      );
    expect(await lose("dp_1", 6000, [])).toBe(6000);
    const openOf = async () =>
      (await documentsOf(supplierId)).reduce((sum, { openCents }) => sum + openCents, 0);
    expect(await openOf()).toBe(0);
    expect(await saidOf(supplierId)).toBe(2400);
    // The rest of the payment had paid for the lead that was kept.
    expect(await lose("dp_2", 2400, ["dp_1"])).toBe(2400);
    expect(await openOf()).toBe(2400);
    expect(await saidOf(supplierId)).toBe(2400);
  });

  it("pays the next invoice, which names the deposit invoice", async () => {
    const supplierId = await returned();
    await sell(books, { supplierId, priceCents: 7000 });
    const [invoice] = await issue(supplierId);
    const [deposit] = (await documentsOf(supplierId)).filter(({ document }) => document.kind === "DEPOSIT");
    expect(invoice?.document).toMatchObject({
      netCents: 7000,
      advances: [{ name: deposit?.document.name, netCents: 5000, vatCents: 1000 }],
    });
    expect(invoice?.openCents).toBe(2400);
    expect(await saidOf(supplierId)).toBe(8400);
  });

  it("gets its deposit invoice with the next documents if it was kept without one", async () => {
    const keep = jest.spyOn(KeptAdvances.prototype, "keep").mockImplementation(keptWithoutDocument);
    const supplierId = await returned().finally(() => keep.mockRestore());
    expect(await saidOf(supplierId)).toBe(0);
    expect((await books.proof.prove()).faults).toEqual([]);
    await sell(books, { supplierId, priceCents: 1000 });
    const [deposit, invoice] = (await issue(supplierId)).map(({ document }) => document);
    expect(deposit).toMatchObject({ kind: "DEPOSIT", netCents: 5000, vatCents: 1000 });
    expect(invoice?.advances).toMatchObject([{ name: deposit?.name, netCents: 1000 }]);
    expect(await saidOf(supplierId)).toBe(6000);
    expect(await issue(supplierId)).toEqual([]);
  });

  it("whose paid part is VAT alone leaves no advance but a rounding difference", async () => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    const five = await sell(books, { supplierId, priceCents: 5 });
    const three = await sell(books, { supplierId, priceCents: 3 });
    await sell(books, { supplierId, priceCents: 3 });
    const [invoice] = await issue(supplierId);
    // Of 11 + 2 cents, 3 + 1 are paid, so 8 + 1 are open when 8 + 2 are credited.
    await pay(supplierId, 4, invoice?.id);
    await giveBack(books, five);
    await giveBack(books, three);
    const written = (await issue(supplierId)).map(({ document }) => document);
    expect(written.map(({ kind, netCents, vatCents }) => [kind, netCents, vatCents])).toEqual([
      ["CREDIT_NOTE", 8, 2],
    ]);
    expect((await accounts(supplierId))["758"]).toBe(-1);
    expect((await books.proof.prove()).faults).toEqual([]);
  });
});

/** Keeps an amount as it was kept before it had a deposit invoice: with an entry and the advance alone. */
const keptWithoutDocument: KeptAdvances["keep"] = async (tx, { supplierId }, kept) => {
  const { id, name, issuedOn, treatment, netCents, vatCents } = kept;
  await tx.query(
    `INSERT INTO advance (document_id, supplier_id, treatment, net_cents, vat_cents, at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, supplierId, treatment, netCents, vatCents, books.now],
  );
  const piece = { supplierId, label: `Avoir ${name}`, piece: name, pieceDate: issuedOn, causeId: id };
  return { id, entries: [{ ...entriesOf.depositEntry(piece, kept), journal: "OD" }] };
};

describe("a postpaid supplier", () => {
  const postpaid = () => supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });

  it("owes its invoice, whose VAT is due when it is paid", async () => {
    const supplierId = await postpaid();
    await sell(books, { supplierId, priceCents: 10_000 });
    const [invoice] = await issue(supplierId);
    expect(invoice?.document).toMatchObject({ dueOn: "2026-12-05", advances: [] });
    expect(await accounts(supplierId)).toEqual({ "411": 12_000, "44574": -2000, "706": -10_000 });
    await pay(supplierId, 6000);
    expect(await accounts(supplierId)).toEqual({
      "411": 6000,
      "580": 6000,
      "44571": -1000,
      "44574": -1000,
      "706": -10_000,
    });
    await pay(supplierId, 6000);
    expect(await balanceOf(supplierId)).toBe(0);
    expect((await documentsOf(supplierId)).map(({ openCents }) => openCents)).toEqual([0]);
  });

  it("pays the invoice it names first, then the oldest one, and the rest becomes a deposit", async () => {
    const supplierId = await postpaid();
    const invoices: DocumentView[] = [];
    for (const priceCents of [1000, 2000]) {
      await sell(books, { supplierId, priceCents });
      invoices.push(...(await issue(supplierId)));
    }
    await pay(supplierId, 2400, invoices[1]?.id);
    const open = await documentsOf(supplierId);
    expect(open.map(({ openCents }) => openCents)).toEqual([0, 1200]);
    await pay(supplierId, 2400);
    const [deposit] = await documentsOf(supplierId);
    expect(deposit?.document).toMatchObject({ kind: "DEPOSIT", netCents: 1000, vatCents: 200 });
  });

  it("owes less after a return", async () => {
    const supplierId = await postpaid();
    const sale = await sell(books, { supplierId, priceCents: 5000 });
    await sell(books, { supplierId, priceCents: 3000 });
    await issue(supplierId);
    await giveBack(books, sale);
    await issue(supplierId);
    expect(await accounts(supplierId)).toEqual({ "411": 3600, "44574": -600, "706": -8000, "709": 5000 });
  });

  it("can have its unpaid invoice written off without the VAT", async () => {
    const supplierId = await postpaid();
    await sell(books, { supplierId, priceCents: 5000 });
    const [invoice] = await issue(supplierId);
    await books.finance.writeOff(
      by,
      { supplierId, documentId: invoice?.id ?? "", reason: "insolvent" },
      null,
    );
    expect(await accounts(supplierId)).toEqual({ "654": 5000, "706": -5000 });
    const again = books.finance.writeOff(
      by,
      { supplierId, documentId: invoice?.id ?? "", reason: "insolvent" },
      null,
    );
    await expect(again).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("VAT", () => {
  it.each([
    ["69", "STANDARD", 500],
    ["974", "OVERSEAS", 213],
    ["976", "NONE_OVERSEAS", 0],
    ["988", "OUTSIDE_SCOPE", 0],
  ])("of a supplier in %s is %s", async (departement, treatment, vatCents) => {
    const supplierId = await supplierWith({
      departement,
      postcode: `${departement.padEnd(3, "0")}00`.slice(0, 5),
    });
    await sell(books, { supplierId, priceCents: 2500 });
    const [invoice] = await issue(supplierId);
    expect(invoice?.document).toMatchObject({ treatment, vatCents });
    expect(await schemaFaultsIn(ciiOf((invoice as DocumentView).document))).toEqual([]);
  });

  it("of an EU supplier is reverse-charged; the profile changes only at balance 0 and earlier leads keep their VAT", async () => {
    const supplierId = await supplierWith();
    const sale = await sell(books, { supplierId, priceCents: 2500 });
    const profile = {
      ...{
        country: "BE",
        vatNumber: "BE0000000097",
        street: "1 rue de l'Essai",
        postcode: "1000",
        city: "Essai",
      },
      language: "EN" as const,
    };
    const change = { supplierId, update: profile, ifVersion: null };
    await expect(books.billing.updateProfile(by, change)).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await pay(supplierId, 3000);
    await books.billing.updateProfile(by, change);
    const belgian = await sell(books, { supplierId, priceCents: 4000 });
    const issued = await issue(supplierId);
    expect(issued.map(({ document }) => [document.treatment, document.vatCents])).toEqual([
      ["STANDARD", 500],
      ["REVERSE_CHARGE", 0],
    ]);
    await pay(supplierId, 4000);
    await giveBack(books, sale);
    const returned = (await issue(supplierId)).map(({ document }) => document);
    expect(returned.map(({ kind, treatment, vatCents }) => [kind, treatment, vatCents])).toEqual([
      ["CREDIT_NOTE", "STANDARD", 500],
      ["DEPOSIT", "STANDARD", 500],
    ]);
    const unpaid = await sell(books, { supplierId, priceCents: 1000 });
    await issue(supplierId);
    const declared = (month: string) =>
      books.transact({ role: "staff" }, (tx) => books.reports.euServices(tx, month));
    const eu = { supplierId, country: "BE", vatNumber: "BE0000000097" };
    expect(await declared("2026-11")).toEqual([{ ...eu, netCents: 5000 }]);
    books.now = new Date("2026-12-10T09:00:00Z");
    await giveBack(books, unpaid);
    await issue(supplierId);
    expect(await declared("2026-12")).toEqual([{ ...eu, netCents: -1000 }]);
    // What was paid for this one stays as an advance, which is chargeable in the same month.
    await giveBack(books, belgian);
    await issue(supplierId);
    expect(await declared("2026-12")).toEqual([{ ...eu, netCents: -1000 }]);
    expect(await declared("2026-11")).toEqual([{ ...eu, netCents: 5000 }]);
  });

  it("due in a month equals the VAT posted to its account", async () => {
    const supplierId = await supplierWith();
    books.now = new Date("2027-03-10T09:00:00Z");
    await pay(supplierId, 12_000);
    const due = await books.transact({ role: "staff" }, (tx) => books.reports.vatSummary(tx, "2027-03"));
    const standard = { treatment: "STANDARD", rateBasisPoints: 2000 };
    expect(due).toEqual([{ ...standard, dueBy: "ADVANCE", netCents: 10_000, vatCents: 2000 }]);
  });

  it("is reported by what made it due: a payment, an advance or a credit note", async () => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    books.now = new Date("2027-05-10T09:00:00Z");
    const sale = await sell(books, { supplierId, priceCents: 3000 });
    await issue(supplierId);
    await pay(supplierId, 3600 + 1200);
    await giveBack(books, sale);
    await issue(supplierId);
    const due = await books.transact({ role: "staff" }, (tx) => books.reports.vatSummary(tx, "2027-05"));
    expect(due.map(({ dueBy, netCents, vatCents }) => [dueBy, netCents, vatCents])).toEqual([
      // The credit note reduces the VAT, and the same amount is due again at once as an advance.
      ["ADVANCE", 1000 + 3000, 200 + 600],
      ["CREDIT_NOTE", -3000, -600],
      ["PAYMENT", 3000, 600],
    ]);
  });
});

describe("document numbers", () => {
  it("have no gap or duplicate after 200 issues, twenty at once, of which every third rolls back", async () => {
    // More at once would only wait for a connection, and give up on a busy machine.
    const atOnce = new Semaphore({ concurrency: 20, maxQueued: 200 });
    const some = await Promise.all(Array.from({ length: 200 }, () => supplierWith()));
    for (const supplierId of some) await sell(books, { supplierId, priceCents: 1000 });
    const results = await Promise.allSettled(
      some.map((supplierId, index) =>
        atOnce.run(() =>
          books.transact({ role: "worker" }, async (tx) => {
            await books.issuing.issue(tx, { supplierId, before: new Date("2026-11-06"), issuedBy: "test" });
            if (index % 3 === 0) throw new Error("at the last moment");
          }),
        ),
      ),
    );
    const reasons = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as Error] : [],
    );
    expect(reasons.map(({ message }) => message)).toEqual(Array(67).fill("at the last moment"));
    const [row] = await books.owner.rows(
      `SELECT count(*)::integer AS issued, max(number)::integer AS last,
         count(DISTINCT number)::integer AS numbers FROM billing_document WHERE kind = 'INVOICE' AND year = 2026`,
    );
    expect(row).toMatchObject({ last: row?.issued, numbers: row?.issued });
  });
});

describe("the end of a month", () => {
  it("accrues uninvoiced leads and uncredited returns, locks the month and reverses this when it is unlocked", async () => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    books.now = new Date("2029-05-10T09:00:00Z");
    const sale = await sell(books, { supplierId, priceCents: 3000 });
    await issue(supplierId);
    await giveBack(books, sale);
    await sell(books, { supplierId, priceCents: 1000 });
    await expect(books.monthEnds.lock(by, "2029-05", null)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    books.now = new Date("2029-06-02T09:00:00Z");
    await books.monthEnds.lock(by, "2029-05", null);
    expect(await accrued(supplierId)).toEqual({
      "4181": 1200,
      "706": -1000,
      "709": 3000,
      "44587": 400,
      "4198": -3600,
    });
    await expect(books.monthEnds.lock(by, "2029-05", null)).rejects.toMatchObject({ code: "CONFLICT" });
    books.now = new Date("2029-05-31T09:00:00Z");
    await expect(pay(supplierId, 1000)).rejects.toThrow("2029-05 is locked");
    books.now = new Date("2029-06-02T09:00:00Z");
    await books.monthEnds.unlock(by, { month: "2029-05", reason: "a late return" }, null);
    expect(await accrued(supplierId)).toEqual({});
  });

  it("moves claims overdue by more than a month to doubtful receivables until the next day", async () => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    books.now = new Date("2029-07-10T09:00:00Z");
    await sell(books, { supplierId, priceCents: 5000 });
    await issue(supplierId);
    const lock = async (month: string, at: string): Promise<void> => {
      books.now = new Date(at);
      await books.monthEnds.lock(by, month, null);
    };
    const doubtful = async (day: string) => (await accrued(supplierId, day))["416"];
    // The invoice is due on 9 August.
    await lock("2029-07", "2029-08-02T09:00:00Z");
    await lock("2029-08", "2029-09-02T09:00:00Z");
    await lock("2029-09", "2029-10-02T09:00:00Z");
    expect(await accrued(supplierId, "2029-08-31")).toEqual({});
    expect(await accrued(supplierId, "2029-09-30")).toEqual({ "411": -6000, "416": 6000 });
    expect(await accrued(supplierId, "2029-10-01")).toEqual({ "411": 6000, "416": -6000 });
    await pay(supplierId, 2000);
    await lock("2029-10", "2029-11-02T09:00:00Z");
    expect(await doubtful("2029-10-31")).toBe(4000);
    await books.monthEnds.unlock(by, { month: "2029-10", reason: "a late payment" }, null);
    expect(await doubtful("2029-10-31")).toBeUndefined();
    expect((await books.proof.prove()).faults).toEqual([]);
  });

  const accrued = async (supplierId: string, day = "2029-05-31"): Promise<Record<string, number>> => {
    const rows = await books.owner.rows(
      `SELECT account, sum(debit_cents - credit_cents)::integer AS cents
       FROM entry e JOIN entry_line l USING (journal, year, number)
       WHERE e.journal = 'SI' AND e.cause_id = $1 AND e.dated = $2
       GROUP BY 1 HAVING sum(debit_cents - credit_cents) <> 0 ORDER BY 1`,
      [supplierId, day],
    );
    return Object.fromEntries(rows.map(({ account, cents }) => [String(account), Number(cents)]));
  };
});

describe("the FEC", () => {
  it("contains every entry line of a year and opens the next year with the balances", async () => {
    const supplierId = await supplierWith();
    books.now = new Date("2031-06-10T09:00:00Z");
    await pay(supplierId, 12_000);
    const page = (year: number) =>
      books.transact({ role: "staff" }, (tx) => books.reports.fec(tx, year, null));
    const { lines } = await page(2031);
    const own = lines.map((line) => line.split("\t")).filter(([journal]) => journal !== "AN");
    expect(own.every((columns) => columns.length === 18)).toBe(true);
    expect(own.map(([journal, , , dated, account]) => [journal, dated, account])).toEqual([
      ["OD", "20310610", "580"],
      ["OD", "20310610", "411"],
      ["VE", "20310610", "411"],
      ["VE", "20310610", "4191"],
      ["VE", "20310610", "44571"],
    ]);
    const opening = (await page(2032)).lines.map((line) => line.split("\t"));
    const total = (column: number): number =>
      opening.reduce((sum, columns) => sum + Number(columns[column]?.replace(",", "")), 0);
    expect(opening.every(([journal]) => journal === "AN")).toBe(true);
    expect(total(11)).toBe(total(12));
    expect(total(11)).toBeGreaterThan(0);
  });
});

describe("a supplier", () => {
  it("reads its own documents only and cannot write", async () => {
    const [mine, other] = [await supplierWith(), await supplierWith()];
    for (const supplierId of [mine, other]) await pay(supplierId, 1200);
    const as = <T>(supplierId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
      books.transact({ role: "supplier", supplierId, limits: null }, work);
    const seen = await as(mine, (tx) => documentsIn(tx, books, null));
    expect(new Set(seen.map(({ supplierId }) => supplierId))).toEqual(new Set([mine]));
    const [theirs] = await documentsOf(other);
    await expect(as(mine, (tx) => books.documents.one(tx, theirs?.id ?? ""))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    for (const table of ["entry", "entry_line", "vat_due", "advance_use", "invoice_run", "document_series"]) {
      await expect(as(mine, (tx) => tx.query(`SELECT FROM ${table}`))).rejects.toMatchObject({
        code: "42501",
      });
    }
    await expect(as(mine, (tx) => tx.query("DELETE FROM billing_document"))).rejects.toMatchObject({
      code: "42501",
    });
  });

  it("has documents and entries that cannot be deleted, even by the database's owner", async () => {
    const supplierId = await supplierWith({ billingMode: "POSTPAID", creditLimitCents: 100_000 });
    await sell(books, { supplierId, priceCents: 1000 });
    await issue(supplierId);
    await pay(supplierId, 2400);
    await books.owner.rows("SET session_replication_role = origin");
    for (const table of [
      "billing_document",
      "entry",
      "entry_line",
      "settlement",
      "billed_posting",
      "advance",
    ]) {
      await expect(books.owner.rows(`DELETE FROM ${table}`)).rejects.toThrow("append-only");
    }
  });
});
