/**
 * What graphql-ws holds of a subscription that is written to its socket directly: nothing comes out of it but
 * its end.
 */
import type { ExecutionResult } from "graphql";
import type { Follower } from "./follower";

type Step = IteratorResult<ExecutionResult, undefined>;

export class Direct implements AsyncIterableIterator<ExecutionResult, undefined, undefined> {
  /** Called once, when nothing more will come. */
  onEnd: () => void = () => undefined;
  private begun = false;
  private ended = false;
  private finish: (step: Step) => void = () => undefined;

  constructor(private readonly follower: Follower) {}

  next(): Promise<Step> {
    if (this.ended) return Promise.resolve(over());
    if (!this.begun) void this.follower.catchUp();
    this.begun = true;
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
