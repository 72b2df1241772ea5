/**
 * Carries hints by PostgreSQL's LISTEN and NOTIFY, which needs no service besides the database. It uses a dedicated
 * connection, because one from a pool, or behind a pooler, would lose its LISTEN.
 */
import { Client } from "pg";
import type { HintTransport, Link } from "./hint-transport";
import { after, cancel } from "./clock";

const channel = "caratlas";
const connectMs = 5_000;
const closeTimeoutMs = 1_000;

export const listenTransport = (url: string): HintTransport => ({
  name: "postgres",
  // Nothing works without the database.
  isRequired: true,
  connect: (onMessage) => connect(url, onMessage),
});

async function connect(url: string, onMessage: (message: string) => void): Promise<Link> {
  const client = new Client({
    ...{ connectionString: url, keepAlive: true, application_name: "caratlas hints" },
    // Without a timeout, a query on a dead connection would never return.
    ...{ connectionTimeoutMillis: connectMs, query_timeout: connectMs },
  });
  const ended = new Promise<Error>((resolve) => {
    // Without a listener, a dropped connection would end the process.
    client.on("error", resolve);
    client.on("end", () => {
      resolve(new Error("the LISTEN connection ended"));
    });
  });
  client.on("notification", ({ payload }) => {
    onMessage(payload ?? "");
  });
  try {
    await client.connect();
    // Hints may be lost, so they do not wait for the disk and do not delay the commits behind them.
    await client.query(`SET synchronous_commit = off; LISTEN ${channel}`);
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
  return linkOf(client, ended);
}

function linkOf(client: Client, ended: Promise<Error>): Link {
  let giveUp: (reason: Error) => void = () => undefined;
  const closed = new Promise<Error>((resolve) => (giveUp = resolve));
  return {
    send: async (message) => {
      await client.query("SELECT pg_notify($1, $2)", [channel, message]);
    },
    ended: Promise.race([ended, closed]),
    close: async () => {
      const gone = client.end().catch(() => undefined);
      // A half-open connection never ends by itself.
      const timer = after(closeTimeoutMs, () => giveUp(new Error("the LISTEN connection did not end")));
      await Promise.race([gone, closed]);
      cancel(timer);
      giveUp(new Error("the LISTEN connection was closed"));
    },
  };
}
