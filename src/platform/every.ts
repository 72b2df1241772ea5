/** Runs `work` again and again, never twice at once, until stopped. What it does must be safe to repeat. */
export interface Repeated {
  stop(): Promise<void>;
}

export function repeat(
  work: (signal: AbortSignal) => Promise<void>,
  options: { pauseMs: number; onError: (error: unknown) => void },
): Repeated {
  const stopping = new AbortController();
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await work(stopping.signal).catch(options.onError);
      await pause(options.pauseMs, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
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
