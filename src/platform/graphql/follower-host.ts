/** Builds the state that all followers of a process share, with its metrics and its rate-limited log. */
import { elapsedMs } from "../clock";
import { describeError, type Log } from "../log";
import type { Metrics } from "../metrics";
import { Semaphore } from "../semaphore";
import type { FollowerHost } from "./follower";
import { Groups } from "./groups";
import { limits } from "./limits";

const quietMs = 5_000;

export function followerHost(log: Log, { catchingUp, eventsSent }: Metrics): FollowerHost {
  const onChange = (running: number, waiting: number): void => {
    catchingUp.set({ state: "reading" }, running);
    catchingUp.set({ state: "waiting" }, waiting);
  };
  // When the database is away, thousands of followers fail at the same time; one log line is enough.
  let lastLogged = -quietMs;
  const failed = (error: unknown): void => {
    if (elapsedMs() - lastLogged < quietMs) return;
    lastLogged = elapsedMs();
    log.warn({ err: describeError(error) }, "Reading a feed for its followers failed; it will be retried");
  };
  return {
    groups: new Groups(),
    reads: new Semaphore({ concurrency: limits.resumesAtOnce, maxQueued: limits.resumesWaiting, onChange }),
    failed,
    sent: (events) => eventsSent.inc(events),
  };
}
