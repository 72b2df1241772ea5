/**
 * Checks schema.graphql against the rules of docs/api-style.md. scripts/lint/api/exemptions.json lists the breaches
 * that were published, or are in the contract, before the rules existed.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema } from "graphql";
import check from "./lint/api/check.cjs";

const root = path.resolve(import.meta.dirname, "..");
const read = (file) => readFileSync(path.join(root, file), "utf8");

const problems = check.problemsOf(
  buildSchema(read("schema.graphql")),
  JSON.parse(read("scripts/lint/api/exemptions.json")),
);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`${String(problems.length)} places of the schema break docs/api-style.md.`);
  process.exitCode = 1;
}
