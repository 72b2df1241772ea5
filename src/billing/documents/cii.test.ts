import { XMLParser } from "fast-xml-parser";
import { aDocument, schemaFaultsIn } from "../../../test/support/documents";
import { ciiOf } from "./cii";
import type { BillingDocument } from "./document";

const parser = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true, parseTagValue: false });

interface Parsed {
  readonly CrossIndustryInvoice: {
    readonly ExchangedDocumentContext: {
      readonly BusinessProcessSpecifiedDocumentContextParameter: { readonly ID: string };
    };
    readonly ExchangedDocument: {
      readonly ID: string;
      readonly TypeCode: string;
      readonly IncludedNote: readonly { readonly SubjectCode: string; readonly Content: string }[];
    };
    readonly SupplyChainTradeTransaction: {
      readonly ApplicableHeaderTradeAgreement: Record<"SellerTradeParty" | "BuyerTradeParty", Party>;
      readonly ApplicableHeaderTradeSettlement: {
        readonly ApplicableTradeTax: Record<string, string>;
        readonly SpecifiedTradeSettlementHeaderMonetarySummation: Record<
          string,
          string | { "#text": string }
        >;
        readonly InvoiceReferencedDocument?: unknown;
      };
    };
  };
}
interface Party {
  readonly SpecifiedLegalOrganization: {
    readonly ID: { readonly "@_schemeID": string; readonly "#text": string };
  };
  readonly URIUniversalCommunication: {
    readonly URIID: { readonly "@_schemeID": string; readonly "#text": string };
  };
  readonly SpecifiedTaxRegistration?: unknown;
}

const advance = { name: "D2026-000004", issuedOn: "2026-11-03", netCents: 8499, vatCents: 1700 };
const cases: Readonly<Record<string, BillingDocument>> = {
  "an invoice": aDocument(),
  "an invoice in English, on debits": aDocument({ language: "EN", onDebits: true }),
  "the final invoice of deposits": aDocument({
    dueOn: null,
    advances: [advance, { ...advance, name: "D2026-000005" }],
  }),
  "a deposit": aDocument({ kind: "DEPOSIT", name: "D2026-000001", dueOn: null, period: null }),
  "a credit note": aDocument({
    kind: "CREDIT_NOTE",
    name: "A2026-000001",
    dueOn: null,
    corrects: [{ name: "F2026-000001", issuedOn: "2026-11-01" }],
  }),
  "an invoice to Guyane": aDocument({ treatment: "NONE_OVERSEAS", vatCents: 0 }),
  "an invoice to La Réunion": aDocument({ treatment: "OVERSEAS", vatCents: 722 }),
  "an invoice to Germany": aDocument({ treatment: "REVERSE_CHARGE", vatCents: 0 }),
  "late fees": aDocument({
    ...{ treatment: "PENALTY", vatCents: 0, period: null },
    corrects: [{ name: "F2026-000001", issuedOn: "2026-01-05" }],
  }),
  "an invoice to Nouméa": aDocument({ treatment: "OUTSIDE_SCOPE", vatCents: 0 }),
};
const parse = (document: BillingDocument): Parsed["CrossIndustryInvoice"] =>
  (parser.parse(ciiOf(document)) as Parsed).CrossIndustryInvoice;

describe.each(Object.entries(cases))("the XML of %s", (_, document) => {
  it("is valid against the CII schema", async () => {
    expect(await schemaFaultsIn(ciiOf(document))).toEqual([]);
  });

  it("follows the French rules", () => {
    const { ExchangedDocument, SupplyChainTradeTransaction: trade } = parse(document);
    expect(ExchangedDocument.ID).toMatch(/^[A-Za-z0-9+\-_/]{1,35}$/);
    const codes = ExchangedDocument.IncludedNote.map(({ SubjectCode }) => SubjectCode);
    expect(codes).toEqual(expect.arrayContaining(["PMT", "PMD", "AAB", "BAR"]));
    expect(new Set(codes).size).toBe(codes.length);
    expect(ExchangedDocument.IncludedNote.find(({ SubjectCode }) => SubjectCode === "BAR")?.Content).toBe(
      "B2B",
    );
    for (const party of Object.values(trade.ApplicableHeaderTradeAgreement).slice(0, 2)) {
      expect(party.SpecifiedLegalOrganization.ID["@_schemeID"]).toBe("0002");
      expect(party.URIUniversalCommunication.URIID["@_schemeID"]).toBe("0225");
      expect(party.SpecifiedTaxRegistration === undefined).toBe(
        /OUTSIDE_SCOPE|PENALTY/.test(document.treatment),
      );
    }
  });

  it("has consistent totals", () => {
    const settlement = parse(document).SupplyChainTradeTransaction.ApplicableHeaderTradeSettlement;
    const totals = settlement.SpecifiedTradeSettlementHeaderMonetarySummation;
    const cents = (name: string): number => {
      const value = totals[name] ?? "0";
      return Math.round(Number(typeof value === "string" ? value : value["#text"]) * 100);
    };
    expect(cents("LineTotalAmount")).toBe(document.lines.reduce((sum, line) => sum + line.netCents, 0));
    expect(cents("GrandTotalAmount")).toBe(cents("TaxBasisTotalAmount") + cents("TaxTotalAmount"));
    expect(cents("DuePayableAmount")).toBe(cents("GrandTotalAmount") - cents("TotalPrepaidAmount"));
    const { BasisAmount, CalculatedAmount, RateApplicablePercent = "0" } = settlement.ApplicableTradeTax;
    expect(Number(CalculatedAmount)).toBeCloseTo(
      (Number(BasisAmount) * Number(RateApplicablePercent)) / 100,
      1,
    );
  });
});

it("gives each kind of document its type code and business process", () => {
  const kinds = Object.values(cases).map((document) => {
    const { ExchangedDocument, ExchangedDocumentContext } = parse(document);
    return [
      ExchangedDocument.TypeCode,
      ExchangedDocumentContext.BusinessProcessSpecifiedDocumentContextParameter.ID,
    ];
  });
  expect(kinds.slice(0, 5)).toEqual([
    ["380", "S1"],
    ["380", "S1"],
    ["380", "S4"],
    ["386", "S2"],
    ["381", "S1"],
  ]);
});

it("names the invoice that a credit note corrects", () => {
  const { ApplicableHeaderTradeSettlement: settlement } = parse(
    cases["a credit note"] ?? aDocument(),
  ).SupplyChainTradeTransaction;
  expect(settlement.InvoiceReferencedDocument).toMatchObject({ IssuerAssignedID: "F2026-000001" });
});
