import fc from "fast-check";
import { draftsOf, type Unbilled } from "./draft";

let next = 0;
const posting = (change: Partial<Unbilled> = {}): Unbilled => ({
  number: ++next,
  kind: "CHARGE",
  amountCents: 2500,
  treatment: "STANDARD",
  leadId: `lead-${String(next)}`,
  product: "NEW_CAR",
  day: "2026-11-05",
  chargedOn: null,
  ...change,
});

describe("draft documents", () => {
  it("have a line for each product and price", () => {
    const { invoices } = draftsOf([
      posting(),
      posting(),
      posting({ amountCents: 9000 }),
      posting({ product: "CAR_INSURANCE", day: "2026-11-30" }),
    ]);
    expect(invoices).toMatchObject([
      {
        lines: [
          { item: "CAR_INSURANCE", quantity: 1, unitCents: 2500, netCents: 2500 },
          { item: "NEW_CAR", quantity: 2, unitCents: 2500, netCents: 5000 },
          { item: "NEW_CAR", quantity: 1, unitCents: 9000, netCents: 9000 },
        ],
        netCents: 16_500,
        vatCents: 3300,
        period: { from: "2026-11-05", to: "2026-11-30" },
      },
    ]);
  });

  it("consist of one invoice for each VAT treatment", () => {
    const { invoices } = draftsOf([posting(), posting({ treatment: "OVERSEAS" })]);
    expect(invoices.map(({ treatment, vatCents }) => [treatment, vatCents])).toEqual([
      ["STANDARD", 500],
      ["OVERSEAS", 213],
    ]);
  });

  it("leave out a lead credited before it was invoiced", () => {
    const kept = posting();
    const gone = posting();
    const credit = posting({ kind: "CREDIT", leadId: gone.leadId });
    const { invoices, creditNotes } = draftsOf([kept, gone, credit]);
    expect(invoices[0]).toMatchObject({
      netCents: 2500,
      postings: [kept.number, gone.number, credit.number],
    });
    expect(creditNotes).toEqual([]);
    expect(draftsOf([gone, credit]).invoices).toEqual([]);
  });

  it("credit invoiced leads on one credit note per invoice", () => {
    const { invoices, creditNotes } = draftsOf([
      posting({ kind: "CREDIT", chargedOn: "f1" }),
      posting({ kind: "CREDIT", chargedOn: "f2" }),
      posting({ kind: "CREDIT", chargedOn: "f1" }),
    ]);
    expect(invoices).toEqual([]);
    expect(creditNotes.map(({ documentId, netCents }) => [documentId, netCents])).toEqual([
      ["f1", 5000],
      ["f2", 2500],
    ]);
  });

  it("add up to the postings, each of which is on at most one document", () => {
    const some = fc.record({
      amountCents: fc.integer({ min: 1, max: 100_000 }),
      product: fc.constantFrom("A", "B"),
      credited: fc.constantFrom("NO", "BEFORE", "AFTER"),
      treatment: fc.constantFrom("STANDARD" as const, "OVERSEAS" as const),
    });
    fc.assert(
      fc.property(fc.array(some), (leads) => {
        const postings = leads.flatMap(({ credited, ...facts }, index) => {
          const lead = { ...facts, leadId: String(index) };
          const credit = posting({ ...lead, kind: "CREDIT", chargedOn: credited === "AFTER" ? "f1" : null });
          return [...(credited === "AFTER" ? [] : [posting(lead)]), ...(credited === "NO" ? [] : [credit])];
        });
        const { invoices, creditNotes } = draftsOf(postings);
        const net = (parts: readonly { netCents: number }[]): number =>
          parts.reduce((total, { netCents }) => total + netCents, 0);
        expect(net(invoices) - net(creditNotes)).toBe(
          postings.reduce(
            (total, { kind, amountCents }) => total + (kind === "CHARGE" ? 1 : -1) * amountCents,
            0,
          ),
        );
        const placed = [...invoices, ...creditNotes].flatMap((document) => document.postings);
        expect(new Set(placed).size).toBe(placed.length);
      }),
    );
  });
});
