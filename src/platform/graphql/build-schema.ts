/**
 * Builds the schema from the resolver classes: adds the scalars, @oneOf, and a permission check in front of every
 * root field, whose description names the roles. It throws when a root field has no permission, so that no field is public by oversight.
 */
import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchemaSync, type BuildSchemaOptions } from "type-graphql";
import { applyOneOf } from "./one-of";
import { boundLists } from "./list-bounds";
import { guard, type Permissions } from "./permissions";
import { describeRoles } from "./role-notes";
import { DateTime } from "./scalars";

export { markOneOf } from "./one-of";
export type { Permissions } from "./permissions";
export { Cents, DateTime, Json } from "./scalars";

export type ResolverClass = BuildSchemaOptions["resolvers"][number];

export interface ApiSchemaOptions {
  readonly permissions: Permissions;
  /** Lists that take more items than others and check their own bound, such as CampaignInput.zones. */
  readonly listsWithOwnBound?: readonly string[];
  /** Provides the instances of the resolver classes. Without it each class is constructed without arguments. */
  readonly container?: BuildSchemaOptions["container"];
  /** Types that no field refers to, such as the implementations of an interface. */
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
    // Inputs are checked by pure functions of the features, which report all faults at once.
    validate: false,
    pubSub: unusedPubSub,
    // `applyOneOf` checks the schema. A check here would cache its result before @oneOf is applied.
    skipCheck: true,
  });
  applyOneOf(schema);
  boundLists(schema, options.listsWithOwnBound ?? []);
  guard(schema, options.permissions);
  describeRoles(schema, options.permissions);
  return schema;
}

// type-graphql requires a PubSub as soon as there is a subscription, although each has its own source.
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
