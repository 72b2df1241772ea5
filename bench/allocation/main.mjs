/**
 * `npm run bench:allocation`: how many leads per second does the product give to three suppliers each,
 * compared with the least that such a transaction can be, on an empty database and on one with past data?
 * Checks the results at the end and exits with an error if a cent, a seat or an event is wrong.
 */
import { built } from "../matching/built.mjs";
import { connect, startServer } from "../matching/server.mjs";
import { startBare } from "./bare.mjs";
import { checkAnswers } from "./checks.mjs";
import { help, readOptions } from "./options.mjs";
import { Ours } from "./ours.mjs";
import { addPast } from "./past.mjs";
import { about, jsonOf, tableOf } from "./report.mjs";
import { inRounds } from "./rounds.mjs";
import { addSuppliers } from "./world.mjs";

const { migrate } = built("platform/migrate");
const idleLeads = 200;

const options = readOptions();
if (options.help) console.log(help);
else await run();

async function run() {
  const server = await startServer();
  const opened = [];
  try {
    const bare = await startBare((await databaseFor(server, "bare")).ownerUrl);
    opened.push(bare);
    const empty = await worldIn(await databaseFor(server, "empty"), 0, 1);
    opened.push(empty);
    const full =
      options.leads > 0 ? await worldIn(await databaseFor(server, "full"), options.leads, 2) : null;
    if (full) opened.push(full);
    const measured = await measure({ bare, empty, full });
    const faults = [];
    for (const world of [empty, full]) if (world) faults.push(...(await checkAnswers(world)));
    const result = { ...about(server.version), leads: options.leads, ...measured, faults };
    console.log(options.json ? JSON.stringify(jsonOf(result)) : tableOf(result));
    if (faults.length > 0) process.exitCode = 1;
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    await Promise.all(opened.map((one) => one.stop()));
    await server.stop();
  }
}

async function measure({ bare, empty, full }) {
  const half = Math.ceil(options.round / 2);
  const { seconds } = options;
  const ways = {
    bareT2: () => bare.one(seconds),
    bareT2Batched: () => bare.batched(seconds),
    ...(bare.pgbench && { pgbenchT2: () => bare.pgbench(seconds) }),
    oneByOne: () => empty.oneByOne(half),
    oneByOneWithoutSignal: () => empty.oneByOne(half, { signals: false }),
    batched: () => empty.batched(options.round),
    ...(full && { fullOneByOne: () => full.oneByOne(half), fullBatched: () => full.batched(options.round) }),
  };
  const baselines = ["bareT2", "bareT2Batched"];
  const rates = await inRounds(ways, { rounds: options.rounds, baselines, say });
  say("idle");
  const idle = await idleIn(empty);
  const trips = { oneByOne: await empty.trips(100, false), batched: await empty.trips(1_600, true) };
  return { rates, idle, trips };
}

/** One after the other, like all measurements here. */
async function idleIn(empty) {
  const times = { directly: [], byJob: [] };
  for (let turn = 0; turn < 10; turn++) {
    times.directly.push(...(await empty.latencies(idleLeads / 10, "direct")));
    times.byJob.push(...(await empty.latencies(idleLeads / 10, "job")));
  }
  return times;
}

async function worldIn(addresses, leads, seed) {
  await migrate({ ownerUrl: addresses.ownerUrl, url: addresses.url });
  const owner = await connect(addresses.ownerUrl);
  await addSuppliers(owner);
  if (leads > 0) await addPast(owner, leads, say);
  await owner.query("VACUUM ANALYZE");
  await owner.end();
  return Ours.start({ ...addresses, seed });
}

async function databaseFor(server, name) {
  const client = await connect(server.ownerUrl);
  await client.query(`CREATE DATABASE bench_${name}`).finally(() => client.end());
  return { ownerUrl: at(server.ownerUrl, `bench_${name}`), url: at(server.url, `bench_${name}`) };
}

function at(address, database) {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}

function say(text) {
  // On standard error, because with --json standard output must contain the result only.
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}
