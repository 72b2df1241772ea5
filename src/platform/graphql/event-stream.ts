/**
 * The answers of one subscription. graphql-js would use one context for its whole life; here each event is
 * executed with a context of its own, so that what is loaded for one event is not remembered for the next.
 * It can be stopped while it waits, and after that nothing more comes out of it.
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
  /** Called once, when nothing more will come. */
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
      // A source that waits for its next event must not hold back the end.
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

  // A method, because the compiler believes that a property keeps its value across an await.
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
      // Not awaited: a bare generator answers only after its pending wait.
      void this.source.return?.().catch(() => undefined);
    }
    return Promise.resolve(ended());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const ended = (): Step => ({ value: undefined, done: true });

/** Opens the subscription's source: one to follow with others, or a stream of its own; or says why there is none. */
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

/** Why a subscription could not start, to be formatted like any other error. */
export function notStarted(error: unknown): ExecutionResult {
  const originalError = error instanceof Error ? error : new Error("A subscription threw no error object.");
  return { errors: [new GraphQLError("The subscription could not start.", { originalError })] };
}
