/**
 * Everything that must hold before a change is kept. CI runs exactly this. A warning is an error. The linter takes as
 * long as all other static steps together, so it runs beside them. The tests begin when the others have passed.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name) => path.join(root, "node_modules", name);
const cruised = ["src", "migrations", "test", "bench"].filter((folder) =>
  existsSync(path.join(root, folder)),
);

const node = process.execPath;
const lint = ["lint", node, bin("eslint/bin/eslint.js"), ".", "--max-warnings", "0"];
const others = [
  ["commit messages", node, "scripts/check-commits.mjs"],
  ["types", node, bin("typescript/bin/tsc"), "--noEmit", "-p", "."],
  ["format", node, bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."],
  ["import rules", node, bin("dependency-cruiser/bin/dependency-cruise.mjs"), ...cruised],
  ["table owners", node, "scripts/check-owners.mjs"],
  ["settings example", node, "scripts/env-example.mjs", "--check"],
  ["unused code", node, bin("knip/bin/knip.js"), "--no-progress"],
  ["schema drift", node, "scripts/emit-schema.mjs"],
  ["schema promise", node, "scripts/schema-promise.mjs"],
  ["schema style", node, "scripts/check-api.mjs"],
  ["migration drift", node, "scripts/check-migrations.mjs"],
];
const tests = ["tests", "npm", "test"];

const running = new Set();
const startedAt = performance.now();
await Promise.all([run(lint), inTurn(others).then(() => run(tests, { live: true }))]);
console.log(`\ncheck passed in ${secondsSince(startedAt)}`);

async function inTurn(steps) {
  for (const step of steps) await run(step);
}

/** The output of steps that run side by side is kept together; `live` shows it as it comes. The first failure ends all. */
async function run([name, command, ...args], { live = false } = {}) {
  const stepStartedAt = performance.now();
  if (live) console.log(`\n== ${name}`);
  const child = spawn(command, args, { cwd: root, stdio: live ? "inherit" : ["ignore", "pipe", "pipe"] });
  const output = live ? [] : outputOf(child);
  const failure = await failureOf(child);
  if (!live) process.stdout.write(Buffer.concat([Buffer.from(`\n== ${name}\n`), ...output]));
  if (failure !== null) end(`== ${name} failed (${failure}) after ${secondsSince(stepStartedAt)}`);
  console.log(`== ${name} passed in ${secondsSince(stepStartedAt)}`);
}

function outputOf(child) {
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
  return output;
}

/** Null when the program ended well. */
async function failureOf(child) {
  running.add(child);
  const failure = await new Promise((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("close", (status, signal) => resolve(status === 0 ? null : (signal ?? `exit ${status}`)));
  });
  running.delete(child);
  return failure;
}

function end(message) {
  console.error(message);
  for (const other of running) other.kill();
  process.exit(1);
}

function secondsSince(instant) {
  return `${((performance.now() - instant) / 1000).toFixed(1)} s`;
}
