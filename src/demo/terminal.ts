/**
 * A supplier's integration that follows the feed, prints a line for each event and acknowledges it. After a lost
 * connection it resumes at the last event, so it misses none.
 */
import { pause } from "../platform/clock";
import type { Api, Operation } from "./api";
import { lineOf } from "./lines";
import type { References } from "./references";
import {
  acknowledgeOperation,
  deletedOperation,
  leadFeedOperation,
  type FeedEvent,
} from "./supplier-operations";

/** Opens a subscription. The iterable ends or throws when the connection closes. */
export type Subscribe = <Variables extends object, Data>(
  connection: { readonly wsUrl: string; readonly token: string; readonly signal: AbortSignal },
  operation: Operation<Variables, Data>,
  variables: Variables,
) => AsyncIterable<Data>;

export interface TerminalOptions {
  readonly api: Api;
  readonly subscribe: Subscribe;
  readonly apiKey: string;
  readonly supplierName: string;
  readonly references: References;
  readonly say: (line: string) => void;
  readonly onError: (error: unknown) => void;
}

const retryMs = 1_000;

/** Follows the feed until the API's signal aborts. */
export async function showFeed(options: TerminalOptions): Promise<void> {
  const { api, onError } = options;
  const { signal } = api;
  // A function, because TypeScript assumes that a narrowed property keeps its value across an await.
  const isOver = (): boolean => signal.aborted;
  let after: string | null = null;
  while (!isOver()) {
    try {
      for await (const event of events(options, after)) {
        after = event.cursor;
        await take(options, event);
      }
    } catch (error) {
      if (!isOver()) onError(error);
    }
    await pause(retryMs, signal);
  }
}

async function* events(
  { api, subscribe, apiKey }: TerminalOptions,
  after: string | null,
): AsyncGenerator<FeedEvent> {
  const connection = { wsUrl: api.wsUrl, token: apiKey, signal: api.signal };
  for await (const { leadFeed } of subscribe(connection, leadFeedOperation, { after })) yield leadFeed;
}

async function take(options: TerminalOptions, event: FeedEvent): Promise<void> {
  const { api, apiKey, say, supplierName, references } = options;
  say(lineOf(event, { supplierName, references }));
  if (event.__typename === "LeadRevoked") await api.ask(apiKey, deletedOperation, { leadId: event.leadId });
  await api.ask(apiKey, acknowledgeOperation, { upTo: event.cursor });
}
