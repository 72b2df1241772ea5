/**
 * Writes a report of sales to companies that get no French e-invoice: flow 10.1 of the external specifications of the
 * DGFiP (version 3.2), document by document, without payments. test/support/report-rules.ts checks its rules.
 */
import { vatConsequences, vatRatesBasisPoints } from "../../account/ledger";
import {
  element,
  exemptionOf,
  processOf,
  suppliedOn,
  typeCodeOf,
  xmlAmount,
  xmlOf,
  type BillingDocument,
  type XmlNode,
} from "../documents";
import { buyerIdOf } from "./buyer-id";
import { localStamp } from "./message-time";
import type { ReportKind } from "./plan-reports";

/** The approved platform, which sends the report on to the tax authority. */
export interface ReportSender {
  /** Its number among the approved platforms, four characters. */
  readonly id: string;
  readonly name: string;
}

export interface SalesReport {
  readonly id: string;
  readonly kind: ReportKind;
  readonly from: string;
  readonly to: string;
  readonly createdAt: Date;
  readonly sender: ReportSender;
  readonly seller: Pick<BillingDocument["seller"], "siren" | "name">;
  readonly documents: readonly BillingDocument[];
}

const transmissionTypes: Readonly<Record<ReportKind, string>> = { INITIAL: "IN", RECTIFYING: "RE" };

/** The id that the report has for the tax authority (TT-1): our id without hyphens, as life-cycle messages quote it. */
export const reportNumber = (id: string): string => id.replaceAll("-", "");

export const salesReportXml = (report: SalesReport): string =>
  xmlOf("Report", {
    ReportDocument: headOf(report),
    TransactionsReport: {
      ReportPeriod: { StartDate: plain(report.from), EndDate: plain(report.to) },
      Invoice: report.documents.map(invoiceOf),
    },
  });

const headOf = ({ id, kind, createdAt, sender, seller }: SalesReport): XmlNode => ({
  Id: reportNumber(id),
  IssueDateTime: { DateTimeString: localStamp(createdAt) },
  TypeCode: transmissionTypes[kind],
  Sender: { Id: element({ schemeId: "0238" }, sender.id), Name: sender.name, RoleCode: "WK" },
  Issuer: { Id: element({ schemeId: "0002" }, seller.siren), Name: seller.name, RoleCode: "SE" },
});

const invoiceOf = (document: BillingDocument): XmlNode => {
  const { name, issuedOn, netCents, vatCents, seller, period } = document;
  const dueDay = document.paidOn ?? document.dueOn;
  return {
    ID: name,
    IssueDate: plain(issuedOn),
    TypeCode: typeCodeOf(document),
    CurrencyCode: "EUR",
    ...(dueDay === null ? {} : { DueDate: plain(dueDay) }),
    ...(vatCents === 0 ? {} : { TaxDueDateTypeCode: document.onDebits ? "5" : "72" }),
    BusinessProcess: { ID: processOf(document), TypeID: "urn.cpro.gouv.fr:1p0:ereporting" },
    ReferencedDocument: [...document.corrects, ...document.advances].map((reference) => ({
      ID: reference.name,
      IssueDate: plain(reference.issuedOn),
    })),
    Seller: partyOf({ scheme: "0002", value: seller.siren }, seller.vatNumber, "FR"),
    Buyer: partyOf(buyerIdOf(document.buyer), document.buyer.vatNumber, document.buyer.country),
    Delivery: { Date: plain(suppliedOn(document)) },
    // A period of one day is not allowed (G6.25); the day of delivery says it.
    ...(period === null || period.from === period.to
      ? {}
      : { InvoicePeriod: { StartDate: plain(period.from), EndDate: plain(period.to) } }),
    MonetaryTotal: {
      TaxExclusiveAmount: xmlAmount(netCents),
      TaxAmount: element({ CurrencyCode: "EUR" }, xmlAmount(vatCents)),
    },
    TaxSubTotal: taxOf(document),
  };
};

/** The list has no code for article 294; that of article 295, on the same territories, is the nearest. */
const codeOfOverseas = "VATEX-FR-CGI295";

function taxOf({ treatment, netCents, vatCents }: BillingDocument): XmlNode {
  const { category, exemptionCode } = vatConsequences[treatment];
  const reason = exemptionOf(treatment, "FR");
  return {
    TaxableAmount: xmlAmount(netCents),
    TaxAmount: xmlAmount(vatCents),
    TaxCategory: {
      Code: category,
      Percent: xmlAmount(vatRatesBasisPoints[treatment]),
      ...(reason === null
        ? {}
        : { TaxExemptionReason: reason, TaxExemptionReasonCode: exemptionCode ?? codeOfOverseas }),
    },
  };
}

const partyOf = (
  id: { readonly scheme: string; readonly value: string },
  vatNumber: string | null,
  country: string,
): XmlNode => ({
  CompanyId: element({ schemeId: id.scheme }, id.value),
  ...(vatNumber === null ? {} : { TaxRegistrationId: element({ qualifyingId: "VAT" }, vatNumber) }),
  PostalAddress: { CountryId: country },
});

const plain = (day: string): string => day.replaceAll("-", "");
