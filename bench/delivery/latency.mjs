/** Measures the time from the commit's start to the client, compared with an insert and NOTIFY to another process. */
import { median, quantile } from "../matching/statistics.mjs";
import { now } from "../shared/clock.mjs";
import { inTurns } from "../shared/turns.mjs";
import { hintOf } from "./feed.mjs";
import { closeGroup, takeSuppliers } from "./stage.mjs";

const eventsATurn = 200;
const channel = "bench_bare";

export async function measureLatency(stage, rounds) {
  const { clients, feed } = stage;
  await feed.client.query(`CREATE TABLE bench_note (number serial PRIMARY KEY, text text NOT NULL);
    CREATE FUNCTION bench_note(channel text, hint text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO bench_note (text) VALUES (hint); PERFORM pg_notify(channel, hint); END $$`);
  await clients.ask("listen", { databaseUrl: stage.database.ownerUrl, channel });
  const [supplier] = takeSuppliers(stage, 1);
  const group = await stage.ours.open([supplier]);
  const all = { ours: [], notify: [] };
  const turn = async (way, once) => {
    const times = [];
    if (way === "ours") await feed.deliver(Array.from({ length: eventsATurn }, () => [supplier]));
    while (times.length < eventsATurn) times.push(await once());
    all[way].push(quantile(times, 0.99));
    return median(times);
  };
  const ways = { ours: () => ours(stage, supplier, group), notify: () => bare(stage) };
  await turn("ours", ways.ours);
  await turn("notify", ways.notify);
  Object.assign(all, { ours: [], notify: [] });
  const figures = await inTurns(
    { ours: () => turn("ours", ways.ours), notify: () => turn("notify", ways.notify) },
    { rounds, baselines: ["notify"] },
  );
  await closeGroup(stage, group);
  for (const way of ["ours", "notify"]) figures[way].p99 = median(all[way]);
  return figures;
}

async function ours({ clients, feed }, supplier, group) {
  await clients.ask("expect", { group, events: 1 });
  const hint = hintOf([supplier]);
  const begun = now();
  await feed.tell([supplier], hint);
  return (await clients.ask("arrived", { group })).at - begun;
}

async function bare({ clients, feed }) {
  await clients.ask("expectNote");
  const begun = now();
  await feed.client.query({ name: "note", text: "SELECT bench_note($1, $2)", values: [channel, "note"] });
  return (await clients.ask("noted")) - begun;
}
