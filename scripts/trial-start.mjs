/**
 * The two commands on a bare machine, for real: an empty clone, `npm ci`, `npm start`, one line per trial.
 *
 *   node scripts/trial-start.mjs [--from DIR] [--only root-0700,user,ignore-scripts,node22,node24] [--keep]
 *
 * Without --from it clones HEAD; with it, it copies that working tree without what git ignores.
 * Needs the npm registry, and takes about a minute per trial: it is no part of `npm run check`.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { values: options } = parseArgs({
  options: { from: { type: "string" }, only: { type: "string" }, keep: { type: "boolean", default: false } },
});
const isRoot = process.geteuid?.() === 0;
const installTimeoutMs = 600_000;
const readyTimeoutMs = 90_000;
const stopTimeoutMs = 10_000;

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
  const checkout = await checkOut(place);
  const machine = await prepare(trial, place);
  const node = (await run("node", ["--version"], machine)).stdout.trim();
  const installMs = await timed(() => command(["npm", "ci", ...(trial.install ?? [])], machine, checkout));
  const cold = await startAndStop(machine, checkout, "SIGTERM");
  const warm = await startAndStop(machine, checkout, "SIGINT");
  const said = ({ readyMs, stopMs }) => `ready ${seconds(readyMs)}, stopped ${seconds(stopMs)}`;
  const who = machine.uid === undefined ? `user ${process.geteuid?.()}` : `user ${machine.uid}`;
  return `Node ${node}, ${who}; npm ci ${seconds(installMs)}; first start ${said(cold)}; second ${said(warm)}`;
}

async function checkOut(place) {
  const checkout = path.join(place, "checkout");
  if (options.from === undefined) {
    await run("git", ["clone", "--quiet", "--no-hardlinks", root, checkout]);
    return checkout;
  }
  const listing = ["-C", options.from, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await run("git", listing, { maxBuffer: 1 << 26 });
  for (const file of new Set(stdout.split("\0").filter(Boolean))) {
    const source = path.join(options.from, file);
    // A file may be listed by git and deleted in the working tree.
    if (await stat(source).catch(() => null)) await cp(source, path.join(checkout, file));
  }
  return checkout;
}

/** Who runs the commands, and an environment that knows nothing of the developer's. */
async function prepare(trial, place) {
  const home = path.join(place, "home");
  await mkdir(home);
  const ids = trial.as === "user" && isRoot ? await ordinaryUser() : {};
  const passedOn = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"];
  const env = { HOME: home, PATH: process.env.PATH, LANG: "C.UTF-8", PORT: "0" };
  for (const name of passedOn) if (process.env[name]) env[name] = process.env[name];
  // Another Node would look for npm's machine-wide settings beside itself.
  env.npm_config_globalconfig = (await run("npm", ["config", "get", "globalconfig"])).stdout.trim();
  if (trial.node !== undefined) env.PATH = `${await fetchNode(trial.node, place)}:${env.PATH}`;
  await chmod(place, trial.mode);
  if (ids.uid !== undefined) await giveAway(place, ids);
  return { ...ids, env };
}

async function ordinaryUser() {
  const passwd = await readFile("/etc/passwd", "utf8");
  const account = passwd.split("\n").find((line) => line.startsWith("nobody:"));
  if (account === undefined) throw new Error("There is no user nobody to be.");
  const [, , uid, gid] = account.split(":").map(Number);
  return { uid, gid };
}

async function giveAway(folder, { uid, gid }) {
  const entries = await readdir(folder, { recursive: true });
  for (const file of [folder, ...entries.map((entry) => path.join(folder, entry))]) {
    await chown(file, uid, gid).catch((error) => {
      // A link that leads nowhere has no owner to change.
      if (error.code !== "ENOENT") throw error;
    });
  }
}

async function fetchNode(version, place) {
  const prefix = path.join(place, "node");
  const name = `node-${process.platform}-${process.arch}`;
  await run("npm", ["install", "--no-save", "--ignore-scripts", "--prefix", prefix, `${name}@${version}`]);
  return path.join(prefix, "node_modules", name, "bin");
}

