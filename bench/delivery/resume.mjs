/** Measures a supplier that reconnects and catches up, and readers that stop reading while others wait. */
import { median } from "../matching/statistics.mjs";
import { now } from "../shared/clock.mjs";
import { inTurns } from "../shared/turns.mjs";
import { supplierIdOf } from "../shared/suppliers.mjs";
import { hintOf } from "./feed.mjs";
import { closeGroup, takeSuppliers } from "./stage.mjs";

const tellAtOnce = 500;
const stoppedReaders = 20;
const readers = 50;
const events = 10;
const settleMs = 3_000;

/** A supplier that has missed this number of events. */
export async function missing(stage, count) {
  const [supplier] = takeSuppliers(stage, 1);
  await stage.feed.deliver(Array.from({ length: count }, () => [supplier]));
  for (let told = 0; told < count; told += tellAtOnce)
    await stage.feed.tell(Array.from({ length: Math.min(tellAtOnce, count - told) }, () => supplier));
  await stage.feed.client.query("VACUUM ANALYZE");
  return supplier;
}

/** Events per second. */
export async function measureResume(stage, { supplier, missed, rounds }) {
  const take = async (way, options) => {
    const group = await stage[way].open([supplier], { ...options, from: 0, events: missed });
    const { at, begunAt } = await stage.clients.ask("arrived", { group });
    await closeGroup(stage, group);
    return (1_000 * missed) / (at - begunAt);
  };
  const measured = {
    ours: () => take("ours", {}),
    select: () => take("raw", { query: `?resume=${supplierIdOf(supplier)}` }),
  };
  for (const warmUp of Object.values(measured)) await warmUp();
  return inTurns(measured, { rounds, baselines: ["select"] });
}

/**
 * Twenty readers request everything they missed and stop reading at once, while fifty others keep reading. Measures the
 * memory that the twenty take in the server and the delay of the others.
 */
export async function measureStopped(stage, supplier) {
  const group = await stage.ours.open(Array.from({ length: readers }, () => supplier));
  const alone = await toLast(stage, supplier, group);
  const before = await stage.ours.ask("heap");
  const stopped = await stage.ours.open(
    Array.from({ length: stoppedReaders }, () => supplier),
    { from: 0, isStopped: true },
  );
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const after = await stage.ours.ask("heap");
  const beside = await toLast(stage, supplier, group);
  await stage.clients.ask("close", stopped);
  await closeGroup(stage, group);
  const bytes = (name) => Math.max(0, after[name] - before[name]);
  return {
    kiBPerReader: (bytes("heapUsed") + bytes("external")) / stoppedReaders / 1_024,
    aloneMs: alone,
    besideMs: beside,
  };
}

async function toLast({ clients, feed }, supplier, group) {
  const times = [];
  await feed.deliver(Array.from({ length: events }, () => [supplier]));
  for (let event = 0; event < events; event++) {
    await clients.ask("expect", { group, events: readers });
    const begun = now();
    await feed.tell([supplier], hintOf([supplier]));
    times.push((await clients.ask("arrived", { group })).at - begun);
  }
  return median(times);
}
