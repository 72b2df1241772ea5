/**
 * Writes .env.example from the descriptions of the settings (`npm run env:example`). With --check it only
 * compares, and fails on a difference.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const file = path.join(root, ".env.example");

const { status } = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
const require = createRequire(import.meta.url);
const { envExample } = require(path.join(root, "dist/src/app/settings/env-example.js"));

if (!process.argv.includes("--check")) {
  writeFileSync(file, envExample());
} else if (readFileSync(file, "utf8") !== envExample()) {
  console.error(".env.example differs from the settings: run `npm run env:example`.");
  process.exitCode = 1;
}
