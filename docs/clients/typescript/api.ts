/** Sends single requests to the API and follows the feed over one WebSocket. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { FollowSubscription, FollowSubscriptionVariables } from "./generated";

export interface Access {
  /** For example https://api.example.com/graphql */
  readonly url: string;
  /** For example wss://api.example.com/graphql */
  readonly wsUrl: string;
  readonly key: string;
}

const query = readFileSync(path.join(__dirname, "operations.graphql"), "utf8");
const silenceMs = 30_000;

export async function request<Data, Variables>(
  { url, key }: Access,
  operationName: string,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, operationName, variables }),
    signal: AbortSignal.timeout(silenceMs),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!data || errors)
    throw new Error(errors?.map(({ message }) => message).join(" ") ?? response.statusText);
  return data;
}

/** Follows the feed over one connection, until it ends or throws. The caller reconnects. */
export async function* follow(
  { wsUrl, key }: Access,
  variables: FollowSubscriptionVariables,
): AsyncGenerator<FollowSubscription["leadFeed"]> {
  const client = createClient({
    url: wsUrl,
    webSocketImpl: Attentive,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });
  try {
    const events = client.iterate<FollowSubscription>({
      query,
      operationName: "Follow",
      variables: { ...variables },
    });
    for await (const { data, errors } of events) {
      if (errors) throw new Error(errors.map(({ message }) => message).join(" "));
      if (data) yield data.leadFeed;
    }
  } finally {
    await client.dispose();
  }
}

/** Terminates a silent connection. The server pings every 12 seconds, so 30 seconds of silence mean it is lost. */
class Attentive extends WebSocket {
  constructor(address: string, protocol: string) {
    super(address, protocol);
    let timer = setTimeout(() => undefined, 0);
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.terminate(), silenceMs);
    };
    listen();
    for (const heard of ["open", "message", "ping"]) this.on(heard, listen);
    this.on("close", () => clearTimeout(timer));
  }
}
