/** Begins a subscription, whatever it travels by: with others where its source can be shared, else by itself. */
import { execute, type ExecutionArgs, type ExecutionResult } from "graphql";
import { AppError } from "../../shared/errors";
import { SharedSource, type Numbered } from "../shared-source";
import { Crowded } from "../turns";
import { notStarted, openStream, type EventStream } from "./event-stream";
import { faultOf } from "./fault";
import { Follower } from "./follower";
import type { Render } from "./member";
import type { Outbox } from "./outbox";
import { Payload, type Envelope } from "./payload";
import type { ReadableRequest } from "./request";
import { selectionKey } from "./sameness";
import type { Shell } from "./shell";

export interface Subscribing {
  readonly args: ExecutionArgs;
  readonly request: ReadableRequest;
  readonly language: string | null;
  readonly freshContext: () => object;
  readonly outbox: Outbox;
  readonly envelope: Envelope;
  readonly crowded: () => void;
}

export async function subscribeBy<P>(
  shell: Shell<P>,
  by: Subscribing,
): Promise<Follower | EventStream | ExecutionResult> {
  const opened = await openStream(by.args, by.freshContext);
  return opened instanceof SharedSource ? followWithOthers(shell, by, opened) : opened;
}

async function followWithOthers<P>(
  shell: Shell<P>,
  by: Subscribing,
  { parts: source }: SharedSource,
): Promise<Follower | ExecutionResult> {
  const { outbox, envelope, crowded, language } = by;
  const { name: sourceName, startArguments } = source;
  const key = selectionKey(by.request, { sourceName, startArguments, language });
  try {
    const position = await shell.followers.turns.take(source.begin);
    const render = rendering(shell, by);
    const parts = { key, source, render, outbox, envelope, host: shell.followers, crowded };
    return new Follower(parts, position);
  } catch (error) {
    if (!(error instanceof Crowded)) return notStarted(error);
    crowded();
    return notStarted(
      new AppError("RATE_LIMITED", "Many connect at this moment. Try again in a few seconds."),
    );
  }
}

/** Events that are rendered in one go share one context, and so its memory: what is loaded for all of them is loaded once. */
function rendering<P>({ formatError }: Shell<P>, { args, freshContext }: Subscribing): Render {
  const answerTo = async (contextValue: object, rootValue: Numbered): Promise<Payload> => {
    const { errors = [], ...result } = await execute({ ...args, rootValue, contextValue });
    // What failed on our side is tried again: sent as it is, it would look as if the right to a lead had ended.
    const ours = errors.find((error) => faultOf(error) === null);
    if (ours) throw ours.originalError ?? ours;
    return new Payload(errors.length > 0 ? { errors: errors.map(formatError), ...result } : result);
  };
  return async (events) => {
    const context = freshContext();
    return Promise.all(events.map((event) => answerTo(context, event)));
  };
}
