/** Says in the description of each root field which roles may use it. */
import type { GraphQLSchema } from "graphql";
import { rootFieldsOf, type Permissions } from "./permissions";

export function describeRoles(schema: GraphQLSchema, permissions: Permissions): void {
  for (const field of rootFieldsOf(schema)) {
    const note = noteOf(permissions[field.name] ?? []);
    field.description = field.description ? `${field.description}\n\n${note}` : note;
  }
}

const noteOf = (allowed: Permissions[string]): string =>
  allowed === "PUBLIC" ? "For everybody, without signing in." : `For ${allowed.join(", ")}.`;
