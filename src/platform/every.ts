import { waitOn, type Clock } from "./clock";

/** Work that is repeated until it is stopped. */
export interface Repeated {
  stop(): Promise<void>;
}

export interface Repetition {
  readonly clock: Clock;
  readonly pauseMs: number;
  readonly onError: (error: unknown) => void;
}

type Work = (signal: AbortSignal) => Promise<unknown>;

/** Repeats `work` until stopped, never two runs at once. `work` must be safe to repeat. */
export function repeat(work: Work, options: Repetition): Repeated {
  const stopping = new AbortController();
  const running = repeatUntil(stopping.signal, work, options);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Repeats `work` until the signal aborts. */
export async function repeatUntil(
  signal: AbortSignal,
  work: Work,
  { clock, pauseMs, onError }: Repetition,
): Promise<void> {
  while (!signal.aborted) {
    await work(signal).catch(onError);
    await waitOn(clock, pauseMs, signal);
  }
}
