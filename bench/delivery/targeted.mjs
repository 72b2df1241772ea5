/** Measures leads per second, from the commits to the last socket, when each lead goes to three of many suppliers. */
import { randomOf } from "../matching/random.mjs";
import { now } from "../shared/clock.mjs";
import { inTurns } from "../shared/turns.mjs";
import { hintOf } from "./feed.mjs";
import { closeGroup, takeSuppliers } from "./stage.mjs";

const mostLeads = 1_000;
const fewestLeads = 60;
const turnMs = 3_000;
const suppliersALead = 3;
const topicsAHint = 100;

export async function measureTargeted(stage, count, rounds) {
  const suppliers = takeSuppliers(stage, count);
  const measured = {};
  const groups = [];
  for (const way of ["ours", "raw"]) {
    const group = await stage[way].open(suppliers);
    groups.push(group);
    const one = { stage, way, suppliers, group, random: randomOf(12, 0), leads: fewestLeads };
    const rate = await turn(one);
    // Enough leads for a few seconds, so a slow server is measured with fewer.
    one.leads = Math.min(mostLeads, Math.max(fewestLeads, Math.floor((rate * turnMs) / 1_000)));
    measured[way] = () => turn(one);
  }
  const figures = await inTurns(measured, { rounds, baselines: ["raw"] });
  for (const group of groups) await closeGroup(stage, group);
  return figures;
}

async function turn({ stage, way, suppliers, group, random, leads }) {
  const { clients, feed } = stage;
  const drawn = Array.from({ length: leads }, () => pickSome(random, suppliers));
  const events = drawn.flat();
  if (way === "ours") await feed.deliver(drawn);
  await clients.ask("expect", { group, events: events.length });
  await feed.client.query("BEGIN");
  if (way === "ours") await feed.tell(events);
  for (const some of chunks(events))
    await feed.say(way === "ours" ? hintOf([...new Set(some)]) : stage[way].hint(some));
  const begun = now();
  await feed.client.query("COMMIT");
  const { at } = await clients.ask("arrived", { group });
  return (1_000 * leads) / (at - begun);
}

function pickSome(random, suppliers) {
  const chosen = new Set();
  while (chosen.size < suppliersALead) chosen.add(random.pick(suppliers));
  return [...chosen];
}

function* chunks(events) {
  for (let from = 0; from < events.length; from += topicsAHint) yield events.slice(from, from + topicsAHint);
}
