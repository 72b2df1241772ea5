/**
 * A source of numbered events that many subscriptions can share. Followers that are up to date wait together, and
 * each new event is read, executed and encoded once for all of them. The server that follows the source forms the
 * groups (graphql/groups.ts).
 */
export interface Numbered {
  /** Increases from event to event. */
  readonly position: number;
}

export interface Reading<E extends Numbered> {
  readonly events: readonly E[];
  /** The position up to which the reader has everything: that of the last event, or beyond hidden events. */
  readonly through: number;
}

export interface SharedSourceParts<E extends Numbered> {
  /** Sources with the same name give the same events to followers with the same access. */
  readonly name: string;
  /** Arguments of the field that only set the start position and do not change the events. */
  readonly startArguments: readonly string[];
  /** The position after which this follower begins. */
  readonly begin: () => Promise<number>;
  /** At most `limit` events after the position, in order; fewer only when there are no more. */
  readonly read: (after: number, limit: number) => Promise<Reading<E>>;
  /** Changes when there may be new events. Read it before reading events, so that none in between is missed. */
  readonly version: () => number;
  /** Called when a follower starts. The returned function is called when it ends. */
  readonly attend?: () => () => void;
  /** Calls `wake` when there may be events after `position()`. The returned function stops watching. */
  readonly watch: (watcher: Watcher) => () => void;
}

export interface Watcher {
  readonly position: () => number;
  readonly wake: () => void;
}

/** An AsyncIterable only because graphql-js requires one. It must not be iterated. */
export class SharedSource<E extends Numbered = Numbered> implements AsyncIterable<E> {
  constructor(readonly parts: SharedSourceParts<E>) {}

  [Symbol.asyncIterator](): AsyncIterator<E> {
    throw new Error(`${this.parts.name} is followed together with others, not iterated.`);
  }
}
