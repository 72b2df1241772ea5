/**
 * The French rules for invoices (BR-FR of July 2026) that our documents have to meet, written from their
 * descriptions. Each rule returns what breaks it, so a test names the broken rule.
 */
import { XMLParser } from "fast-xml-parser";

type Element = { readonly [name: string]: unknown };
type Rule = (invoice: Invoice, xml: string) => readonly string[];

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/** An invoice in the syntax CII, read by the paths of its elements. */
class Invoice {
  private readonly root: Element;

  constructor(xml: string) {
    this.root = parser.parse(xml) as Element;
  }

  elements(path: string): readonly unknown[] {
    return path.split("/").reduce<readonly unknown[]>(childrenOf, [this.root.CrossIndustryInvoice]);
  }

  texts(path: string): readonly string[] {
    return this.elements(path).map(textOf);
  }

  text(path: string): string {
    return this.texts(path)[0] ?? "";
  }

  get type(): string {
    return this.text("ExchangedDocument/TypeCode");
  }

  get process(): string {
    return this.text("ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID");
  }
}

const childrenOf = (parents: readonly unknown[], name: string): unknown[] =>
  parents.flatMap((parent) => {
    const child = typeof parent === "object" && parent !== null ? (parent as Element)[name] : undefined;
    return child === undefined ? [] : Array.isArray(child) ? (child as unknown[]) : [child];
  });

function textOf(element: unknown): string {
  const text = typeof element === "object" && element !== null ? (element as Element)["#text"] : element;
  return typeof text === "string" ? text : "";
}

const trade = "SupplyChainTradeTransaction";
const settlement = `${trade}/ApplicableHeaderTradeSettlement`;
const totals = `${settlement}/SpecifiedTradeSettlementHeaderMonetarySummation`;
const lines = `${trade}/IncludedSupplyChainTradeLineItem`;
const seller = `${trade}/ApplicableHeaderTradeAgreement/SellerTradeParty`;
const buyer = `${trade}/ApplicableHeaderTradeAgreement/BuyerTradeParty`;
const references = `${settlement}/InvoiceReferencedDocument`;
const dueDay = `${settlement}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString`;

const dates = [
  "ExchangedDocument/IssueDateTime/DateTimeString",
  dueDay,
  `${references}/FormattedIssueDateTime/DateTimeString`,
  `${trade}/ApplicableHeaderTradeDelivery/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString`,
  `${settlement}/BillingSpecifiedPeriod/StartDateTime/DateTimeString`,
  `${settlement}/BillingSpecifiedPeriod/EndDateTime/DateTimeString`,
];
const amounts = [
  ...["LineTotalAmount", "TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount"],
  ...["TotalPrepaidAmount", "DuePayableAmount"],
].map((name) => `${totals}/${name}`);
const types = "380 389 393 501 386 500 384 471 472 473 261 262 381 396 502 503".split(" ");
const processes = "B1 S1 M1 B2 S2 M2 S3 B4 S4 M4 S5 S6 B7 S7 B8 S8 M8 B9 S9 M9".split(" ");
const deposits = ["386", "500", "503"];
const corrections = ["384", "471", "472", "473"];
const creditNotes = ["261", "381", "396", "502", "503"];

