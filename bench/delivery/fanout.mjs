/** Measures one event to many sockets of a supplier with one selection, from the commit's start to the last socket. */
import { median } from "../matching/statistics.mjs";
import { now } from "../shared/clock.mjs";
import { inTurns } from "../shared/turns.mjs";
import { hintOf } from "./feed.mjs";
import { closeGroup, takeSuppliers } from "./stage.mjs";

const eventsATurn = 10;
const turnMs = 8_000;
const warmUps = 3;

export async function measureFanout(stage, sockets, rounds) {
  const ways = ["ours", "raw", "stock"];
  const suppliers = takeSuppliers(stage, ways.length);
  const cpu = {};
  const measured = {};
  const groups = [];
  for (const [index, way] of ways.entries()) {
    const supplier = suppliers[index];
    const group = await stage[way].open(Array.from({ length: sockets }, () => supplier));
    groups.push(group);
    const one = { stage, way, supplier, group, sockets };
    for (let event = 0; event < warmUps; event++) await once(one);
    cpu[way] = [];
    measured[way] = () => turn(one, cpu[way]);
  }
  const figures = await inTurns(measured, { rounds, baselines: ["raw"] });
  for (const group of groups) await closeGroup(stage, group);
  for (const way of ways) figures[way].cpuMicroseconds = median(cpu[way]);
  return figures;
}

async function turn(one, cpu) {
  const { stage, way, sockets } = one;
  const times = [];
  const begun = now();
  const before = await stage[way].ask("cpu");
  while (times.length < eventsATurn && (times.length === 0 || now() - begun < turnMs))
    times.push(await once(one));
  const after = await stage[way].ask("cpu");
  cpu.push((1_000 * (after - before)) / (times.length * sockets));
  return median(times);
}

/** All servers are notified by the same transaction: a row in a feed, and a hint on commit. */
async function once({ stage, way, supplier, group, sockets }) {
  const { clients, feed } = stage;
  await feed.deliver([[supplier]]);
  const hint = way === "ours" ? hintOf([supplier]) : stage[way].hint([supplier]);
  await clients.ask("expect", { group, events: sockets });
  const begun = now();
  await feed.tell([supplier], hint);
  const { at } = await clients.ask("arrived", { group });
  return at - begun;
}
