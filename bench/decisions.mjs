/**
 * `npm run bench:decisions [-- --json] [--decisions N]`: how large is a stored decision, in the real table
 * with its indexes, compared with the same records as JSON, and how fast is a replay? The mix: one to five
 * consented suppliers, mostly two or three, each with one to six campaigns for the product, a third of which
 * fit, and up to three caps.
 */
import { parseArgs } from "node:util";
import { built } from "./matching/built.mjs";
import { conditions } from "./matching/report.mjs";
import { randomOf } from "./matching/random.mjs";
import { connect, startServer } from "./matching/server.mjs";
import { median, rounded, spreadOf } from "./matching/statistics.mjs";

const { decide } = built("allocation/matching/decision");
const { recordDecision } = built("allocation/matching/decision-record");
const { packDecision } = built("allocation/matching/pack-decision");
const { unpackDecision } = built("allocation/matching/unpack-decision");
const { replay } = built("allocation/matching/replay");
const { migrate } = built("platform/migrate");

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, decisions: { type: "string", default: "100000" } },
});
const count = Number(options.decisions);
const batch = 1_000;
const rounds = 5;
const perRound = 2_000;
const begin = Date.parse("2026-11-01T08:00:00Z");

const random = randomOf(20261125, 0);
const uuid = () => {
  const digits = Array.from({ length: 4 }, () =>
    Math.floor(random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join("-");
};

const suppliers = Array.from({ length: 400 }, () => {
  const id = uuid();
  return Array.from({ length: 1 + Math.floor(6 * random.next() ** 2) }, () => campaignOf(id));
});

function campaignOf(supplierId) {
  const [unit, period] = [
    ["LEADS", "DAY"],
    ["SPEND_CENTS", "MONTH"],
    ["LEADS", "HOUR"],
  ].toSorted(() => random.next() - 0.5)[0];
  const caps = [
    { unit, period, limit: 1_000_000 },
    { unit: "LEADS", period: "WEEK", limit: 500 },
  ];
  const departements = Array.from({ length: 3 }, () =>
    String(1 + Math.floor(3 * random.next())).padStart(2, "0"),
  );
  return {
    ...{
      campaignId: uuid(),
      supplierId,
      status: random.next() < 0.9 ? "ACTIVE" : "PAUSED",
      pausedUntil: null,
    },
    version: 1 + Math.floor(20 * random.next() ** 3),
    terms: {
      ...{ name: "Banc", product: "NEW_CAR", formVersion: 1, site: null, excludedZones: [] },
      zones: departements.map((code) => ({ kind: "departement", code })),
      criteria:
        random.next() < 0.5 ? [{ field: "budgetEuros", min: 1_000 * Math.floor(40 * random.next()) }] : [],
      pricePerLeadCents: 2_500 + Math.floor(3_000 * random.next()),
      caps: caps.slice(0, Math.floor(3 * random.next())),
      ...{ timeZone: "Europe/Paris", schedule: [], maxSeats: null, maxAgeHours: 24 },
    },
  };
}

function inputOf(number) {
  const at = new Date(begin + number * 250);
  const ticked = Array.from({ length: 1 + Math.floor(5 * random.next() ** 1.2) }, () =>
    random.pick(suppliers),
  );
  const candidates = [...new Set(ticked)].flat();
  const departement = String(1 + Math.floor(3 * random.next())).padStart(2, "0");
  return {
    lead: {
      ...{ leadId: uuid(), product: "NEW_CAR", formVersion: 1, submittedAt: new Date(at.getTime() - 40_000) },
      ...{ answers: { budgetEuros: 10_000 + Math.floor(30_000 * random.next()) }, textsAnswered: [] },
      place: {
        ...{
          inseeCode: `${departement}001`,
          postcode: `${departement}000`,
          commune: "Lieu",
          arrondissement: null,
        },
        ...{ departement, region: "84", country: "FR", position: null, precision: "NONE" },
      },
    },
    scope: new Set(candidates.map(({ supplierId }) => supplierId)),
    ...{ candidates, relations: [], seats: { limit: 3, fixed: null, taken: 0, suppliersServed: [] }, at },
    capacities: candidates.map(({ terms, campaignId, supplierId, version, status }) => ({
      ...{ campaignId, supplierId, version, status },
      availableCents: Math.floor(2_000_000 * random.next()),
      capsUsed: terms.caps.map(() => ({
        windowStart: new Date(at.getTime() - 30_000_000),
        resetsAt: new Date(at.getTime() + 50_000_000),
        used: Math.floor(400 * random.next()),
      })),
    })),
  };
}

/** Inserted into the product's own table without triggers and foreign keys, because these decisions have no leads. */
async function stored(client, column, rows) {
  await client.query("SET session_replication_role = replica");
  await client.query("TRUNCATE decision");
  const type = column === "packed" ? "bytea" : "jsonb";
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch);
    await client.query(
      `INSERT INTO decision (month, lead_id, number, at, ${column})
       SELECT 202611, lead_id, 1, at, content FROM unnest($1::uuid[], $2::timestamptz[], $3::${type}[]) AS r (lead_id, at, content)`,
      [some.map(({ leadId }) => leadId), some.map(({ at }) => at), some.map((row) => row[column])],
    );
  }
  await client.query("VACUUM (FULL, ANALYZE) decision");
  const {
    rows: [sizes],
  } = await client.query(
    "SELECT pg_total_relation_size('decision')::float8 AS total, pg_table_size('decision')::float8 AS heap, count(*)::float8 AS count FROM decision",
  );
  if (sizes.count !== rows.length) throw new Error(`Found ${sizes.count} rows instead of ${rows.length}.`);
  return { bytes: sizes.total / sizes.count, withoutIndexes: sizes.heap / sizes.count };
}

