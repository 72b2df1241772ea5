/**
 * Renders a document as XML: EN 16931 in the syntax UN/CEFACT CII D22B under the French rules (BR-FR), with notes by
 * subject code, SIREN under scheme 0002 and electronic addresses under 0225, in the order of the schema.
 */
import { isOutsideVat, vatConsequences, vatRatesBasisPoints, type VatTreatment } from "../../account/ledger";
import { referencesOf, totalsOf } from "./cii-totals";
import type { BillingDocument, Buyer, DocumentLine, Seller } from "./document";
import { electronicAddressOf, uriOf } from "./electronic-address";
import { exemptionOf, mentionsOf } from "./mentions";
import { day, element, xmlAmount, xmlOf, type Node } from "./xml";

const typeCodes = { INVOICE: "380", CREDIT_NOTE: "381", DEPOSIT: "386" } as const;
const depositCreditNote = "503";

export type TypeCode = (typeof typeCodes)[keyof typeof typeCodes] | typeof depositCreditNote;

/** The type of the document (BT-3) by UNTDID 1001. */
export const typeCodeOf = ({ kind, correctsDeposits }: BillingDocument): TypeCode =>
  correctsDeposits ? depositCreditNote : typeCodes[kind];

/** Business process: services invoiced (S1), already paid (S2), final invoice after deposits (S4). */
export function processOf(document: BillingDocument): "S1" | "S2" | "S4" {
  if (document.kind === "DEPOSIT") return "S2";
  return document.advances.length > 0 ? "S4" : "S1";
}

export const ciiOf = (document: BillingDocument): string =>
  xmlOf("rsm:CrossIndustryInvoice", {
    "@xmlns:rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "@xmlns:qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
    "@xmlns:ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "@xmlns:udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "rsm:ExchangedDocumentContext": {
      "ram:BusinessProcessSpecifiedDocumentContextParameter": { "ram:ID": processOf(document) },
      "ram:GuidelineSpecifiedDocumentContextParameter": { "ram:ID": "urn:cen.eu:en16931:2017" },
    },
    "rsm:ExchangedDocument": {
      "ram:ID": document.name,
      "ram:TypeCode": typeCodeOf(document),
      "ram:IssueDateTime": { "udt:DateTimeString": day(document.issuedOn) },
      "ram:IncludedNote": mentionsOf(document).map(({ code, text }) => ({
        "ram:Content": text,
        "ram:SubjectCode": code,
      })),
    },
    "rsm:SupplyChainTradeTransaction": {
      "ram:IncludedSupplyChainTradeLineItem": document.lines.map((line, index) =>
        lineOf(document, line, index),
      ),
      "ram:ApplicableHeaderTradeAgreement": agreementOf(document),
      "ram:ApplicableHeaderTradeDelivery": {
        "ram:ActualDeliverySupplyChainEvent": {
          "ram:OccurrenceDateTime": { "udt:DateTimeString": day(suppliedOn(document)) },
        },
      },
      "ram:ApplicableHeaderTradeSettlement": settlementOf(document),
    },
  });

/** CGI ann. II 242 nonies A, 10°: the end of the supply, or the day on which the deposit was paid. */
export const suppliedOn = ({ period, paidOn, issuedOn }: BillingDocument): string =>
  period?.to ?? paidOn ?? issuedOn;

const lineOf = (document: BillingDocument, line: DocumentLine, index: number): Node => ({
  "ram:AssociatedDocumentLineDocument": { "ram:LineID": String(index + 1) },
  "ram:SpecifiedTradeProduct": { "ram:Name": line.label },
  "ram:SpecifiedLineTradeAgreement": {
    "ram:NetPriceProductTradePrice": { "ram:ChargeAmount": xmlAmount(line.unitCents) },
  },
  "ram:SpecifiedLineTradeDelivery": {
    "ram:BilledQuantity": element({ unitCode: "C62" }, String(line.quantity)),
  },
  "ram:SpecifiedLineTradeSettlement": {
    "ram:ApplicableTradeTax": { "ram:TypeCode": "VAT", ...categoryOf(document.treatment) },
    "ram:SpecifiedTradeSettlementLineMonetarySummation": { "ram:LineTotalAmount": xmlAmount(line.netCents) },
  },
});

/** A document outside the scope of VAT has no rate, not even zero (BR-O-05). */
const categoryOf = (treatment: VatTreatment): Node => ({
  "ram:CategoryCode": vatConsequences[treatment].category,
  ...(isOutsideVat(treatment)
    ? {}
    : { "ram:RateApplicablePercent": (vatRatesBasisPoints[treatment] / 100).toFixed(2) }),
});

