/** Starts a subscription for either transport: as a follower when its source can be shared, else on its own. */
import { execute, type ExecutionArgs, type ExecutionResult } from "graphql";
import { rateLimited } from "../../shared/errors";
import { SharedSource, type Numbered } from "../shared-source";
import { QueueFull } from "../semaphore";
import { notStarted, openStream, type EventStream } from "./event-stream";
import { clientErrorOf } from "./client-error";
import { Follower } from "./follower";
import type { Render } from "./member";
import type { Outbox } from "./outbox";
import { Payload, type Envelope } from "./payload";
import type { ReadableRequest } from "./request";
import { selectionKey } from "./selection-key";
import type { GraphQLServerParts } from "./server-parts";

export interface Subscribing {
  readonly args: ExecutionArgs;
  readonly request: ReadableRequest;
  readonly language: string | null;
  readonly freshContext: () => object;
  readonly outbox: Outbox;
  readonly envelope: Envelope;
  readonly overloaded: () => void;
}

export async function subscribeBy<P>(
  parts: GraphQLServerParts<P>,
  by: Subscribing,
): Promise<Follower | EventStream | ExecutionResult> {
  const opened = await openStream(by.args, by.freshContext);
  return opened instanceof SharedSource ? followShared(parts, by, opened) : opened;
}

async function followShared<P>(
  parts: GraphQLServerParts<P>,
  by: Subscribing,
  { parts: source }: SharedSource,
): Promise<Follower | ExecutionResult> {
  const { outbox, envelope, overloaded, language } = by;
  const { name: sourceName, startArguments } = source;
  const key = selectionKey(by.request, { sourceName, startArguments, language });
  try {
    const position = await parts.followers.reads.run(source.begin);
    const render = rendering(parts, by);
    const followerParts = { key, source, render, outbox, envelope, host: parts.followers, overloaded };
    return new Follower(followerParts, position);
  } catch (error) {
    if (!(error instanceof QueueFull)) return notStarted(error);
    overloaded();
    return notStarted(rateLimited("Too many clients are connecting.", 5));
  }
}

/** Events rendered together share one context and its loaders, so data that they have in common loads once. */
function rendering<P>({ formatError }: GraphQLServerParts<P>, { args, freshContext }: Subscribing): Render {
  const answerTo = async (contextValue: object, rootValue: Numbered): Promise<Payload> => {
    const { errors = [], ...result } = await execute({ ...args, rootValue, contextValue });
    // Our own faults are thrown and retried. Sent to the client, the null would look as if the lead were withdrawn.
    const ours = errors.find((error) => (clientErrorOf(error)?.code ?? "UNAVAILABLE") === "UNAVAILABLE");
    if (ours) throw ours.originalError ?? ours;
    return new Payload(errors.length > 0 ? { errors: errors.map(formatError), ...result } : result);
  };
  return async (events) => {
    const context = freshContext();
    return Promise.all(events.map((event) => answerTo(context, event)));
  };
}
