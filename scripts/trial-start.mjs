/**
 * The two commands on a bare machine, for real: an empty clone, `npm ci`, `npm start`, one line per trial.
 *
 *   node scripts/trial-start.mjs [--from DIR] [--only root-0700,user,ignore-scripts,node22,node24] [--keep]
 *
 * Without --from it clones HEAD; with it, it copies that working tree without what git ignores.
 * Needs the npm registry, and takes about a minute per trial: it is no part of `npm run check`.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { checkOut, prepare } from "./trial/machine.mjs";
import { databaseHome, processesOf, timed } from "./trial/processes.mjs";
import { startAndStop } from "./trial/start-and-stop.mjs";

const run = promisify(execFile);
const { values: options } = parseArgs({
  options: { from: { type: "string" }, only: { type: "string" }, keep: { type: "boolean", default: false } },
});
const isRoot = process.geteuid?.() === 0;
const installTimeoutMs = 600_000;

const trials = [
  { name: "root-0700", as: "root", mode: 0o700 },
  { name: "user", as: "user", mode: 0o755 },
  { name: "ignore-scripts", as: "user", mode: 0o755, install: ["--ignore-scripts"] },
  { name: "node22", as: "user", mode: 0o755, node: "22" },
  { name: "node24", as: "user", mode: 0o755, node: "24" },
];
const chosen = options.only?.split(",") ?? trials.map(({ name }) => name);
const unknown = chosen.filter((name) => !trials.some((trial) => trial.name === name));
if (unknown.length > 0) throw new Error(`There is no trial ${unknown.join(", ")}.`);

let failures = 0;
for (const trial of trials.filter(({ name }) => chosen.includes(name))) {
  if (trial.as === "root" && !isRoot) {
    console.log(`skipped ${trial.name}: only root can try this`);
    continue;
  }
  const place = await mkdtemp(path.join(tmpdir(), `trial-${trial.name}-`));
  try {
    console.log(`ok      ${trial.name}: ${await attempt(trial, place)}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${trial.name}: ${error.message}`);
  } finally {
    await cleanUp(place);
  }
}
process.exitCode = failures > 0 ? 1 : 0;

async function attempt(trial, place) {
  const checkout = await checkOut(place, options.from);
  const machine = await prepare(trial, place);
  const node = (await run("node", ["--version"], machine)).stdout.trim();
  const installMs = await timed(() => command(["npm", "ci", ...(trial.install ?? [])], machine, checkout));
  const cold = await startAndStop(machine, checkout, "SIGTERM");
  const warm = await startAndStop(machine, checkout, "SIGINT");
  const said = ({ readyMs, stopMs }) => `ready ${seconds(readyMs)}, stopped ${seconds(stopMs)}`;
  const who = machine.uid === undefined ? `user ${process.geteuid?.()}` : `user ${machine.uid}`;
  return `Node ${node}, ${who}; npm ci ${seconds(installMs)}; first start ${said(cold)}; second ${said(warm)}`;
}

async function command([program, ...args], machine, cwd) {
  await run(program, args, { ...machine, cwd, timeout: installTimeoutMs, maxBuffer: 1 << 26 }).catch(
    (error) => {
      throw new Error(`${program} ${args.join(" ")} failed: ${String(error.stderr).trim().slice(-2_000)}`);
    },
  );
}

async function cleanUp(place) {
  const checkout = path.join(place, "checkout");
  const home = await databaseHome(checkout);
  for (const { pid } of await processesOf([checkout, home].filter(Boolean))) process.kill(pid, "SIGKILL");
  if (options.keep) return console.log(`        kept: ${[place, home].filter(Boolean).join(" ")}`);
  for (const folder of [place, home].filter(Boolean)) {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
