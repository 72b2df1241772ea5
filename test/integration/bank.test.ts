/**
 * Money at the bank: what a file of statements says and what people record by hand meet in either order, everything
 * can be taken back, and account 512 always holds what the lines say.
 */
import { randomUUID } from "node:crypto";
import type { BankLineView } from "../../src/billing/bank/bank-line";
import { linesById, pageOfLines } from "../../src/billing/bank/bank-lines.service";
import { candidatesOf } from "../../src/billing/bank/decide-line";
import { standing } from "../../src/billing/bank/bank-line";
import { sell } from "../support/sales";
import { documentsIn, newSupplier, openBooks, ownIban, siren, staff, type Books } from "./ledger-fixture";

let books: Books;
let count = 0;
const by = staff("FINANCE");
const today = "2026-11-20";

beforeAll(async () => {
  books = await openBooks();
  books.now = new Date(`${today}T09:00:00Z`);
});
afterAll(() => books.close());
afterEach(async () => {
  expect((await books.proof.prove()).faults).toEqual([]);
  const [row] = await books.owner.rows(
    `SELECT (SELECT coalesce(sum(debit_cents - credit_cents), 0) FROM entry_line WHERE account = '512')::bigint AS bank,
       (SELECT coalesce(sum(amount_cents), 0) FROM bank_line)::bigint AS lines`,
  );
  expect(row?.bank).toBe(row?.lines);
});

interface Garage {
  readonly id: string;
  readonly siren: string;
}

async function garage(): Promise<Garage> {
  const n = 500 + ++count;
  const { id } = await books.suppliers.create(
    by,
    newSupplier(n, { billingMode: "POSTPAID", creditLimitCents: 1e6 }),
    null,
  );
  return { id, siren: siren(n) };
}

/** A supplier that owes one invoice of this amount, including VAT. */
async function owing(inclVatCents: number): Promise<Garage & { invoice: string; name: string }> {
  const own = await garage();
  await sell(books, { supplierId: own.id, priceCents: (inclVatCents * 5) / 6 });
  const [invoice = ""] = await books.finance.issue(by, { supplierId: own.id, month: null }, null);
  const [row] = await books.owner.rows("SELECT name FROM billing_document WHERE id = $1", [invoice]);
  return { ...own, invoice, name: String(row?.name) };
}

const openOf = async (supplierId: string): Promise<number> =>
  (await books.transact({ role: "staff" }, (tx) => documentsIn(tx, books, supplierId))).reduce(
    (sum, { openCents }) => sum + openCents,
    0,
  );

let references = 0;
const reference = (): string => `REF-${String(++references).padStart(6, "0")}`;

interface Written {
  readonly ref?: string;
  readonly e2e?: string;
  readonly cents: number;
  readonly text?: string;
  readonly on?: string;
  readonly reversal?: boolean;
  readonly more?: string;
}

const euros = (cents: number): string => (Math.abs(cents) / 100).toFixed(2);

const entry = ({
  ref = reference(),
  e2e,
  cents,
  text = "virement",
  on = today,
  reversal,
  more,
}: Written): string => `
  <Ntry><Amt Ccy="EUR">${euros(cents)}</Amt><CdtDbtInd>${cents < 0 ? "DBIT" : "CRDT"}</CdtDbtInd>
    ${reversal ? "<RvslInd>true</RvslInd>" : ""}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${on}</Dt></BookgDt>
    <AcctSvcrRef>${ref}</AcctSvcrRef>${more ?? ""}${
      more === undefined
        ? `<NtryDtls><TxDtls><Refs>${e2e ? `<EndToEndId>${e2e}</EndToEndId>` : ""}</Refs>
      <RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls>`
        : ""
    }</Ntry>`;

