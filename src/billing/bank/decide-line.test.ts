import type { StoredLine } from "./bank-line";
import { candidatesOf, decideLine, type Earlier, type Expected, type LineFacts } from "./decide-line";

const line = (change: Partial<StoredLine> = {}): StoredLine => ({
  ...{ id: "line", reference: "B1", endToEndId: null, transactionId: null, bookedOn: "2026-11-20" },
  ...{
    amountCents: 12_000,
    openCents: change.amountCents ?? 12_000,
    remittance: "virement",
    counterparty: "Garage",
  },
  ...{ isReversal: false, isCharge: false, waitsFor: null },
  ...change,
});
const expected = (change: Partial<Expected> = {}): Expected => ({
  ...{ kind: "TRANSFER", id: "t", reference: "B1", supplierId: "a", amountCents: 12_000, on: "2026-11-20" },
  ...change,
});
const earlier = (change: Partial<Earlier> = {}): Earlier => ({
  ...{ lineId: "before", kind: "TRANSFER", amountCents: 12_000, supplierId: "a", reference: "B0" },
  ...{ endToEndId: "E2E-1", transactionId: null },
  ...change,
});
const facts = (change: Partial<LineFacts> = {}): LineFacts => ({
  ...{ expected: [], earlier: [], suppliers: new Map() },
  documents: new Map([
    ["F2026-000001", { id: "f1", supplierId: "a" }],
    ["F2026-000002", { id: "f2", supplierId: "b" }],
  ]),
  ...change,
});
const wait = (why: string) => ({ kind: "WAIT", for: why });

describe("an incoming line", () => {
  it("is the transfer that was recorded under its reference or end-to-end id, with its amount", () => {
    const recorded = expected();
    expect(decideLine(line(), facts({ expected: [recorded] }))).toEqual({
      kind: "EXPECTED",
      expected: recorded,
    });
    const named = line({ reference: "X", endToEndId: "B1" });
    expect(decideLine(named, facts({ expected: [recorded] }))).toMatchObject({ kind: "EXPECTED" });
    expect(decideLine(line({ amountCents: 11_999 }), facts({ expected: [recorded] }))).toEqual(
      wait("DIFFERS"),
    );
  });

  it("is a new transfer of the supplier that it names, for the document that it names", () => {
    const names = line({ remittance: "Facture F2026-000001" });
    expect(decideLine(names, facts())).toEqual({ kind: "NEW_TRANSFER", supplierId: "a", documentId: "f1" });
    const both = line({ remittance: "F2026-000001 et F2026-000002" });
    expect(decideLine(both, facts())).toEqual(wait("SEVERAL_NAMED"));
    expect(decideLine(line(), facts())).toEqual(wait("NOTHING_NAMED"));
  });

  it("waits where its money seems to be recorded under another reference", () => {
    const names = line({ reference: "B2", remittance: "Facture F2026-000001" });
    expect(decideLine(names, facts({ expected: [expected()] }))).toEqual(wait("LOOKS_RECORDED"));
    const [found] = candidatesOf(names, facts({ expected: [expected()] }));
    expect(found).toMatchObject({ id: "t" });
    for (const other of [{ supplierId: "b" }, { amountCents: 12_001 }, { on: "2026-11-26" }])
      expect(decideLine(names, facts({ expected: [expected(other)] }))).toMatchObject({
        kind: "NEW_TRANSFER",
      });
  });

  it("is Stripe's payout of the same amount and about the same day", () => {
    const payout = expected({ kind: "PAYOUT", id: "po_1", reference: "po_1", supplierId: null });
    const stripe = line({ counterparty: "STRIPE PAYMENTS EUROPE", bookedOn: "2026-11-22" });
    expect(decideLine(stripe, facts({ expected: [payout] }))).toEqual({ kind: "EXPECTED", expected: payout });
    expect(decideLine(line(), facts({ expected: [payout] }))).toEqual(wait("NOTHING_NAMED"));
    expect(decideLine({ ...stripe, bookedOn: "2026-11-26" }, facts({ expected: [payout] }))).toMatchObject(
      wait("NOTHING_NAMED"),
    );
  });

  it("is money that comes again where the bank returns a refund", () => {
    const refunded = earlier({ kind: "REFUND", amountCents: -12_000 });
    const back = line({ isReversal: true, endToEndId: "E2E-1" });
    expect(decideLine(back, facts({ earlier: [refunded] }))).toEqual({
      ...{ kind: "NEW_TRANSFER", supplierId: "a", documentId: null },
    });
  });
});

describe("an outgoing line", () => {
  const out = (change: Partial<StoredLine> = {}) => line({ amountCents: -12_000, ...change });

  it("is the refund that was recorded under its reference", () => {
    const refund = expected({ kind: "REFUND", amountCents: -12_000 });
    expect(decideLine(out(), facts({ expected: [refund] }))).toEqual({ kind: "EXPECTED", expected: refund });
    expect(decideLine(out({ reference: "X" }), facts({ expected: [refund] }))).toEqual(
      wait("LOOKS_RECORDED"),
    );
    expect(decideLine(out(), facts())).toEqual(wait("OUTGOING"));
  });

  it.each([
    ["bears the end-to-end id of the transfer", { endToEndId: "E2E-1" }],
    [
      "quotes its reference in a text that says so",
      { remittance: "REJET VIREMENT E2E-1xx", endToEndId: "E2E-1" },
    ],
    ["has its reference and is marked as a reversal", { reference: "B0", isReversal: true }],
  ])("recalls a transfer of the same amount when it %s", (_, change) => {
    const paid = earlier();
    expect(decideLine(out(change), facts({ earlier: [paid] }))).toEqual({ kind: "RECALL", earlier: paid });
    const other = earlier({ amountCents: 11_000 });
    expect(decideLine(out(change), facts({ earlier: [other] }))).toEqual(wait("OUTGOING"));
  });

  it("waits when the bank takes back one of several payments and does not say which", () => {
    const both = [earlier(), earlier({ lineId: "another" })];
    expect(decideLine(out({ endToEndId: "E2E-1" }), facts({ earlier: both }))).toEqual(
      wait("RECALL_UNCLEAR"),
    );
    expect(decideLine(out({ isReversal: true }), facts({ earlier: [earlier()] }))).toEqual(
      wait("RECALL_UNCLEAR"),
    );
    expect(candidatesOf(out(), facts({ earlier: both }))).toHaveLength(2);
  });
});

it("a charge is booked, and what the file leaves unexplained waits", () => {
  expect(decideLine(line({ amountCents: -500, isCharge: true }), facts())).toEqual({
    kind: "BOOKED",
    as: "BANK_FEE",
  });
  const unexplained = line({ waitsFor: "UNEXPLAINED_DIFFERENCE", remittance: "F2026-000001" });
  expect(decideLine(unexplained, facts())).toEqual(wait("UNEXPLAINED_DIFFERENCE"));
  expect(decideLine(line({ amountCents: 1e12 }), facts())).toEqual(wait("NOT_POSSIBLE"));
});
