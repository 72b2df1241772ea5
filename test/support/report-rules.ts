/**
 * The rules of a report of international sales (flow 10.1), one named check for each: those of annex 7 (version 1.8) of
 * the external specifications of the DGFiP that concern what we write, and the order of the schema.
 */
import { DateTime } from "luxon";
import { all, everywhere, texts, treeOf, type Element } from "./xml-tree";

type Check = (report: Element) => boolean;

const head = "ReportDocument";
const sales = "TransactionsReport";
const invoice = `${sales}/Invoice`;
const companies = [`${invoice}/Seller/CompanyId`, `${invoice}/Buyer/CompanyId`];
const types = "261 380 381 384 386 389 393 396 471 472 473 500 501 502 503".split(" ");
const creditNotes = "261 381 396 502 503".split(" ");
const deposits = ["386", "500", "503"];
const rates = [0, 0.9, 1.05, 1.75, 2.1, 5.5, 7, 8.5, 9.2, 9.6, 10, 13, 19.6, 20, 20.6];

const isDay = (text: string): boolean =>
  /^20\d{6}$/.test(text) && DateTime.fromFormat(text, "yyyyMMdd").isValid;
const isNumber = (text: string, most: number): boolean =>
  text.length <= most && /^[A-Za-z0-9+\-_/]+( [A-Za-z0-9+\-_/]+)*$/.test(text);
const are = (found: readonly string[], holds: (text: string) => boolean): boolean =>
  found.length > 0 && found.every(holds);
const centsOf = (text: string): number => Math.round(Number(text) * 100);
const sumOf = (found: readonly string[]): number => found.reduce((sum, text) => sum + centsOf(text), 0);
const isAfter = (from: Element, period: string): boolean =>
  all(from, period).every((one) => (texts(one, "EndDate")[0] ?? "") > (texts(one, "StartDate")[0] ?? ""));
const each = (report: Element, path: string, holds: (one: Element) => boolean): boolean =>
  all(report, path).every(holds);

/** Whether the id of a company fits its scheme. */
function isCompany({ text, attributes }: Element): boolean {
  const shapes: Readonly<Record<string, RegExp>> = {
    "0002": /^\d{9}$/,
    "0223": /^.{1,18}$/,
    "0227": /^.{1,18}$/,
    "0228": /^\d{9,10}$/,
    "0229": /^\d{9}$/,
  };
  return shapes[attributes["schemeId"] ?? ""]?.test(text) === true;
}

