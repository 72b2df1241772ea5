/** Sets up what every measurement of bench:delivery needs: the database, the servers, the clients and the suppliers. */
import path from "node:path";
import { built } from "../matching/built.mjs";
import { connect, startServer } from "../matching/server.mjs";
import { startChild } from "../shared/child.mjs";
import { newKeys, newProductDatabase } from "../shared/database.mjs";
import { FormSite, patiently } from "../shared/form-site.mjs";
import { stopsOf } from "../shared/stops.mjs";
import { addCampaigns, addFormKey, addSuppliers, supplierIdOf } from "../shared/suppliers.mjs";
import { subscription } from "./documents.mjs";
import { Feed } from "./feed.mjs";

const { Cursors } = built("account/feed/cursor.service");
const here = import.meta.dirname;
const program = (name) => path.join(here, name);
const asServer = { execArgv: ["--expose-gc"], env: { NODE_ENV: "production" } };
const rawChannel = "bench_raw";
const stockChannel = "bench_stock";

export async function setStage(supplierCount) {
  const stops = stopsOf();
  try {
    return { ...(await build(supplierCount, stops)), stop: stops.stop };
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

async function build(supplierCount, stops) {
  const postgres = await startServer();
  stops.push(() => postgres.stop());
  const database = await newProductDatabase(postgres, "bench_delivery");
  const keys = newKeys();
  const child = async (file, options) => {
    const started = await startChild(file, options);
    stops.push(() => started.stop());
    return started;
  };
  const product = await child(program("../shared/server-under-test.mjs"), asServer);
  const { tokens, formToken, epoch } = await furnish(database.ownerUrl, supplierCount);
  const addresses = { databaseUrl: database.url, databaseOwnerUrl: database.ownerUrl };
  const { url, wsUrl } = await product.ask("start", { ...addresses, keys });
  await oneLead({ url, token: formToken }, database.ownerUrl);
  const feed = await Feed.open({ ownerUrl: database.ownerUrl, keys });
  stops.push(() => feed.close());
  const clients = await child(program("clients.mjs"), {});
  const cursors = new Cursors(keys.tokenKey, epoch);
  const stage = { product, clients, feed, database, version: postgres.version, next: 1 };
  stage.ours = oursOn(stage, { wsUrl, tokens, cursors });
  const sample = await sampleOf(stage);
  const given = { databaseUrl: database.ownerUrl, sample };
  stage.raw = await baseline(stage, await child(program("raw-server.mjs"), asServer), {
    ...given,
    channel: rawChannel,
  });
  stage.stock = await baseline(stage, await child(program("stock-server.mjs"), asServer), {
    ...{ ...given, channel: stockChannel, protocol: "graphql-transport-ws" },
  });
  return stage;
}

async function furnish(ownerUrl, count) {
  const client = await connect(ownerUrl);
  try {
    const tokens = await addSuppliers(client, count);
    const formToken = await addFormKey(client);
    await addCampaigns(client, [
      { id: "00000000-0000-4000-8000-000000000000", supplierId: supplierIdOf(0), terms: termsEverywhere },
    ]);
    const { rows } = await client.query("SELECT feed_epoch FROM installation");
    return { tokens, formToken, epoch: rows[0].feed_epoch };
  } finally {
    await client.end();
  }
}

const termsEverywhere = {
  ...{ name: "Benchmark", product: "NEW_CAR", formVersion: 1, site: null, criteria: [], excludedZones: [] },
  zones: [{ kind: "departement", code: "69" }],
  ...{
    pricePerLeadCents: 3_000,
    caps: [],
    timeZone: "Europe/Paris",
    schedule: [],
    maxSeats: null,
    maxAgeHours: 24,
  },
};

/** Sends one lead through the whole product to supplier 0. */
async function oneLead(access, ownerUrl) {
  const site = new FormSite(access);
  const answers = Object.entries({
    ...{
      makes: ["PEUGEOT", "RENAULT"],
      energy: ["ELECTRIC"],
      budgetEuros: 28_000,
      horizon: "WITHIN_3_MONTHS",
    },
    ...{ tradeIn: true, financing: "LOAN", comment: "Plutôt une couleur claire, merci de rappeler le soir." },
  }).map(([field, value]) => ({ field, value }));
  const location = { postcode: "69003", inseeCode: "69123" };
  const contact = {
    civility: "MADAME",
    firstName: "Zélie",
    lastName: "Exemple",
    email: "zelie@courriel.example",
  };
  const full = { ...contact, postcode: "69003", city: "Lyon" };
  const person = { product: "NEW_CAR", need: { answers, location }, contact: full };
  await patiently(() => site.journey(person, (shown) => shown));
  site.close();
  const client = await connect(ownerUrl);
  try {
    for (let tries = 0; tries < 1_200; tries++) {
      const { rows } = await client.query("SELECT FROM feed_event");
      if (rows.length > 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The first lead was not delivered within a minute.");
  } finally {
    await client.end();
  }
}

function oursOn({ product, clients, feed }, { wsUrl, tokens, cursors }) {
  const variablesOf = (supplier, after) => ({ after: cursors.write(supplierIdOf(supplier), after) });
  const open = async (suppliers, options = {}) => {
    // All sockets of a group start at the same event.
    const from = options.from ?? feed.told.get(suppliers[0]) ?? 0;
    return clients.ask("open", {
      ...{ url: wsUrl, protocol: "graphql-transport-ws", from, ...options },
      clients: suppliers.map((supplier) => ({
        token: tokens[supplier],
        subscription: { query: subscription, variables: variablesOf(supplier, from) },
      })),
    });
  };
  return { open, ask: product.ask };
}

/** A baseline server. Its hints are `supplier:number`, with a count of its own. */
async function baseline({ clients }, child, { protocol, channel, ...given }) {
  const { wsUrl } = await child.ask("start", { ...given, channel });
  const told = new Map();
  const open = (suppliers, options = {}) =>
    clients.ask("open", {
      ...{ url: wsUrl, protocol, from: told.get(suppliers[0]) ?? 0, ...options },
      clients: suppliers.map((supplier) => ({
        query: options.query ?? `?supplier=${supplier}`,
        subscription: { query: subscription },
      })),
    });
  const hint = (suppliers) => {
    const text = suppliers.map((supplier) => {
      told.set(supplier, (told.get(supplier) ?? 0) + 1);
      return `${supplier}:${told.get(supplier)}`;
    });
    return [channel, text.join(" ")];
  };
  return { open, hint, ask: child.ask };
}

/** The bytes of one event as our server sends it. */
async function sampleOf(stage) {
  const [supplier] = takeSuppliers(stage, 1);
  await stage.feed.deliver([[supplier]]);
  await stage.feed.tell([supplier]);
  const group = await stage.ours.open([supplier], { from: 0, events: 1 });
  const { sample } = await stage.clients.ask("arrived", { group });
  await stage.clients.ask("close", group);
  return sample;
}

/** Numbers of suppliers that no other measurement uses. */
export function takeSuppliers(stage, count) {
  const numbers = Array.from({ length: count }, (_, index) => stage.next + index);
  stage.next += count;
  return numbers;
}

/** Closes a group of sockets. Throws if one of them missed an event or received one twice or out of order. */
export async function closeGroup({ clients }, group) {
  const faults = await clients.ask("close", group);
  if (faults > 0) throw new Error(`${faults} events were lost, duplicated or out of order.`);
}
