/** What the followers of one server have in common, with what is counted and written about them. */
import { elapsedMs } from "../clock";
import { describeError, type Log } from "../log";
import type { Metrics } from "../metrics";
import { Turns } from "../turns";
import type { FollowerHost } from "./follower";
import { Groups } from "./groups";
import { limits } from "./limits";

const quietMs = 5_000;

export function followerHost(log: Log, { catchingUp, eventsSent }: Metrics): FollowerHost {
  const onChange = (running: number, waiting: number): void => {
    catchingUp.set({ state: "reading" }, running);
    catchingUp.set({ state: "waiting" }, waiting);
  };
  // Thousands of followers find out at the same time that the database is away.
  let lastSaid = -quietMs;
  const failed = (error: unknown): void => {
    if (elapsedMs() - lastSaid < quietMs) return;
    lastSaid = elapsedMs();
    log.warn({ err: describeError(error) }, "Following a feed failed; it is tried again");
  };
  return {
    groups: new Groups(),
    turns: new Turns({ atOnce: limits.resumesAtOnce, mostWaiting: limits.resumesWaiting, onChange }),
    failed,
    sent: (events) => eventsSent.inc(events),
  };
}
