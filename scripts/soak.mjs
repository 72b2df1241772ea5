/**
 * The long crash trial: the test of crashes with many kills at every failpoint. Its counts are kept in
 * docs/soak/crash.md, with what they were counted on, so that they can be committed.
 *
 *   npm run soak              84 kills at each failpoint, 1,008 in all: about half an hour
 *   npm run soak -- 10        10 at each
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const report = path.join(root, "docs/soak/crash.md");
const rounds = Number(process.argv[2] ?? 84);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("Say how many kills at each failpoint: npm run soak -- 84");
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), "caratlas-soak-"));
const results = path.join(folder, "results");
const startedAt = new Date();
const { status } = spawnSync(
  process.execPath,
  [path.join(root, "node_modules/jest/bin/jest.js"), "test/invariants/crash"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SOAK_ROUNDS: String(rounds), SOAK_RESULTS: results },
  },
);
if (status === 0) keep(readFileSync(results, "utf8"));
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;

function keep(counts) {
  const minutes = ((Date.now() - startedAt.getTime()) / 60_000).toFixed(0);
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], {
    cwd: root,
    encoding: "utf8",
  }).trim();
  const lines = [
    "# Crash trial",
    "",
    "Written by `npm run soak`; what is counted and how stands in `test/invariants/crash.test.ts`.",
    "",
    `${startedAt.toISOString().slice(0, 10)}, on top of commit ${commit}, Node ${process.versions.node}, ${cpus().length} cores: ${rounds} kills at each failpoint, in ${minutes} minutes.`,
    "A request is counted at each failpoint that killed the server during its life.",
    "",
    "```",
    counts.trimEnd(),
    "```",
    "",
  ];
  mkdirSync(path.dirname(report), { recursive: true });
  writeFileSync(report, lines.join("\n"));
}
