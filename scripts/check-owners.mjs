/** Checks who reads and writes which table in the SQL of src. The rules are data: scripts/architecture/features.cjs. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import architecture from "./architecture/features.cjs";
import owners from "./architecture/owners.cjs";
import sqlTables from "./architecture/sql-tables.cjs";

const root = path.resolve(import.meta.dirname, "..");

// The snapshot of the migrated database: the step "migration drift" keeps it true.
const catalogue = readFileSync(path.join(root, "migrations/catalogue.txt"), "utf8");
const relations = new Set([...catalogue.matchAll(/^(?:table|view) public\.(\w+)/gm)].map(([, name]) => name));

const sources = readdirSync(path.join(root, "src"), { recursive: true })
  .map((name) => path.posix.join("src", name.split(path.sep).join("/")))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .sort();
const files = sources.map((file) => {
  const text = readFileSync(path.join(root, file), "utf8");
  const entities = [...text.matchAll(/@Entity\("(\w+)"/g)].map(([, table]) => table);
  return { file, ...sqlTables.tablesOf(file, text), entities };
});

const { faults, reads } = owners.ownerFaults(architecture, relations, files);
for (const fault of faults) console.error(fault);
console.log(
  `${relations.size} tables and views have one owner each; ${reads} are read by others than their owner.`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
