/**
 * Keeps schema.graphql, and the part of it for each role in schema/, equal to what the server serves, so that
 * reviewers see every change of the API. It fails when they differ; with --write it updates the files
 * (`npm run schema`).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const folder = "schema";

run("scripts/build.mjs");
const emitted = JSON.parse(run("dist/src/cli/emit-schema.js"));
const stale = filesOf(folder).filter((file) => !(file in emitted));
const changed = Object.keys(emitted).filter((file) => read(file) !== emitted[file]);

if (process.argv.includes("--write")) write();
else if (changed.length + stale.length > 0) {
  for (const file of changed.filter((one) => read(one) !== "")) showDifference(file);
  console.error(
    `${[...changed, ...stale].join(", ")}: not what the server serves. Run \`npm run schema\` and read the diff.`,
  );
  process.exitCode = 1;
}

function write() {
  mkdirSync(path.join(root, folder), { recursive: true });
  for (const file of changed) writeFileSync(path.join(root, file), emitted[file]);
  for (const file of stale) rmSync(path.join(root, file));
  const count = changed.length + stale.length;
  console.log(count === 0 ? "The schema was up to date." : `The schema was updated: ${String(count)} files.`);
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

function filesOf(name) {
  try {
    return readdirSync(path.join(root, name)).map((file) => `${name}/${file}`);
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

function read(name) {
  try {
    return readFileSync(path.join(root, name), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

function showDifference(file) {
  const { stdout } = spawnSync("diff", ["-u", path.join(root, file), "-"], {
    input: emitted[file],
    encoding: "utf8",
  });
  console.error(stdout);
}
