/**
 * The rules of a life-cycle message (CDAR), one named check for each: the published rule set BR-FR-CDV of July 2026,
 * the rules of a number, a date and a type that it shares with invoices (BR-FR-01 to 04), and the order of the schema.
 */
import { DateTime } from "luxon";
import { all, everywhere, texts, treeOf, type Element } from "./xml-tree";
import { isInOrder } from "./cdar-order";
import {
  actions,
  amountTypes,
  documentTypes,
  partyRoles,
  reasonCodes,
  reasonsByStatus,
  statusCodes,
} from "./cdar-codes";

type Check = (message: Element) => boolean;

const process = "ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter";
const guideline = "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter";
const issuer = "ExchangedDocument/IssuerTradeParty";
const recipient = "ExchangedDocument/RecipientTradeParty";
const sender = "ExchangedDocument/SenderTradeParty";
const phase = "AcknowledgementDocument/TypeCode";
const reference = "AcknowledgementDocument/ReferenceReferencedDocument";
const detail = `${reference}/SpecifiedDocumentStatus`;
const amount = "SpecifiedDocumentStatus/SpecifiedDocumentCharacteristic";

const has = (from: Element, path: string): boolean => texts(from, path).some((text) => text !== "");
const allHave = (from: Element, group: string, path: string): boolean =>
  all(from, group).every((one) => has(one, path));
const areAll = (found: readonly string[], allowed: readonly string[]): boolean =>
  found.every((text) => allowed.includes(text));
const isPhase = (message: Element, code: string): boolean => texts(message, phase).includes(code);
const isInadmissible = (message: Element): boolean =>
  texts(message, `${reference}/ProcessConditionCode`).includes("501");

/** A copy for the public portal alone, which has a guideline and business processes of its own. */
function isForPortal(message: Element): boolean {
  const ids = all(message, `${recipient}/GlobalID`);
  const [only] = ids;
  return (
    ids.length === 1 &&
    only?.text === "0000" &&
    only.attributes["schemeID"] === "0238" &&
    texts(message, `${recipient}/RoleCode`).includes("DFH")
  );
}

/** The role has to be there, and fit the phase. */
function roleFits(message: Element, path: string, roles: readonly string[]): boolean {
  const found = texts(message, `${path}/RoleCode`);
  if (isPhase(message, "305")) return found.includes("WK");
  return !isPhase(message, "23") || found.some((role) => roles.includes(role));
}

const isDay = (text: string): boolean =>
  /^20\d{6}$/.test(text) && DateTime.fromFormat(text, "yyyyMMdd").isValid;

function reasonsFit(message: Element): boolean {
  return all(message, reference).every((one) =>
    all(one, "SpecifiedDocumentStatus").every((status) => {
      const [code = texts(one, "ProcessConditionCode")[0] ?? ""] = texts(status, "ProcessConditionCode");
      return areAll(texts(status, "ReasonCode"), reasonsByStatus[code] ?? reasonCodes);
    }),
  );
}

const needsReason = ["206", "207", "208", "210", "213", "501"];

