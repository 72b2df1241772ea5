/**
 * Runs the built product in a process of its own, started as usual except that no demo data is created and codes are
 * shown instead of sent. Controlled through bench/shared/child.mjs.
 */
import { built } from "../matching/built.mjs";
import { answer } from "./child.mjs";
import { usage } from "./usage.mjs";

let running = null;

answer(
  {
    ...usage,
    start: async ({ databaseUrl, databaseOwnerUrl, keys, settings = {} }) => {
      const { readConfig } = built("app/settings/config");
      const { createLog } = built("platform/log");
      const { startCarAtlas } = built("app/start");
      const config = readConfig({
        NODE_ENV: "test",
        PORT: "0",
        DEMO_TRAFFIC: "0",
        LIMIT_FORM_PER_MINUTE: "1000000",
        DATABASE_URL: databaseUrl,
        DATABASE_OWNER_URL: databaseOwnerUrl,
        ...settings,
      });
      const write = (line) => process.stderr.write(line);
      const log = createLog({ format: "lines", level: "error", write });
      running = await startCarAtlas({ config, log, keys: buffers(keys), databaseUrl });
      return { url: running.url, wsUrl: running.wsUrl };
    },
  },
  () => running?.stop(),
);

/** Between processes a Buffer becomes a Uint8Array. A key is a ring of keys by id, except the one that signs receipts. */
const buffers = (keys) =>
  Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, ofBuffers(key)]));

function ofBuffers(key) {
  if (!(key.keys instanceof Map)) return Buffer.from(key);
  return { ...key, keys: new Map([...key.keys].map(([id, bytes]) => [id, Buffer.from(bytes)])) };
}
