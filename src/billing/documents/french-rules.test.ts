/** One test for each French rule: every kind of document follows it, and the check finds what breaks it. */
import { aDocument, documentsOfEachKind } from "../../../test/support/documents";
import {
  brokenFrenchRules,
  frenchRuleNames,
  frenchRules,
  type FrenchRule,
} from "../../../test/support/french-rules";
import { ciiOf } from "./cii";

const { "deposit invoice issued before December 2026": earlier, ...issuedNow } = documentsOfEachKind;
const xmlOf = Object.fromEntries(
  Object.entries(issuedNow).map(([kind, document]) => [kind, ciiOf(document)]),
) as Readonly<Record<keyof typeof issuedNow, string>>;

type Broken = readonly [kind: keyof typeof issuedNow, find: string | RegExp, put: string];

const siren = '<ram:ID schemeID="0002">';
const withId = (...ids: readonly string[]): string => `<ram:SellerTradeParty>${ids.join("")}`;

/** Changes to a document, each of which breaks a rule. */
const breaks: Readonly<Record<FrenchRule, readonly Broken[]>> = {
  "XML characters": [
    ["invoice", "Voiture", "Voi\u0000ture"],
    ["invoice", "Voiture", "Voi\uFFFEture"],
    ["invoice", "Voiture", "Voi\uD800ture"],
  ],
  "BR-FR-01": [
    ["invoice", "F2026-000001", `F2026-${"0".repeat(30)}`],
    ["credit note for leads", "F2026-000001", `F2026-${"0".repeat(30)}`],
  ],
  "BR-FR-02": [
    ["invoice", "F2026-000001", "F2026 000001"],
    ["credit note for deposits", "D2026-000002", "D2026.000002"],
  ],
  "BR-FR-03": [
    ["invoice", "20261201", "19991201"],
    ["invoice", "20261130", "20261131"],
    ["deposit invoice", "20261127", "21261127"],
  ],
  "BR-FR-04": [["invoice", ">380<", ">383<"]],
  "BR-FR-05": ["PMT", "PMD", "AAB"].map((code): Broken => ["invoice", `>${code}<`, ">AAI<"]),
  "BR-FR-06": ["PMT", "PMD", "AAB"].map((code): Broken => ["invoice", ">AAI<", `>${code}<`]),
  "BR-FR-08": [["invoice", "<ram:ID>S1<", "<ram:ID>A1<"]],
  "BR-FR-09": [
    [
      "invoice",
      "<ram:SellerTradeParty>",
      withId('<ram:GlobalID schemeID="0009">00000099900001</ram:GlobalID>'),
    ],
    ["invoice", "<ram:SellerTradeParty>", withId('<ram:GlobalID schemeID="0009">000000018</ram:GlobalID>')],
  ],
  "BR-FR-10": [
    ["invoice", siren, '<ram:ID schemeID="0009">'],
    ["invoice", `${siren}000000018`, `${siren}00000018`],
  ],
  "BR-FR-12": [["invoice", /(<ram:URIID[^>]*>)000000026/, "$1"]],
  "BR-FR-13": [["invoice", /(<ram:URIID[^>]*>)000000018/, "$1"]],
  "BR-FR-CO-03": [["credit note for leads", ">381<", ">262<"]],
  "BR-FR-CO-04": [
    ["invoice", ">380<", ">384<"],
    ["credit note for deposits", ">503<", ">384<"],
  ],
  "BR-FR-CO-05": [
    ["credit note for leads", /<ram:InvoiceReferencedDocument>.*<\/ram:InvoiceReferencedDocument>/s, ""],
    ["credit note for leads", /<ram:FormattedIssueDateTime>.*<\/ram:FormattedIssueDateTime>/s, ""],
    ["invoice", ">380<", ">503<"],
  ],
  "BR-FR-CO-07": [["invoice", "20261231", "20261130"]],
  "BR-FR-CO-08": [
    ["final invoice of deposits", ">380<", ">386<"],
    ["credit note for deposits", ">S1<", ">S4<"],
  ],
  "BR-FR-CO-09": [
    ["deposit invoice", /<ram:DueDateDateTime>.*<\/ram:DueDateDateTime>/s, ""],
    ["deposit invoice", "<ram:TotalPrepaidAmount>101.99<", "<ram:TotalPrepaidAmount>101.98<"],
    ["deposit invoice", /<ram:TotalPrepaidAmount>.*<\/ram:TotalPrepaidAmount>/s, ""],
    ["deposit invoice", "<ram:DuePayableAmount>0.00<", "<ram:DuePayableAmount>0.01<"],
    ["invoice", ">S1<", ">S2<"],
  ],
  "BR-FR-CO-10": [
    ["invoice", "<ram:SellerTradeParty>", withId("<ram:GlobalID>1</ram:GlobalID>")],
    [
      ...(["invoice", "<ram:SellerTradeParty>"] as const),
      withId(
        '<ram:GlobalID schemeID="0088">1</ram:GlobalID>',
        '<ram:GlobalID schemeID="0088">2</ram:GlobalID>',
      ),
    ],
  ],
  "BR-FR-DEC-01": [
    ["invoice", "<ram:GrandTotalAmount>101.99<", "<ram:GrandTotalAmount>101.990<"],
    ["invoice", "<ram:BasisAmount>84.99<", "<ram:BasisAmount>84,99<"],
  ],
  "BR-FR-DEC-02": [["invoice", ">3</ram:BilledQuantity>", ">3.00001</ram:BilledQuantity>"]],
  "BR-FR-DEC-03": [["invoice", "<ram:ChargeAmount>25.00<", "<ram:ChargeAmount>-25.00<"]],
  "BR-FR-DEC-04": [["invoice", "Percent>20.00<", "Percent>20.000<"]],
};

describe.each(frenchRuleNames)("%s", (rule) => {
  it("is followed by every kind of document, and the check finds what breaks it", () => {
    for (const [kind, xml] of Object.entries(xmlOf))
      expect([kind, brokenFrenchRules(xml)[rule]]).toEqual([kind, undefined]);
    for (const [kind, find, put] of breaks[rule]) {
      const broken = xmlOf[kind].replace(find, put);
      expect(broken).not.toBe(xmlOf[kind]);
      expect([find, Object.keys(brokenFrenchRules(broken))]).toEqual([
        find,
        expect.arrayContaining([rule]) as unknown,
      ]);
    }
  });
});

it("knows each rule once", () => {
  expect(Object.keys(frenchRules)).toEqual(Object.keys(breaks));
});

it("names the rule that our deposit invoices once broke", () => {
  expect(brokenFrenchRules(ciiOf(earlier))).toEqual({ "BR-FR-CO-09": ["no day of payment"] });
  expect(brokenFrenchRules(ciiOf(aDocument()))).toEqual({});
});
