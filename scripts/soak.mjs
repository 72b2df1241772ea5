/**
 * The long trials: the tests of test/faults, with something broken many times instead of a few. Their counts are
 * kept in docs/soak, with what they were counted on, so that they can be committed.
 *
 *   npm run soak                     every trial at its full length: about an hour and a half
 *   npm run soak -- socket-kills     one of them
 *   npm run soak -- socket-kills 50  the same, with 50 instead of its full number
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** How often each breaks what it breaks: as many as its figure in the report is said for. */
const trials = {
  crash: { rounds: 84, what: "a server killed at each of the places where it can be (84 times each)" },
  "socket-kills": { rounds: 1_000, what: "a client's connection cut, under load, over two servers" },
  "database-stops": { rounds: 100, what: "every process of PostgreSQL killed at once, under load" },
  "nats-kills": {
    rounds: 60,
    what: "nats-server, which carries the hints of two servers, killed under load",
  },
  "clock-jumps": { rounds: 300, what: "the clock of one of two servers jumps across an hour, under load" },
};

const [only, count] = process.argv.slice(2);
if ((only !== undefined && !(only in trials)) || (count !== undefined && !(Number(count) >= 1))) {
  console.error(`Say which trial and how often: npm run soak -- ${Object.keys(trials).join("|")} 50`);
  process.exit(2);
}
const wanted = Object.entries(trials).filter(([name]) => only === undefined || name === only);
for (const [name, { rounds, what }] of wanted) run(name, what, Number(count ?? rounds));

function run(name, what, rounds) {
  const folder = mkdtempSync(path.join(tmpdir(), "caratlas-soak-"));
  const results = path.join(folder, "results");
  const startedAt = new Date();
  const { status } = spawnSync(
    process.execPath,
    [path.join(root, "node_modules/jest/bin/jest.js"), `test/faults/${name}`],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, SOAK_ROUNDS: String(rounds), SOAK_RESULTS: results },
    },
  );
  if (status === 0) keep(name, { what, startedAt, counts: readFileSync(results, "utf8") });
  else process.exitCode = 1;
  rmSync(folder, { recursive: true });
}

function keep(name, { what, startedAt, counts }) {
  const minutes = ((Date.now() - startedAt.getTime()) / 60_000).toFixed(0);
  const git = ["rev-parse", "--short", "HEAD"];
  const commit = execFileSync("git", git, { cwd: root, encoding: "utf8" }).trim();
  const day = startedAt.toISOString().slice(0, 10);
  const lines = [
    `# Trial: ${name}`,
    "",
    `Written by \`npm run soak -- ${name}\`; what is counted and how stands in \`test/faults/${name}.test.ts\`.`,
    "",
    `What is broken: ${what}.`,
    "",
    `${day}, on top of commit ${commit}, Node ${process.versions.node}, ${cpus().length} cores, in ${minutes} minutes.`,
    "",
    "```",
    counts.trimEnd(),
    "```",
    "",
    'No fault in n trials means, at 95 %, fewer than 3 in n: "0 in 1,000" is below 0.3 %.',
    "",
  ];
  mkdirSync(path.join(root, "docs/soak"), { recursive: true });
  writeFileSync(path.join(root, `docs/soak/${name}.md`), lines.join("\n"));
}
