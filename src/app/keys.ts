/**
 * Loads the keys of this server. A key that the environment does not give is created once and kept beside the data,
 * because a database cannot be read without the keys that it was written with.
 */
import { generateKeyPairSync } from "node:crypto";
import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { systemCodeOf, readIfThere } from "../platform/files";
import type { Keys } from "../platform/foundation";
import { randomBytes } from "../platform/random";
import { ringOf, type KeyRing } from "../platform/sealed/key-ring";
import { ConfigError, type Config } from "./settings/config";
import { secretKeyFrom, signingKeyFrom } from "./settings/formats";

export type { Keys };

type KeyName = keyof Keys;
type KeptKeys = Partial<Record<KeyName, string>>;

const kinds: Record<KeyName, { make: () => Buffer; read: (text: string) => Buffer | null }> = {
  masterKey: { make: () => randomBytes(32), read: secretKeyFrom },
  indexKey: { make: () => randomBytes(32), read: secretKeyFrom },
  tokenKey: { make: () => randomBytes(32), read: secretKeyFrom },
  receiptKey: { make: newSigningKey, read: signingKeyFrom },
};
const names = Object.keys(kinds) as KeyName[];

/** Returns the same keys at every start on this data folder, also when two servers start on it at once. */
export async function loadKeys(config: Pick<Config, KeyName | "dataDir" | "nodeEnv">): Promise<Keys> {
  const missing = names.filter((name) => config[name] === null);
  // readConfig has already refused this: keys are never generated in production.
  if (missing.length > 0 && config.nodeEnv === "production") {
    throw new ConfigError(missing.map((name) => `${name} is missing.`));
  }
  const kept = missing.length === 0 ? {} : await keep(config.dataDir, missing);
  const keyOf = (name: KeyName): Buffer => readKept(kept, name, config.dataDir);
  const ring = (name: Exclude<KeyName, "receiptKey">): KeyRing => config[name] ?? ringOf(keyOf(name));
  return Object.freeze({
    masterKey: ring("masterKey"),
    indexKey: ring("indexKey"),
    tokenKey: ring("tokenKey"),
    receiptKey: config.receiptKey ?? keyOf("receiptKey"),
  });
}

async function keep(dataDir: string, missing: readonly KeyName[]): Promise<KeptKeys> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, "keys.json");
  const found = await readFileOf(file);
  const lacking = missing.filter((name) => found?.[name] === undefined);
  if (found !== null && lacking.length === 0) return found;
  const made = lacking.map((name) => [name, kinds[name].make().toString("base64")] as const);
  const all: KeptKeys = { ...found, ...Object.fromEntries(made) };
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  if (found !== null) await rename(draft, file);
  else await placeNew(draft, file);
  return (await readFileOf(file)) ?? all;
}

/** A hard link does not overwrite, so when two servers start at once, both use the keys of the first. */
async function placeNew(draft: string, file: string): Promise<void> {
  await link(draft, file).catch((error: unknown) => {
    if (systemCodeOf(error) !== "EEXIST") throw error;
  });
  await rm(draft);
}

async function readFileOf(file: string): Promise<KeptKeys | null> {
  const text = await readIfThere(file);
  if (text === null) return null;
  try {
    return JSON.parse(text) as KeptKeys;
  } catch {
    throw damaged(file);
  }
}

function readKept(kept: KeptKeys, name: KeyName, dataDir: string): Buffer {
  const text: unknown = kept[name];
  const key = typeof text === "string" ? kinds[name].read(text) : null;
  if (key === null) throw damaged(path.join(dataDir, "keys.json"));
  return key;
}

function damaged(file: string): Error {
  return new Error(
    `${file} is damaged. Restore it: without its keys the data cannot be read. ` +
      "To start again with empty data, delete its folder.",
  );
}

function newSigningKey(): Buffer {
  return generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });
}
