/**
 * `npm run bench:matching`: compares the market's index with its alternatives in one run (results in
 * bench/RESULTS.md). Exits with an error if two engines find different campaigns.
 */
import { watchHeap } from "./heap.mjs";
import { measureLevel } from "./level.mjs";
import { help, readOptions } from "./options.mjs";
import { rebuildSeconds } from "./rebuild.mjs";
import { conditions, jsonOf, markdownOf } from "./report.mjs";
import { connect, startServer } from "./server.mjs";
import { workloadOf } from "./workload.mjs";

const options = readOptions();
if (options.help) console.log(help);
else if (options.changes !== null) await watchHeap(options);
else await measure();

async function measure() {
  const server = await startServer();
  const levels = [];
  try {
    for (const name of options.workloads)
      for (const count of options.levels) levels.push(await levelOn(server, workloadOf(name), count));
  } finally {
    await server.stop();
  }
  const about = conditions(server.version);
  console.log(options.json ? JSON.stringify(jsonOf(about, levels)) : markdownOf(about, levels));
}

async function levelOn(server, workload, count) {
  say(`${workload.name}, ${count} campaigns`);
  const databases = [];
  const databaseFor = async (purpose) => {
    databases.push(`bench_${purpose}`);
    await asOwner(server, `CREATE DATABASE bench_${purpose}`);
    return { ownerUrl: at(server.ownerUrl, `bench_${purpose}`), url: at(server.url, `bench_${purpose}`) };
  };
  const { ownerUrl } = await databaseFor("engines");
  const { rounds, hasRules } = options;
  const level = await measureLevel({ workload, count, rounds, hasRules, databaseUrl: ownerUrl });
  if (count <= 100_000) {
    say("rebuild");
    level.rebuildSeconds = await rebuildSeconds({ ...(await databaseFor("market")), workload, count });
  }
  for (const database of databases) await asOwner(server, `DROP DATABASE ${database} WITH (FORCE)`);
  return level;
}

async function asOwner({ ownerUrl }, statement) {
  const client = await connect(ownerUrl);
  await client.query(statement).finally(() => client.end());
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
