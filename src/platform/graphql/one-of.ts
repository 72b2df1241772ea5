/**
 * Marks input types of which exactly one field must be given. type-graphql does not know @oneOf, so the
 * mark is kept here and put on the finished schema; graphql-js then enforces and prints it.
 */
import { assertValidSchema, isInputObjectType, type GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";

const marked = new Set<string>();

/** Call it beside the input class, with the GraphQL name of that class. */
export function markOneOf(inputName: string): void {
  marked.add(inputName);
}

/** Throws if a mark names no input type at all, or one that cannot be a oneOf. */
export function applyOneOf(schema: GraphQLSchema, names: Iterable<string> = marked): void {
  const known = new Set(getMetadataStorage().inputTypes.map(({ name }) => name));
  for (const name of names) {
    if (!known.has(name)) throw new Error(`markOneOf("${name}") names no input type.`);
    const type = schema.getType(name);
    // A schema of only some resolvers need not reach every marked type.
    if (isInputObjectType(type)) type.isOneOf = true;
  }
  assertValidSchema(schema);
}
