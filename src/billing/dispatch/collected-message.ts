/**
 * Writes the only life-cycle message that we send (CDAR, UN/CEFACT D22B): status 212, which reports a payment
 * received, in the order of the schema and under the rules BR-FR-CDV. test/support/cdar-rules.ts checks them.
 */
import { element, uriOf, xmlAmount, xmlOf, type TypeCode, type XmlNode } from "../documents";
import type { ElectronicAddress } from "../../account/suppliers";
import { collectedCode, statusLabel } from "./life-cycle";
import { localStamp } from "./message-time";

/** A company that the message names. */
export interface MessageParty {
  readonly siren: string;
  readonly name: string;
  readonly address: ElectronicAddress;
}

export interface CollectedAmount {
  /** Including VAT; negative for a reversed payment. */
  readonly cents: number;
  /** VAT rate in basis points. */
  readonly rateBasisPoints: number;
}

export interface Collected {
  /** Our id of the message. */
  readonly id: string;
  readonly document: string;
  /** The document's type, by UNTDID 1001. */
  readonly type: TypeCode;
  /** "YYYY-MM-DD" */
  readonly issuedOn: string;
  readonly seller: MessageParty;
  readonly buyer: MessageParty;
  /** One for each VAT rate. */
  readonly amounts: readonly CollectedAmount[];
  readonly at: Date;
}

const names = "urn:un:unece:uncefact:data:standard";
const namespaces = {
  "@xmlns:rsm": `${names}:CrossDomainAcknowledgementAndResponse:100`,
  "@xmlns:ram": `${names}:ReusableAggregateBusinessInformationEntity:100`,
  "@xmlns:qdt": `${names}:QualifiedDataType:100`,
  "@xmlns:udt": `${names}:UnqualifiedDataType:100`,
};
const context = {
  "ram:BusinessProcessSpecifiedDocumentContextParameter": { "ram:ID": "REGULATED" },
  "ram:GuidelineSpecifiedDocumentContextParameter": { "ram:ID": "urn.cpro.gouv.fr:1p0:CDV:invoice" },
};
/** MDT-77: the phase in which the parties treat a document, not the one in which platforms transmit it. */
const processingPhase = "23";
/** MDT-88: paid. */
const paid = "47";

export function collectedMessage(collected: Collected): string {
  const { id, seller, buyer, at } = collected;
  const now = { "udt:DateTimeString": element({ format: "204" }, localStamp(at)) };
  return xmlOf("rsm:CrossDomainAcknowledgementAndResponse", {
    ...namespaces,
    "rsm:ExchangedDocumentContext": context,
    "rsm:ExchangedDocument": {
      "ram:ID": `LC-${id}`,
      "ram:IssueDateTime": now,
      "ram:SenderTradeParty": partyOf(seller, "SE"),
      "ram:IssuerTradeParty": addressed(seller, "SE"),
      "ram:RecipientTradeParty": addressed(buyer, "BY"),
    },
    "rsm:AcknowledgementDocument": {
      "ram:MultipleReferencesIndicator": { "udt:Indicator": "false" },
      "ram:TypeCode": processingPhase,
      "ram:IssueDateTime": now,
      "ram:ReferenceReferencedDocument": referenceOf(collected),
    },
  });
}

const partyOf = ({ siren, name }: MessageParty, role: string): XmlNode => ({
  "ram:GlobalID": element({ schemeID: "0002" }, siren),
  "ram:Name": name,
  "ram:RoleCode": role,
});

const addressed = (party: MessageParty, role: string): XmlNode => ({
  ...partyOf(party, role),
  "ram:URIUniversalCommunication": { "ram:URIID": uriOf(party.address) },
});

const referenceOf = ({ document, type, issuedOn, seller, amounts }: Collected): XmlNode => ({
  "ram:IssuerAssignedID": document,
  "ram:StatusCode": paid,
  "ram:TypeCode": type,
  "ram:FormattedIssueDateTime": {
    "qdt:DateTimeString": element({ format: "102" }, issuedOn.replaceAll("-", "")),
  },
  "ram:ProcessConditionCode": collectedCode,
  "ram:ProcessCondition": statusLabel(collectedCode, "FR"),
  "ram:IssuerTradeParty": partyOf(seller, "SE"),
  "ram:SpecifiedDocumentStatus": {
    "ram:SequenceNumeric": "1",
    "ram:SpecifiedDocumentCharacteristic": amounts.map(({ cents, rateBasisPoints }) => ({
      "ram:TypeCode": "MEN",
      "ram:ValueAmount": element({ currencyID: "EUR" }, xmlAmount(cents)),
      "ram:ValuePercent": xmlAmount(rateBasisPoints),
    })),
  },
});