export const reportRules: Readonly<Record<string, Check>> = {
  "G1.01": (report) => are(texts(report, `${invoice}/TypeCode`), (type) => types.includes(type)),
  "G1.02": (report) =>
    are(texts(report, `${invoice}/BusinessProcess/ID`), (id) => /^([BSM][124]|S5|S6|B7|S7)$/.test(id)),
  "G1.05": (report) =>
    are(texts(report, `${invoice}/ID`), (id) => isNumber(id, 35)) &&
    texts(report, `${invoice}/ReferencedDocument/ID`).every((id) => isNumber(id, 35)),
  "G1.09": (report) =>
    [
      ...["ReportPeriod/StartDate", "ReportPeriod/EndDate"].map((path) => texts(report, `${sales}/${path}`)),
      texts(report, `${invoice}/IssueDate`),
    ].every((found) => are(found, isDay)) &&
    [
      ...["DueDate", "Delivery/Date", "ReferencedDocument/IssueDate"],
      ...["InvoicePeriod/StartDate", "InvoicePeriod/EndDate"],
    ].every((path) => texts(report, `${invoice}/${path}`).every(isDay)),
  "G1.14": (report) =>
    everywhere(report)
      .filter(({ name, children }) => /Amount$/.test(name) && children.length === 0)
      .every(({ text }) => /^-?\d{1,17}(\.\d{1,2})?$/.test(text)),
  "G1.24": (report) =>
    are(texts(report, `${invoice}/TaxSubTotal/TaxCategory/Percent`), (rate) => rates.includes(Number(rate))),
  "G1.32": (report) =>
    each(report, invoice, (one) => {
      if (!texts(one, "TypeCode").some((type) => creditNotes.includes(type))) return true;
      return are(
        all(one, "ReferencedDocument").map((reference) => texts(reference, "IssueDate")[0] ?? ""),
        isDay,
      );
    }),
  "G1.40": (report) =>
    each(
      report,
      `${invoice}/TaxSubTotal/TaxCategory`,
      (category) =>
        !texts(category, "Code").includes("E") ||
        (all(category, "TaxExemptionReason").length === 1 &&
          all(category, "TaxExemptionReasonCode").length === 1),
    ),
  "G1.53": (report) =>
    each(
      report,
      invoice,
      (one) =>
        sumOf(texts(one, "MonetaryTotal/TaxExclusiveAmount")) ===
          sumOf(texts(one, "TaxSubTotal/TaxableAmount")) &&
        sumOf(texts(one, "MonetaryTotal/TaxAmount")) === sumOf(texts(one, "TaxSubTotal/TaxAmount")),
    ),
  "G1.60": (report) =>
    each(
      report,
      invoice,
      (one) =>
        !texts(one, "BusinessProcess/ID").includes("S4") ||
        !texts(one, "TypeCode").some((type) => deposits.includes(type)),
    ),
  "G1.104": (report) => are(texts(report, `${head}/Id`), (id) => isNumber(id, 50)),
  "G2.01": (report) =>
    are(
      ["Seller", "Buyer"].flatMap((party) => texts(report, `${invoice}/${party}/PostalAddress/CountryId`)),
      (country) => /^[A-Z]{2}$/.test(country),
    ),
  "G2.19": (report) => companies.every((path) => all(report, path).every(isCompany)),
  "G2.31": (report) =>
    are(texts(report, `${invoice}/TaxSubTotal/TaxCategory/Code`), (code) => /^(S|E|AE|K|G|O|Z)$/.test(code)),
  "G2.33": (report) =>
    ["Seller", "Buyer"].every((party) =>
      each(report, `${invoice}/${party}`, (one) => {
        const [scheme = ""] = all(one, "CompanyId").map(({ attributes }) => attributes["schemeId"]);
        const numbers = all(one, "TaxRegistrationId");
        return (
          numbers.every(({ attributes }) => attributes["qualifyingId"] === "VAT") &&
          (!["0002", "0223"].includes(scheme) || numbers.length === 1)
        );
      }),
    ),
  "G6.22": (report) =>
    each(
      report,
      `${head}/Sender/Id`,
      ({ text, attributes }) => attributes["schemeId"] === "0238" && text.length === 4,
    ),
  "G6.23": (report) =>
    each(
      report,
      `${invoice}/MonetaryTotal/TaxAmount`,
      ({ attributes }) => attributes["CurrencyCode"] === "EUR",
    ),
  "G6.25": (report) =>
    isAfter(report, `${sales}/ReportPeriod`) && isAfter(report, `${invoice}/InvoicePeriod`),
  "G6.26": (report) =>
    each(
      report,
      `${head}/Issuer/Id`,
      ({ text, attributes }) => attributes["schemeId"] === "0002" && /^\d{9}$/.test(text),
    ),
  "G6.28": (report) => each(report, invoice, (one) => all(one, "Buyer/CompanyId").length === 1),
  "G6.29": (report) => all(report, sales).length + all(report, "PaymentsReport").length === 1,
  "G7.51": (report) => texts(report, `${head}/Sender/RoleCode`).join() === "WK",
  "G7.52": (report) => ["BY", "SE"].includes(texts(report, `${head}/Issuer/RoleCode`).join()),
  "G7.53": (report) =>
    are(texts(report, `${head}/IssueDateTime/DateTimeString`), (at) => /^20\d{12}$/.test(at)),
  "G8.01": (report) => are(texts(report, `${head}/TypeCode`), (type) => type === "IN" || type === "RE"),
  "P1.11": (report) =>
    texts(report, `${invoice}/TaxDueDateTypeCode`).every((code) => /^(5|29|72|3|35|432)$/.test(code)),
  "S1.12": (report) =>
    are(texts(report, `${invoice}/BusinessProcess/TypeID`), (id) => id === "urn.cpro.gouv.fr:1p0:ereporting"),
  XSD: (report) => everywhere(report).every(isInOrder),
};

const party = "CompanyId TaxRegistrationId PostalAddress";
const orders: Readonly<Record<string, string>> = {
  Report: "ReportDocument TransactionsReport PaymentsReport",
  ReportDocument: "Id Name IssueDateTime TypeCode Sender Issuer",
  IssueDateTime: "DateTimeString",
  Sender: "Id Name RoleCode",
  Issuer: "Id Name RoleCode",
  TransactionsReport: "ReportPeriod Invoice",
  ReportPeriod: "StartDate EndDate",
  Invoice:
    "ID IssueDate TypeCode CurrencyCode DueDate TaxDueDateTypeCode IncludedNote BusinessProcess ReferencedDocument Seller Buyer SellerTaxRepresentative Delivery InvoicePeriod AllowanceCharge MonetaryTotal TaxSubTotal Line",
  BusinessProcess: "ID TypeID",
  ReferencedDocument: "ID IssueDate",
  Seller: party,
  Buyer: party,
  PostalAddress: "CountryId",
  Delivery: "Date",
  InvoicePeriod: "StartDate EndDate",
  MonetaryTotal: "TaxExclusiveAmount TaxAmount",
  TaxSubTotal: "TaxableAmount TaxAmount TaxCategory",
  TaxCategory: "Code Percent TaxExemptionReason TaxExemptionReasonCode",
};

function isInOrder({ name, children }: Element): boolean {
  const order = orders[name]?.split(" ") ?? [];
  const places = children.map((child) => order.indexOf(child.name));
  return places.every((place, index) => place >= Math.max(0, ...places.slice(0, index)));
}

/** The names of the rules that a report breaks. */
export function brokenReportRules(xml: string): readonly string[] {
  const report = treeOf(xml);
  return Object.entries(reportRules).flatMap(([name, holds]) => (holds(report) ? [] : [name]));
}