export const cdarRules: Readonly<Record<string, Check>> = {
  "BR-FR-01": (message) => texts(message, `${reference}/IssuerAssignedID`).every((id) => id.length <= 35),
  "BR-FR-02": (message) =>
    texts(message, `${reference}/IssuerAssignedID`).every(
      (id) => id === "" || /^[A-Za-z0-9+\-_/]+$/.test(id),
    ),
  "BR-FR-03": (message) => texts(message, `${reference}/FormattedIssueDateTime/DateTimeString`).every(isDay),
  "BR-FR-04": (message) => areAll(texts(message, `${reference}/TypeCode`), documentTypes),
  "BR-FR-CDV-01": (message) => all(message, guideline).length > 0,
  "BR-FR-CDV-02": (message) =>
    texts(message, `${guideline}/ID`).every(
      (id) =>
        id === "urn.cpro.gouv.fr:1p0:CDV:invoice" ||
        (id === "urn.cpro.gouv.fr:1p0:CDV:einvoicingF2" && isForPortal(message)),
    ),
  "BR-FR-CDV-03": (message) => has(message, "ExchangedDocument/ID"),
  "BR-FR-CDV-04": (message) => has(message, "ExchangedDocument/IssueDateTime/DateTimeString"),
  "BR-FR-CDV-05": (message) => all(message, sender).length > 0,
  "BR-FR-CDV-06": (message) => allHave(message, sender, "RoleCode"),
  "BR-FR-CDV-07": (message) =>
    has(message, `${issuer}/GlobalID`) === isPhase(message, "23") || !has(message, phase),
  "BR-FR-CDV-08": (message) =>
    all(message, recipient).every(
      (one) =>
        ["WK", "DFH"].includes(texts(one, "RoleCode")[0] ?? "") ||
        has(one, "URIUniversalCommunication/URIID"),
    ),
  "BR-FR-CDV-09": (message) => has(message, phase) && areAll(texts(message, phase), ["23", "305"]),
  "BR-FR-CDV-10": (message) =>
    all(message, reference).length > 0 && allHave(message, reference, "IssuerAssignedID"),
  "BR-FR-CDV-11": (message) =>
    allHave(message, reference, "FormattedIssueDateTime/DateTimeString") || isInadmissible(message),
  "BR-FR-CDV-12": (message) => allHave(message, reference, "ProcessConditionCode"),
  "BR-FR-CDV-13": (message) =>
    allHave(message, reference, "IssuerTradeParty/GlobalID") || isInadmissible(message),
  "BR-FR-CDV-14": (message) =>
    all(message, reference)
      .filter((one) => texts(one, "ProcessConditionCode").includes("212"))
      .every((one) => {
        const collected = all(one, amount).filter((block) => texts(block, "TypeCode").includes("MEN"));
        return (
          collected.length > 0 &&
          collected.every((block) => has(block, "ValueAmount") && has(block, "ValuePercent"))
        );
      }),
  "BR-FR-CDV-15": (message) =>
    all(message, reference)
      .filter((one) => texts(one, "ProcessConditionCode").some((code) => needsReason.includes(code)))
      .every((one) => has(one, "SpecifiedDocumentStatus/ReasonCode")),
  "BR-FR-CDV-16": (message) => allHave(message, detail, "SequenceNumeric"),
  "BR-FR-CDV-CL-01": (message) => {
    const found = texts(message, `${process}/ID`);
    if (isForPortal(message)) return found.every((id) => id.length <= 3);
    return (
      found.length > 0 &&
      areAll(found, ["REGULATED", "NON_REGULATED", "B2C", "B2CINT", "B2BINT", "OUTOFSCOPE"])
    );
  },
  "BR-FR-CDV-CL-02": (message) => roleFits(message, sender, [...partyRoles, "WK"]),
  "BR-FR-CDV-CL-03": (message) => roleFits(message, issuer, partyRoles),
  "BR-FR-CDV-CL-04": (message) =>
    all(message, recipient).length > 0 &&
    allHave(message, recipient, "RoleCode") &&
    areAll(texts(message, `${recipient}/RoleCode`), [...partyRoles, "WK", "DFH"]),
  "BR-FR-CDV-CL-05": (message) =>
    areAll(
      texts(message, `${reference}/StatusCode`),
      isPhase(message, "305")
        ? ["8", "10", "43", "48", "51"]
        : ["1", "5", "37", "39", "45", "46", "47", "49", "50"],
    ),
  "BR-FR-CDV-CL-06": (message) =>
    areAll(
      [
        ...texts(message, `${reference}/ProcessConditionCode`),
        ...texts(message, `${detail}/ProcessConditionCode`),
      ],
      statusCodes,
    ),
  "BR-FR-CDV-CL-07": (message) =>
    areAll(texts(message, `${reference}/IssuerTradeParty/RoleCode`), ["SE"]) &&
    (allHave(message, reference, "IssuerTradeParty/RoleCode") || isInadmissible(message)),
  "BR-FR-CDV-CL-08": (message) =>
    areAll(texts(message, `${reference}/RecipientTradeParty/RoleCode`), [...partyRoles, "WK", "DFH"]),
  "BR-FR-CDV-CL-09": reasonsFit,
  "BR-FR-CDV-CL-10": (message) => areAll(texts(message, `${detail}/RequestedActionCode`), actions),
  "BR-FR-CDV-CL-11": (message) => areAll(texts(message, `${reference}/${amount}/TypeCode`), amountTypes),
  XSD: (message) => everywhere(message).every(isInOrder),
};

/** The names of the rules that a message breaks. */
export function brokenCdarRules(xml: string): readonly string[] {
  const message = treeOf(xml);
  return Object.entries(cdarRules).flatMap(([name, holds]) => (holds(message) ? [] : [name]));
}
