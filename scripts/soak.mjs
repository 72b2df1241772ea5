/**
 * The long trials: tests of test/faults with something broken many times instead of a few, and tests of
 * test/invariants with more random cases or more at once. Their counts are kept in docs/soak, with what they were
 * counted on, so that they can be committed.
 *
 *   npm run soak                     every trial at its full length: about two hours
 *   npm run soak -- socket-kills     one of them
 *   npm run soak -- socket-kills 50  the same, with 50 instead of its full number
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** `rounds` becomes SOAK_ROUNDS: how often something is broken or tried, or how many want the same at once. */
const trials = {
  crash: {
    file: "test/faults/crash",
    rounds: 84,
    what: "a server killed at each of the places where it can be (84 times each)",
  },
  "socket-kills": {
    file: "test/faults/socket-kills",
    rounds: 1_000,
    what: "a client's connection cut, under load, over two servers",
  },
  "database-stops": {
    file: "test/faults/database-stops",
    rounds: 100,
    what: "every process of PostgreSQL killed at once, under load",
  },
  "nats-kills": {
    file: "test/faults/nats-kills",
    rounds: 60,
    what: "nats-server, which carries the hints of two servers, killed under load",
  },
  "clock-jumps": {
    file: "test/faults/clock-jumps",
    rounds: 300,
    what: "the clock of one of two servers jumps across an hour, under load",
  },
  consent: {
    file: "test/invariants/1-delivered-within-consented",
    rounds: 100,
    what: "random consents and withdrawals, each read through every entry point",
  },
  seats: {
    file: "test/invariants/3-one-seat-one-charge",
    rounds: 50,
    what: "random mixes of seat wishes and payment times, tried twenty times at once",
  },
  overspend: {
    file: "test/invariants/4-no-overspend",
    rounds: 50,
    what: "many leads at once want the last seats of a cap, a balance and a credit limit",
  },
  feed: {
    file: "test/invariants/5-feed-loses-nothing",
    rounds: 500,
    what: "the socket of a client that follows its feed, while leads arrive and are withdrawn",
  },
  index: {
    file: "src/allocation/matching/campaign-index/campaign-index",
    rounds: 1_000,
    what: "random markets, in which the index of campaigns and the terms must find the same",
  },
  simulation: {
    file: "src/allocation/insights/simulation",
    rounds: 1_000,
    what: "random campaigns, simulated and worked out by brute force",
  },
  ledger: {
    file: "test/invariants/6-every-cent-in-the-ledger",
    rounds: 100,
    what: "random sequences of transfers, leads, credits, limits and months",
  },
};

const [only, count] = process.argv.slice(2);
if ((only !== undefined && !(only in trials)) || (count !== undefined && !(Number(count) >= 1))) {
  console.error(`Say which trial and how often: npm run soak -- ${Object.keys(trials).join("|")} 50`);
  process.exit(2);
}
const wanted = Object.entries(trials).filter(([name]) => only === undefined || name === only);
for (const [name, trial] of wanted) run(name, trial, Number(count ?? trial.rounds));

function run(name, { file, what }, rounds) {
  const folder = mkdtempSync(path.join(tmpdir(), "caratlas-soak-"));
  const results = path.join(folder, "results");
  const startedAt = new Date();
  const { status } = spawnSync(process.execPath, [path.join(root, "node_modules/jest/bin/jest.js"), file], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, SOAK_ROUNDS: String(rounds), SOAK_RESULTS: results },
  });
  if (status === 0) keep(name, { file, what, startedAt, counts: readFileSync(results, "utf8") });
  else process.exitCode = 1;
  rmSync(folder, { recursive: true });
}

function keep(name, { file, what, startedAt, counts }) {
  const minutes = ((Date.now() - startedAt.getTime()) / 60_000).toFixed(0);
  const git = ["rev-parse", "--short", "HEAD"];
  const commit = execFileSync("git", git, { cwd: root, encoding: "utf8" }).trim();
  const day = startedAt.toISOString().slice(0, 10);
  const lines = [
    `# Trial: ${name}`,
    "",
    `Written by \`npm run soak -- ${name}\`; what is counted and how stands in \`${file}.test.ts\`.`,
    "",
    `What is broken or tried: ${what}.`,
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
