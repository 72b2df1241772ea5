/**
 * Reads and writes life-cycle messages (CDAR, UN/CEFACT D22B). Incoming messages are untrusted input, so
 * every value is validated. The only message we write is status 212, which reports a payment received.
 */
import XMLBuilder from "fast-xml-builder";
import { XMLParser } from "fast-xml-parser";
import type { TypeCode } from "../documents";
import { collectedCode, statusLabel, type LifeCycleStatus } from "./life-cycle";

export interface ReadMessage extends LifeCycleStatus {
  /** Number of the document the message refers to. */
  readonly document: string;
}

const mostCharacters = 200_000;
const mostReason = 500;
const parser = new XMLParser({
  ...{ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, processEntities: true },
});

type Tree = { readonly [name: string]: unknown };

/** Throws an error that names the problem but never contains the message's text. */
export function readMessage(xml: string): ReadMessage {
  if (xml.length > mostCharacters) throw new Error("a life-cycle message is too long");
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error("a life-cycle message declares a document type");
  const root = child(parser.parse(xml) as Tree, "CrossDomainAcknowledgementAndResponse");
  const reference = child(child(root, "AcknowledgementDocument"), "ReferenceReferencedDocument");
  const status = firstOf(reference["SpecifiedDocumentStatus"]);
  const issued = child(child(root, "ExchangedDocument"), "IssueDateTime");
  return {
    document: textOf(reference, "IssuerAssignedID", /^[A-Za-z0-9+\-_/]{1,35}$/),
    code: textOf(reference, "ProcessConditionCode", /^\d{3}$/),
    at: instantOf(textOf(issued, "DateTimeString", /^[\d:.TZ+-]{14,35}$/)),
    reasonCode: maybe(status, "ReasonCode"),
    reason: maybe(status, "Reason"),
  };
}

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const firstOf = (value: unknown): Tree => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isTree(first) ? first : {};
};

function child(tree: Tree, name: string): Tree {
  const found = firstOf(tree[name]);
  if (Object.keys(found).length === 0) throw new Error(`a life-cycle message has no ${name}`);
  return found;
}

function textOf(tree: Tree, name: string, shape: RegExp): string {
  const text = tree[name];
  if (typeof text === "string" && shape.test(text.trim())) return text.trim();
  throw new Error(`a life-cycle message has no ${name} that can be read`);
}

const maybe = (tree: Tree, name: string): string | null => {
  const text = tree[name];
  return typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, mostReason) : null;
};

/** Parses 20261130093000 or ISO 8601. */
function instantOf(text: string): Date {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  const iso = digits ? `${digits.slice(1, 4).join("-")}T${digits.slice(4).join(":")}Z` : text;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) throw new Error("a life-cycle message has no time that can be read");
  return at;
}

export interface Collected {
  readonly document: string;
  /** Document type of UNTDID 1001: 380 for an invoice, 386 for a deposit invoice, 381 for a credit note. */
  readonly type: TypeCode;
  /** "YYYY-MM-DD" */
  readonly issuedOn: string;
  readonly seller: { readonly siren: string; readonly name: string };
  readonly buyer: { readonly siren: string; readonly name: string };
  /** Including VAT; negative for a reversed payment. */
  readonly cents: number;
  /** VAT rate in basis points. */
  readonly rateBasisPoints: number;
  readonly at: Date;
}

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true });
const decimals = (hundredths: number): string => (hundredths / 100).toFixed(2);
const party = ({ siren, name }: Collected["seller"], role: string) => ({
  "ram:GlobalID": { "@schemeID": "0002", "#text": siren },
  "ram:Name": name,
  "ram:RoleCode": role,
});

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

/** Status 212 with the amount received (MEN) and the VAT rate that applies to it. */
export function collectedMessage(collected: Collected): string {
  const { document, seller, buyer, at } = collected;
  const stamp = at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
  const now = { "udt:DateTimeString": { "@format": "204", "#text": stamp } };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({
    "rsm:CrossDomainAcknowledgementAndResponse": {
      ...namespaces,
      "rsm:ExchangedDocumentContext": context,
      "rsm:ExchangedDocument": {
        "ram:ID": `LC-${document}-212-${stamp}`,
        "ram:IssueDateTime": now,
        "ram:SenderTradeParty": party(seller, "SE"),
        "ram:RecipientTradeParty": party(buyer, "BY"),
      },
      "rsm:AcknowledgementDocument": {
        "ram:MultipleReferencesIndicator": { "udt:Indicator": "false" },
        "ram:TypeCode": "23",
        "ram:IssueDateTime": now,
        "ram:ReferenceReferencedDocument": referenceOf(collected),
      },
    },
  })}`;
}

const referenceOf = ({ document, type, issuedOn, seller, cents, rateBasisPoints }: Collected) => ({
  "ram:IssuerAssignedID": document,
  "ram:StatusCode": "47",
  "ram:TypeCode": type,
  "ram:FormattedIssueDateTime": {
    "qdt:DateTimeString": { "@format": "102", "#text": issuedOn.replaceAll("-", "") },
  },
  "ram:ProcessConditionCode": collectedCode,
  "ram:ProcessCondition": statusLabel(collectedCode, "FR"),
  "ram:IssuerTradeParty": party(seller, "SE"),
  "ram:SpecifiedDocumentStatus": {
    "ram:SpecifiedDocumentCharacteristic": {
      "ram:TypeCode": "MEN",
      "ram:ValuePercent": decimals(rateBasisPoints),
      "ram:ValueAmount": { "@currencyID": "EUR", "#text": decimals(cents) },
    },
  },
});
