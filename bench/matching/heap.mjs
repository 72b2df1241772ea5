/**
 * Does the index grow with the number of changes? Applies many random changes (new terms, pause, resume,
 * archive, add) to an index whose number of campaigns stays about the same, and measures the heap after every
 * tenth of them. Leads are queried in between, so that cached rows must follow.
 */
import { ourEngine } from "./engine-ours.mjs";
import { heldBytes } from "./memory.mjs";
import { randomOf } from "./random.mjs";
import { rounded } from "./statistics.mjs";
import { workloadOf } from "./workload.mjs";
import { campaignIdOf, candidateOf } from "./product.mjs";

const steps = 10;
const leadEvery = 10;
/** Applies one random change. */
const settling = 4;
/**
 * The difference allowed for a series that does not grow: lists keep spare capacity, and the number of
 * campaigns varies.
 */
const noise = 0.03;

export async function watchHeap({ levels: [count], changes, json }) {
  const workload = workloadOf("broad");
  // Memory of the list of communes and of compiled code does not belong to the index.
  const before = heldBytes();
  const engine = ourEngine();
  for (let number = 0; number < count; number++) engine.add(workload.campaign(number));
  const random = randomOf(9, count);
  // Warm up until archived campaigns balance those that return, and all row caches are full.
  for (let left = settling * count; left > 0; left--) change({ engine, workload, random, count, left });
  const step = Math.ceil(changes / steps);
  const series = [];
  for (let done = 0; done <= changes; done += step) {
    series.push({
      changes: done,
      campaigns: engine.index.size,
      heldMiB: rounded((heldBytes() - before) / 2 ** 20, 4),
    });
    console.error(JSON.stringify(series.at(-1)));
    if (done < changes)
      for (let left = step; left > 0; left--) change({ engine, workload, random, count, left });
  }
  const growth = growthOf(series);
  if (json) console.log(JSON.stringify({ campaigns: count, changes, series, growth }));
  else {
    console.table(series);
    console.log(
      `From the first to the last third of the series: ${(growth * 100).toFixed(2)} %, allowed ${noise * 100} %.`,
    );
  }
  if (growth > noise) {
    console.error("The heap grows with changes.");
    process.exitCode = 1;
  }
}

/**
 * Bytes per campaign in the last third, divided by the first, so that a varying number of campaigns does not
 * matter.
 */
function growthOf(series) {
  const third = Math.ceil(series.length / 3);
  const mean = (part) =>
    part.reduce((sum, { heldMiB, campaigns }) => sum + heldMiB / campaigns, 0) / part.length;
  return mean(series.slice(-third)) / mean(series.slice(0, third)) - 1;
}

const kinds = ["replace", "replace", "pause", "resume", "archive", "add"];

function change({ engine, workload, random, count, left }) {
  const number = random.below(count);
  const kind = random.pick(kinds);
  if (kind === "archive")
    engine.index.setState(campaignIdOf(number), { status: "ARCHIVED", pausedUntil: null });
  else if (kind === "pause")
    engine.index.setState(campaignIdOf(number), { status: "PAUSED", pausedUntil: null });
  else if (kind === "resume")
    engine.index.setState(campaignIdOf(number), { status: "ACTIVE", pausedUntil: null });
  // An archived campaign returns under its number, so that the index holds about as many all the time.
  else engine.index.replace(candidateOf(workload.campaign(number, 1 + random.below(1_000))));
  if (left % leadEvery === 0) engine.ask(engine.prepare(workload.lead(random.below(1_000))));
}
