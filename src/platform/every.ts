/** Work that is repeated until it is stopped. */
export interface Repeated {
  stop(): Promise<void>;
}

export interface Repetition {
  readonly pauseMs: number;
  readonly onError: (error: unknown) => void;
}

type Work = (signal: AbortSignal) => Promise<unknown>;

/** Runs `work` again and again, never twice at once, until stopped. What it does must be safe to repeat. */
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

/** The same until the signal aborts. */
export async function repeatUntil(
  signal: AbortSignal,
  work: Work,
  { pauseMs, onError }: Repetition,
): Promise<void> {
  while (!signal.aborted) {
    await work(signal).catch(onError);
    await pause(pauseMs, signal);
  }
}

/** Ends early, without an error, when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}
