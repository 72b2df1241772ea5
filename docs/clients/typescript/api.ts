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

/** An error that the API answered with. */
export class ApiError extends Error {
  constructor(
    readonly apiCode: string,
    message: string,
  ) {
    super(message);
  }
}

interface Answered {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

const errorOf = ([first]: readonly Answered[]): ApiError =>
  new ApiError(first?.extensions?.code ?? "INTERNAL", first?.message ?? "The operation failed.");

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
  const { data, errors } = parsed<Data>(await response.text());
  if (errors) throw errorOf(errors);
  if (data) return data;
  // A proxy in front of the API may answer with a page instead, such as 502.
  throw new Error(`the server answered ${String(response.status)} without a result`);
}

function parsed<Data>(text: string): { data?: Data; errors?: Answered[] } {
  try {
    return JSON.parse(text) as { data?: Data; errors?: Answered[] };
  } catch {
    return {};
  }
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
      if (errors) throw errorOf(errors as readonly Answered[]);
      if (data) yield data.leadFeed;
    }
  } catch (error) {
    // A refused subscription throws the list of its errors.
    throw Array.isArray(error) ? errorOf(error as readonly Answered[]) : error;
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
