/**
 * Which roles may use which root field. It answers before the resolver runs, for queries, mutations and
 * subscriptions alike. Whose things they are is not decided here: each service reads only what is its
 * caller's.
 */
import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from "graphql";
import { AppError } from "../../shared/errors";

/** Root field -> the roles that may use it. A field that is not listed does not start. */
export type Permissions = Readonly<Record<string, readonly string[] | "PUBLIC">>;

type Asker = { readonly principal?: { readonly role: string } | null } | null | undefined;
type RootField = GraphQLField<unknown, unknown>;

/** Throws unless the caller's role is one of those allowed. */
export function mayUse(allowed: readonly string[] | "PUBLIC", context: Asker): void {
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

/** Puts the check in front of every root field. Throws if the table lacks one, or has one that does not exist. */
export function guard(schema: GraphQLSchema, permissions: Permissions): void {
  const fields = rootTypes(schema).flatMap((type) => Object.values(type.getFields()));
  const unlisted = fields.map(({ name }) => name).filter((name) => !Object.hasOwn(permissions, name));
  if (unlisted.length > 0) throw new Error(`These root fields have no permission: ${unlisted.join(", ")}.`);
  const names = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(permissions).filter((name) => !names.has(name));
  if (unknown.length > 0) throw new Error(`These permissions have no root field: ${unknown.join(", ")}.`);
  for (const field of fields) guardField(field, permissions[field.name] ?? []);
}

function rootTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type): type is GraphQLObjectType => type != null,
  );
}

function guardField(field: RootField, allowed: readonly string[] | "PUBLIC"): void {
  const { resolve, subscribe } = field;
  field.resolve = (root, args, context, info) => {
    mayUse(allowed, context as Asker);
    return resolve?.(root, args, context, info);
  };
  if (!subscribe) return;
  field.subscribe = (root, args, context, info) => {
    mayUse(allowed, context as Asker);
    return subscribe(root, args, context, info);
  };
}
