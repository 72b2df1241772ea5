/**
 * Many suppliers with one socket each, and every event goes to one of them. Measures the server's CPU time per event
 * and its heap per connected supplier. Each commit holds sixteen leads to three suppliers, as under load.
 */
import { randomOf } from "../matching/random.mjs";
import { inTurns } from "../shared/turns.mjs";
import { hintOf } from "./feed.mjs";
import { closeGroup, takeSuppliers } from "./stage.mjs";

const commit = 48;

export async function measureSpread(stage, count, rounds) {
  const suppliers = takeSuppliers(stage, count);
  const heap = {};
  const measured = {};
  const groups = [];
  for (const way of ["ours", "raw"]) {
    const group = await opened(stage, { way, suppliers, heap });
    groups.push(group);
    const one = { stage, way, suppliers, group, random: randomOf(11, 0) };
    await turn(one);
    measured[way] = () => turn(one);
  }
  const figures = await inTurns(measured, { rounds, baselines: ["raw"] });
  for (const group of groups) await closeGroup(stage, group);
  for (const way of ["ours", "raw"]) figures[way].heap = heap[way];
  return figures;
}

/** Excludes one-time costs of the first sockets, such as compiled code, from the memory per socket. */
async function opened(stage, { way, suppliers, heap }) {
  await closeGroup(stage, await stage[way].open(suppliers));
  await pause(1_000);
  const before = await stage[way].ask("heap");
  const group = await stage[way].open(suppliers);
  await pause(1_000);
  const after = await stage[way].ask("heap");
  const each = (name) => (after[name] - before[name]) / suppliers.length / 1_024;
  heap[way] = { heapKiB: each("heapUsed"), externalKiB: each("external") };
  return group;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Microseconds of CPU time per event. */
async function turn({ stage, way, suppliers, group, random }) {
  const { clients, feed } = stage;
  const order = random.some(suppliers.length, suppliers);
  if (way === "ours") await feed.deliver(order.map((supplier) => [supplier]));
  await clients.ask("expect", { group, events: order.length });
  const before = await stage[way].ask("cpu");
  for (let from = 0; from < order.length; from += commit) {
    const some = order.slice(from, from + commit);
    if (way === "ours") await feed.tell(some, hintOf(some));
    else await feed.say(stage[way].hint(some));
  }
  await clients.ask("arrived", { group });
  return (1_000 * ((await stage[way].ask("cpu")) - before)) / order.length;
}
