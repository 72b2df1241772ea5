/**
 * The iterator that graphql-ws gets for a subscription whose follower writes to the socket itself. It yields
 * no events; it only ends.
 */
import type { ExecutionResult } from "graphql";
import type { Follower } from "./follower";

type Step = IteratorResult<ExecutionResult, undefined>;

export class FollowerIterator implements AsyncIterableIterator<ExecutionResult, undefined, undefined> {
  /** Called once, when the subscription ends. */
  onEnd: () => void = () => undefined;
  private started = false;
  private ended = false;
  private finish: (step: Step) => void = () => undefined;

  constructor(private readonly follower: Follower) {}

  next(): Promise<Step> {
    if (this.ended) return Promise.resolve(over());
    if (!this.started) void this.follower.catchUp();
    this.started = true;
    return new Promise((resolve) => (this.finish = resolve));
  }

  return(): Promise<Step> {
    if (!this.ended) {
      this.ended = true;
      this.follower.end();
      this.onEnd();
      this.finish(over());
    }
    return Promise.resolve(over());
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const over = (): Step => ({ value: undefined, done: true });
