/**
 * Carries hints by NATS, so that commits in PostgreSQL do not queue for the lock that NOTIFY takes. NATS may lose
 * messages; hints do not rely on their delivery.
 */
import { connect as connectTo, type ConnectionOptions, type NatsConnection } from "@nats-io/transport-node";
import type { HintTransport, Link } from "./hint-transport";
import { after, cancel } from "./clock";

const subject = "caratlas.hints";
const connectMs = 2_000;
const closeTimeoutMs = 1_000;
/** A dead connection is given up after two unanswered pings. */
const pingMs = 5_000;

/** `url` may name several servers of a cluster, separated by commas. */
export function natsTransport(url: string): HintTransport {
  const options = optionsOf(url);
  return {
    name: "nats",
    // Everything works without it; events are then noticed some seconds later.
    isRequired: false,
    connect: (onMessage) => connect(options, onMessage),
  };
}

async function connect(options: ConnectionOptions, onMessage: (message: string) => void): Promise<Link> {
  const connection = await connectTo(options);
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error === null) onMessage(message.string());
      // The user may not subscribe. A connection that receives nothing is useless.
      else void connection.close();
    },
  });
  try {
    // When the flush is answered, the server has registered the subscription.
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
      await within(closeTimeoutMs, connection.flush()).catch(() => undefined);
      await connection.close();
    },
  };
}

/** Keeps the credentials out of the addresses, so that errors which name an address do not contain them. */
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
    // ReconnectingLink reconnects, the same way for every transport.
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
