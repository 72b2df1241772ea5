/** Whether what a supplier says of an endpoint is well formed. What its target may be, its sender says. */
import type { FeedKind } from "../../account/feed";
import type { Limits } from "../../access/identity";
import { invalid } from "../../shared/errors";
import type { EndpointKind, EndpointOptions } from "./endpoint";

export const mostEndpoints = 20;
const longestLabel = 100;
const longestDocument = 10_000;

export interface EndpointInput {
  readonly kind: EndpointKind;
  readonly label: string;
  readonly target: string;
  /** As it came; the kind's own needs are its sender's to check. */
  readonly options: unknown;
  readonly events: readonly FeedKind[] | null;
  readonly document: string | null;
  /** For ever: an endpoint that may be sent something else is another endpoint. */
  readonly limits: Limits | null;
}

export interface CheckedInput extends EndpointInput {
  readonly options: EndpointOptions;
}

/** The same, tidied. Throws what is wrong with it, without repeating it. */
export function checkEndpoint(input: EndpointInput): CheckedInput {
  const label = input.label.trim();
  if (label === "" || label.length > longestLabel || /\p{Cc}/u.test(label)) {
    throw invalid(`label takes 1 to ${String(longestLabel)} characters in one line.`);
  }
  if (input.events?.length === 0)
    throw invalid("events: an empty list would send nothing. Leave it out for all.");
  const options = checkOptions(input.options);
  return {
    ...input,
    options,
    label,
    target: input.target.trim(),
    events: input.events && [...new Set(input.events)],
  };
}

export function checkDocument({ kind, document }: EndpointInput, faults: readonly string[]): void {
  if (document === null) return;
  if (kind !== "WEBHOOK") throw invalid("document: only a WEBHOOK has one. Leave it out.");
  if (document.length > longestDocument) {
    throw invalid(`document takes at most ${String(longestDocument)} characters.`);
  }
  if (faults.length > 0) throw invalid(`document: ${faults.slice(0, 5).join(" ")}`);
}

function checkOptions(options: unknown): EndpointOptions {
  const isFlat = typeof options === "object" && options !== null && !Array.isArray(options);
  const values = isFlat ? Object.values(options) : [];
  const isPlain = values.every((value) => value === null || plain.includes(typeof value));
  if (isFlat && isPlain && JSON.stringify(options).length <= longestOptions)
    return options as EndpointOptions;
  throw invalid("options takes an object of texts, numbers and flags, of at most 2000 characters.");
}

const plain = ["string", "number", "boolean"];
const longestOptions = 2_000;
