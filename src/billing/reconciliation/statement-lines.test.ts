import { AppError } from "../../shared/errors";
import { linesIn } from "./statement-lines";
import { matchLine, type Known } from "./match-line";

const entry = (change: string): string => `<Ntry><Amt Ccy="EUR">1200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
  <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>B1</AcctSvcrRef>${change}</Ntry>`;
const camt = (entries: string): string =>
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>${entries}</Stmt></BkToCstmrStmt></Document>`;
const details = `<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Garage Essai</Nm></Pty></Dbtr></RltdPties>
  <RmtInf><Ustrd>Facture</Ustrd><Ustrd>F2026-000001</Ustrd></RmtInf></TxDtls></NtryDtls>`;
const line = {
  ...{ reference: "B1", bookedOn: "2026-11-20", amountCents: 120_000 },
  ...{ remittance: "Facture F2026-000001", counterparty: "Garage Essai" },
};

describe("a statement", () => {
  it("is read from CAMT.053, leaving out entries that are not booked", () => {
    const pending = entry(details).replace("BOOK", "PDNG");
    expect(linesIn("CAMT053", camt(entry(details) + pending))).toEqual([line]);
    const debit = entry("").replace("CRDT", "DBIT").replace("1200.00", "0.5");
    expect(linesIn("CAMT053", camt(debit))).toMatchObject([
      { amountCents: -50, remittance: "", counterparty: "" },
    ]);
  });

  it("is read from CSV, with commas or semicolons", () => {
    const csv =
      "reference;booked_on;amount;remittance;counterparty\nB1;2026-11-20;1200,00;Facture  F2026-000001;Garage Essai\n";
    expect(linesIn("CSV", csv)).toEqual([line]);
  });

  it.each([
    ["CAMT053", "no xml", "not a CAMT.053"],
    ["CAMT053", camt(entry("")).replace("EUR", "USD"), "currency is not EUR"],
    ["CAMT053", camt(entry("")).replace("B1", ""), "reference is missing"],
    ["CAMT053", `<!DOCTYPE x [<!ENTITY y "z">]>${camt("")}`, "document type"],
    [
      "CSV",
      "reference,booked_on,amount,remittance,counterparty\nB1,2026-11-20,12.345,a,b",
      "not one in euros",
    ],
    ["CSV", "reference,booked_on,amount,remittance,counterparty\nB1,20/11/2026,12,a,b", "line 2: the day"],
  ] as const)("in format %s that cannot be read is refused with a reason", (format, content, message) => {
    expect(() => linesIn(format, content)).toThrow(message);
  });
});

describe("the faults of a statement", () => {
  const faultsIn = (format: "CSV" | "CAMT053", content: string): unknown => {
    try {
      return linesIn(format, content);
    } catch (error) {
      return error instanceof AppError ? error.details.faults : error;
    }
  };
  const csv = (rows: readonly string[]): string =>
    ["reference,booked_on,amount,remittance,counterparty", ...rows].join("\n");

  it("are all found at once, each with the number of its line", () => {
    const rows = ["B1,2026-02-30,12.00,a,b", "B2,2026-11-20,12.00,a,b", ",2026-11-20,0,a,b"];
    expect(faultsIn("CSV", csv(rows))).toMatchObject([
      {
        reason: "MALFORMED",
        field: "content",
        line: 2,
        message: expect.stringMatching("^line 2: the day") as string,
      },
      { reason: "REQUIRED", field: "content", line: 4 },
      { reason: "OUT_OF_RANGE", field: "content", line: 4 },
    ]);
  });

  it("name the entry in CAMT.053", () => {
    const wrong = entry(details).replace("EUR", "USD").replace("1200.00", "x");
    expect(faultsIn("CAMT053", camt(entry(details) + wrong))).toMatchObject([
      { reason: "UNKNOWN_VALUE", field: "content", line: 2 },
      { reason: "MALFORMED", field: "content", line: 2 },
    ]);
  });

  it("are a missing column, too many lines, and a reference that is too long", () => {
    expect(() => linesIn("CSV", "reference,amount\nB1,12.00")).toThrow("content is not CSV with the columns");
    const many = Array.from({ length: 5_001 }, (_, index) => `B${String(index)},2026-11-20,1.00,a,b`);
    expect(() => linesIn("CSV", csv(many))).toThrow("at most 5000 lines");
    const long = `${"B".repeat(141)},2026-11-20,1.00,a,b`;
    expect(faultsIn("CSV", csv([long]))).toMatchObject([{ reason: "TOO_LONG", line: 2 }]);
  });
});

describe("a statement line", () => {
  const known = (change: Partial<Known> = {}): Known => ({
    transfers: new Map(),
    payouts: [],
    refunds: new Map(),
    documents: new Map([["F2026-000001", { id: "d1", supplierId: "s1" }]]),
    suppliers: new Map([["000000026", "s2"]]),
    ...change,
  });

  it("belongs to the document or the supplier it names", () => {
    expect(matchLine(line, known())).toEqual({ kind: "NEW_TRANSFER", supplierId: "s1", documentId: "d1" });
    const siren = { ...line, remittance: "SIREN 000 000 026" };
    expect(matchLine(siren, known())).toEqual({ kind: "NEW_TRANSFER", supplierId: "s2", documentId: null });
    expect(matchLine({ ...line, remittance: "merci" }, known())).toEqual({ kind: "NONE" });
  });

  it("matches the transfer recorded under its reference, or differs from it", () => {
    const transfers = new Map([["B1", { id: "t1", amountCents: 120_000 }]]);
    expect(matchLine(line, known({ transfers }))).toEqual({ kind: "TRANSFER", id: "t1" });
    expect(matchLine({ ...line, amountCents: 119_999 }, known({ transfers }))).toEqual({
      kind: "DIFFERS",
      id: "t1",
      byCents: -1,
    });
  });

  it("for outgoing money matches the refund with its reference, or differs by a signed amount", () => {
    const refunds = new Map([["B1", { id: "a1", amountCents: -9_000 }]]);
    const left = { ...line, amountCents: -9_000 };
    expect(matchLine(left, known({ refunds }))).toEqual({ kind: "REFUND", id: "a1" });
    const more = matchLine({ ...left, amountCents: -9_500 }, known({ refunds }));
    expect(more).toEqual({ kind: "DIFFERS", id: "a1", byCents: -500 });
    expect(matchLine(left, known())).toEqual({ kind: "NONE" });
  });

  it("matches a Stripe payout of the same amount and about the same day", () => {
    const payouts = [{ id: "po_1", amountCents: 120_000, arrivesOn: "2026-11-18" }];
    const stripe = { ...line, remittance: "STRIPE PAYOUT" };
    expect(matchLine(stripe, known({ payouts }))).toEqual({ kind: "PAYOUT", id: "po_1" });
    expect(matchLine({ ...stripe, bookedOn: "2026-11-28" }, known({ payouts })).kind).toBe("NONE");
  });
});
