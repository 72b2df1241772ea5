/**
 * A stream of events that can be stopped while it waits. A plain async generator cannot: its return() queues
 * behind the pending await, so one more event is delivered after the stop and its listener is not removed.
 */

/** Makes an iterator whose return() aborts the signal at once. The source must end when its signal aborts. */
export function stoppable<T>(source: (signal: AbortSignal) => AsyncGenerator<T>): AsyncIterableIterator<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const generator = source(signal);

  // A function, because TypeScript assumes that a property keeps its narrowed value across an await.
  const stopped = (): boolean => signal.aborted;

  async function next(): Promise<IteratorResult<T>> {
    if (stopped()) return ended();
    try {
      const step = await generator.next();
      return stopped() ? ended() : step;
    } catch (error) {
      // Waiting on an aborted signal throws. That is the requested end and not a failure.
      if (stopped()) return ended();
      throw error;
    }
  }

  async function stop(): Promise<IteratorResult<T>> {
    controller.abort();
    await generator.return(undefined).catch(() => undefined);
    return ended();
  }

  const iterator: AsyncIterableIterator<T> = {
    next,
    return: stop,
    throw: async (error: unknown) => {
      await stop();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

const ended = (): IteratorReturnResult<undefined> => ({ value: undefined, done: true });