const isDay = (text: string): boolean =>
  /^20\d{6}$/.test(text) &&
  new Date(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`)
    .toISOString()
    .replaceAll("-", "")
    .startsWith(text);

const isDecimal = (text: string, decimals: number, digits = 19): boolean =>
  new RegExp(`^-?\\d+(\\.\\d{1,${String(decimals)}})?$`).test(text) && text.replace(".", "").length <= digits;

const unless = (holds: boolean, ...found: readonly string[]): readonly string[] => (holds ? [] : found);
const allOf =
  (paths: readonly string[], holds: (text: string) => boolean): Rule =>
  (invoice) =>
    paths.flatMap((path) => invoice.texts(path)).filter((text) => !holds(text));

const notes = (invoice: Invoice, code: string): readonly unknown[] =>
  invoice
    .elements("ExchangedDocument/IncludedNote")
    .filter((note) => textOf(childrenOf([note], "SubjectCode")[0]) === code);
const registered = (invoice: Invoice, party: string): string =>
  invoice
    .elements(`${party}/SpecifiedLegalOrganization/ID`)
    .filter((id) => (id as Element)["@schemeID"] === "0002")
    .map(textOf)[0] ?? "";
const dated = (invoice: Invoice): number =>
  invoice
    .elements(references)
    .filter(
      (one) =>
        textOf(childrenOf([one], "IssuerAssignedID")[0]) !== "" &&
        isDay(textOf(childrenOf(childrenOf([one], "FormattedIssueDateTime"), "DateTimeString")[0])),
    ).length;

export const frenchRules = {
  "XML characters": (_, xml) =>
    [...xml.matchAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu)].map(
      ({ index }) => `at ${String(index)}`,
    ),
  "BR-FR-01": allOf(["ExchangedDocument/ID", `${references}/IssuerAssignedID`], ({ length }) => length <= 35),
  "BR-FR-02": allOf(["ExchangedDocument/ID", `${references}/IssuerAssignedID`], (id) =>
    /^[A-Za-z0-9+\-_/]+$/.test(id),
  ),
  "BR-FR-03": allOf(dates, isDay),
  "BR-FR-04": (invoice) => unless(types.includes(invoice.type), invoice.type),
  "BR-FR-05": (invoice) => ["PMT", "PMD", "AAB"].filter((code) => notes(invoice, code).length === 0),
  "BR-FR-06": (invoice) => ["PMT", "PMD", "AAB", "TXD"].filter((code) => notes(invoice, code).length > 1),
  "BR-FR-08": (invoice) => unless(processes.includes(invoice.process), invoice.process),
  "BR-FR-09": (invoice) =>
    [seller, buyer].flatMap((party) =>
      invoice
        .elements(`${party}/GlobalID`)
        .filter((id) => (id as Element)["@schemeID"] === "0009")
        .map(textOf)
        .filter((siret) => !/^\d{14}$/.test(siret) || !siret.startsWith(registered(invoice, party))),
    ),
  "BR-FR-10": (invoice) => unless(/^\d{9}$/.test(registered(invoice, seller)), registered(invoice, seller)),
  "BR-FR-12": (invoice) =>
    unless(invoice.text(`${buyer}/URIUniversalCommunication/URIID`) !== "", "no address of the buyer"),
  "BR-FR-13": (invoice) =>
    unless(invoice.text(`${seller}/URIUniversalCommunication/URIID`) !== "", "no address of the seller"),
  "BR-FR-CO-03": (invoice) =>
    unless(
      invoice.type !== "262" ||
        [
          `${trade}/ApplicableHeaderTradeAgreement/ContractReferencedDocument/IssuerAssignedID`,
          `${settlement}/BillingSpecifiedPeriod/StartDateTime/DateTimeString`,
          `${settlement}/BillingSpecifiedPeriod/EndDateTime/DateTimeString`,
        ].every((path) => invoice.text(path) !== ""),
      "a general rebate without contract or period",
    ),
  "BR-FR-CO-04": (invoice) =>
    unless(
      !corrections.includes(invoice.type) || invoice.elements(references).length === 1,
      `${String(invoice.elements(references).length)} references`,
    ),
  "BR-FR-CO-05": (invoice) =>
    unless(!creditNotes.includes(invoice.type) || dated(invoice) > 0, "no reference to an invoice"),
  "BR-FR-CO-07": (invoice) => {
    const due = invoice.text(dueDay);
    const free = deposits.includes(invoice.type) || /^[BSM]2$/.test(invoice.process);
    return unless(due === "" || free || due >= invoice.text(dates[0] ?? ""), due);
  },
  "BR-FR-CO-08": (invoice) =>
    unless(!/^[BSM]4$/.test(invoice.process) || !deposits.includes(invoice.type), invoice.type),
  "BR-FR-CO-09": (invoice) => {
    if (!/^[BSM]2$/.test(invoice.process)) return [];
    const [total, paid, due] = ["GrandTotalAmount", "TotalPrepaidAmount", "DuePayableAmount"].map((name) =>
      Number(invoice.text(`${totals}/${name}`) || "NaN"),
    );
    return [
      ...unless(paid === total, `${String(paid)} paid of ${String(total)}`),
      ...unless(due === 0, `${String(due)} to be paid`),
      ...unless(invoice.text(dueDay) !== "", "no day of payment"),
    ];
  },
  "BR-FR-CO-10": (invoice) =>
    [seller, buyer].flatMap((party) => {
      const schemes = invoice.elements(`${party}/GlobalID`).map((id) => (id as Element)["@schemeID"]);
      return unless(
        schemes.every((scheme) => typeof scheme === "string") && new Set(schemes).size === schemes.length,
        party,
      );
    }),
  "BR-FR-DEC-01": allOf(
    [
      ...amounts,
      `${lines}/SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount`,
      `${settlement}/ApplicableTradeTax/CalculatedAmount`,
      `${settlement}/ApplicableTradeTax/BasisAmount`,
    ],
    (amount) => isDecimal(amount, 2),
  ),
  "BR-FR-DEC-02": allOf([`${lines}/SpecifiedLineTradeDelivery/BilledQuantity`], (quantity) =>
    isDecimal(quantity, 4),
  ),
  "BR-FR-DEC-03": allOf(
    [`${lines}/SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount`],
    (price) => isDecimal(price, 6) && !price.startsWith("-"),
  ),
  "BR-FR-DEC-04": allOf(
    [
      `${settlement}/ApplicableTradeTax/RateApplicablePercent`,
      `${lines}/SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent`,
    ],
    (rate) => isDecimal(rate, 2, 4) && !rate.startsWith("-"),
  ),
} as const satisfies Readonly<Record<string, Rule>>;

export type FrenchRule = keyof typeof frenchRules;
export const frenchRuleNames = Object.keys(frenchRules) as readonly FrenchRule[];

/** Returns each broken rule with what breaks it; empty when the invoice follows all of them. */
export function brokenFrenchRules(xml: string): Partial<Record<FrenchRule, readonly string[]>> {
  const invoice = new Invoice(xml);
  return Object.fromEntries(
    frenchRuleNames.flatMap((name) => {
      const rule: Rule = frenchRules[name];
      const found = rule(invoice, xml);
      return found.length === 0 ? [] : [[name, found]];
    }),
  );
}
