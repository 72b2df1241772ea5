import { XMLParser } from "fast-xml-parser";
import { aDocument, documentsOfEachKind, schemaFaultsIn } from "../../../test/support/documents";
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

const cases: Readonly<Record<string, BillingDocument>> = documentsOfEachKind;
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
  const codes = Object.entries(cases).map(([kind, document]) => {
    const { ExchangedDocument, ExchangedDocumentContext: context } = parse(document);
    return [kind, ExchangedDocument.TypeCode, context.BusinessProcessSpecifiedDocumentContextParameter.ID];
  });
  expect(codes).toEqual([
    ["invoice", "380", "S1"],
    ["invoice in English, on debits", "380", "S1"],
    ["final invoice of deposits", "380", "S4"],
    ["invoice partly paid by a deposit", "380", "S4"],
    ["deposit invoice", "386", "S2"],
    ["deposit invoice issued before December 2026", "386", "S2"],
    ["credit note for leads", "381", "S1"],
    ["credit note for deposits", "503", "S1"],
    ["invoice to Guyane", "380", "S1"],
    ["invoice to La Réunion", "380", "S1"],
    ["invoice to Germany", "380", "S1"],
    ["late fees", "380", "S1"],
    ["invoice to Nouméa", "380", "S1"],
  ]);
});

it("says when a deposit was paid: as the due date (BT-9) and the day of the supply (BT-72)", () => {
  const days = (document: BillingDocument): (string | undefined)[] => {
    const xml = ciiOf(document);
    const at = (name: string): string | undefined =>
      new RegExp(`<ram:${name}>\\s*<udt:DateTimeString format="102">(\\d+)<`).exec(xml)?.[1];
    return [at("DueDateDateTime"), at("OccurrenceDateTime")];
  };
  expect(days(documentsOfEachKind["deposit invoice"])).toEqual(["20261127", "20261127"]);
  // A document that was issued without the day is rendered as it was issued.
  expect(days(documentsOfEachKind["deposit invoice issued before December 2026"])).toEqual([
    undefined,
    "20261201",
  ]);
});

it("names the invoice that a credit note corrects", () => {
  const { ApplicableHeaderTradeSettlement: settlement } = parse(
    cases["credit note for leads"] ?? aDocument(),
  ).SupplyChainTradeTransaction;
  expect(settlement.InvoiceReferencedDocument).toMatchObject({ IssuerAssignedID: "F2026-000001" });
});
