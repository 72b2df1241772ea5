/**
 * Is a supplier's input for an endpoint valid? Finds all faults at once. What a target and options look like depends
 * on the kind, so the sender of the kind judges them; both come as ports.
 */
import type { FeedKind } from "../../account/feed";
import type { Limits } from "../../access/identity";
import { invalid } from "../../shared/errors";
import { checkTogether } from "../../shared/faults";
import { updated, updatedRequired } from "../../shared/updates";
import type { EndpointKind, EndpointOptions } from "./endpoint";

export const mostEndpoints = 20;
const longestLabel = 100;
const longestDocument = 10_000;
const longestOptions = 2_000;

/** The settings of an endpoint that its supplier can change. */
export interface EndpointSettings {
  readonly label: string;
  readonly target: string;
  readonly options: EndpointOptions;
  readonly events: readonly FeedKind[] | null;
  readonly document: string | null;
}

/** A new endpoint. Null and absent optional fields mean their defaults. */
export interface EndpointInput {
  readonly kind: EndpointKind;
  readonly label: string;
  readonly target: string;
  readonly options?: unknown;
  readonly events?: readonly FeedKind[] | null;
  readonly document?: string | null;
  /** Reads the limits, or throws what is wrong with them. They cannot be changed later. */
  readonly limits: () => Limits | null;
}

/** An absent field keeps its value, and null sets its default. */
export interface EndpointUpdate {
  readonly label?: string | null;
  readonly target?: string | null;
  readonly options?: unknown;
  readonly events?: readonly FeedKind[] | null;
  readonly document?: string | null;
}

export interface CheckedEndpoint extends EndpointSettings {
  readonly kind: EndpointKind;
  readonly limits: Limits | null;
}

/** What this server knows about targets, options and documents. Each answers with messages to the supplier. */
export interface EndpointRules {
  readonly targetFault: (kind: EndpointKind, target: string) => string | null;
  readonly optionsFault: (kind: EndpointKind, options: EndpointOptions) => string | null;
  readonly documentFaults: (document: string) => readonly string[];
}

export function checkNewEndpoint(input: EndpointInput, rules: EndpointRules): CheckedEndpoint {
  const { kind } = input;
  const checks = checksOf(kind, rules);
  const [label, target, options, events, document, limits] = checkTogether(
    () => checks.label(input.label),
    () => checks.target(input.target),
    () => checks.options(input.options ?? {}),
    () => checks.events(input.events ?? null),
    () => checks.document(input.document ?? null),
    () => input.limits(),
  );
  return { kind, label, target, options, events, document, limits };
}

export function checkEndpointUpdate(
  sent: EndpointUpdate,
  current: EndpointSettings & { readonly kind: EndpointKind },
  rules: EndpointRules,
): EndpointSettings {
  const checks = checksOf(current.kind, rules);
  const noOptions: unknown = {};
  const [label, target, options, events, document] = checkTogether(
    () => checks.label(updatedRequired("label", sent.label, current.label)),
    () => checks.target(updatedRequired("target", sent.target, current.target)),
    () =>
      checks.options(
        updated<unknown, unknown>(sent.options, { current: current.options, byDefault: noOptions }),
      ),
    () => checks.events(updated(sent.events, { current: current.events, byDefault: null })),
    () => checks.document(updated(sent.document, { current: current.document, byDefault: null })),
  );
  return { label, target, options, events, document };
}

function checksOf(kind: EndpointKind, rules: EndpointRules) {
  return {
    label: checkLabel,
    target: (target: string) => checkTarget(target.trim(), (text) => rules.targetFault(kind, text)),
    options: (options: unknown) => checkOptions(options, (values) => rules.optionsFault(kind, values)),
    events: checkEvents,
    document: (document: string | null) => checkDocument(kind, document, rules.documentFaults),
  };
}

function checkLabel(text: string): string {
  const label = text.trim();
  if (label !== "" && label.length <= longestLabel && !/\p{Cc}/u.test(label)) return label;
  const reason = label === "" ? "EMPTY" : label.length > longestLabel ? "TOO_LONG" : "MALFORMED";
  throw invalid(`label takes 1 to ${String(longestLabel)} characters in one line.`, {
    reason,
    field: "label",
  });
}

function checkTarget(target: string, faultOf: (target: string) => string | null): string {
  const fault = faultOf(target);
  if (fault === null) return target;
  throw invalid(`target: ${fault}.`, { reason: "MALFORMED", field: "target" });
}

function checkOptions(
  options: unknown,
  faultOf: (options: EndpointOptions) => string | null,
): EndpointOptions {
  const wrong = { reason: "MALFORMED", field: "options" };
  if (!isFlatObject(options) || JSON.stringify(options).length > longestOptions)
    throw invalid(
      "options takes an object of strings, numbers, booleans and nulls, at most 2000 characters long.",
      wrong,
    );
  const fault = faultOf(options);
  if (fault !== null) throw invalid(`${fault}.`, wrong);
  return options;
}

function isFlatObject(options: unknown): options is EndpointOptions {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return false;
  const plain = ["string", "number", "boolean"];
  return Object.values(options).every((value) => value === null || plain.includes(typeof value));
}

function checkEvents(events: readonly FeedKind[] | null): readonly FeedKind[] | null {
  if (events?.length !== 0) return events && [...new Set(events)];
  throw invalid("events: an empty list would send nothing. Leave it out to send all.", {
    reason: "EMPTY",
    field: "events",
  });
}

function checkDocument(
  kind: EndpointKind,
  document: string | null,
  faultsOf: (document: string) => readonly string[],
): string | null {
  if (document === null) return null;
  const field = "document";
  if (kind !== "WEBHOOK")
    throw invalid("document: only a WEBHOOK has one. Leave it out.", { reason: "NOT_ALLOWED", field });
  if (document.length > longestDocument)
    throw invalid(`document takes at most ${String(longestDocument)} characters.`, {
      reason: "TOO_LONG",
      field,
    });
  const faults = faultsOf(document);
  if (faults.length === 0) return document;
  throw invalid(`document: ${faults.slice(0, 5).join(" ")}`, { reason: "DOCUMENT_INVALID", field });
}
