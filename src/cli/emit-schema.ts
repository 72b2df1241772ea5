/** Prints the GraphQL schema, for schema.graphql. Needs no database. */
import "reflect-metadata";
import { lexicographicSortSchema, printSchema } from "graphql";
import { buildApi } from "../app/api";

process.stdout.write(`${printSchema(lexicographicSortSchema(buildApi()))}\n`);
