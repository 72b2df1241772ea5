/**
 * Decides whether an error is the caller's mistake and which message the caller may see. All other errors are
 * internal and are not described to clients (errors.ts).
 *
 * graphql-js repeats values in its messages. They may be personal data, so messages are cut before the value.
 */
import { GraphQLError } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import { AppError, type ErrorCode } from "../../shared/errors";

export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Describes the caller's mistake, or returns null when the error is internal. */
export function faultOf(error: unknown): Fault | null {
  const cause = rootOf(error);
  if (cause instanceof AppError) {
    const { code, message, details } = cause;
    return { code, message, ...(Object.keys(details).length > 0 && { details }) };
  }
  if (cause instanceof ArgumentValidationError)
    return invalid(validationMessage(cause.extensions["validationErrors"]));
  if (!(error instanceof GraphQLError) || !(cause instanceof GraphQLError)) return null;
  // An error without a path occurred before execution, in the document, its variables or the request.
  const beforeExecution = error.path === undefined || cause.message.startsWith('Argument "');
  return beforeExecution ? invalid(withoutValues(cause.message)) : null;
}

const invalid = (message: string): Fault => ({ code: "INVALID_INPUT", message });

/** The original error, unwrapped from the errors of graphql-js. */
export function rootOf(error: unknown): unknown {
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

interface Violation {
  readonly property?: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly Violation[];
}

function validationMessage(violations: unknown): string {
  const texts = Array.isArray(violations)
    ? violations.flatMap((violation: Violation) => sentences(violation, ""))
    : [];
  return texts.length > 0 ? `${texts.slice(0, 10).join("; ")}.` : "An argument is not valid.";
}

function sentences(violation: Violation, parent: string): string[] {
  const place = parent + (violation.property ?? "");
  const own = Object.values(violation.constraints ?? {}).map((text) => `${place}: ${text}`);
  return [...own, ...(violation.children ?? []).flatMap((child) => sentences(child, `${place}.`))];
}