const agreementOf = ({ seller, buyer, treatment }: BillingDocument): Node => ({
  "ram:SellerTradeParty": partyOf({ ...seller, country: "FR" }, treatment),
  "ram:BuyerTradeParty": partyOf(buyer, treatment),
  ...(buyer.purchaseOrder === null
    ? {}
    : { "ram:BuyerOrderReferencedDocument": { "ram:IssuerAssignedID": buyer.purchaseOrder } }),
});

type Party = Pick<Seller & Buyer, "name" | "siren" | "street" | "postcode" | "city" | "country"> &
  Pick<Buyer, "vatNumber" | "registration" | "electronicAddress">;

// A document outside the scope of VAT has no VAT number (BR-O-02).
const taxNumberOf = ({ vatNumber }: Party, treatment: VatTreatment): Node =>
  vatNumber === null || isOutsideVat(treatment)
    ? {}
    : { "ram:SpecifiedTaxRegistration": { "ram:ID": element({ schemeID: "VA" }, vatNumber) } };

/** The SIREN, or the number in the register of the country: with a scheme only where ISO 6523 has one (BT-47-1). */
function registrationOf({ siren, registration }: Party): Node {
  if (siren !== "")
    return { "ram:SpecifiedLegalOrganization": { "ram:ID": element({ schemeID: "0002" }, siren) } };
  if (registration == null) return {};
  const { icd, number } = registration;
  return {
    "ram:SpecifiedLegalOrganization": {
      "ram:ID": icd === null ? number : element({ schemeID: icd }, number),
    },
  };
}

function addressOf(party: Party): Node {
  const address = electronicAddressOf(party);
  return address === null ? {} : { "ram:URIUniversalCommunication": { "ram:URIID": uriOf(address) } };
}

const partyOf = (party: Party, treatment: VatTreatment): Node => ({
  "ram:Name": party.name,
  ...registrationOf(party),
  "ram:PostalTradeAddress": {
    "ram:PostcodeCode": party.postcode,
    "ram:LineOne": party.street,
    "ram:CityName": party.city,
    "ram:CountryID": party.country,
  },
  ...addressOf(party),
  ...taxNumberOf(party, treatment),
});

const creditTransfer = "30";

function settlementOf(document: BillingDocument): Node {
  const { seller, period, dueOn, paidOn } = document;
  // What is paid already is due on the day of its payment (BR-FR-CO-09).
  const dueDay = paidOn ?? dueOn;
  return {
    "ram:InvoiceCurrencyCode": "EUR",
    ...(seller.iban === null
      ? {}
      : {
          "ram:SpecifiedTradeSettlementPaymentMeans": {
            "ram:TypeCode": creditTransfer,
            "ram:PayeePartyCreditorFinancialAccount": { "ram:IBANID": seller.iban },
          },
        }),
    "ram:ApplicableTradeTax": taxOf(document),
    ...(period === null
      ? {}
      : {
          "ram:BillingSpecifiedPeriod": {
            "ram:StartDateTime": { "udt:DateTimeString": day(period.from) },
            "ram:EndDateTime": { "udt:DateTimeString": day(period.to) },
          },
        }),
    ...(dueDay === null
      ? {}
      : {
          "ram:SpecifiedTradePaymentTerms": { "ram:DueDateDateTime": { "udt:DateTimeString": day(dueDay) } },
        }),
    "ram:SpecifiedTradeSettlementHeaderMonetarySummation": totalsOf(document),
    ...referencesOf(document),
  };
}

/** When the VAT becomes due (BT-8): on invoicing, or on payment. */
const dueWith = { debits: "5", payment: "72" } as const;

function taxOf(document: BillingDocument): Node {
  const { treatment, netCents, vatCents, language, onDebits } = document;
  const reason = exemptionOf(treatment, language);
  const { exemptionCode } = vatConsequences[treatment];
  return {
    "ram:CalculatedAmount": xmlAmount(vatCents),
    "ram:TypeCode": "VAT",
    ...(reason === null ? {} : { "ram:ExemptionReason": reason }),
    "ram:BasisAmount": xmlAmount(netCents),
    "ram:CategoryCode": vatConsequences[treatment].category,
    ...(exemptionCode === null ? {} : { "ram:ExemptionReasonCode": exemptionCode }),
    ...(reason === null ? { "ram:DueDateTypeCode": onDebits ? dueWith.debits : dueWith.payment } : {}),
    ...(isOutsideVat(treatment)
      ? {}
      : { "ram:RateApplicablePercent": (vatRatesBasisPoints[treatment] / 100).toFixed(2) }),
  };
}
