/** A GraphQL client for tests: over HTTP, and over a WebSocket whose events are queued. */
import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";

export interface GraphQLAnswer {
  readonly status: number;
  readonly data: Record<string, any> | null;
  readonly errors?: readonly { message: string; extensions: { code: string; field?: string | null } }[];
}

export interface Address {
  readonly url: string;
  readonly wsUrl: string;
}

/** Returns the response as it is, with its errors. */
export async function ask(
  { url }: Pick<Address, "url">,
  token: string | null,
  request: { query: string; variables?: Record<string, unknown> },
): Promise<GraphQLAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(request),
  });
  return { status: response.status, ...((await response.json()) as Omit<GraphQLAnswer, "status">) };
}

/** Returns the data. Throws the errors if there is no data. */
export async function must(
  address: Pick<Address, "url">,
  token: string | null,
  request: { query: string; variables?: Record<string, unknown> },
): Promise<Record<string, any>> {
  const { data, errors } = await ask(address, token, request);
  if (errors || !data) throw new Error(`${request.query}\n${JSON.stringify(errors, null, 2)}`);
  return data;
}

export interface Subscription<T> {
  /** Waits for the next event. Rejects when the subscription ends or after `withinMs`. */
  next(withinMs?: number): Promise<T>;
  /** The events received and not yet read. */
  readonly queue: readonly T[];
  /** Resolves with the close code of the socket. */
  readonly closed: Promise<number>;
  /** Breaks the connection without a close frame, as a network failure does. */
  kill(): void;
  stop(): Promise<void>;
}

/** Opens a socket with one subscription. It does not reconnect. */
export function subscribe<T = any>(
  { wsUrl }: Pick<Address, "wsUrl">,
  token: string,
  request: { query: string; variables?: Record<string, unknown> },
): Subscription<T> {
  const inbox = new Queue<T>();
  let socket: WebSocket | null = null;
  let closedWith: (code: number) => void = () => undefined;
  const closed = new Promise<number>((resolve) => (closedWith = resolve));
  const client: Client = createClient({
    url: wsUrl,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol);
        socket = this;
      }
    },
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    lazy: true,
    on: { closed: (event) => closedWith((event as { code: number }).code) },
  });
  client.subscribe<any>(request, {
    next: ({ data, errors }) => {
      if (errors) inbox.end(new Error(JSON.stringify(errors)));
      else inbox.push(Object.values(data as object)[0] as T);
    },
    error: (error) => inbox.end(error instanceof Error ? error : new Error(JSON.stringify(error))),
    complete: () => inbox.end(new Error("the subscription completed")),
  });
  return {
    next: (withinMs = 60_000) => inbox.next(withinMs),
    queue: inbox.items,
    closed,
    kill: () => socket?.terminate(),
    stop: async () => {
      // A socket that was killed while connecting has nothing to close.
      await Promise.resolve(client.dispose()).catch(() => undefined);
      socket?.terminate();
    },
  };
}

class Queue<T> {
  readonly items: T[] = [];
  private readonly waiting: { resolve: (item: T) => void; reject: (error: Error) => void }[] = [];
  private ended: Error | null = null;

  push(item: T): void {
    const first = this.waiting.shift();
    if (first) first.resolve(item);
    else this.items.push(item);
  }

  end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
  }

  async next(withinMs: number): Promise<T> {
    if (this.items.length > 0) return this.items.shift() as T;
    if (this.ended) throw this.ended;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing came within ${withinMs} ms`)), withinMs);
      this.waiting.push({
        resolve: (item) => (clearTimeout(timer), resolve(item)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      });
    });
  }
}
