/**
 * How long a campaign takes to change in the index, while leads are asked: the next lead must see it. The terms
 * change for others of the same kind, so that nothing of the old can be kept.
 */
import { wantedBy } from "./engine-loop.mjs";
import { randomOf } from "./random.mjs";
import { median, quantile } from "./statistics.mjs";

const changes = 500;

export function changeTimes({ engine, workload, count, leads }) {
  const random = randomOf(5, count);
  const numbers = Array.from({ length: changes }, () => random.below(count));
  const times = numbers.map((number, index) => {
    const lead = random.pick(leads);
    const drawn = workload.campaign(number, 1);
    // Every other one wants this lead: a lead drawn at random would hardly ever meet a change.
    const changed =
      index % 2 === 0 ? drawn : { ...drawn, departements: [lead.place.departement], criteria: [] };
    const took = timed(engine, changed);
    const seen = engine.idsOf(engine.ask(engine.prepare(lead))).includes(number);
    if (seen !== wantedBy(changed, lead))
      throw new Error(`The next lead did not see the change of ${number}.`);
    return took;
  });
  for (const number of numbers) engine.add(workload.campaign(number));
  return { p50Ms: median(times), p99Ms: quantile(times, 0.99) };
}

function timed(engine, campaign) {
  const candidate = engine.read(campaign);
  const begun = performance.now();
  engine.file(candidate);
  return performance.now() - begun;
}
