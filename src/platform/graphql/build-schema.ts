/**
 * Builds the API from its resolver classes: one set of scalars, @oneOf, and a permission in front of every
 * root field. A root field without a permission stops the start: nothing is open by oversight.
 */
import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync, type BuildSchemaOptions } from "type-graphql";
import { applyOneOf } from "./one-of";
import { guard, type Permissions } from "./permissions";
import { DateTime } from "./scalars";

export { markOneOf } from "./one-of";
export type { Permissions } from "./permissions";
export { Cents, DateTime, Json } from "./scalars";

export type ResolverClass = BuildSchemaOptions["resolvers"][number];

export interface ApiSchemaOptions {
  readonly permissions: Permissions;
  /** Where instances of the resolver classes come from; without it each is made with no arguments. */
  readonly container?: BuildSchemaOptions["container"];
  /** Types that no field mentions by name, such as the members of an interface. */
  readonly orphanedTypes?: readonly ResolverClass[];
}

export function buildApiSchema(
  resolvers: readonly ResolverClass[],
  options: ApiSchemaOptions,
): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as BuildSchemaOptions["resolvers"],
    container: options.container,
    orphanedTypes: options.orphanedTypes && [...options.orphanedTypes],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // Without these two switches a validation error carries back everything that was submitted.
    validate: { forbidUnknownValues: false, validationError: { target: false, value: false } },
    pubSub: unusedPubSub,
    // The check is made after @oneOf has been applied; made here, its result would be cached too early.
    skipCheck: true,
  });
  applyOneOf(schema);
  guard(schema, options.permissions);
  return schema;
}

// type-graphql asks for one as soon as there is a subscription, although each brings its own source.
const unusedPubSub: NonNullable<BuildSchemaOptions["pubSub"]> = {
  publish: () => {
    throw new Error(
      "Nothing is published here: an event is a row, and each subscription reads its own source.",
    );
  },
  subscribe: () => {
    throw new Error("Give the subscription a subscribe function of its own.");
  },
};
