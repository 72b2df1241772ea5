/** Work in the background. Every job is started in the same way and stopped by a signal. */
import type { Clock } from "./clock";
import { repeatUntil } from "./every";
import type { Log } from "./log";

export interface Job {
  readonly name: string;
  /** Works until the signal aborts, then finishes what is under way and resolves. Must not reject. */
  run(signal: AbortSignal): Promise<void>;
  /** Whether it stops together with the server instead of after it, because its work in progress may take as long. */
  readonly stopsWithServer?: boolean;
}

export interface RepeatedWork {
  readonly name: string;
  readonly pauseMs: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: error. */
  readonly level?: "warn" | "error";
  /** Must be safe to repeat: a failure is logged and the work is tried again after the pause. */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
}

/** A job that repeats its work with a pause in between. */
export function repeated({ name, pauseMs, clock, log, level = "error", work }: RepeatedWork): Job {
  const onError = (error: unknown): void => {
    log[level]({ err: error, job: name }, "A job failed; it will be tried again");
  };
  return { name, run: (signal) => repeatUntil(signal, work, { clock, pauseMs, onError }) };
}

/** Makes a job of a service that has its own start and stop. */
export function serviceJob(
  name: string,
  service: { start(): void; stop(): Promise<void> },
  options: Pick<Job, "stopsWithServer"> = {},
): Job {
  return {
    name,
    stopsWithServer: options.stopsWithServer,
    run: async (signal) => {
      service.start();
      await aborted(signal);
      await service.stop();
    },
  };
}

export interface RunningJobs {
  /** Stops the jobs that stop with the server; resolves when they have finished. */
  stopWithServer(): Promise<void>;
  /** Stops the other jobs; resolves when they have finished. */
  stop(): Promise<void>;
}

export function startJobs(jobs: readonly Job[]): RunningJobs {
  const start = (some: readonly Job[]): (() => Promise<void>) => {
    const running = some.map((job) => {
      const stopping = new AbortController();
      return { stopping, ended: job.run(stopping.signal) };
    });
    return async () => {
      for (const { stopping } of running) stopping.abort();
      await Promise.all(running.map(({ ended }) => ended));
    };
  };
  return {
    stopWithServer: start(jobs.filter(({ stopsWithServer = false }) => stopsWithServer)),
    stop: start(jobs.filter(({ stopsWithServer = false }) => !stopsWithServer)),
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
