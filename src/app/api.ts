/** Joins the resolvers and permissions of all modules and builds the GraphQL schema. */
import type { GraphQLSchema } from "graphql";
import { buildApiSchema } from "../platform/graphql/build-schema";
import type { ResolverClass } from "../platform/graphql/build-schema";
import { uniteApis } from "../platform/module";
import { referenceApi } from "../reference/module";
import { accessApi } from "../access/module";
import { accountApi } from "../account/module";
import { offersApi } from "../offers/module";
import { billingApi } from "../billing/module";
import { deliveryApi } from "../delivery/module";
import { allocationApi } from "../allocation/module";
import { consumerApi } from "../consumer/module";
import { sandboxApi } from "../sandbox/module";
import { listsWithOwnBound } from "./list-bounds";

const api = uniteApis([
  referenceApi,
  accessApi,
  accountApi,
  offersApi,
  billingApi,
  deliveryApi,
  allocationApi,
  consumerApi,
  sandboxApi,
]);

/** Who may use which root field, for all modules. */
export const { permissions } = api;

/** Without resolver instances the schema can be printed but not executed. */
export function buildApi(instances: readonly object[] = []): GraphQLSchema {
  const { resolvers, orphanedTypes } = api;
  const container = instances.length === 0 ? undefined : containerOf(resolvers, instances);
  return buildApiSchema(resolvers, { permissions, listsWithOwnBound, container, orphanedTypes });
}

/** The container in which type-graphql finds the instances. Throws at the start if one is missing, not at a request. */
function containerOf(
  classes: readonly ResolverClass[],
  instances: readonly object[],
): { get(wanted: object): object | undefined } {
  const byClass = new Map<object, object>(instances.map((instance) => [instance.constructor, instance]));
  const missing = classes.filter((one) => !byClass.has(one)).map((one) => one.name);
  if (missing.length > 0) throw new Error(`These resolvers have no instance: ${missing.join(", ")}.`);
  return { get: (wanted) => byClass.get(wanted) };
}
