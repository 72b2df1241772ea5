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
import { jsonFault, maxJsonDepth } from "./json";

export type RawVariables = Readonly<Record<string, unknown>>;

const maxProblems = 10;

/** At most ten problems, or none when the operation can run with these variables. */
export function variableProblems(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: RawVariables,
): GraphQLError[] {
  const definitions = operation.variableDefinitions ?? [];
  const problems = definitions.flatMap((definition) =>
    problemsOf(schema, definition, raw).map((message) => new GraphQLError(message, { nodes: definition })),
  );
  return problems.slice(0, maxProblems);
}

function problemsOf(schema: GraphQLSchema, definition: VariableDefinitionNode, raw: RawVariables): string[] {
  const type = typeFromAST(schema, definition.type);
  const name = definition.variable.name.value;
  // Validation has already refused variables whose type is not an input type.
  if (!isInputType(type)) return [];
  if (!Object.hasOwn(raw, name)) {
    const required = isNonNullType(type) && !definition.defaultValue;
    return required ? [`Variable "$${name}" of required type "${String(type)}" was not provided.`] : [];
  }
  const value = raw[name];
  // A JSON value can be nested a few levels inside an input object, so the limit is higher here.
  const fault = jsonFault(value, maxJsonDepth * 2);
  return fault ? [`Variable "$${name}" ${fault}.`] : coercionProblems(name, type, value);
}

function coercionProblems(name: string, type: GraphQLInputType, value: unknown): string[] {
  const problems: string[] = [];
  coerceInputValue(value, type, (path, _sent, error) => {
    if (problems.length === maxProblems) return;
    const place = path.length > 0 ? ` at "${name}${path.map(step).join("")}"` : "";
    problems.push(`Variable "$${name}" got an invalid value${place}: ${expectation(type, path, error)}`);
  });
  return problems;
}

const step = (key: string | number): string => (typeof key === "number" ? `[${key}]` : `.${key}`);

function expectation(
  type: GraphQLInputType,
  path: readonly (string | number)[],
  error: GraphQLError,
): string {
  const expected = namedTypeAt(type, path);
  if (error.message.startsWith("Expected non-nullable type")) return "null is not allowed here.";
  if (isEnumType(expected)) {
    const names = expected.getValues().map((value) => value.name);
    return `it must be one of ${names.join(", ")}.`;
  }
  // Only our own scalars set a code, and their messages never repeat the value.
  if (error.extensions["code"] === "INVALID_INPUT") return error.message;
  if (isLeafType(expected)) return `it must be a valid ${expected.name}.`;
  return withoutUnsafeNames(error.message);
}

function namedTypeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  let at: GraphQLInputType = getNamedType(type);
  for (const key of path) {
    if (typeof key === "number" || !isInputObjectType(at)) continue;
    const field: GraphQLInputType | undefined = at.getFields()[key]?.type;
    if (field) at = getNamedType(field);
  }
  return at;
}

// An unknown field name is the client's text. It is repeated only if it looks like a field name.
function withoutUnsafeNames(message: string): string {
  const name = /^Field "([\s\S]*)" is not defined by type "(\w+)"/.exec(message);
  if (!name || /^\w{1,40}$/.test(name[1] ?? "")) return message;
  return `A field is not defined by type "${name[2] ?? ""}".`;
}