async function command([program, ...args], machine, cwd) {
  await run(program, args, { ...machine, cwd, timeout: installTimeoutMs, maxBuffer: 1 << 26 }).catch(
    (error) => {
      throw new Error(`${program} ${args.join(" ")} failed: ${String(error.stderr).trim().slice(-2_000)}`);
    },
  );
}

async function startAndStop(machine, checkout, signal) {
  const startedAt = performance.now();
  const child = spawn("npm", ["start"], {
    ...machine,
    cwd: checkout,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = once(child, "close");
  try {
    await untilReady(child, checkout, () => output);
    const readyMs = performance.now() - startedAt;
    const stopMs = await timed(() => stop(child, ended, signal));
    await expectNothingLeft(checkout);
    return { readyMs, stopMs };
  } catch (error) {
    throw new Error(`${error.message}\n--- its output ends:\n${output.slice(-3_000)}`);
  } finally {
    killGroup(child, "SIGKILL");
  }
}

async function untilReady(child, checkout, output) {
  const endsAt = performance.now() + readyTimeoutMs;
  let lacking = "";
  while (performance.now() < endsAt) {
    if (child.exitCode !== null)
      throw new Error(`npm start ended with ${child.exitCode} before it was ready`);
    lacking = await whatLacks(checkout, output());
    if (lacking === "") return;
    await pause(100);
  }
  throw new Error(`after ${readyTimeoutMs / 1000} s ${lacking}`);
}

async function whatLacks(checkout, output) {
  if (!/CarAtlas listens/.test(output)) return 'the terminal does not say "CarAtlas listens"';
  const file = path.join(checkout, ".data/demo.json");
  const demo = await readFile(file, "utf8")
    .then(JSON.parse)
    .catch(() => null);
  if (demo === null) return "there is no demo.json";
  if (((await stat(file)).mode & 0o077) !== 0) return "demo.json can be read by others";
  const missing = ["url", "wsUrl", "formKey", "staff", "suppliers"].filter(
    (name) => demo[name] === undefined,
  );
  if (missing.length > 0) return `demo.json lacks ${missing.join(", ")}`;
  // An earlier start's demo.json may still be there.
  if (!output.includes(demo.url)) return "demo.json has another address than the terminal";
  const answer = await fetch(`${demo.url}/readyz`).catch(() => null);
  return answer?.status === 200 ? "" : `/readyz says ${answer?.status ?? "nothing"}`;
}

/** SIGTERM goes to npm alone, as a service manager sends it; SIGINT to all in the terminal, as Ctrl-C does. */
async function stop(child, ended, signal) {
  if (signal === "SIGINT") killGroup(child, signal);
  else child.kill(signal);
  const outcome = await Promise.race([ended, pause(stopTimeoutMs, null, { ref: false })]);
  if (outcome === null) throw new Error(`${signal}: it still runs after ${stopTimeoutMs / 1000} s`);
  const [code, by] = outcome;
  if (code !== 0) throw new Error(`${signal}: it ended with ${code ?? by}, not with 0`);
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function expectNothingLeft(checkout) {
  const folders = [checkout, await databaseHome(checkout)].filter(Boolean);
  const left = await processesOf(folders);
  if (left.length > 0)
    throw new Error(`it left processes behind: ${left.map(({ command }) => command).join("; ")}`);
}

/** Elsewhere than in the checkout only where the server's user could not enter it. */
async function databaseHome(checkout) {
  const text = await readFile(path.join(checkout, ".data/postgres.json"), "utf8").catch(() => "{}");
  return JSON.parse(text).home ?? null;
}

async function processesOf(folders) {
  const { stdout } = await run("ps", ["-eww", "-o", "pid=,stat=,command="]);
  const lines = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line));
  const living = lines.filter((line) => line !== null && !line[2].startsWith("Z"));
  const found = living.map(([, pid, , command]) => ({ pid: Number(pid), command }));
  return found.filter(
    ({ pid, command }) => pid !== process.pid && folders.some((folder) => command.includes(folder)),
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

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
