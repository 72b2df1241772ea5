/**
 * `npm run bench:preview [-- --json]`: how long previewRecipients takes over HTTP with 100, 1,000 and 10,000
 * standing campaigns, on a server of its own that is filled through the public API. The figure to look at is
 * the ratio to 100 campaigns in the same run.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "..");
const levels = [100, 1_000, 10_000];
const previews = 200;
const atOnce = 8;

/** Of its own, so that a run is the same as the one before. */
let state = 20261124;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const some = (list, most) => [
  ...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(list))),
];

const departements = Array.from({ length: 95 }, (_, index) => String(index + 1).padStart(2, "0")).filter(
  (code) => code !== "20",
);
const postcodes = ["69003", "69100", "75011", "75015", "92100", "59000", "33000", "13001", "31000", "44000"];
const makes = [
  "AUDI",
  "BMW",
  "CITROEN",
  "DACIA",
  "FIAT",
  "FORD",
  "KIA",
  "PEUGEOT",
  "RENAULT",
  "TOYOTA",
  "VOLKSWAGEN",
];
const energies = ["PETROL", "DIESEL", "HYBRID", "PLUG_IN_HYBRID", "ELECTRIC", "LPG"];

function zones() {
  return Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
    const draw = random();
    if (draw < 0.1) return { postcode: pick(postcodes) };
    if (draw > 0.95) {
      const circle = {
        longitude: random() * 8 - 1,
        latitude: 43 + random() * 7,
        radiusKm: 20 + Math.floor(random() * 40),
      };
      return { circle };
    }
    return { departement: pick(departements) };
  });
}

function criteria() {
  const all = [
    { field: "makes", oneOf: some(makes, 4) },
    { field: "energy", oneOf: some(energies, 3) },
    { field: "budgetEuros", min: 5_000 + Math.floor(random() * 20_000) },
    { field: "horizon", noneOf: ["LATER"] },
    { field: "tradeIn", isSet: true },
    { field: "body", oneOf: ["SUV", "SALOON"] },
  ];
  return all.filter(() => random() < 0.4);
}

const campaign = () => ({
  ...{ name: "Banc", product: "NEW_CAR", zones: zones(), criteria: criteria(), caps: [] },
  pricePerLeadCents: 2_500 + Math.floor(random() * 3_000),
});

const need = () => ({
  product: "NEW_CAR",
  location: { postcode: pick(postcodes) },
  answers: [
    { field: "makes", value: some(makes, 2) },
    { field: "energy", value: some(energies, 2) },
    { field: "budgetEuros", value: 10_000 + Math.floor(random() * 30_000) },
    { field: "horizon", value: pick(["NOW", "WITHIN_3_MONTHS", "LATER"]) },
  ],
});

async function ask(url, token, query, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function start(dataDir) {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: "0", DEMO_TRAFFIC: "0", LOG_LEVEL: "error" };
  const child = spawn(process.execPath, ["dist/src/app/main.js"], { cwd: root, env, stdio: "ignore" });
  const deadline = performance.now() + 60_000;
  while (child.exitCode === null && performance.now() < deadline) {
    const demo = await readFile(path.join(dataDir, "demo.json"), "utf8").then(JSON.parse, () => null);
    if (demo) return { child, demo };
    await pause(100);
  }
  throw new Error("The server was not ready within a minute.");
}

async function fill({ url, suppliers }, count) {
  const query = "mutation ($input: CampaignInput!) { createCampaign(input: $input) { id } }";
  const inputs = Array.from({ length: count }, campaign);
  const work = async (supplier) => {
    for (let input = inputs.pop(); input; input = inputs.pop())
      await ask(url, supplier.apiKey, query, { input });
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => work(suppliers[index % suppliers.length])));
}

async function measure({ url, formKey }) {
  const query =
    "mutation ($input: PreviewRecipientsInput!) { previewRecipients(input: $input) { recipients { supplierId } } }";
  const times = [];
  for (let count = 0; count < previews; count++) {
    const input = need();
    const begun = performance.now();
    await ask(url, formKey, query, { input });
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  return { p50Ms: round(times[previews / 2]), p99Ms: round(times[Math.ceil(previews * 0.99) - 1]) };
}

const round = (value) => Math.round(value * 100) / 100;

const dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-bench-"));
const { child, demo } = await start(dataDir);
try {
  const engine = {};
  let standing = 0;
  for (const level of levels) {
    await fill(demo, level - standing);
    standing = level;
    await measure(demo);
    engine[level] = await measure(demo);
  }
  const ratios = Object.fromEntries(
    levels.map((level) => [`p50At${level}Over100`, round(engine[level].p50Ms / engine[100].p50Ms)]),
  );
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? "unknown"}`;
  const report = { machine, node: process.version, date: new Date().toISOString(), previews, engine, ratios };
  if (process.argv.includes("--json")) console.log(JSON.stringify(report));
  else
    console.table(
      Object.fromEntries(
        levels.map((level) => [level, { ...engine[level], "p50 over 100": ratios[`p50At${level}Over100`] }]),
      ),
    );
} finally {
  child.kill("SIGTERM");
  await once(child, "exit");
  await rm(dataDir, { recursive: true });
}
