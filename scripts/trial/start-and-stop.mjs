/** `npm start` in a checkout until it is ready, then a signal; throws when anything is not as promised. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { databaseHome, killGroup, processesOf, timed } from "./processes.mjs";

const readyTimeoutMs = 90_000;
const stopTimeoutMs = 10_000;

export async function startAndStop(machine, checkout, signal) {
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

/** Empty once everything that a newcomer was promised is there. */
async function whatLacks(checkout, output) {
  if (!/CarAtlas listens/.test(output)) return 'the terminal does not say "CarAtlas listens"';
  const file = path.join(checkout, ".data/demo.json");
  const demo = await readFile(file, "utf8")
    .then(JSON.parse)
    .catch(() => null);
  if (demo === null) return "there is no demo.json";
  if (((await stat(file)).mode & 0o077) !== 0) return "demo.json can be read by others";
  return faultOf(demo, output) || unreadiness(demo.url);
}

function faultOf(demo, output) {
  const missing = ["url", "wsUrl", "formKey", "staff", "suppliers"].filter(
    (name) => demo[name] === undefined,
  );
  if (missing.length > 0) return `demo.json lacks ${missing.join(", ")}`;
  // An earlier start's demo.json may still be there.
  return output.includes(demo.url) ? "" : "demo.json has another address than the terminal";
}

async function unreadiness(url) {
  const answer = await fetch(`${url}/readyz`).catch(() => null);
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

async function expectNothingLeft(checkout) {
  const folders = [checkout, await databaseHome(checkout)].filter(Boolean);
  const left = await processesOf(folders);
  if (left.length > 0)
    throw new Error(`it left processes behind: ${left.map(({ command }) => command).join("; ")}`);
}
