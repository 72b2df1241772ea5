import { aDocument } from "../../../test/support/documents";
import { brokenReportRules, reportRules } from "../../../test/support/report-rules";
import { all, texts, treeOf } from "../../../test/support/xml-tree";
import { vatConsequences, vatRatesBasisPoints, vatTreatments } from "../../account/ledger";
import type { BillingDocument } from "../documents";
import { buyerIdOf } from "./buyer-id";
import { salesReportXml, type SalesReport } from "./sales-report";

const belgian = {
  ...aDocument().buyer,
  ...{ name: "Garage Exemple NV", country: "BE", siren: "", vatNumber: "BE0428759497" },
};
const sale = (change: Partial<BillingDocument> = {}): BillingDocument =>
  aDocument({ treatment: "REVERSE_CHARGE", vatCents: 0, buyer: belgian, ...change });
const reportOf = (documents: readonly BillingDocument[], change: Partial<SalesReport> = {}): string =>
  salesReportXml({
    ...{ id: "0143a0b0-0000-8000-8000-000000000001", kind: "INITIAL", from: "2026-12-01", to: "2026-12-10" },
    createdAt: new Date("2026-12-10T23:30:00Z"),
    sender: { id: "0123", name: "Plateforme Exemple" },
    seller: aDocument().seller,
    documents,
    ...change,
  });

const deposit = { name: "D2026-000001", issuedOn: "2026-11-02" };
const documents: Readonly<Record<string, BillingDocument>> = {
  "an invoice with reverse charge": sale(),
  "a deposit invoice": sale({
    kind: "DEPOSIT",
    name: "D2026-000001",
    period: null,
    dueOn: null,
    paidOn: "2026-11-30",
  }),
  "a final invoice after a deposit": sale({ advances: [{ ...deposit, netCents: 100, vatCents: 0 }] }),
  "a credit note": sale({
    ...{ kind: "CREDIT_NOTE", name: "A2026-000001", dueOn: null },
    corrects: [{ name: "F2026-000001", issuedOn: "2026-11-30" }],
  }),
  "a credit note for a deposit": sale({
    ...{ kind: "CREDIT_NOTE", name: "A2026-000002", dueOn: null, period: null, correctsDeposits: true },
    corrects: [deposit],
  }),
  "leads of one day": sale({ period: { from: "2026-12-01", to: "2026-12-01" } }),
  "a company of Switzerland": sale({
    treatment: "OUTSIDE_SCOPE",
    buyer: { ...belgian, country: "CH", vatNumber: null },
  }),
  "a company of Guyane": sale({
    treatment: "NONE_OVERSEAS",
    buyer: { ...aDocument().buyer, vatNumber: null, postcode: "97300" },
  }),
  "a company of Monaco without a SIREN": sale({
    ...{ treatment: "STANDARD", vatCents: 1700 },
    buyer: { ...belgian, country: "MC", vatNumber: "FR40303265045" },
  }),
};

describe("a report of sales", () => {
  it.each(Object.keys(documents))("obeys every rule with %s", (name) => {
    expect(brokenReportRules(reportOf([documents[name] ?? sale()]))).toEqual([]);
  });

  it("says who reports which period, in local time, and whether it replaces an earlier report", () => {
    const xml = treeOf(reportOf(Object.values(documents), { kind: "RECTIFYING" }));
    expect(texts(xml, "ReportDocument/Id")).toEqual(["0143a0b0000080008000000000000001"]);
    expect(texts(xml, "ReportDocument/IssueDateTime/DateTimeString")).toEqual(["20261211003000"]);
    expect(texts(xml, "ReportDocument/TypeCode")).toEqual(["RE"]);
    expect(texts(xml, "ReportDocument/Sender/Id")).toEqual(["0123"]);
    expect(texts(xml, "ReportDocument/Issuer/Id")).toEqual(["000000018"]);
    expect(texts(xml, "TransactionsReport/ReportPeriod/EndDate")).toEqual(["20261210"]);
    expect(texts(xml, "TransactionsReport/Invoice/ID")).toEqual(
      Object.values(documents).map(({ name }) => name),
    );
  });

  it("says of each document what it is, who bought, and the VAT", () => {
    const xml = treeOf(reportOf([documents["a credit note"] ?? sale()]));
    const [invoice] = all(xml, "TransactionsReport/Invoice");
    if (!invoice) throw new Error("There is no document.");
    const said = (path: string): string | undefined => texts(invoice, path)[0];
    expect([said("ID"), said("IssueDate"), said("TypeCode")]).toEqual(["A2026-000001", "20261201", "381"]);
    expect([said("ReferencedDocument/ID"), said("ReferencedDocument/IssueDate")]).toEqual([
      ...["F2026-000001", "20261130"],
    ]);
    expect(all(invoice, "Buyer/CompanyId")[0]).toMatchObject({
      ...{ text: "BE0428759497", attributes: { schemeId: "0223" } },
    });
    expect([said("Buyer/PostalAddress/CountryId"), said("MonetaryTotal/TaxExclusiveAmount")]).toEqual([
      ...["BE", "84.99"],
    ]);
    expect(
      ["Code", "Percent", "TaxExemptionReasonCode"].map((name) => said(`TaxSubTotal/TaxCategory/${name}`)),
    ).toEqual(["AE", "0.00", "VATEX-EU-AE"]);
  });

  it("has no payments: where sales are reported by their treatment, we owe no VAT on them", () => {
    const reported = vatTreatments.filter((treatment) => vatConsequences[treatment].route === "E_REPORTED");
    expect(reported).toEqual(["NONE_OVERSEAS", "REVERSE_CHARGE", "OUTSIDE_SCOPE"]);
    expect(reported.map((treatment) => vatRatesBasisPoints[treatment])).toEqual([0, 0, 0]);
    expect(reportOf(Object.values(documents))).not.toContain("PaymentsReport");
  });
});

