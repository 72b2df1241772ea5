/** Writes generated.ts from the schema and operations.graphql; with --check it only reports whether it is up to date. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildASTSchema, parse } from "graphql";
import { format } from "prettier";

const folder = import.meta.dirname;
const schemaFile = path.resolve(folder, "../../../schema.graphql");
const target = path.join(folder, "generated.ts");
const scalars = {
  ...{ Cents: "number", Cursor: "string", DateTime: "string" },
  ...{ Day: "string", JSON: "unknown", Month: "string" },
};

const schema = parse(readFileSync(schemaFile, "utf8"));
const document = parse(readFileSync(path.join(folder, "operations.graphql"), "utf8"));
const written = await codegen({
  filename: target,
  schema,
  schemaAst: buildASTSchema(schema),
  documents: [{ location: "operations.graphql", document }],
  config: { scalars },
  pluginMap: { operations },
  plugins: [{ operations: {} }],
});
const text = await format(`/* Made by generate.mjs: do not edit. */\n${written}`, {
  parser: "typescript",
  printWidth: 110,
});

if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error(
    "generated.ts does not match the schema and the operations. Run node docs/clients/typescript/generate.mjs",
  );
  process.exitCode = 1;
}
