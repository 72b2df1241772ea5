/**
 * What is wrong with the variables of a request? graphql-js answers the same question, but its answers repeat
 * the values, and these are people's names and phone numbers. Here an answer names the place and what was
 * expected there, never what was sent.
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

/** The problems, at most ten of them; none when the operation can run with these variables. */
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
  // Validation has already refused a variable whose type cannot be an input.
  if (!isInputType(type)) return [];
  if (!Object.hasOwn(raw, name)) {
    const required = isNonNullType(type) && !definition.defaultValue;
    return required ? [`Variable "$${name}" of required type "${String(type)}" was not provided.`] : [];
  }
  const value = raw[name];
  // An input nests a few levels before a free JSON value starts inside of it.
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
  // Only our own scalars carry a code, and their messages never repeat what was sent.
  if (error.extensions["code"] === "INVALID_INPUT") return error.message;
  if (isLeafType(expected)) return `it must be a valid ${expected.name}.`;
  return withoutStrangeNames(error.message);
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

// A field name is the client's own text; one that is no name at all may be anything.
function withoutStrangeNames(message: string): string {
  const name = /^Field "([\s\S]*)" is not defined by type "(\w+)"/.exec(message);
  if (!name || /^\w{1,40}$/.test(name[1] ?? "")) return message;
  return `A field is not defined by type "${name[2] ?? ""}".`;
}
