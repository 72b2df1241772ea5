/** Creates the databases of a run on the PostgreSQL of bench/matching/server.mjs. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { built } from "../matching/built.mjs";
import { connect } from "../matching/server.mjs";

const { migrate } = built("platform/migrate");
const { ringOf } = built("platform/sealed/key-ring");

export async function newDatabase(server, name) {
  const owner = await connect(server.ownerUrl);
  await owner.query(`CREATE DATABASE ${name}`).finally(() => owner.end());
  return { ownerUrl: at(server.ownerUrl, name), url: at(server.url, name) };
}

/** A database with the product's tables. */
export async function newProductDatabase(server, name) {
  const database = await newDatabase(server, name);
  await migrate({ ownerUrl: database.ownerUrl, url: database.url });
  return database;
}

function at(address, database) {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}

export const newKeys = () => ({
  masterKey: ringOf(randomBytes(32)),
  indexKey: ringOf(randomBytes(32)),
  tokenKey: ringOf(randomBytes(32)),
  receiptKey: generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }),
});
