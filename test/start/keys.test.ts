import { createPrivateKey, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readConfig, type Config } from "../../src/app/settings/config";
import { loadKeys } from "../../src/app/keys";
import { currentKeyOf } from "../../src/platform/sealed/key-ring";

let dataDir: string;
const configOf = (settings: Record<string, string> = {}): Config =>
  readConfig({ DATA_DIR: dataDir, ...settings });
const keysFile = (): string => path.join(dataDir, "keys.json");

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-keys-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

it("creates four different keys that only their owner can read, and finds them again", async () => {
  const made = await loadKeys(configOf());
  const texts = [made.masterKey, made.indexKey, made.tokenKey].map((ring) =>
    currentKeyOf(ring).toString("hex"),
  );
  expect(new Set(texts).size).toBe(3);
  for (const text of texts) expect(text).toHaveLength(64);
  const signing = createPrivateKey({ key: made.receiptKey, format: "der", type: "pkcs8" });
  expect(signing.asymmetricKeyType).toBe("ed25519");
  expect((await stat(keysFile())).mode & 0o777).toBe(0o600);
  expect(await loadKeys(configOf())).toEqual(made);
});

it("gives two servers that start at once the same keys", async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => loadKeys(configOf())));
  for (const keys of all) expect(keys).toEqual(all[0]);
});

it("uses a key from the environment without storing it", async () => {
  const masterKey = randomBytes(32).toString("base64");
  const keys = await loadKeys(configOf({ MASTER_KEY: masterKey }));
  expect(currentKeyOf(keys.masterKey).toString("base64")).toBe(masterKey);
  expect(await readFile(keysFile(), "utf8")).not.toContain("masterKey");
  const later = await loadKeys(configOf());
  expect(later.indexKey).toEqual(keys.indexKey);
  expect(later.masterKey).not.toEqual(keys.masterKey);
});

it("refuses a damaged file and leaves it unchanged", async () => {
  for (const damage of ["not JSON", '{"masterKey":"short"}']) {
    await writeFile(keysFile(), damage);
    await expect(loadKeys(configOf())).rejects.toThrow(/keys.json is damaged. Restore it/);
  }
});

it("generates no key in production", async () => {
  await expect(loadKeys({ ...configOf(), nodeEnv: "production" })).rejects.toThrow(/masterKey is missing/);
  await expect(stat(keysFile())).rejects.toThrow(/ENOENT/);
});
