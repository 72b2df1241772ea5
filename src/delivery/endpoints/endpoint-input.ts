/** Is a supplier's input for an endpoint well formed? Its target and options are checked by the sender of its kind. */
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
  /** Unchecked. The sender of the kind checks which options are allowed. */
  readonly options: unknown;
  readonly events: readonly FeedKind[] | null;
  readonly document: string | null;
  /** Cannot be changed later. */
  readonly limits: Limits | null;
}

export interface CheckedInput extends EndpointInput {
  readonly options: EndpointOptions;
}

/** Returns the normalised input, or throws an error that does not repeat the input. */
export function checkEndpoint(input: EndpointInput): CheckedInput {
  const label = input.label.trim();
  if (label === "" || label.length > longestLabel || /\p{Cc}/u.test(label)) {
    throw invalid(`label takes 1 to ${String(longestLabel)} characters in one line.`);
  }
  if (input.events?.length === 0)
    throw invalid("events: an empty list would send nothing. Leave it out to send all.");
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
  throw invalid(
    "options takes an object of strings, numbers, booleans and nulls, at most 2000 characters long.",
  );
}

const plain = ["string", "number", "boolean"];
const longestOptions = 2_000;
