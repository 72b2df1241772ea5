/**
 * Compares schema.graphql with the one last published (docs/published-schema.graphql): lists what is new, fails
 * on what would break a client and was not announced in time. With --publish it makes today's schema the
 * published one (`npm run schema:publish`), which a release does.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSchema } from "graphql";
import { schemaChanges } from "../dist/src/platform/graphql/schema-promise.js";

const root = path.resolve(import.meta.dirname, "..");
const publishedFile = path.join(root, "docs/published-schema.graphql");
const current = readFileSync(path.join(root, "schema.graphql"), "utf8");

const today = new Date().toISOString().slice(0, 10);
const { broken, withdrawn, added } = schemaChanges(
  buildSchema(readFileSync(publishedFile, "utf8")),
  buildSchema(current),
  today,
);
for (const at of added) console.log(`new: ${at}`);
for (const at of withdrawn) console.log(`withdrawn, as announced: ${at}`);
for (const problem of broken) console.error(`breaking: ${problem}`);
if (broken.length > 0) process.exitCode = 1;
else if (process.argv.includes("--publish")) {
  writeFileSync(publishedFile, current);
  console.log("docs/published-schema.graphql is today's schema.");
}
