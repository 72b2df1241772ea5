/**
 * How long to wait after a failure? The limit grows with each failure. The wait is random below it, so that endpoints
 * that failed together do not retry together.
 */
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The longest wait after the first failure, the second, and so on. The last value applies to all later failures. */
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

/** `draw` is a random number from 0 to 1. Retry-After is honoured up to ten hours. */
export function waitAfter(failures: number, draw: number, retryAfterMs: number | null): number {
  const most = longestWaits[Math.min(failures, longestWaits.length) - 1] ?? longestWait;
  const asked = Math.min(retryAfterMs ?? 0, longestWait);
  return Math.round(Math.max(shortestWait, draw * most, asked));
}