/** Continues the account by default. */
async function camt(
  entries: readonly Written[],
  given: { opening?: number; iban?: string } = {},
): Promise<string> {
  const [row] = await books.owner.rows(
    "SELECT closing_cents::bigint AS cents FROM bank_statement_balance ORDER BY stored DESC LIMIT 1",
  );
  const opening = given.opening ?? Number(row?.cents ?? 0);
  const closing = entries.reduce((sum, { cents }) => sum + cents, opening);
  const balance = (code: string, cents: number, on: string): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${euros(cents)}</Amt>
     <CdtDbtInd>${cents < 0 ? "DBIT" : "CRDT"}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;
  return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
    <Acct><Id><IBAN>${given.iban ?? ownIban}</IBAN></Id></Acct>${balance("OPBD", opening, today)}
    ${balance("CLBD", closing, today)}${entries.map(entry).join("")}</Stmt></BkToCstmrStmt></Document>`;
}

const take = async (entries: readonly Written[]) =>
  books.bank.statements.take(by, { format: "CAMT053", content: await camt(entries) });

const linesWith = (ref: string): Promise<BankLineView[]> =>
  books.transact({ role: "staff" }, (tx) =>
    pageOfLines(tx, { filter: { status: null, month: null, reference: ref }, after: null, limit: 100 }),
  );

async function lineWith(ref: string): Promise<BankLineView> {
  const [line, ...others] = await linesWith(ref);
  if (!line || others.length > 0) throw new Error(`There is not one line ${ref}.`);
  return line;
}

interface ByHand {
  readonly ref: string;
  readonly isAnother?: boolean;
}

const byHand = (supplierId: string, cents: number, { ref, isAnother = false }: ByHand) =>
  books.finance.recordTransfer(
    by,
    { supplierId, amountInclVatCents: cents, receivedOn: today, bankReference: ref, isAnother },
    randomUUID(),
  );

const undo = (id: string) =>
  books.bank.decisions.undo(by, { id, partId: null, reason: "assigned to the wrong one" }, randomUUID());

const candidates = async (line: BankLineView): Promise<string[]> => {
  const facts = await books.transact({ role: "staff" }, (tx) => books.bank.facts.about(tx, [line]));
  return candidatesOf(line, facts).map((one) => ("id" in one ? one.id : one.lineId));
};

describe("a batch entry", () => {
  const detail = (cents: number, text: string, charge = ""): string => `<TxDtls>
    <Amt Ccy="EUR">${euros(cents)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>${charge}<RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`;

  it("pays each supplier its own transaction, and the bank its charge", async () => {
    const [a, b, c] = [await owing(12_000), await owing(6_000), await owing(2_400)];
    const charges = `<Chrgs><Rcrd><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>`;
    const details = [detail(12_000, a.name), detail(6_000, b.name), detail(2_400, c.name)].join("");
    const ref = reference();
    const taken = await take([{ ref, cents: 19_900, more: `${charges}<NtryDtls>${details}</NtryDtls>` }]);
    expect(taken).toMatchObject({ read: 4, matched: 4, unmatched: 0 });
    for (const { id } of [a, b, c]) expect(await openOf(id)).toBe(0);
    const lines = await linesWith(ref);
    expect(lines.map(({ amountCents }) => amountCents).sort((x, y) => x - y)).toEqual([
      -500, 2_400, 6_000, 12_000,
    ]);
    expect(lines.find(({ amountCents }) => amountCents === -500)).toMatchObject({ status: "BOOKED" });
  });

  it("waits whole when its parts do not add up to it", async () => {
    const a = await owing(1_200);
    const ref = reference();
    const details = detail(1_200, a.name) + detail(1_200, a.name);
    await take([{ ref, cents: 2_000, more: `<NtryDtls>${details}</NtryDtls>` }]);
    expect(await lineWith(ref)).toMatchObject({ openCents: 2_000, waitsFor: "UNEXPLAINED_DIFFERENCE" });
    expect(await openOf(a.id)).toBe(1_200);
    const line = await lineWith(ref);
    const parts = [
      { supplierId: a.id, documentId: a.invoice, amountCents: 1_200 },
      { supplierId: (await garage()).id, documentId: null, amountCents: 800 },
    ];
    const split = await books.bank.decisions.split(by, { id: line.id, parts }, randomUUID());
    expect(split).toMatchObject({ status: "MATCHED", openCents: 0 });
    expect(await openOf(a.id)).toBe(0);
  });
});

describe("the identity of a line", () => {
  it("lets lines of one reference all arrive, and imports none of them twice", async () => {
    const a = await garage();
    const text = `SIREN ${a.siren}`;
    const entries = [
      { ref: "NONREF", cents: 100, text },
      { ref: "NONREF", cents: 200, text },
      { ref: "NONREF", cents: 200, text },
    ];
    const content = await camt(entries);
    expect(await books.bank.statements.take(by, { format: "CAMT053", content })).toMatchObject({
      read: 3,
      known: 0,
    });
    expect(await books.bank.statements.take(by, { format: "CAMT053", content })).toMatchObject({
      ...{ read: 3, known: 3, matched: 0, unmatched: 0 },
    });
    const [row] = await books.owner.rows(
      "SELECT sum(amount_incl_vat_cents)::integer AS cents FROM bank_transfer WHERE supplier_id = $1",
      [a.id],
    );
    expect(row?.cents).toBe(500);
  });

  it("shows a known line whose text has changed", async () => {
    const ref = reference();
    const opening = Number(
      (
        await books.owner.rows("SELECT sum(amount_cents)::bigint AS cents FROM bank_line WHERE account <> ''")
      )[0]?.cents,
    );
    const first = await camt([{ ref, cents: 300, text: "before" }]);
    await books.bank.statements.take(by, { format: "CAMT053", content: first });
    const again = await camt([{ ref, cents: 300, text: "after" }], { opening });
    const { id, known } = await books.bank.statements.take(by, { format: "CAMT053", content: again });
    expect(known).toBe(1);
    const rows = await books.owner.rows("SELECT known FROM bank_statement_line WHERE statement_id = $1", [
      id,
    ]);
    expect(rows).toEqual([{ known: "DIFFERS" }]);
    expect(await lineWith(ref)).toMatchObject({ remittance: "before" });
  });
});

describe("a transfer recorded by hand", () => {
  it("is matched by its line under the same reference, in either order", async () => {
    const [a, ref] = [await owing(1_200), reference()];
    await byHand(a.id, 1_200, { ref: ref });
    expect(await take([{ ref, cents: 1_200 }])).toMatchObject({ matched: 1 });
    expect(await openOf(a.id)).toBe(0);
    const [b, other] = [await owing(1_200), reference()];
    await take([{ ref: other, cents: 1_200 }]);
    expect(await lineWith(other)).toMatchObject({ status: "UNMATCHED", waitsFor: "NOTHING_NAMED" });
    await byHand(b.id, 1_200, { ref: other });
    expect(await lineWith(other)).toMatchObject({ status: "MATCHED", openCents: 0 });
    expect(await openOf(b.id)).toBe(0);
    await expect(byHand(b.id, 1_200, { ref: other })).rejects.toMatchObject({
      details: { reason: "ALREADY_RECORDED" },
    });
  });

  it("goes to a person when its line has another reference", async () => {
    const [a, ref] = [await owing(4_800), reference()];
    const { transferId } = await byHand(a.id, 4_800, { ref: "seen in the morning" });
    expect(await take([{ ref, cents: 4_800, text: a.name }])).toMatchObject({ matched: 0, unmatched: 1 });
    const line = await lineWith(ref);
    expect(line).toMatchObject({ waitsFor: "LOOKS_RECORDED", openCents: 4_800 });
    expect(await candidates(line)).toEqual([transferId]);
    const matched = await books.bank.decisions.match(by, { id: line.id, subject: transferId }, randomUUID());
    expect(matched).toMatchObject({ status: "MATCHED", openCents: 0 });
    expect(await openOf(a.id)).toBe(0);
  });

  it("is asked about when its line came first under another reference", async () => {
    const [a, ref] = [await owing(3_600), reference()];
    await take([{ ref, cents: 3_600, text: a.name }]);
    await expect(byHand(a.id, 3_600, { ref: "by hand" })).rejects.toMatchObject({
      details: { reason: "LOOKS_RECORDED", bankLines: [{ reference: ref }] },
    });
    await byHand(a.id, 3_600, { ref: "by hand", isAnother: true });
    // The further transfer is an advance, in transit until its own line comes.
    expect(await openOf(a.id)).toBe(0);
  });

  it("is asked about when a line of the supplier has its reference and another day or amount", async () => {
    const [a, ref] = [await owing(4_200), reference()];
    await take([{ ref, cents: 4_200, text: a.name, on: "2026-11-10" }]);
    for (const cents of [4_200, 4_100]) {
      await expect(byHand(a.id, cents, { ref })).rejects.toMatchObject({
        details: { reason: "LOOKS_RECORDED", bankLines: [{ reference: ref, bookedOn: "2026-11-10" }] },
      });
    }
    await byHand(a.id, 4_200, { ref, isAnother: true });
  });

  it("is matched by a line that waits under its reference since an earlier week", async () => {
    const [a, ref] = [await owing(4_500), reference()];
    await take([{ ref, cents: 4_500, on: "2026-11-10" }]);
    await byHand(a.id, 4_500, { ref });
    expect(await lineWith(ref)).toMatchObject({ status: "MATCHED", openCents: 0 });
    expect(await openOf(a.id)).toBe(0);
  });

  it("is taken back when it was a mistake, and can be recorded again", async () => {
    const a = await owing(1_800);
    const { transferId } = await byHand(a.id, 1_800, { ref: "typo" });
    expect(await openOf(a.id)).toBe(0);
    await books.finance.reverseTransfer(by, { id: transferId, reason: "wrong supplier" }, randomUUID());
    expect(await openOf(a.id)).toBe(1_800);
    await expect(
      books.finance.reverseTransfer(by, { id: transferId, reason: "again" }, randomUUID()),
    ).rejects.toMatchObject({ details: { reason: "ALREADY_REVERSED" } });
    await byHand(a.id, 1_800, { ref: "typo" });
    expect(await openOf(a.id)).toBe(0);
  });
});

describe("an undo", () => {
  it("reopens the invoice that a transfer of the line had paid, and the line is assigned anew", async () => {
    const [wrong, right, ref] = [await owing(2_400), await owing(2_400), reference()];
    await take([{ ref, cents: 2_400, text: wrong.name }]);
    expect(await openOf(wrong.id)).toBe(0);
    const { id } = await lineWith(ref);
    expect(await undo(id)).toMatchObject({ status: "UNMATCHED", openCents: 2_400, waitsFor: "TAKEN_BACK" });
    expect(await openOf(wrong.id)).toBe(2_400);
    const wanted = { id, supplierId: right.id, documentId: right.invoice };
    expect(await books.bank.decisions.assign(by, wanted, randomUUID())).toMatchObject({ status: "MATCHED" });
    expect(await openOf(right.id)).toBe(0);
    const { parts } = await lineWith(ref);
    expect(parts.map(({ undoneReason }) => undoneReason)).toEqual(["assigned to the wrong one", null]);
    await expect(undo(id)).resolves.toMatchObject({ status: "UNMATCHED" });
    await expect(undo(id)).rejects.toMatchObject({ details: { reason: "NOT_MATCHED" } });
  });

  it.each([
    ["more", 2_000],
    ["less", 1_000],
  ])("takes back a line that showed %s than was recorded by hand", async (_, cents) => {
    const [a, ref] = [await owing(1_500), reference()];
    await byHand(a.id, 1_500, { ref: ref });
    await take([{ ref, cents }]);
    const line = await lineWith(ref);
    expect(line.waitsFor).toBe("DIFFERS");
    await books.bank.decisions.assign(by, { id: line.id, supplierId: a.id, documentId: null }, randomUUID());
    expect(await openOf(a.id)).toBe(Math.max(0, 1_500 - cents));
    await undo(line.id);
    // The transfer of 15 euros stands as it was recorded, and waits for its line again.
    expect(await openOf(a.id)).toBe(0);
    await books.bank.decisions.assign(by, { id: line.id, supplierId: a.id, documentId: null }, randomUUID());
    expect(await openOf(a.id)).toBe(Math.max(0, 1_500 - cents));
  });

  it("takes back a refund, a booked fee and each part of a split line", async () => {
    const [a, b] = [await garage(), await owing(600)];
    await byHand(a.id, 6_000, { ref: reference() });
    const out = reference();
    await books.finance.refund(by, { supplierId: a.id, netCents: 1_000, bankReference: out }, randomUUID());
    const [fee, gift] = [reference(), reference()];
    await take([
      { ref: reference(), e2e: out, cents: -1_200 },
      { ref: fee, cents: -250, text: "frais" },
      { ref: gift, cents: 1_000 },
    ]);
    const [row] = await books.owner.rows(
      "SELECT line_id FROM bank_line_part WHERE kind = 'REFUND' AND supplier_id = $1",
      [a.id],
    );
    expect(await undo(String(row?.line_id))).toMatchObject({ openCents: -1_200 });
    const [refunded] = await books.transact({ role: "staff" }, (tx) => linesById(tx, [String(row?.line_id)]));
    const [subject = ""] = refunded ? await candidates(refunded) : [];
    await books.bank.decisions.match(by, { id: String(row?.line_id), subject }, randomUUID());
    const { id: feeId } = await lineWith(fee);
    await books.bank.decisions.book(by, { id: feeId, as: "BANK_FEE", reason: "Frais" }, randomUUID());
    expect(await undo(feeId)).toMatchObject({ openCents: -250 });
    const { id } = await lineWith(gift);
    const parts = [
      { supplierId: a.id, documentId: null, amountCents: 400 },
      { supplierId: b.id, documentId: b.invoice, amountCents: 600 },
    ];
    const split = await books.bank.decisions.split(by, { id, parts }, randomUUID());
    const ofB = standing(split.parts).find(({ supplierId }) => supplierId === b.id);
    await books.bank.decisions.undo(by, { id, partId: ofB?.id ?? "", reason: "not theirs" }, randomUUID());
    expect(await lineWith(gift)).toMatchObject({ status: "UNMATCHED", openCents: 600 });
    expect(await openOf(b.id)).toBe(600);
  });

  it("is refused when the money was refunded meanwhile", async () => {
    const [a, ref] = [await garage(), reference()];
    await take([{ ref, cents: 1_200, text: `SIREN ${a.siren}` }]);
    await books.finance.refund(
      by,
      { supplierId: a.id, netCents: null, bankReference: reference() },
      randomUUID(),
    );
    await expect(undo((await lineWith(ref)).id)).rejects.toMatchObject({
      details: { reason: "ALREADY_REFUNDED" },
    });
  });
});

it("a payment is assigned only to a supplier and an invoice of it that exist", async () => {
  const [a, other, ref] = [await owing(600), await owing(600), reference()];
  await take([{ ref, cents: 600 }]);
  const { id } = await lineWith(ref);
  for (const documentId of ["no id", randomUUID(), other.invoice]) {
    const wanted = { id, supplierId: a.id, documentId };
    await expect(books.bank.decisions.assign(by, wanted, randomUUID())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const parts = [{ supplierId: a.id, documentId, amountCents: 1 }];
    await expect(books.bank.decisions.split(by, { id, parts }, randomUUID())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const transfer = { supplierId: a.id, amountInclVatCents: 600, receivedOn: today, bankReference: ref };
    await expect(
      books.finance.recordTransfer(by, { ...transfer, documentId }, randomUUID()),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await lineWith(ref)).toMatchObject({ status: "UNMATCHED", openCents: 600 });
});

describe("a recall", () => {
  it.each([
    ["in the same file", ["paid", "recall"]],
    ["before it in the same file", ["recall", "paid"]],
    ["in a later file", null],
  ] as const)("reopens the invoice that the transfer had paid, %s", async (_, order) => {
    const [a, ref, back] = [await owing(7_200), reference(), reference()];
    const paid = { ref, e2e: `E2E-${ref}`, cents: 7_200, text: a.name };
    const recall = { ref: back, e2e: `E2E-${ref}`, cents: -7_200, reversal: true, text: "retour" };
    if (order) await take(order.map((name) => ({ paid, recall })[name]));
    else {
      await take([paid]);
      expect(await openOf(a.id)).toBe(0);
      await take([recall]);
    }
    expect(await openOf(a.id)).toBe(7_200);
    const line = await lineWith(back);
    expect(line).toMatchObject({ status: "MATCHED", parts: [{ kind: "RECALL", amountCents: -7_200 }] });
    await expect(undo((await lineWith(ref)).id)).rejects.toMatchObject({ details: { reason: "RECALLED" } });
    await undo(line.id);
    expect(await openOf(a.id)).toBe(0);
    await undo((await lineWith(ref)).id);
    expect(await openOf(a.id)).toBe(7_200);
  });

  it("of money that was refunded waits for what cannot be owed again", async () => {
    const [a, ref, back] = [await garage(), reference(), reference()];
    await take([{ ref, e2e: `E2E-${ref}`, cents: 1_200, text: `SIREN ${a.siren}` }]);
    await books.finance.refund(
      by,
      { supplierId: a.id, netCents: 500, bankReference: reference() },
      randomUUID(),
    );
    await take([{ ref: back, e2e: `E2E-${ref}`, cents: -1_200, reversal: true }]);
    expect(await lineWith(back)).toMatchObject({ openCents: -600, waitsFor: "RECALL_UNCLEAR" });
  });

  it("of a refund is money that comes again", async () => {
    const [a, out, back] = [await garage(), reference(), reference()];
    await byHand(a.id, 12_000, { ref: reference() });
    await books.finance.refund(by, { supplierId: a.id, netCents: 10_000, bankReference: out }, randomUUID());
    await take([{ ref: reference(), e2e: out, cents: -12_000 }]);
    await take([{ ref: back, e2e: out, cents: 12_000, reversal: true, text: "rejet" }]);
    expect(await lineWith(back)).toMatchObject({ status: "MATCHED", parts: [{ supplierId: a.id }] });
    const account = await books.transact({ role: "staff" }, (tx) => books.reader.account(tx, a.id));
    expect(account.balanceCents).toBe(10_000);
  });
});

describe("the account", () => {
  it("refuses a statement that does not continue it, and one of another account", async () => {
    await take([{ cents: 100 }]);
    const content = await camt([{ cents: 100 }], { opening: 999_999 });
    await expect(books.bank.statements.take(by, { format: "CAMT053", content })).rejects.toMatchObject({
      ...{ code: "INVALID_INPUT", details: { reason: "REQUIRED", field: "gapReason" } },
    });
    const foreign = await camt([{ cents: 100 }], { iban: "DE89370400440532013000" });
    await expect(
      books.bank.statements.take(by, { format: "CAMT053", content: foreign }),
    ).rejects.toMatchObject({
      ...{ code: "INVALID_INPUT", details: { reason: "NOT_ALLOWED" } },
    });
  });

  it("keeps nothing of a file that is refused", async () => {
    const before = await books.owner.rows("SELECT count(*)::integer AS n FROM bank_statement");
    const ref = reference();
    const content = (await camt([{ ref, cents: 100 }, { cents: 200 }])).replace(
      '<Amt Ccy="EUR">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
      '<Amt Ccy="EUR">2.00</Amt>',
    );
    await expect(books.bank.statements.take(by, { format: "CAMT053", content })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(await linesWith(ref)).toEqual([]);
    expect(await books.owner.rows("SELECT count(*)::integer AS n FROM bank_statement")).toEqual(before);
  });
});
