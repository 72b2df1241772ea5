/**
 * Starts the embedded PostgreSQL and keeps running, for tests that kill it. Arguments: the compiled launcher and the
 * data folder. Prints the addresses as one line of JSON. SIGTERM stops it cleanly. SIGINT makes it check that the
 * database still answers, and then stops it.
 */
const [, , launcher, dataDir] = process.argv;
const { startEmbeddedPostgres } = require(launcher);
const { Client } = require("pg");

async function main() {
  const log = (message) => console.error(message);
  const server = await startEmbeddedPostgres({ dataDir, durable: false, log });
  const client = new Client({ connectionString: server.ownerUrl });
  client.on("error", (error) => console.error(error.message));
  await client.connect();
  const stop = async () => {
    await client.end();
    await server.stop();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", async () => {
    for (let round = 0; round < 10; round++) await client.query("SELECT pg_sleep(0.02)");
    await stop();
  });
  console.log(JSON.stringify({ ownerUrl: server.ownerUrl, url: server.url }));
  setInterval(() => undefined, 60_000);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
