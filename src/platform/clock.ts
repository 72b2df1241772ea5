/**
 * The only source of time: a lint rule forbids `new Date()`, `Date.now()`, timers and `performance.now()` in every
 * other file.
 *
 * There are two kinds. What the product decides goes by a `Clock`, which tests and the demo may move; the present in
 * SQL moves with it (`present()`, see database.ts). How long something really takes, such as a timeout of a
 * connection, is measured by the functions below and cannot be moved.
 */

export interface Clock {
  /** The present instant. */
  now(): Date;
  /** How far this clock is ahead of the real one. The database's present is moved as far. */
  readonly movedMs: number;
  /** Calls `work` once when this clock has gone on by `ms`, unless it is cancelled before. */
  after(ms: number, work: () => void): Cancel;
}

export type Cancel = () => void;

/** The clock of production. */
export const systemClock: Clock = {
  now: () => new Date(),
  movedMs: 0,
  after(ms, work) {
    const timer = after(ms, work);
    return () => {
      cancel(timer);
    };
  },
};

/** Waits on this clock. Ends early, without an error, when the signal aborts. */
export async function waitOn(clock: Pick<Clock, "after">, ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stop();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const stop = clock.after(ms, done);
    signal?.addEventListener("abort", done, { once: true });
  });
}

/** Milliseconds on a clock that never jumps, to measure durations with. */
export const elapsedMs = (): number => performance.now();

export const after = (ms: number, work: () => void): NodeJS.Timeout => setTimeout(work, ms);

export const every = (ms: number, work: () => void): NodeJS.Timeout => setInterval(work, ms);

/** Stops what `after` or `every` began; nothing happens if it is over. */
export const cancel = (timer: NodeJS.Timeout | null | undefined): void => {
  clearTimeout(timer ?? undefined);
};

/** Waits in real time. Ends early, without an error, when the signal aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> => waitOn(systemClock, ms, signal);

/** Aborts with a TimeoutError after `ms`. */
export const timeoutSignal = (ms: number): AbortSignal => AbortSignal.timeout(ms);

/** Calls `work` after the input and output that are waiting now. */
export const soon = (work: () => void): void => {
  setImmediate(work);
};

/** Lets other work of this process happen before it resolves. */
export const nextTurn = (): Promise<void> => new Promise(soon);
