/**
 * Checks that the caller's role may use a root field, before the resolver runs, for queries, mutations and
 * subscriptions. It does not check who owns the data: each service reads only the rows of its caller.
 */
import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from "graphql";
import { AppError } from "../../shared/errors";

/** The roles that may use each root field. The schema cannot be built while a field is missing. */
export type Permissions = Readonly<Record<string, readonly string[] | "PUBLIC">>;

type CallerContext = { readonly principal?: { readonly role: string } | null } | null | undefined;
type RootField = GraphQLField<unknown, unknown>;

/** Throws unless the caller's role is allowed. */
export function mayUse(allowed: readonly string[] | "PUBLIC", context: CallerContext): void {
  if (allowed === "PUBLIC") return;
  const role = context?.principal?.role;
  if (role === undefined) {
    throw new AppError(
      "UNAUTHENTICATED",
      "Sign in first: send the header Authorization: Bearer followed by your key or token.",
    );
  }
  if (!allowed.includes(role)) {
    throw new AppError("FORBIDDEN", `The role ${role} may not do this. It is for ${allowed.join(", ")}.`);
  }
}

/** Adds the check to every root field. Throws if a field has no permission, or a permission no field. */
export function guard(schema: GraphQLSchema, permissions: Permissions): void {
  const fields = rootFieldsOf(schema);
  const unlisted = fields.map(({ name }) => name).filter((name) => !Object.hasOwn(permissions, name));
  if (unlisted.length > 0) throw new Error(`These root fields have no permission: ${unlisted.join(", ")}.`);
  const names = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(permissions).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`These permissions have no root field: ${unknown.join(", ")}.`);
  for (const field of fields) guardField(field, permissions[field.name] ?? []);
}

export function rootFieldsOf(schema: GraphQLSchema): RootField[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    .filter((type): type is GraphQLObjectType => type != null)
    .flatMap((type) => Object.values(type.getFields()));
}

function guardField(field: RootField, allowed: readonly string[] | "PUBLIC"): void {
  const { resolve, subscribe } = field;
  field.resolve = (root, args, context, info) => {
    mayUse(allowed, context as CallerContext);
    return resolve?.(root, args, context, info);
  };
  if (!subscribe) return;
  field.subscribe = (root, args, context, info) => {
    mayUse(allowed, context as CallerContext);
    return subscribe(root, args, context, info);
  };
}
