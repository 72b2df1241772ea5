/** The FEC letters what is settled: lines of 411 and 4191 that add up to zero, and only as long as they do. */
import { randomUUID } from "node:crypto";
import { centsOf, fecOf, letteredGroups, type FecRow } from "../support/fec";
import { giveBack, sell } from "../support/sales";
import { newSupplier, openBooks, staff, type Books } from "./ledger-fixture";

let books: Books;
let suppliers = 0;
const by = staff("FINANCE");

beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());
afterEach(async () => {
  const { faults } = await books.proof.prove();
  expect(faults).toEqual([]);
  for (const year of [2026, 2027]) {
    for (const { cents, days } of letteredGroups(await fecOf(books, year))) {
      expect(cents).toBe(0);
      expect(days.size).toBe(1);
    }
  }
});

const supplier = async (billingMode: "PREPAID" | "POSTPAID") => {
  const made = await books.suppliers.create(
    by,
    newSupplier(++suppliers, { billingMode, creditLimitCents: billingMode === "PREPAID" ? 0 : 1_000_000 }),
    null,
  );
  return { id: made.id, siren: made.siren ?? "" };
};

const at = (day: string): void => {
  books.now = new Date(`${day}T09:00:00Z`);
};

async function pay(supplierId: string, cents: number, receivedOn: string): Promise<string> {
  const transfer = { supplierId, amountInclVatCents: cents, receivedOn, bankReference: randomUUID() };
  return (await books.finance.recordTransfer(by, { ...transfer, documentId: null }, null)).transferId;
}

const issue = (supplierId: string) => books.finance.issue(by, { supplierId, month: null }, null);

async function payByCard(supplierId: string, receivedOn: string): Promise<string> {
  const id = randomUUID();
  await books.transact({ role: "worker" }, (tx) =>
    books.payments.receive(tx, {
      ...{ kind: "CARD_PAYMENT", cash: "5115", supplierId, inclVatCents: 12_000, causeId: id },
      ...{ reference: id, receivedOn, recordedBy: "test" },
    }),
  );
  return id;
}

const loseDispute = (supplierId: string, paymentId: string, day: string) =>
  books.transact({ role: "worker" }, (tx) =>
    books.lost.reverse(tx, {
      ...{ supplierId, causes: [paymentId], disputeId: randomUUID(), earlier: [], reference: "disputed" },
      ...{ to: "DISPUTE" as const, cash: "471" as const, inclVatCents: 12_000, lostOn: day },
      decidedBy: "test",
    }),
  );

/** Lines of an account of a supplier: day, cents and lettering. */
const linesOf = async (account: string, { siren }: { siren: string }, year: number) =>
  (await fecOf(books, year))
    .filter((row) => row.CompAuxNum === siren && row.CompteNum === account)
    .map((row: FecRow) => [row.EcritureDate, centsOf(row), row.EcritureLet, row.DateLet]);

it("letters an invoice and its payments on the day on which nothing is open any more", async () => {
  at("2026-10-01");
  const one = await supplier("POSTPAID");
  await sell(books, { supplierId: one.id, priceCents: 10_000 });
  await issue(one.id);
  at("2026-10-20");
  await pay(one.id, 5_000, "2026-10-15");
  expect(await linesOf("411", one, 2026)).toEqual([
    ["20261001", 12_000, "", ""],
    ["20261015", -5_000, "", ""],
  ]);
  await pay(one.id, 7_000, "2026-10-19");
  expect(await linesOf("411", one, 2026)).toEqual([
    ["20261001", 12_000, "AA", "20261019"],
    ["20261015", -5_000, "AA", "20261019"],
    ["20261019", -7_000, "AA", "20261019"],
  ]);
});

it("letters a payment of several invoices and a deposit with each of them", async () => {
  at("2026-10-02");
  const one = await supplier("POSTPAID");
  for (const priceCents of [1_000, 2_000]) {
    await sell(books, { supplierId: one.id, priceCents });
    await issue(one.id);
  }
  await pay(one.id, 6_000, "2026-10-02");
  const lines = await linesOf("411", one, 2026);
  expect(lines.map(([, cents, code]) => [cents, code])).toEqual(
    expect.arrayContaining([
      ...[1_200, -1_200].map((cents) => [cents, "AA"]),
      ...[2_400, -2_400].map((cents) => [cents, "AB"]),
      ...[2_400, -2_400].map((cents) => [cents, "AC"]),
    ]),
  );
  expect(lines).toHaveLength(6);
});

it("takes the lettering away when the payment is taken back, and gives the same code when it is paid again", async () => {
  at("2026-10-05");
  const one = await supplier("POSTPAID");
  await sell(books, { supplierId: one.id, priceCents: 10_000 });
  await issue(one.id);
  const paymentId = await payByCard(one.id, "2026-10-05");
  const codes = async () =>
    new Set((await linesOf("411", one, 2026)).map(([, , code, day]) => `${code} ${day}`));
  expect(await codes()).toEqual(new Set(["AA 20261005"]));
  at("2026-10-09");
  await loseDispute(one.id, paymentId, "2026-10-08");
  expect(await codes()).toEqual(new Set([" "]));
  await pay(one.id, 12_000, "2026-10-09");
  expect(await codes()).toEqual(new Set(["AA 20261009"]));
});

it("letters an advance once invoices, refunds and reversals have used it up", async () => {
  at("2026-10-06");
  const one = await supplier("PREPAID");
  await pay(one.id, 12_000, "2026-10-06");
  const lead = await sell(books, { supplierId: one.id, priceCents: 4_000 });
  await issue(one.id);
  expect((await linesOf("4191", one, 2026)).map(([, cents, code]) => [cents, code])).toEqual([
    [-10_000, ""],
    [4_000, ""],
  ]);
  at("2026-10-07");
  await books.finance.refund(by, { supplierId: one.id, netCents: null, bankReference: "OUT" }, null);
  expect((await linesOf("4191", one, 2026)).map(([, cents, code]) => [cents, code])).toEqual([
    [-10_000, "AA"],
    [4_000, "AA"],
    [6_000, "AA"],
  ]);
  await giveBack(books, lead);
  await issue(one.id);
  expect((await linesOf("411", one, 2026)).every(([, , code]) => code !== "")).toBe(true);
});

it("leaves a year's file as it was when its invoices are paid in the next year", async () => {
  at("2026-12-15");
  const one = await supplier("POSTPAID");
  await sell(books, { supplierId: one.id, priceCents: 10_000 });
  await issue(one.id);
  const before = await linesOf("411", one, 2026);
  at("2027-01-20");
  await pay(one.id, 12_000, "2027-01-15");
  expect(await linesOf("411", one, 2026)).toEqual(before);
  expect(before).toEqual([["20261215", 12_000, "", ""]]);
  expect(await linesOf("411", one, 2027)).toEqual([
    ["20270101", 12_000, "AA", "20270115"],
    ["20270115", -12_000, "AA", "20270115"],
  ]);
});

it("carries late entries of a year into the opening balances of the next", async () => {
  at("2027-01-22");
  const one = await supplier("PREPAID");
  await pay(one.id, 12_000, "2026-12-30");
  expect(await linesOf("4191", one, 2026)).toEqual([["20261230", -10_000, "", ""]]);
  expect(await linesOf("4191", one, 2027)).toEqual([["20270101", -10_000, "", ""]]);
});
