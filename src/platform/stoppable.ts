/**
 * A stream of events that can be stopped while it waits. A plain async generator cannot: its return() queues
 * behind the pending await, so one more event goes out after the stop and its listener stays.
 */

/** Makes an iterator whose return() aborts the signal at once. The source must end when its signal aborts. */
export function stoppable<T>(source: (signal: AbortSignal) => AsyncGenerator<T>): AsyncIterableIterator<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const generator = source(signal);

  // A function, because the compiler believes that a property keeps its value across an await.
  const stopped = (): boolean => signal.aborted;

  async function next(): Promise<IteratorResult<T>> {
    if (stopped()) return ended();
    try {
      const step = await generator.next();
      return stopped() ? ended() : step;
    } catch (error) {
      // Waiting on an aborted signal throws: that is the end that was asked for, not a failure.
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
