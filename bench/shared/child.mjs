/** Runs helper programs of a benchmark in processes of their own, with named requests that are answered once. */
import { fork } from "node:child_process";
import { once } from "node:events";

const children = new Set();
// Stops the programs however the benchmark ends.
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

/** Starts a program that calls `answer`; `ask(name, input)` returns its answer. */
export async function startChild(file, { execArgv = [], env = {} } = {}) {
  const stdio = ["ignore", 2, 2, "ipc"];
  const child = fork(file, [], {
    execArgv,
    env: { ...process.env, ...env },
    stdio,
    serialization: "advanced",
  });
  children.add(child);
  const waiting = new Map();
  let last = 0;
  child.on("message", ({ id, value, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(`${file.replace(/.*bench\//, "")}: ${error}`));
  });
  const ended = once(child, "exit").then(([code, signal]) => {
    children.delete(child);
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended: ${code ?? signal}`));
    waiting.clear();
  });
  const ask = (name, input) =>
    new Promise((resolve, reject) => {
      waiting.set((last += 1), { resolve, reject });
      child.send({ id: last, name, input });
    });
  const stop = async () => {
    child.disconnect();
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
  };
  return { ask, stop };
}

/** Registers the requests that this program answers. It ends when the benchmark disconnects. */
export function answer(handlers, onEnd = () => undefined) {
  process.on("message", ({ id, name, input }) => {
    Promise.resolve()
      .then(() => handlers[name](input))
      .then(
        (value) => process.send({ id, value }),
        (error) => process.send({ id, error: error.stack ?? String(error) }),
      );
  });
  process.on("disconnect", () => {
    Promise.resolve(onEnd()).finally(() => process.exit(0));
  });
}
