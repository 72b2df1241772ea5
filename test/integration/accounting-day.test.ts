/** Money counts for the day on which the bank moved it, whenever it is recorded and however its month is locked. */
import { randomUUID } from "node:crypto";
import { sell } from "../support/sales";
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
});

const supplier = async (billingMode: "PREPAID" | "POSTPAID" = "PREPAID"): Promise<string> =>
  (await books.suppliers.create(by, newSupplier(++suppliers, { billingMode }), null)).id;

async function pay(
  supplierId: string,
  { cents, receivedOn }: { cents: number; receivedOn: string },
): Promise<string> {
  const transfer = { supplierId, amountInclVatCents: cents, receivedOn, bankReference: randomUUID() };
  return (await books.finance.recordTransfer(by, { ...transfer, documentId: null }, null)).transferId;
}

interface Entry {
  readonly journal: string;
  readonly year: number;
  readonly number: string;
  readonly dated: string;
  readonly pieceDate: string;
}

/** The entries of a payment and of its deposit invoice, by journal. */
const entriesOf = (transferId: string): Promise<Entry[]> =>
  books.owner.rows(
    `SELECT journal, year, number, dated::text AS dated, piece_date::text AS "pieceDate" FROM entry
     WHERE cause_id = $1 OR cause_id IN (SELECT document_id::text FROM advance WHERE cause_id = $1)
     ORDER BY journal`,
    [transferId],
  ) as unknown as Promise<Entry[]>;

const vatOf = async (month: string): Promise<number> =>
  (await books.transact({ role: "staff" }, (tx) => books.reports.vatSummary(tx, month))).reduce(
    (sum, { vatCents }) => sum + vatCents,
    0,
  );

it("dates a payment and its deposit invoice in December when they are recorded in January", async () => {
  books.now = new Date("2026-12-30T09:00:00Z");
  const supplierId = await supplier();
  await pay(supplierId, { cents: 1_200, receivedOn: "2026-12-30" });
  books.now = new Date("2027-01-04T09:00:00Z");
  await pay(supplierId, { cents: 1_200, receivedOn: "2027-01-04" });
  const late = await pay(supplierId, { cents: 12_000, receivedOn: "2026-12-31" });
  expect(await entriesOf(late)).toMatchObject([
    { journal: "OD", year: 2026, number: "2", dated: "2026-12-31", pieceDate: "2026-12-31" },
    { journal: "VE", year: 2026, number: "2", dated: "2026-12-31", pieceDate: "2027-01-04" },
  ]);
  expect([await vatOf("2026-12"), await vatOf("2027-01")]).toEqual([2_200, 200]);
});

it("dates it on the first open day when the bank's month is locked", async () => {
  books.now = new Date("2027-01-06T09:00:00Z");
  const supplierId = await supplier();
  await books.monthEnds.lock(by, "2026-12", null);
  const before = await vatOf("2027-01");
  const late = await pay(supplierId, { cents: 6_000, receivedOn: "2026-12-31" });
  expect(await entriesOf(late)).toMatchObject([
    { journal: "OD", dated: "2027-01-01", pieceDate: "2026-12-31" },
    { journal: "VE", dated: "2027-01-01", pieceDate: "2027-01-06" },
  ]);
  expect((await vatOf("2027-01")) - before).toBe(1_000);
});

it("loses no payment when its month is locked at the same moment", async () => {
  books.now = new Date("2027-02-03T09:00:00Z");
  const ids = await Promise.all(Array.from({ length: 6 }, () => supplier()));
  const paid = ids.map((id) => pay(id, { cents: 1_200, receivedOn: "2027-01-31" }));
  const [transfers] = await Promise.all([Promise.all(paid), books.monthEnds.lock(by, "2027-01", null)]);
  for (const transfer of transfers) {
    const days = new Set((await entriesOf(transfer)).map(({ dated }) => dated));
    expect(days.size).toBe(1);
    expect(["2027-01-31", "2027-02-01"]).toContain([...days][0]);
  }
  const late = await pay(ids[0] ?? "", { cents: 1_200, receivedOn: "2027-01-31" });
  expect((await entriesOf(late)).map(({ dated }) => dated)).toEqual(["2027-02-01", "2027-02-01"]);
});

it("does not call an invoice doubtful that the bank says was paid in the month", async () => {
  books.now = new Date("2027-02-10T09:00:00Z");
  const supplierId = await supplier("POSTPAID");
  await sell(books, { supplierId, priceCents: 10_000, product: "NEW_CAR" });
  await books.finance.issue(by, { supplierId, month: null }, null);
  books.now = new Date("2027-05-04T09:00:00Z");
  await pay(supplierId, { cents: 12_000, receivedOn: "2027-04-30" });
  await books.monthEnds.lock(by, "2027-04", null);
  const doubtful = await books.owner.rows(
    "SELECT FROM entry_line WHERE account = '416' AND supplier_id = $1",
    [supplierId],
  );
  expect(doubtful).toEqual([]);
});
