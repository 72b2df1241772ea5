/**
 * Is this error the caller's mistake, and what may be said about it? Everything else is ours and is not
 * described to anybody outside: that is errors.ts.
 *
 * graphql-js repeats values in its messages. They may be personal, so the messages are cut where a value starts.
 */
import { GraphQLError } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import { AppError, type ErrorCode } from "../../shared/errors";

export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The caller's mistake, or null when the error is not one. */
export function faultOf(error: unknown): Fault | null {
  const cause = rootOf(error);
  if (cause instanceof AppError) {
    const { code, message, details } = cause;
    return { code, message, ...(Object.keys(details).length > 0 && { details }) };
  }
  if (cause instanceof ArgumentValidationError)
    return invalid(validationMessage(cause.extensions["validationErrors"]));
  if (!(error instanceof GraphQLError) || !(cause instanceof GraphQLError)) return null;
  // Without a path nothing was executed yet: the document, its variables or the request itself is wrong.
  const beforeExecution = error.path === undefined || cause.message.startsWith('Argument "');
  return beforeExecution ? invalid(withoutValues(cause.message)) : null;
}

const invalid = (message: string): Fault => ({ code: "INVALID_INPUT", message });

/** The error that was thrown in the first place, under the wrappings of graphql-js. */
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
  const said = Array.isArray(violations)
    ? violations.flatMap((violation: Violation) => sentences(violation, ""))
    : [];
  return said.length > 0 ? `${said.slice(0, 10).join("; ")}.` : "An argument is not valid.";
}

function sentences(violation: Violation, parent: string): string[] {
  const place = parent + (violation.property ?? "");
  const own = Object.values(violation.constraints ?? {}).map((text) => `${place}: ${text}`);
  return [...own, ...(violation.children ?? []).flatMap((child) => sentences(child, `${place}.`))];
}
