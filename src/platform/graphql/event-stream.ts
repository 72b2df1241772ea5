/**
 * The results of one subscription. graphql-js would use one context for the whole subscription; here each event
 * is executed with its own, so that loaders do not serve cached data to later events. The stream can be stopped
 * while it waits, and yields nothing after that.
 */
import {
  createSourceEventStream,
  execute,
  GraphQLError,
  type ExecutionArgs,
  type ExecutionResult,
} from "graphql";
import { SharedSource } from "../shared-source";

type Step = IteratorResult<ExecutionResult, undefined>;

export class EventStream implements AsyncIterableIterator<ExecutionResult, undefined, undefined> {
  /** Called once, when the stream ends. */
  onEnd: () => void = () => undefined;
  private stopped = false;
  private release: () => void = () => undefined;
  private readonly source: AsyncIterator<unknown>;

  constructor(
    source: AsyncIterable<unknown>,
    private readonly answer: (event: unknown) => Promise<ExecutionResult>,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  next(): Promise<Step> {
    return new Promise((resolve, reject) => {
      // A source that waits for its next event must not delay the end.
      this.release = () => {
        resolve(ended());
      };
      if (this.stopped) this.release();
      else this.pull().then(resolve, reject);
    });
  }

  private async pull(): Promise<Step> {
    try {
      const step = await this.source.next();
      if (step.done) this.end();
      if (this.isStopped()) return ended();
      const result = await this.answer(step.value);
      return this.isStopped() ? ended() : { value: result, done: false };
    } catch (error) {
      this.end();
      throw error;
    }
  }

  // A method, because TypeScript assumes that a property keeps its narrowed value across an await.
  private isStopped(): boolean {
    return this.stopped;
  }

  private end(): void {
    if (!this.stopped) this.onEnd();
    this.stopped = true;
  }

  return(): Promise<Step> {
    if (!this.stopped) {
      this.end();
      this.release();
      // Not awaited, because a plain generator answers only after its pending await.
      void this.source.return?.().catch(() => undefined);
    }
    return Promise.resolve(ended());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const ended = (): Step => ({ value: undefined, done: true });

/** Opens the source of a subscription: a shared source, a stream of its own, or the errors that prevented it. */
export async function openStream(
  args: ExecutionArgs,
  freshContext: () => object,
): Promise<SharedSource | EventStream | ExecutionResult> {
  const source = await sourceOf(args);
  if (source instanceof SharedSource || !(Symbol.asyncIterator in source)) return source;
  const answer = async (rootValue: unknown) => execute({ ...args, rootValue, contextValue: freshContext() });
  return new EventStream(source, answer);
}

async function sourceOf(args: ExecutionArgs): Promise<AsyncIterable<unknown> | ExecutionResult> {
  try {
    return await createSourceEventStream(args);
  } catch (error) {
    return notStarted(error);
  }
}

/** The result of a subscription that could not start. Its error is formatted like any other. */
export function notStarted(error: unknown): ExecutionResult {
  const originalError = error instanceof Error ? error : new Error("A subscription threw no error object.");
  return { errors: [new GraphQLError("The subscription could not start.", { originalError })] };
}
