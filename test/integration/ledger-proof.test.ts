/**
 * A deviation written anywhere into the books with the triggers off is found and named, with its amount in
 * cents.
 */
import { proofRules } from "../../src/billing/proof/proof-rules";
import { giveBack, sell } from "../support/sales";
import { newSupplier, openBooks, staff, type Books } from "./ledger-fixture";

let books: Books;
const by = staff("FINANCE");

beforeAll(async () => {
  books = await openBooks();
  books.now = new Date("2026-10-05T09:00:00Z");
  const { id: supplierId } = await books.suppliers.create(
    by,
    newSupplier(1, { billingMode: "POSTPAID", creditLimitCents: 100_000 }),
    null,
  );
  const pay = (bankReference: string, amountInclVatCents: number) =>
    books.finance.recordTransfer(
      by,
      { supplierId, amountInclVatCents, receivedOn: "2026-01-05", bankReference },
      null,
    );
  const issue = () => books.finance.issue(by, { supplierId, month: null }, null);
  const first = await sell(books, { supplierId, priceCents: 5000 });
  await sell(books, { supplierId, priceCents: 2000 });
  await issue();
  await pay("SCT 1", 12_000);
  await giveBack(books, first);
  await sell(books, { supplierId, priceCents: 9000 });
  await issue();
  await sell(books, { supplierId, priceCents: 3000 });
  const paid = { id: "00000000-0000-4000-8000-0000000000aa", amount: 600 };
  await books.owner.rows(
    `INSERT INTO stripe_payment VALUES ($1, $2, NULL, $3, 'SUCCEEDED', 'pi_1', NULL, now(), 'test', NULL, now())`,
    [paid.id, supplierId, paid.amount],
  );
  await books.transact({ role: "worker" }, (tx) =>
    books.payments.receive(tx, {
      ...{ kind: "CARD_PAYMENT", cash: "5115", supplierId, inclVatCents: paid.amount, causeId: paid.id },
      ...{ reference: "pi_1", receivedOn: "2026-10-05", recordedBy: "test" },
    }),
  );
  const content = ["reference,booked_on,amount,remittance,counterparty"]
    .concat([
      "SCT 2,2026-10-04,7.00,merci,X",
      "SCT 1,2026-10-05,120.00,virement,X",
      "FEE,2026-10-05,-1.00,frais,X",
    ])
    .join("\n");
  await books.bank.statements.take(by, { format: "CSV", content });
  books.now = new Date("2026-11-02T09:00:00Z");
  await books.monthEnds.lock(by, "2026-10", null);
});
afterAll(() => books.close());

/** For each rule, a statement that breaks it. */
const drifts: Readonly<Record<string, string>> = {
  LEAD_CHARGED_ONCE: "UPDATE delivery SET price_cents = price_cents + 1",
  LEAD_CREDITED_ONCE: "UPDATE delivery SET credited_at = NULL WHERE credited_at IS NOT NULL",
  BALANCE_IS_POSTED: "UPDATE supplier_account SET balance_cents = balance_cents + 1",
  POSTINGS_NUMBERED: "DELETE FROM posting WHERE number = 2",
  DOCUMENT_IS_ITS_LEADS: "UPDATE billing_document SET net_cents = net_cents + 1 WHERE kind = 'CREDIT_NOTE'",
  BALANCE_IS_EXPLAINED: "DELETE FROM settlement WHERE kind = 'PAYMENT'",
  DOCUMENTS_NUMBERED: "UPDATE document_series SET last_number = last_number + 1",
  DOCUMENTS_IN_ORDER:
    "UPDATE billing_document SET issued_on = issued_on - 9 WHERE kind = 'INVOICE' AND number = 2",
  DOCUMENT_IS_BOOKED: "DELETE FROM entry WHERE journal = 'VE' AND number = 1",
  DOCUMENTS_ARE_SALES: "UPDATE entry_line SET account = '658' WHERE account = '709'",
  DOCUMENTS_ARE_VAT: "UPDATE billing_document SET vat_cents = vat_cents + 1 WHERE kind = 'DEPOSIT'",
  NOTHING_OVERPAID: "UPDATE settlement SET vat_cents = vat_cents + 100000",
  ENTRIES_BALANCE:
    "UPDATE entry_line SET debit_cents = debit_cents + 1 WHERE debit_cents > 0 AND account = '580'",
  ENTRIES_NUMBERED: "DELETE FROM entry WHERE journal = 'VE' AND number = 2",
  MONEY_IS_DATED_BY_THE_BANK: "UPDATE entry SET bank_day = bank_day - 1",
  RECEIVABLES_ARE_OPEN_INVOICES:
    "UPDATE entry_line SET debit_cents = debit_cents + 1 WHERE account = '411' AND debit_cents > 0",
  ADVANCES_ARE_HELD: "UPDATE advance SET net_cents = net_cents + 1",
  LETTERED_LINES_ARE_SETTLED:
    "UPDATE entry_line SET document_id = NULL WHERE account = '411' AND document_id IS NOT NULL",
  VAT_WAITS_ON_OPEN_INVOICES: "DELETE FROM entry_line WHERE account = '44574'",
  VAT_DUE_IS_BOOKED: "UPDATE vat_due SET vat_cents = vat_cents - 1",
  LINES_ARE_THEIR_PARTS: "UPDATE bank_line_part SET amount_cents = amount_cents - 1",
  BANK_MOVES_ONCE_BY_LINES:
    "UPDATE entry_line SET debit_cents = debit_cents * 2 WHERE account = '512' AND debit_cents = 12000",
  SUSPENSE_IS_OPEN_LINES:
    "UPDATE entry_line SET credit_cents = credit_cents + 1 WHERE account = '471' AND credit_cents > 0",
  TRANSIT_IS_EXPECTED: "UPDATE bank_line_part SET undone_at = now(), undo_id = id WHERE kind = 'TRANSFER'",
  TRANSFERS_ARE_BOOKED: "UPDATE bank_transfer SET amount_incl_vat_cents = amount_incl_vat_cents + 1",
  PAYMENTS_ARE_BOOKED: "UPDATE stripe_payment SET settled_at = NULL",
  REFUNDS_ARE_BOOKED: `INSERT INTO stripe_refund SELECT gen_random_uuid(), p.supplier_id, p.id, d.id, 7, 'PENDING',
    're_1', NULL, now(), 'test', NULL, NULL FROM stripe_payment p, billing_document d LIMIT 1`,
  ACCRUALS_END: "DELETE FROM entry_line WHERE journal = 'SI' AND number = 2 AND line = 1",
};

it("reports no fault in unmodified books", async () => {
  const proof = await books.proof.prove();
  expect(proof).toMatchObject({ rules: proofRules.length, faults: [] });
  expect(proof.documents).toBeGreaterThanOrEqual(3);
  expect(Object.keys(drifts).sort()).toEqual(proofRules.map(({ name }) => name).sort());
});

it.each(proofRules.map(({ name, sql }) => [name, sql]))("reports a violation of %s", async (name, sql) => {
  const rows = (text: string) => books.owner.rows(text);
  await rows("SET session_replication_role = replica");
  await rows("BEGIN");
  try {
    await rows(drifts[name] ?? "");
    const faults = await rows(sql);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every(({ subject }) => typeof subject === "string" && subject !== "")).toBe(true);
  } finally {
    await rows("ROLLBACK");
  }
});