describe("the id of a customer", () => {
  const buyer = { name: "Exemple SA", country: "FR", siren: "000000026", vatNumber: "FR90000000026" };
  const registration = (icd: string | null, number = "123456789") => ({
    siren: "",
    registration: { number, icd },
  });

  it.each([
    ["a French company", buyer, "0002", "000000026"],
    ["one without a VAT number", { ...buyer, vatNumber: null }, "0227", "FRExemple SA"],
    [
      "one of the EU",
      { ...buyer, country: "DE", siren: "", vatNumber: "DE136695976" },
      "0223",
      "DE136695976",
    ],
    ["a branch abroad", { ...buyer, country: "DE", vatNumber: "DE136695976" }, "0223", "DE136695976"],
    ["one of New Caledonia", { ...buyer, country: "NC", ...registration("0228") }, "0228", "123456789"],
    ["one of French Polynesia", { ...buyer, country: "PF", ...registration("0229") }, "0229", "123456789"],
    ["one elsewhere", { ...buyer, country: "CH", ...registration("0183") }, "0227", "CHExemple SA"],
    [
      "one elsewhere with a long name",
      { ...buyer, country: "GB", siren: "", name: "Example Motors of Manchester" },
      ...["0227", "GBExample Motors o"],
    ],
  ] as const)("is that of its register: %s", (_, of, scheme, value) => {
    expect(buyerIdOf(of)).toEqual({ scheme, value });
  });
});

const xml = reportOf([documents["a credit note"] ?? sale()]);
const put = (from: RegExp | string, to: string, inXml = xml): string => {
  const changed = inXml.replace(from, to);
  if (changed === inXml) throw new Error(`There is no ${String(from)} in the report.`);
  return changed;
};
const broken: Readonly<Record<string, string>> = {
  "G1.01": put(">381<", ">999<"),
  "G1.02": put(">S1<", ">S9<"),
  "G1.05": put(">A2026-000001<", ">A2026  000001<"),
  "G1.09": put("<IssueDate>20261201<", "<IssueDate>2026-12-01<"),
  "G1.14": put("<TaxableAmount>84.99<", "<TaxableAmount>84,99<"),
  "G1.24": put("<Percent>0.00<", "<Percent>21.00<"),
  "G1.32": put(/<ReferencedDocument>[^]*<\/ReferencedDocument>/, ""),
  "G1.40": put(/<TaxExemptionReasonCode>.*/, "", put(">AE<", ">E<")),
  "G1.53": put("<TaxableAmount>84.99<", "<TaxableAmount>84.98<"),
  "G1.60": put(">381<", ">503<", put(">S1<", ">S4<")),
  "G1.104": put(/<Id>.*<\/Id>/, "<Id> </Id>"),
  "G2.01": put("<CountryId>BE<", "<CountryId>Belgium<"),
  "G2.19": put('schemeId="0223"', 'schemeId="0208"'),
  "G2.31": put(">AE<", ">XX<"),
  "G2.33": put(/<TaxRegistrationId qualifyingId="VAT">BE.*/, ""),
  "G6.22": put(">0123<", ">123<"),
  "G6.23": put('CurrencyCode="EUR"', 'CurrencyCode="USD"'),
  "G6.25": put("<EndDate>20261210<", "<EndDate>20261201<"),
  "G6.26": put(">000000018<", ">00000001800012<"),
  "G6.28": put(/<CompanyId schemeId="0223">.*/, ""),
  "G6.29": put("</Report>", "<PaymentsReport/></Report>"),
  "G7.51": put(">WK<", ">CS<"),
  "G7.52": put("<RoleCode>SE<", "<RoleCode>MOA<"),
  "G7.53": put(">20261211003000<", ">20261211T003000<"),
  "G8.01": put(">IN<", ">380<"),
  "P1.11": put("<BusinessProcess>", "<TaxDueDateTypeCode>9</TaxDueDateTypeCode><BusinessProcess>"),
  "S1.12": put("1p0:ereporting", "1p0:CDV"),
  XSD: put(/(<IssueDate>20261201<\/IssueDate>)\s*(<TypeCode>381<\/TypeCode>)/, "$2$1"),
};

describe("the rules of a report", () => {
  it("each have a report that breaks them", () => {
    expect(Object.keys(broken).sort()).toEqual(Object.keys(reportRules).sort());
  });

  it.each(Object.keys(broken))("find what breaks %s", (rule) => {
    expect(brokenReportRules(broken[rule] ?? "")).toContain(rule);
  });
});
