/**
 * How long an endpoint waits after a failure, and when an event is given up. docs/webhooks.md publishes both. Waits are
 * drawn from their whole length, so that endpoints that failed together do not return together.
 */
import type { BackOff, RetryLimits } from "../../shared/retry";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const endpointBackOff: BackOff = {
  by: "FAILURES",
  waitsMs: [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour],
  jitter: 1,
  shortestMs: second,
};

export const failedEventLimits: RetryLimits = { mostAttempts: null, longestMs: 3 * day };

/** Sooner, so that one event that the receiver will never take does not hold back the rest for days. */
export const refusedEventLimits: RetryLimits = { mostAttempts: 6, longestMs: null };
