/** The schema of each role, made when it is first asked for. */
import type { GraphQLSchema } from "graphql";
import { schemaForRole } from "../platform/graphql/role-schema";
import { permissions } from "./api";

export function schemasByRole(schema: GraphQLSchema): (caller: { readonly role: string }) => string {
  const made = new Map<string, string>();
  return ({ role }) => {
    const known = made.get(role) ?? schemaForRole(schema, permissions, role);
    made.set(role, known);
    return known;
  };
}
