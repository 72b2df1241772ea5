/**
 * Decides whether an error is the caller's mistake and what the caller may see of it. All other errors are internal
 * and are not described to clients (errors.ts).
 *
 * graphql-js repeats values in its messages. They may be personal data, so messages are cut before the value.
 */
import { GraphQLError } from "graphql";
import { AppError, type ErrorCode, type ErrorDetails } from "../../shared/errors";
import { faultsOf } from "../../shared/faults";

export interface ClientError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Describes the caller's mistake, or returns null when the error is internal. */
export function clientErrorOf(error: unknown): ClientError | null {
  const cause = rootCauseOf(error);
  if (cause instanceof AppError) return described(cause);
  if (!(error instanceof GraphQLError) || !(cause instanceof GraphQLError)) return null;
  const argument = /^Argument "(\w+)"/.exec(cause.message)?.[1];
  // An error without a path occurred before execution, in the document or the request.
  if (error.path === undefined) return invalid(cause.message, { reason: "DOCUMENT_INVALID", field: null });
  return argument === undefined ? null : invalid(cause.message, { reason: "MALFORMED", field: argument });
}

function described(error: AppError): ClientError {
  const { code, message, details } = error;
  if (code !== "INVALID_INPUT") return { code, message, details };
  const faults = faultsOf(error);
  const [{ message: _same, ...first }] = faults as [(typeof faults)[number]];
  return { code, message, details: { ...details, ...first, faults } };
}

const invalid = (message: string, details: ErrorDetails): ClientError =>
  described(new AppError("INVALID_INPUT", withoutValues(message), details));

/** The original error, unwrapped from the errors of graphql-js. */
export function rootCauseOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

const cuts: readonly (readonly [RegExp, string])[] = [
  [/^((?:Enum )?"?\w+"? cannot represent [\w -]*value): [\s\S]*$/, "$1."],
  [/^Value "[\s\S]*" does not exist in "(\w+)" enum[\s\S]*$/, 'This value does not exist in "$1" enum.'],
  [/^Expected value of type "([^"]+)", found [\s\S]*$/, 'Expected a value of type "$1".'],
  [/^Argument "(\w+)" has invalid value [\s\S]*$/, 'Argument "$1" has an invalid value.'],
  [/^Variable "\$(\w+)" got invalid value [\s\S]*$/, 'Variable "$$$1" has an invalid value.'],
  [/ (String|BlockString|Int|Float) "[\s\S]*"\.$/, " $1."],
];

export function withoutValues(message: string): string {
  for (const [shape, replacement] of cuts) {
    if (shape.test(message)) return message.replace(shape, replacement);
  }
  return message;
}
