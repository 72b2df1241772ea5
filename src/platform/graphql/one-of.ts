/**
 * Marks input types as @oneOf: exactly one field must be given. type-graphql does not support it, so the names
 * are kept here and applied to the built schema; graphql-js then enforces and prints @oneOf.
 */
import { assertValidSchema, isInputObjectType, type GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";

const marked = new Set<string>();

/** Call it next to the input class, with the GraphQL name of the class. */
export function markOneOf(inputName: string): void {
  marked.add(inputName);
}

/** Throws if a name is not an input type, or is one that cannot be @oneOf. */
export function applyOneOf(schema: GraphQLSchema, names: Iterable<string> = marked): void {
  const known = new Set(getMetadataStorage().inputTypes.map(({ name }) => name));
  for (const name of names) {
    if (!known.has(name)) throw new Error(`markOneOf("${name}") names no input type.`);
    const type = schema.getType(name);
    // A schema built from some of the resolvers need not contain every marked type.
    if (isInputObjectType(type)) type.isOneOf = true;
  }
  assertValidSchema(schema);
}
