/**
 * Prints the GraphQL schema and the part of it that each role can use, as JSON: the text of each file by its name.
 * Needs no database.
 */
import "reflect-metadata";
import { lexicographicSortSchema, printSchema } from "graphql";
import { roles } from "../access/identity";
import { buildApi, permissions } from "../app/api";
import { everybody, schemaForRole } from "../platform/graphql/role-schema";

const schema = buildApi();
const fileOf = (role: string): string => `schema/${role.toLowerCase().replaceAll("_", "-")}.graphql`;
const files = {
  "schema.graphql": `${printSchema(lexicographicSortSchema(schema))}\n`,
  ...Object.fromEntries(
    [everybody, ...roles].map((role) => [fileOf(role), schemaForRole(schema, permissions, role)]),
  ),
};
process.stdout.write(JSON.stringify(files));
