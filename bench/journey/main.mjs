/**
 * `npm run bench:journey` measures a lead from the form to the suppliers' sockets, on a database with past data
 * (bench/RESULTS.md). A lead takes four HTTP requests: the form, the preview, the submission and the confirmation of
 * the e-mail address, which every product requires. Exits with an error if a lead was not delivered as the database
 * says, or if the ledger does not add up.
 */
import { writeFile } from "node:fs/promises";
import { randomOf } from "../matching/random.mjs";
import * as bareT2 from "../shared/bare-t2.mjs";
import { now } from "../shared/clock.mjs";
import { say } from "../shared/report.mjs";
import { inTurns } from "../shared/turns.mjs";
import { checkOurs } from "./check.mjs";
import { help, readOptions } from "./options.mjs";
import { jsonOf, markdownOf } from "./report.mjs";
import { sharesOf } from "./shares.mjs";
import { setStage } from "./stage.mjs";

const options = readOptions();
if (options.help) console.log(help);
else await measure();

async function measure() {
  const stage = await setStage(options);
  try {
    const found = await measureAll(stage);
    say("what must hold");
    found.t2Leads = await stage.t2.check();
    found.checked = await checkOurs(stage.client, await stage.people.ask("done", { market: "ours" }));
    const result = { version: stage.version, options, found };
    console.log(options.json ? JSON.stringify(jsonOf(result)) : markdownOf(result));
  } finally {
    await stage.stop();
  }
}

async function measureAll(stage) {
  const { people, server } = stage;
  const ms = 1_000 * options.seconds;
  const saturate = (market, time = ms) =>
    people.ask("saturate", { market, workers: options.workers, ms: time });
  const measured = {
    ours: () => saturate("ours"),
    plain: () => saturate("plain"),
    t2: () => t2Rate(stage.t2, ms / 2),
  };
  say("warming up");
  for (const take of Object.values(measured)) await take();
  say("at saturation, in turns");
  const figures = await inTurns(measured, { rounds: options.rounds, baselines: ["plain", "t2"] });
  say("at half of it");
  const rate = figures.ours.value / 2;
  const half = await people.ask("steady", { market: "ours", rate, ms: 4 * ms });
  say("where the CPU goes");
  const before = await server.ask("cpu");
  await server.ask("profile");
  const profiledRate = await saturate("ours");
  const profile = await server.ask("profiled");
  if (options.profile) await writeFile(options.profile, JSON.stringify(profile));
  const cpuMsALead = ((await server.ask("cpu")) - before) / ((profiledRate * ms * 1.2) / 1_000);
  return { figures, half, rate, shares: sharesOf(profile), cpuMsALead };
}

/** Bare T2 with one lead per commit. */
async function t2Rate({ clients, suppliers }, ms) {
  const begun = now();
  const counts = await Promise.all(
    clients.map((client, index) => t2Until(client, { end: begun + ms, index, suppliers })),
  );
  return (1_000 * counts.reduce((sum, count) => sum + count, 0)) / (now() - begun);
}

async function t2Until(client, { end, index, suppliers }) {
  const random = randomOf(31, index);
  let count = 0;
  for (; now() < end; count++) {
    const chosen = new Set();
    while (chosen.size < 3) chosen.add(random.between(1, suppliers));
    await bareT2.call(client, [[...chosen]]);
  }
  return count;
}
