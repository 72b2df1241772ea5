/** What a module is. `src/app` knows the modules by these interfaces only, and composes them. */
import type { FastifyInstance } from "fastify";
import type { FileKind } from "./downloads/file-kind";
import type { Permissions, ResolverClass } from "./graphql/build-schema";
import type { Job } from "./job";

/** What a module adds to the API. Known without a database, so that the schema can be printed. */
export interface ModuleApi {
  readonly resolvers: readonly ResolverClass[];
  readonly permissions: Permissions;
  /** Types that no field refers to, such as the implementations of an interface. */
  readonly orphanedTypes?: readonly ResolverClass[];
}

/** What a module, or one feature of it, gives to the program once it is built. */
export interface Module<Services> {
  readonly services: Services;
  /** Done once, in the order of the modules, before the server listens. */
  readonly prepare?: readonly (() => Promise<void>)[];
  /** One instance of each resolver class of the module's API. */
  readonly resolvers?: readonly object[];
  readonly jobs?: readonly Job[];
  readonly routes?: readonly Route[];
  /** The kinds of files that can be downloaded. */
  readonly fileKinds?: readonly FileKind[];
  /** What uploaded files are for. */
  readonly uploadKinds?: readonly UploadKind[];
  readonly healthChecks?: readonly HealthCheck[];
}

/** Something that uploaded files are for. */
export interface UploadKind {
  /** The mutation that uses the upload. Who may use it may upload. */
  readonly rootField: string;
}

/** Adds addresses outside GraphQL to the HTTP server. */
export type Route = (app: FastifyInstance) => void;

/** One line of /readyz. */
export interface HealthCheck {
  readonly name: string;
  now(): { readonly ok: boolean; readonly text: string };
}

/** Everything but the services of several features, for the module that they make up. */
export function partsOf(features: readonly Module<unknown>[]): Required<Omit<Module<unknown>, "services">> {
  return {
    prepare: features.flatMap(({ prepare = [] }) => prepare),
    resolvers: features.flatMap(({ resolvers = [] }) => resolvers),
    jobs: features.flatMap(({ jobs = [] }) => jobs),
    routes: features.flatMap(({ routes = [] }) => routes),
    fileKinds: features.flatMap(({ fileKinds = [] }) => fileKinds),
    uploadKinds: features.flatMap(({ uploadKinds = [] }) => uploadKinds),
    healthChecks: features.flatMap(({ healthChecks = [] }) => healthChecks),
  };
}

/** The API that all modules make together. Throws if two of them give a permission for the same root field. */
export function uniteApis(apis: readonly ModuleApi[]): Required<ModuleApi> {
  const permissions: Record<string, Permissions[string]> = {};
  for (const [field, allowed] of apis.flatMap((api) => Object.entries(api.permissions))) {
    if (Object.hasOwn(permissions, field)) throw new Error(`Two permissions are given for ${field}.`);
    permissions[field] = allowed;
  }
  return {
    resolvers: apis.flatMap(({ resolvers }) => resolvers),
    permissions,
    orphanedTypes: apis.flatMap(({ orphanedTypes = [] }) => orphanedTypes),
  };
}
