/** How long to wait after a failure: longer each time, and drawn, so that those who failed together do not return together. */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** At most so long after the first failure, the second, and so on; the last holds from then on. */
export const longestWaits: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
];
const shortestWait = second;
const longestWait = 10 * hour;

/** `draw` is from 0 to 1. What the other side asked for is honoured, within reason. */
export function waitAfter(failures: number, draw: number, retryAfterMs: number | null): number {
  const most = longestWaits[Math.min(failures, longestWaits.length) - 1] ?? longestWait;
  const asked = Math.min(retryAfterMs ?? 0, longestWait);
  return Math.round(Math.max(shortestWait, draw * most, asked));
}
