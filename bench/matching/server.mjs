/** Starts a PostgreSQL for one run: the one bundled with the product, durable, with enough memory. */
import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { built } from "./built.mjs";

const { startEmbeddedPostgres, removeEmbeddedPostgres } = built("platform/embedded-postgres");

/** So that no baseline waits for the disk: all data fits in memory, and plans are made once. */
const settings = {
  shared_buffers: "4GB",
  work_mem: "64MB",
  maintenance_work_mem: "512MB",
  max_wal_size: "8GB",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  random_page_cost: "1.1",
};

export async function startServer() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "caratlas-bench-"));
  // Root steps down to another user to run PostgreSQL, and mkdtemp closes the directory to that user.
  await chmod(dataDir, 0o711);
  const options = { dataDir, durable: true, log: () => undefined };
  const first = await startEmbeddedPostgres(options);
  const client = await connect(first.ownerUrl);
  for (const [name, value] of Object.entries(settings))
    await client.query(`ALTER SYSTEM SET ${name} = '${value}'`);
  const { rows } = await client.query("SHOW server_version");
  await client.end();
  await first.stop();
  const second = await startEmbeddedPostgres(options);
  return {
    ...second,
    version: rows[0].server_version,
    stop: async () => {
      await second.stop();
      await removeEmbeddedPostgres(dataDir);
    },
  };
}

export async function connect(url) {
  const client = new pg.Client({ connectionString: url });
  // When a run fails, the server is stopped before its clients, and that must not hide why the run failed.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
