/**
 * Keeps schema.graphql equal to the schema that the server serves, so that reviewers see every change of the
 * API. It fails when they differ; with --write it updates the file (`npm run schema`).
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const file = path.join(root, "schema.graphql");

run("scripts/build.mjs");
const emitted = run("dist/src/cli/emit-schema.js");
const kept = read(file);

if (process.argv.includes("--write")) {
  writeFileSync(file, emitted);
  console.log(kept === emitted ? "schema.graphql was up to date." : "schema.graphql was updated.");
} else if (kept !== emitted) {
  if (kept !== "") showDifference();
  console.error(
    "schema.graphql differs from the schema that the server serves: run `npm run schema` and read the diff.",
  );
  process.exitCode = 1;
}

/** Runs one of our scripts and returns what it printed. */
function run(script) {
  const { status, stdout, error } = spawnSync(process.execPath, [path.join(root, script)], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

function read(name) {
  try {
    return readFileSync(name, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

function showDifference() {
  const { stdout } = spawnSync("diff", ["-u", file, "-"], { input: emitted, encoding: "utf8" });
  console.error(stdout);
}
