/**
 * `npm run bench:delivery` measures delivery from the commit to the supplier's socket, compared with lower bounds
 * (bench/RESULTS.md). The server is the built product in its own process with its own PostgreSQL. Exits with an error
 * if an event was lost, duplicated or out of order.
 */
import { say } from "../shared/report.mjs";
import { measureCommits } from "./commits.mjs";
import { measureFanout } from "./fanout.mjs";
import { measureLatency } from "./latency.mjs";
import { help, readOptions } from "./options.mjs";
import { jsonOf, markdownOf } from "./report.mjs";
import { measureResume, measureStopped, missing } from "./resume.mjs";
import { measureSpread } from "./spread.mjs";
import { setStage } from "./stage.mjs";
import { measureTargeted } from "./targeted.mjs";

const options = readOptions();
if (options.help) console.log(help);
else await measure();

async function measure() {
  const { suppliers, targets } = options;
  const others = 20 + 3 * options.sockets.length;
  say("a database, a server and its first lead");
  const stage = await setStage(suppliers + targets + others);
  try {
    const found = await measureAll(stage);
    await stage.feed.check();
    const result = { version: stage.version, options, found };
    console.log(options.json ? JSON.stringify(jsonOf(result)) : markdownOf(result));
  } finally {
    await stage.stop();
  }
}

async function measureAll(stage) {
  const { rounds, suppliers, missed } = options;
  const found = { fanout: {} };
  const wants = (name) => options.only === null || options.only.includes(name);
  const step = async (name, text, take) => {
    if (!wants(name)) return null;
    say(text);
    return take();
  };
  found.latency = await step("latency", "commit to client", () => measureLatency(stage, rounds));
  found.commits = await step("commits", "commits with our signal", () =>
    measureCommits(stage, { suppliers, rounds }),
  );
  for (const sockets of options.sockets)
    found.fanout[sockets] = await step("fanout", `one event to ${sockets} sockets`, () =>
      measureFanout(stage, sockets, rounds),
    );
  found.spread = await step("spread", `${suppliers} suppliers, each event to one of them`, () =>
    measureSpread(stage, suppliers, rounds),
  );
  found.targeted = await step("targeted", `each lead to 3 of ${options.targets} suppliers`, () =>
    measureTargeted(stage, options.targets, rounds),
  );
  if (!wants("resume") && !wants("stopped")) return found;
  const supplier = await missing(stage, missed);
  found.resume = await step("resume", `${missed} missed events`, () =>
    measureResume(stage, { supplier, missed, rounds }),
  );
  found.stopped = await step("stopped", "readers that stop", () => measureStopped(stage, supplier));
  return found;
}
