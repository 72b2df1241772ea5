/**
 * Hints by NATS: commits in PostgreSQL do not queue for the lock that NOTIFY takes, and processes on many machines
 * share one small line. NATS may forget what it was given; nothing here relies on it.
 */
import { connect as connectTo, type ConnectionOptions, type NatsConnection } from "@nats-io/transport-node";
import type { Carrier, Link } from "./carrier";
import { after, cancel } from "./clock";

const subject = "caratlas.hints";
const connectMs = 2_000;
const goodbyeMs = 1_000;
/** A connection whose other end is gone is given up after two of these. */
const pingMs = 5_000;

/** `url` may name several servers of a cluster, separated by commas. */
export function natsCarrier(url: string): Carrier {
  const options = optionsOf(url);
  return {
    name: "nats",
    // Without it everything works, and shows some seconds later.
    isNeeded: false,
    connect: (heard) => connect(options, heard),
  };
}

async function connect(options: ConnectionOptions, heard: (message: string) => void): Promise<Link> {
  const connection = await connectTo(options);
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error === null) heard(message.string());
      // Not allowed to listen: a connection that hears nothing is none.
      else void connection.close();
    },
  });
  try {
    // Once this is answered, the server knows of the subscription.
    await within(connectMs, connection.flush());
  } catch (error) {
    await connection.close();
    throw error;
  }
  return linkOf(connection);
}

function linkOf(connection: NatsConnection): Link {
  return {
    send: async (message) => {
      connection.publish(subject, message);
    },
    ended: connection
      .closed()
      .then((reason) => (reason instanceof Error ? reason : new Error("the connection to NATS ended"))),
    close: async () => {
      await within(goodbyeMs, connection.flush()).catch(() => undefined);
      await connection.close();
    },
  };
}

/** The credentials stand beside the addresses, so that no error that names an address can name them. */
function optionsOf(url: string): ConnectionOptions {
  const servers = url.split(",").map((one) => new URL(one.trim()));
  const { username = "", password = "" } = servers.find((one) => one.username !== "") ?? {};
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  const isToken = user !== "" && password === "";
  return {
    servers: servers.map(({ hostname, port }) => `${hostname}:${port === "" ? "4222" : port}`),
    name: "caratlas",
    timeout: connectMs,
    pingInterval: pingMs,
    maxPingOut: 2,
    noEcho: true,
    // Who connects again, and when, is the line's business: the same for every carrier.
    reconnect: false,
    ...(isToken ? { token: user } : user !== "" && { user, pass }),
    ...(servers.some(({ protocol }) => protocol === "tls:") && { tls: {} }),
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = after(ms, () => {
      reject(new Error("NATS did not answer"));
    });
  });
  return Promise.race([work, late]).finally(() => {
    cancel(timer);
  });
}
