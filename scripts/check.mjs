/**
 * Runs every check that a change must pass, the fastest first. CI runs exactly this. Warnings count as
 * errors, and the first step that fails ends the run.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name) => path.join(root, "node_modules", name);
const cruised = ["src", "migrations", "test", "bench"].filter((folder) =>
  existsSync(path.join(root, folder)),
);

const node = process.execPath;
const steps = [
  ["commit messages", node, "scripts/check-commits.mjs"],
  ["types", node, bin("typescript/bin/tsc"), "--noEmit", "-p", "."],
  ["lint", node, bin("eslint/bin/eslint.js"), ".", "--max-warnings", "0"],
  ["format", node, bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."],
  ["import rules", node, bin("dependency-cruiser/bin/dependency-cruise.mjs"), ...cruised],
  ["table owners", node, "scripts/check-owners.mjs"],
  ["settings example", node, "scripts/env-example.mjs", "--check"],
  ["unused code", node, bin("knip/bin/knip.js"), "--no-progress"],
  ["schema drift", node, "scripts/emit-schema.mjs"],
  ["schema promise", node, "scripts/schema-promise.mjs"],
  ["migration drift", node, "scripts/check-migrations.mjs"],
  ["tests", "npm", "test"],
];

const startedAt = performance.now();
for (const [name, command, ...args] of steps) {
  const stepStartedAt = performance.now();
  console.log(`\n== ${name}`);
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    const how = error?.message ?? signal ?? `exit ${status}`;
    console.error(`== ${name} failed (${how}) after ${secondsSince(stepStartedAt)}`);
    process.exit(1);
  }
  console.log(`== ${name} passed in ${secondsSince(stepStartedAt)}`);
}
console.log(`\ncheck passed in ${secondsSince(startedAt)}`);

function secondsSince(instant) {
  return `${((performance.now() - instant) / 1000).toFixed(1)} s`;
}
