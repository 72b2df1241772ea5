/**
 * Is an endpoint's circuit closed, open or half open? While it is open nothing is sent. When the wait is over, one
 * event is sent as a probe. Only a delivery closes the circuit again.
 */
import type { EndpointProgress } from "./endpoint";

export const circuits = ["CLOSED", "OPEN", "HALF_OPEN"] as const;
export type Circuit = (typeof circuits)[number];

/** Consecutive failures, of any events. */
export const opensAfter = 5;

export function circuitOf(
  { failures, nextTryAt }: Pick<EndpointProgress, "failures" | "nextTryAt">,
  at: Date,
): Circuit {
  if (failures < opensAfter) return "CLOSED";
  return at < nextTryAt ? "OPEN" : "HALF_OPEN";
}
