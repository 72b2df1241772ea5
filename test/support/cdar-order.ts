/**
 * The order of the elements of a life-cycle message, as the schema of CDAR (D22B) has it, for the elements that French
 * messages use. An element that is not listed here is not expected, and so a violation.
 */
import type { Element } from "./xml-tree";

const party = "ID GlobalID Name RoleCode Description PostalTradeAddress URIUniversalCommunication";
const orders: Readonly<Record<string, string>> = {
  CrossDomainAcknowledgementAndResponse: "ExchangedDocumentContext ExchangedDocument AcknowledgementDocument",
  ExchangedDocumentContext:
    "BusinessProcessSpecifiedDocumentContextParameter GuidelineSpecifiedDocumentContextParameter",
  BusinessProcessSpecifiedDocumentContextParameter: "ID",
  GuidelineSpecifiedDocumentContextParameter: "ID",
  ExchangedDocument: "ID Name IssueDateTime SenderTradeParty IssuerTradeParty RecipientTradeParty",
  SenderTradeParty: party,
  IssuerTradeParty: party,
  RecipientTradeParty: party,
  URIUniversalCommunication: "URIID",
  AcknowledgementDocument:
    "MultipleReferencesIndicator ID TypeCode Name IssueDateTime ReferenceReferencedDocument",
  MultipleReferencesIndicator: "Indicator",
  IssueDateTime: "DateTimeString",
  FormattedIssueDateTime: "DateTimeString",
  ReferenceReferencedDocument:
    "IssuerAssignedID StatusCode TypeCode ReceiptDateTime FormattedIssueDateTime ProcessConditionCode ProcessCondition IssuerTradeParty RecipientTradeParty SpecifiedDocumentStatus",
  SpecifiedDocumentStatus:
    "ReferenceDateTime ReasonCode Reason ProcessConditionCode ProcessCondition RequestedActionCode RequestedAction SequenceNumeric IncludedNote SpecifiedDocumentCharacteristic",
  IncludedNote: "Content SubjectCode",
  SpecifiedDocumentCharacteristic:
    "ID TypeCode Description ValueChangedIndicator Name Location Value ValueAmount ValueDateTime ValuePercent",
};

export function isInOrder({ name, children }: Element): boolean {
  const order = orders[name]?.split(" ") ?? [];
  const places = children.map((child) => order.indexOf(child.name));
  return places.every((place, index) => place >= Math.max(0, ...places.slice(0, index)));
}
