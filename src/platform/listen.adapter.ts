/**
 * Hints by PostgreSQL's LISTEN and NOTIFY: nothing more to run than the database. The connection is a client of
 * its own, because one of the pool would lose what it listens to, and so would one behind a pooler.
 */
import { Client } from "pg";
import type { Carrier, Link } from "./carrier";
import { after, cancel } from "./clock";

const channel = "caratlas";
const connectMs = 5_000;
const goodbyeMs = 1_000;

export const listenCarrier = (url: string): Carrier => ({
  name: "postgres",
  // Without the database there is nothing to start for.
  isNeeded: true,
  connect: (heard) => connect(url, heard),
});

async function connect(url: string, heard: (message: string) => void): Promise<Link> {
  const client = new Client({
    ...{ connectionString: url, keepAlive: true, application_name: "caratlas hints" },
    // A connection whose other end is gone would never answer.
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
    heard(payload ?? "");
  });
  try {
    await client.connect();
    // A hint may be lost, so none waits for the disk, and no lead's commit behind it.
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
      // A half-open connection says no goodbye.
      const timer = after(goodbyeMs, () => giveUp(new Error("the LISTEN connection did not end")));
      await Promise.race([gone, closed]);
      cancel(timer);
      giveUp(new Error("the LISTEN connection was closed"));
    },
  };
}
