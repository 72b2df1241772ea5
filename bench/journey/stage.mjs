/** Sets up the two builds and bare T2 on one PostgreSQL, and the simulated clients. */
import { createHash, randomBytes } from "node:crypto";
import path from "node:path";
import { connect, startServer } from "../matching/server.mjs";
import * as bareT2 from "../shared/bare-t2.mjs";
import { startChild } from "../shared/child.mjs";
import { newDatabase, newKeys, newProductDatabase } from "../shared/database.mjs";
import { FormSite, patiently } from "../shared/form-site.mjs";
import { say } from "../shared/report.mjs";
import { stopsOf } from "../shared/stops.mjs";
import { addCampaigns, addFormKey, addSuppliers, supplierIdOf } from "../shared/suppliers.mjs";
import { campaignsOf, needOf, personOf, product } from "./market.mjs";
import { fillPast } from "./past.mjs";
import { setUpPlain } from "./straightforward/tables.mjs";

const program = (name) => path.join(import.meta.dirname, name);
const asServer = { execArgv: ["--expose-gc"], env: { NODE_ENV: "production" } };
const t2Connections = 8;

export async function setStage(options) {
  const stops = stopsOf();
  try {
    return { ...(await build(options, stops)), stop: stops.stop };
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

async function build(options, stops) {
  const postgres = await startServer();
  stops.push(() => postgres.stop());
  const child = async (file, given) => {
    const started = await startChild(file, given);
    stops.push(() => started.stop());
    return started;
  };
  const campaigns = campaignsOf(options.campaigns, options.suppliers);
  const people = await child(program("people.mjs"), {});
  const server = await child(program("../shared/server-under-test.mjs"), asServer);
  const ours = await openOurs(postgres, { server, people, campaigns, options, stops });
  const plain = await child(program("straightforward/server.mjs"), asServer);
  await openPlain(postgres, { plain, people, campaigns, options });
  const t2 = await openT2(postgres, options.suppliers);
  stops.push(() => t2.close());
  return { version: postgres.version, people, server, plain, t2, ...ours };
}

async function openOurs(postgres, { server, people, campaigns, options, stops }) {
  const database = await newProductDatabase(postgres, "bench_journey");
  const client = await connect(database.ownerUrl);
  stops.push(() => client.end());
  const tokens = await addSuppliers(client, options.suppliers);
  const formToken = await addFormKey(client);
  await addCampaigns(client, campaigns);
  const keys = newKeys();
  const start = { databaseUrl: database.url, databaseOwnerUrl: database.ownerUrl, keys };
  const { url, wsUrl } = await server.ask("start", start);
  await firstLead({ url, token: formToken }, client);
  say(`${options.leads} leads of before`);
  await fillPast(database.ownerUrl, options);
  const suppliers = tokens.map((token, number) => ({ id: supplierIdOf(number), token }));
  await people.ask("enter", { market: "ours", url, wsUrl, formToken, suppliers });
  return { client };
}

/** The lead that all past leads are copies of. It goes to three suppliers, so that it is closed. */
async function firstLead(access, client) {
  const site = new FormSite(access);
  for (let number = 1; number <= 50; number++) {
    const person = { product, need: needOf(-number), contact: personOf(-number) };
    await patiently(() => site.journey(person, (shown) => (shown.length < 3 ? [] : shown.slice(0, 3))));
  }
  site.close();
  for (let tries = 0; tries < 1_200; tries++) {
    const { rows } = await client.query("SELECT FROM lead WHERE state <> 'CLOSED'");
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The first leads were not delivered within a minute.");
}

async function openPlain(postgres, { plain, people, campaigns, options }) {
  const database = await newDatabase(postgres, "bench_plain");
  const newToken = () => randomBytes(32).toString("base64url");
  const hashOf = (token) => createHash("sha256").update(token).digest();
  const formToken = newToken();
  const suppliers = Array.from({ length: options.suppliers }, (_, number) => ({
    ...{ id: supplierIdOf(number), token: newToken() },
  }));
  say(`${options.leads} leads of before, in the straightforward build`);
  await setUpPlain(database.ownerUrl, {
    ...{ campaigns, leads: options.leads, formKeyHash: hashOf(formToken) },
    suppliers: suppliers.map(({ id, token }) => ({ id, hash: hashOf(token).toString("hex") })),
  });
  const { url, wsUrl } = await plain.ask("start", { databaseUrl: database.ownerUrl });
  const market = { market: "plain", url, wsUrl, formToken, suppliers };
  await people.ask("enter", market);
}

async function openT2(postgres, suppliers) {
  const { ownerUrl } = await newDatabase(postgres, "bench_t2");
  const clients = await Promise.all(Array.from({ length: t2Connections }, () => connect(ownerUrl)));
  await bareT2.setUp(clients[0], suppliers);
  return {
    clients,
    suppliers,
    check: () => bareT2.check(clients[0]),
    close: () => Promise.all(clients.map((one) => one.end())),
  };
}
