/**
 * Reads life-cycle messages (CDAR, UN/CEFACT D22B). They are untrusted input, so every value is validated. All
 * reasons are kept, whether they are repeated in one status detail or spread over several.
 */
import { XMLParser } from "fast-xml-parser";
import type { LifeCycleStatus, StatusReason } from "./life-cycle";
import { instantOf } from "./message-time";

export interface ReadMessage extends LifeCycleStatus {
  /** Number of the document the message refers to. */
  readonly document: string;
}

const mostCharacters = 200_000;
const parser = new XMLParser({
  ...{ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, processEntities: true },
  // Without it, character references such as &#233; are left as they are.
  htmlEntities: true,
});

type Tree = { readonly [name: string]: unknown };

/**
 * One status for each document and status code of the message. Throws an error that names the problem but never
 * contains the message's text.
 */
export function readMessages(xml: string): readonly ReadMessage[] {
  if (xml.length > mostCharacters) throw new Error("a life-cycle message is too long");
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error("a life-cycle message declares a document type");
  const root = child(parser.parse(xml) as Tree, "CrossDomainAcknowledgementAndResponse");
  const at = issuedAt(child(root, "ExchangedDocument"));
  const read = children(root, "AcknowledgementDocument").flatMap((acknowledgement) =>
    children(acknowledgement, "ReferenceReferencedDocument").map((reference) => messageOf(reference, at)),
  );
  return merged(read);
}

function messageOf(reference: Tree, at: Date): ReadMessage {
  const reasons = details(reference).flatMap(reasonsOf);
  return {
    document: requiredText(reference, "IssuerAssignedID", /^[A-Za-z0-9+\-_/]{1,35}$/),
    code: requiredText(reference, "ProcessConditionCode", /^\d{3}$/),
    ...{ at, reasons },
    reasonCode: reasons.find(({ code }) => code !== null)?.code ?? null,
    reason: reasons.find(({ text }) => text !== null)?.text ?? null,
  };
}

/** A message may refer to a document twice with the same status; its reasons are then joined. */
function merged(messages: readonly ReadMessage[]): readonly ReadMessage[] {
  const byStatus = new Map<string, ReadMessage>();
  for (const message of messages) {
    const key = `${message.document} ${message.code}`;
    const first = byStatus.get(key);
    const joined = first && {
      ...first,
      reasons: [...first.reasons, ...message.reasons],
      reasonCode: first.reasonCode ?? message.reasonCode,
      reason: first.reason ?? message.reason,
    };
    byStatus.set(key, joined ?? message);
  }
  return [...byStatus.values()];
}

/** The codes and texts of one status detail, in their order, then its notes. */
function reasonsOf(detail: Tree): StatusReason[] {
  const [codes, texts] = [textsOf(detail, "ReasonCode"), textsOf(detail, "Reason")];
  const [actionCode = null] = textsOf(detail, "RequestedActionCode");
  const [action = null] = textsOf(detail, "RequestedAction");
  const count = Math.max(codes.length, texts.length, actionCode === null && action === null ? 0 : 1);
  const given = Array.from({ length: count }, (_, index) => ({
    ...{ code: codes[index] ?? null, text: texts[index] ?? null, actionCode, action },
  }));
  const notes = listOf(detail["IncludedNote"]).flatMap((note) =>
    isTree(note) ? textsOf(note, "Content") : [],
  );
  return [...given, ...notes.map((text) => ({ code: null, text, actionCode: null, action: null }))];
}

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
const details = (reference: Tree): readonly Tree[] =>
  listOf(reference["SpecifiedDocumentStatus"]).filter(isTree);

/** At least one. */
function children(tree: Tree, name: string): readonly Tree[] {
  const found = listOf(tree[name]).filter((one): one is Tree => isTree(one) && Object.keys(one).length > 0);
  if (found.length === 0) throw new Error(`a life-cycle message has no ${name}`);
  return found;
}

function child(tree: Tree, name: string): Tree {
  const [first = {}] = children(tree, name);
  return first;
}

function requiredText(tree: Tree, name: string, shape: RegExp): string {
  const text = tree[name];
  if (typeof text === "string" && shape.test(text.trim())) return text.trim();
  throw new Error(`a life-cycle message has no ${name} that can be read`);
}

/** Without control characters and halves of characters, which the database cannot store. */
const textsOf = (tree: Tree, name: string): readonly string[] =>
  listOf(tree[name])
    .filter((text) => typeof text === "string")
    .map((text) => text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, " ").trim())
    .filter((text) => text !== "");

function issuedAt(exchanged: Tree): Date {
  const issued = child(exchanged, "IssueDateTime");
  const at = instantOf(requiredText(issued, "DateTimeString", /^[\d:.TZ+-]{8,35}$/));
  if (at === null) throw new Error("a life-cycle message has no time that can be read");
  return at;
}
