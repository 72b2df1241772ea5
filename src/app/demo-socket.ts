/** The demo's connection for subscriptions: an ordinary graphql-ws client. The caller reconnects. */
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Operation } from "../demo/api";

interface Connection {
  readonly wsUrl: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

export async function* subscribe<Variables extends object, Data>(
  { wsUrl, token, signal }: Connection,
  { query }: Operation<Variables, Data>,
  variables: Variables,
): AsyncGenerator<Data> {
  const client = createClient({
    url: wsUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const dispose = (): void => void client.dispose();
  signal.addEventListener("abort", dispose, { once: true });
  try {
    const answers = client.iterate({ query, variables: variables as Record<string, unknown> });
    for await (const { data, errors } of answers) {
      if (errors?.[0]) throw new Error(errors[0].message);
      yield data as Data;
    }
  } catch (error) {
    throw asError(error);
  } finally {
    signal.removeEventListener("abort", dispose);
    await client.dispose();
  }
}

/** Makes an Error of what the client throws: a close event of the socket or a list of GraphQL errors. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { code } = thrown as { code?: unknown };
  return new Error(
    typeof code === "number" ? `The socket was closed with ${String(code)}.` : "The feed was refused.",
  );
}
