/**
 * A stream of numbered events that is read from where it is kept, and that many may follow together: whoever
 * has read everything waits with the others, and what comes is read, made into an answer and encoded once for
 * all of them. How they are grouped is the business of whoever serves them.
 */
export interface Numbered {
  /** Grows from event to event. */
  readonly position: number;
}

export interface Reading<E extends Numbered> {
  readonly events: readonly E[];
  /** Up to here there is nothing more for this reader: the last event's position, or past what it may not see. */
  readonly through: number;
}

export interface SharedSourceParts<E extends Numbered> {
  /** Sources of one name give the same events, to followers who may see the same of them. */
  readonly name: string;
  /** Arguments of the field that say where to begin, and nothing about the events. */
  readonly startArguments: readonly string[];
  /** The position after which this follower begins. */
  readonly begin: () => Promise<number>;
  /** At most `limit` events after the position, in order; fewer only when there are no more. */
  readonly read: (after: number, limit: number) => Promise<Reading<E>>;
  /** Another number when there may be more. Read it before reading events: what comes in between is then not missed. */
  readonly version: () => number;
  /** Called when somebody begins to follow; gives what to call when they end. */
  readonly attend?: () => () => void;
  /** Calls `wake` when there may be more after what `position` says; gives the way to stop it. */
  readonly watch: (watcher: Watcher) => () => void;
}

export interface Watcher {
  readonly position: () => number;
  readonly wake: () => void;
}

/** graphql-js lets through only what it could iterate; nobody does. */
export class SharedSource<E extends Numbered = Numbered> implements AsyncIterable<E> {
  constructor(readonly parts: SharedSourceParts<E>) {}

  [Symbol.asyncIterator](): AsyncIterator<E> {
    throw new Error(`${this.parts.name} is followed together with others, not iterated.`);
  }
}