function timed(inputs, work) {
  const perSecond = [];
  for (let round = 0; round < rounds; round++) {
    const some = inputs.slice(round * perRound, (round + 1) * perRound);
    const begun = performance.now();
    for (const one of some) work(one);
    perSecond.push((some.length * 1_000) / (performance.now() - begun));
  }
  return { perSecond: Math.round(median(perSecond)), spread: rounded(spreadOf(perSecond)) };
}

const inputs = Array.from({ length: Math.min(count, rounds * perRound) }, (_, number) => inputOf(number));
const server = await startServer();
try {
  await migrate({ ownerUrl: server.ownerUrl, url: server.url });
  const client = await connect(server.ownerUrl);
  const rows = [];
  let candidates = 0;
  for (let number = 0; number < count; number++) {
    const input = inputs[number] ?? inputOf(number);
    const record = recordDecision(input, decide(input), 1_000_000 + number);
    candidates += record.candidates.length;
    rows.push({
      ...{ leadId: record.leadId, at: record.at, content: JSON.stringify(record) },
      packed: Buffer.from(packDecision(record)),
    });
  }
  const packed = await stored(client, "packed", rows);
  const json = await stored(client, "content", rows);
  await client.end();
  const termsOf = new Map(suppliers.flat().map((one) => [one.campaignId, one.terms]));
  const checked = inputs.map((input, index) => ({ input, bytes: rows[index].packed }));
  for (const { input, bytes } of checked) {
    const differences = replay(unpackDecision(input.lead.leadId, bytes), input.lead, (id) => termsOf.get(id));
    if (differences.length > 0) throw new Error(JSON.stringify(differences));
  }
  const replayed = timed(checked, ({ input, bytes }) =>
    replay(unpackDecision(input.lead.leadId, bytes), input.lead, (id) => termsOf.get(id)),
  );
  const packing = timed(inputs, (input) => packDecision(recordDecision(input, decide(input), 1)));
  const figures = {
    ...{ decisions: count, candidatesEach: rounded(candidates / count) },
    engine: {
      bytesOfRecord: Math.round(rows.reduce((sum, row) => sum + row.packed.length, 0) / count),
      ...{ bytesADecision: Math.round(packed.bytes), withoutIndexes: Math.round(packed.withoutIndexes) },
      gigabytesAt10Million: rounded((packed.bytes * 10_000_000) / 2 ** 30),
      ...{ replaysPerSecond: replayed.perSecond, replaySpread: replayed.spread },
      ...{ decidedAndPackedPerSecond: packing.perSecond, packSpread: packing.spread },
    },
    baselines: {
      json: { bytesADecision: Math.round(json.bytes), withoutIndexes: Math.round(json.withoutIndexes) },
    },
    ratios: { jsonOverPacked: rounded(json.bytes / packed.bytes) },
  };
  const about = conditions(server.version);
  delete about.jsonRulesEngine;
  if (options.json) console.log(JSON.stringify({ ...about, ...figures }));
  else {
    console.log(about);
    console.table({ packed: figures.engine, json: figures.baselines.json });
    console.log(
      `${figures.ratios.jsonOverPacked} × smaller than JSON, ${figures.candidatesEach} campaigns per decision`,
    );
  }
} finally {
  await server.stop();
}
