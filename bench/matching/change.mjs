/**
 * How long does changing a campaign in the index take while leads are queried? The next query must see the
 * change. The terms are replaced by others of the same kind, so that nothing of the old ones can be kept.
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
    // Every other new version wants this lead; a random lead would hardly ever match a changed campaign.
    const changed =
      index % 2 === 0 ? drawn : { ...drawn, departements: [lead.place.departement], criteria: [] };
    const took = timed(engine, changed);
    const seen = engine.idsOf(engine.ask(engine.prepare(lead))).includes(number);
    if (seen !== wantedBy(changed, lead))
      throw new Error(`The query did not see the change of campaign ${number}.`);
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
