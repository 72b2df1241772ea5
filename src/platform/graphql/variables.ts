/**
 * Validates the variables of a request. graphql-js does so too, but its messages repeat the values, which are
 * people's names and phone numbers. Messages here name the place and the expected type, never the value.
 */
import {
  coerceInputValue,
  getNamedType,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isNonNullType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from "graphql";
import type { Fault } from "../../shared/errors";
import { errorOf } from "../../shared/faults";
import { argumentPathOf, fieldPath } from "./argument-path";
import { jsonFault, maxJsonDepth } from "./json";

export type RawVariables = Readonly<Record<string, unknown>>;

type Path = readonly (string | number)[];

const maxFaults = 10;

/** One error with at most ten faults, or null when the operation can run with these variables. */
export function variablesError(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: RawVariables,
): GraphQLError | null {
  const faults: Fault[] = [];
  for (const definition of operation.variableDefinitions ?? []) {
    const place = argumentPathOf(operation, definition.variable.name.value);
    faults.push(...problemsOf(schema, definition, raw).map((problem) => faultAt(place, problem)));
  }
  if (faults.length === 0) return null;
  const originalError = errorOf(faults.slice(0, maxFaults));
  return new GraphQLError(originalError.message, { originalError });
}

interface Problem {
  readonly reason: string;
  /** Within the variable. */
  readonly path: Path;
  readonly message: string;
}

const faultAt = (place: Path, { reason, path, message }: Problem): Fault => ({
  reason,
  field: fieldPath([...place, ...path]),
  message,
});

function problemsOf(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  raw: RawVariables,
): readonly Problem[] {
  const type = typeFromAST(schema, definition.type);
  const name = definition.variable.name.value;
  // Validation has already refused variables whose type is not an input type.
  if (!isInputType(type)) return [];
  if (!Object.hasOwn(raw, name)) {
    const required = isNonNullType(type) && !definition.defaultValue;
    const message = `Variable "$${name}" of required type "${String(type)}" was not provided.`;
    return required ? [{ reason: "REQUIRED", path: [], message }] : [];
  }
  const value = raw[name];
  // A JSON value can be nested a few levels inside an input object, so the limit is higher here.
  const fault = jsonFault(value, maxJsonDepth * 2);
  if (fault) return [{ reason: "MALFORMED", path: [], message: `Variable "$${name}" ${fault}.` }];
  return coercionProblems(name, type, value);
}

function coercionProblems(name: string, type: GraphQLInputType, value: unknown): Problem[] {
  return valueProblems(type, value).map(({ reason, path, inside, text }) => {
    const place = path.length > 0 ? ` at "${name}${path.map(step).join("")}"` : "";
    const message = `Variable "$${name}" got an invalid value${place}: ${text}`;
    return { reason, path: [...path, ...inside], message };
  });
}

/** What keeps a value from being read as this type, at most ten problems. */
export function valueProblems(
  type: GraphQLInputType,
  value: unknown,
): (Expectation & { readonly path: Path })[] {
  const problems: (Expectation & { readonly path: Path })[] = [];
  coerceInputValue(value, type, (path, _sent, error) => {
    if (problems.length < maxFaults) problems.push({ ...expectation(type, path, error), path });
  });
  return problems;
}

const step = (key: string | number): string => (typeof key === "number" ? `[${key}]` : `.${key}`);

interface Expectation {
  readonly reason: string;
  /** The field of the object at the path, when the object lacks it or does not know it. */
  readonly inside: readonly string[];
  readonly text: string;
}

const says = (reason: string, text: string, inside: readonly string[] = []): Expectation => ({
  reason,
  inside,
  text,
});

function expectation(type: GraphQLInputType, path: Path, error: GraphQLError): Expectation {
  const expected = namedTypeAt(type, path);
  if (error.message.startsWith("Expected non-nullable type"))
    return says("NULL_NOT_ALLOWED", "null is not allowed here.");
  if (isEnumType(expected)) {
    const names = expected.getValues().map((value) => value.name);
    return says("UNKNOWN_VALUE", `it must be one of ${names.join(", ")}.`);
  }
  // Only our own scalars set a code, and their messages never repeat the value.
  if (error.extensions["code"] === "INVALID_INPUT") return says("MALFORMED", error.message);
  if (isLeafType(expected)) return says("MALFORMED", `it must be a valid ${expected.name}.`);
  return objectExpectation(error.message);
}

function objectExpectation(message: string): Expectation {
  const missing = /^Field "(\w+)" of required type/.exec(message)?.[1];
  if (missing !== undefined) return says("REQUIRED", message, [missing]);
  if (message.startsWith("Exactly one key")) return says("NOT_EXACTLY_ONE", message);
  return unknownField(message) ?? says("MALFORMED", message);
}

function namedTypeAt(type: GraphQLInputType, path: Path): GraphQLInputType {
  let at: GraphQLInputType = getNamedType(type);
  for (const key of path) {
    if (typeof key === "number" || !isInputObjectType(at)) continue;
    const field: GraphQLInputType | undefined = at.getFields()[key]?.type;
    if (field) at = getNamedType(field);
  }
  return at;
}

// An unknown field name is the client's text. It is repeated only if it looks like a field name.
function unknownField(message: string): Expectation | null {
  const found = /^Field "([\s\S]*)" is not defined by type "(\w+)"/.exec(message);
  if (!found) return null;
  const [, name = "", typeName = ""] = found;
  if (/^\w{1,40}$/.test(name)) return { reason: "UNKNOWN_FIELD", inside: [name], text: message };
  return { reason: "UNKNOWN_FIELD", inside: [], text: `A field is not defined by type "${typeName}".` };
}
